"""Whether the head of a Spark cluster is there; Spark itself tries for minutes, and says little."""

from __future__ import annotations

import re
import socket

from klantreis.errors import MissingPart
from klantreis.labels import Label

PORTS = {"spark": 7077, "sc": 15002}
"""Where a master, and Spark Connect, listen when the address names no port."""
SECONDS = 5.0


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
