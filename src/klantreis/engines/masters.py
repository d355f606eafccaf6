"""Whether the head of a Spark cluster is there; Spark itself tries for minutes, and says little."""

from __future__ import annotations

import errno
import os
import re
import selectors
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack

from klantreis.errors import MissingPart
from klantreis.labels import Label

PORTS = {"spark": 7077, "sc": 15002}
"""Where a master, and Spark Connect, listen when the address names no port."""
SECONDS = 5.0
UNREACHED = {errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN}
"""What the network itself says, and not the machine that is called."""


def unreached(master: str) -> str:
    """Returns what each of the machines that an address names said, '' when one of them answers.

    Args:
        master: `spark://host:port`, with more after commas, or `sc://host:port/;name=value`; an address of another
            kind is left to Spark.
    """
    scheme, _, rest = master.partition("://")
    if scheme not in PORTS:
        return ""
    said = []
    for one in re.split(r"[/;?]", rest, maxsplit=1)[0].split(","):
        host, _, port = one.rpartition(":") if re.search(r":\d+$", one) else (one, "", str(PORTS[scheme]))
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS):
                return ""
        except (OSError, OverflowError, UnicodeError) as error:
            said.append(f"{host}:{port}: {getattr(error, 'strerror', None) or error}")
    return "; ".join(said)


def silent(places: Mapping[str, int], seconds: float = SECONDS) -> str:
    """Returns what the network says of machines (host -> port) that all say nothing within this time; '' when one does.

    All are called at once. A refusal is a word too, and nobody is not silent. A name that is not known here tells
    nothing of the network: ''.
    """
    said: dict[str, str] = {}
    with selectors.DefaultSelector() as waiting, ExitStack() as opened:
        try:
            for host, port in places.items():
                family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
                call = opened.enter_context(socket.socket(family, kind, protocol))
                call.setblocking(False)
                call.connect_ex(address)
                waiting.register(call, selectors.EVENT_WRITE, (call, f"{host}:{port}"))
                said[f"{host}:{port}"] = os.strerror(errno.ETIMEDOUT)
            until = time.monotonic() + seconds
            while waiting.get_map() and (left := until - time.monotonic()) > 0:
                for call, place in (key.data for key, _ in waiting.select(left)):
                    word = call.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    if word not in UNREACHED:
                        return ""
                    said[place] = os.strerror(word)
                    waiting.unregister(call)
        except (OSError, OverflowError, UnicodeError):
            return ""
    return "; ".join(f"{place}: {why}" for place, why in said.items())


def named(master: str) -> str:
    """Returns the address without what may hold a token."""
    return master.partition(";")[0]


def reached(master: str) -> None:
    """Returns when one of the machines that an address names answers. Raises MissingPart with what each said."""
    said = unreached(master)
    if not said:
        return
    raise MissingPart(
        Label(f"Het Spark-cluster is niet te bereiken: {said}", f"The Spark cluster cannot be reached: {said}"),
        where=named(master),
        mend=Label(
            "Draait de master, en klopt `spark: {master: …}` in klantreis.yaml? Zonder Spark: engine: duckdb. "
            "Wat al bewaard was, is nog heel.",
            "Does the master run, and is `spark: {master: …}` in klantreis.yaml right? Without Spark: engine: duckdb. "
            "What was stored before is still whole.",
        ),
    )
