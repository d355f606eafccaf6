"""Where a database is and with which words one gets in, looked up when they are needed, and never told again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from klantreis.errors import SourceError, nearest
from klantreis.labels import Label
from klantreis.log.files import beside, where
from klantreis.log.model import POSTGRESQL, Database, Source

WRITTEN = re.compile(r"(?:password|passwd|pwd|secret|token)\s*=\s*('(?:[^'\\]|\\.)*'|[^&\s;]+)", re.IGNORECASE)
BETWEEN = re.compile(r"[@:/?#&%\s]+")
SHORTEST = 3
"""Pieces of a password shorter than this are left: hiding every 'e' would make any message unreadable."""
WAIT_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Access:
    """What a database's `connect` needs: its address ('' for none) and options. Its text shows neither."""

    address: str = field(default="", repr=False)
    options: Mapping[str, object] = field(default_factory=dict, repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)

    def masked(self, text: str) -> str:
        """Returns a text in which every secret is replaced by ***."""
        for secret in self.hidden:
            text = text.replace(secret, "***")
        return text


def access_of(source: Source, database: Database, environ: Mapping[str, str]) -> Access:
    """Returns how to get into a database, from the document and the environment.

    Raises:
        SourceError: a variable that is not set, or a file that is not there.
    """
    options = dict(database.options)
    hidden: list[str] = []
    for name, variable in database.secrets:
        value = _variable(source, variable, environ)
        options[name] = value
        hidden += [value, *_pieces(value)]
    address = database.url
    if database.env:
        address = _variable(source, database.env, environ).strip()
        hidden += [address, *_passwords(address)]
    elif database.service:
        address = f"service={_quoted(database.service)}"
    elif database.file:
        address = str(_file(source, database.file))
    if database.module == POSTGRESQL:
        address = _patient(address or "postgresql://", environ)
    return Access(address, options, tuple(sorted({one for one in hidden if one}, key=len, reverse=True)))


def masked(text: str, environ: Mapping[str, str], names: Collection[str]) -> str:
    """Returns a text in which what these environment variables hold is replaced by ***."""
    held = [value for name in names if len(value := environ.get(name, "")) >= SHORTEST]
    return Access(hidden=tuple(held)).masked(text)


def _variable(source: Source, name: str, environ: Mapping[str, str]) -> str:
    value = environ.get(name, "")
    if value.strip():
        return value
    near = nearest(name, environ)
    raise SourceError(
        Label(f"De omgevingsvariabele {name} is leeg.", f"The environment variable {name} is empty.")
        if name in environ
        else Label(f"De omgevingsvariabele {name} is er niet.", f"The environment variable {name} is not set."),
        where=where(source),
        mend=Label(f"Bedoelde je {near}?", f"Did you mean {near}?")
        if near and near != name
        else Label(f"Geef hem eerst een waarde: export {name}=…", f"Set it first: export {name}=…"),
    )


def _file(source: Source, name: str) -> Path:
    path = source.folder / Path(name).expanduser()
    if path.is_file():
        return path.resolve()
    raise SourceError(
        Label(f"Het bestand {name!r} is er niet.", f"File {name!r} is not there."),
        where=where(source, path),
        mend=beside(path)
        or Label(
            "Kijk naar `file`; dat begint in de map van klantreis.yaml.",
            "Look at `file`; it is relative to the folder of klantreis.yaml.",
        ),
    )


def _passwords(address: str) -> Iterator[str]:
    """Yields every password in an address, also one with signs that should have been escaped, and its pieces."""
    user = address.split("://", 1)[-1].rpartition("@")[0]
    for found in (user.partition(":")[2], *(match.strip("'") for match in WRITTEN.findall(address))):
        for form in (found, unquote(found)):
            yield form if len(form) >= SHORTEST else ""
            yield from _pieces(form)


def _pieces(secret: str) -> Iterator[str]:
    """Yields the parts that are left when a program cuts a secret at signs with a meaning in an address."""
    yield from (piece for piece in BETWEEN.split(secret) if len(piece) >= SHORTEST)


def _patient(address: str, environ: Mapping[str, str]) -> str:
    """Returns the address of a PostgreSQL with a limit on the wait for an answer, unless one is set."""
    if "connect_timeout" in address or "PGCONNECT_TIMEOUT" in environ:
        return address
    if "://" in address:
        return f"{address}{'&' if '?' in address else '?'}connect_timeout={WAIT_SECONDS}"
    return f"{address} connect_timeout={WAIT_SECONDS}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
