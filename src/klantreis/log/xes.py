"""XES, the standard for event logs in XML: read piece by piece, so that its size does not matter.

An attribute of a trace is called `case:<key>`, one of an event `<key>`. Attributes inside attributes keep only the
outer value. A document that declares entities is refused: they can make a small file endless.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TextIO
from xml.parsers import expat

from klantreis.errors import SourceError
from klantreis.labels import Label
from klantreis.log.files import opened, where
from klantreis.log.model import Source

CHUNK = 1 << 16
LINE = "#line"
VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def written(source: Source, file: Path, out: TextIO) -> tuple[tuple[str, ...], int]:
    """Writes one CSV row an event, without a head, and returns the names of the columns and how many events there are.

    The first column is the line of the event in the file. A row may be shorter than the last ones, as columns appear
    when the first event has them.

    Raises:
        SourceError: no XML, cut short, another document than an XES log, or one that declares entities.
    """
    log = _Log(csv.writer(out))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: log.start(_bare(tag), attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda tag: log.end(_bare(tag))
    parser.EntityDeclHandler = _refuse
    try:
        for piece in _pieces(file):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        cut = error.code in {expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS], 3, 5, 13}
        raise SourceError(
            Label("Het XES-bestand is afgekapt.", "The XES file is cut short.")
            if cut
            else Label(
                f"Het XES-bestand is geen goede XML: {expat.ErrorString(error.code)}.",
                f"The XES file is not good XML: {expat.ErrorString(error.code)}.",
            ),
            where=where(source, file, error.lineno),
            mend=Label("Kopieer of exporteer het opnieuw, helemaal.", "Copy or export it again, whole."),
        ) from error
    except EOFError as error:
        raise SourceError(
            Label("Het .gz-bestand is afgekapt.", "The .gz file is cut short."),
            where=where(source, file),
            mend=Label("Kopieer het opnieuw.", "Copy it again."),
        ) from error
    except _Entities:
        raise SourceError(
            Label(
                "Het XES-bestand legt entiteiten vast, en die worden geweigerd.",
                "The XES file declares entities, which is refused.",
            ),
            where=where(source, file),
            mend=Label("Exporteer het zonder.", "Export it without them."),
        ) from None
    if not log.is_xes:
        raise SourceError(
            Label("Dit is XML maar geen XES-log.", "This is XML but not an XES log."),
            where=where(source, file),
            mend=Label("Het begint met <log>.", "Its root must be <log>."),
        )
    return tuple(log.columns), log.events


class Writer(Protocol):
    """Something that writes one row, such as `csv.writer`."""

    def writerow(self, row: list[str], /) -> object:
        """Writes one row."""


class _Entities(Exception):
    """The document declares an entity."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """One open element: its tag and the attributes met directly inside."""

    tag: str
    values: dict[str, str]
    line: int


class _Log:
    """What the parser meets, in order; writes an event when it ends."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._open: list[_Scope] = []
        self._waiting: list[_Scope] = []
        self.columns: dict[str, int] = {LINE: 0}
        self.events = 0
        self.is_xes = False

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        if not self._open:
            self.is_xes = tag == "log"
        elif tag in VALUES and "key" in attributes and self._open[-1].tag in {"trace", "event"}:
            self._open[-1].values[attributes["key"]] = attributes.get("value", "")
        self._open.append(_Scope(tag, {}, line))

    def end(self, tag: str) -> None:
        scope = self._open.pop()
        if tag == "event" and self._open:
            self._waiting.append(scope)
            if self._open[-1].tag != "trace":
                self._write({})
        elif tag == "trace":
            self._write(scope.values)

    def _write(self, case: dict[str, str]) -> None:
        """Writes the events that waited for the end of their trace, as its attributes may come last."""
        for scope in self._waiting:
            row = {LINE: str(scope.line)} | {f"case:{key}": value for key, value in case.items()} | scope.values
            for name in row:
                self.columns.setdefault(name, len(self.columns))
            cells = [""] * len(self.columns)
            for name, value in row.items():
                cells[self.columns[name]] = value
            self._writer.writerow(cells)
        self.events += len(self._waiting)
        self._waiting.clear()


def _bare(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _refuse(*_: object) -> None:
    raise _Entities


def _pieces(file: Path) -> Iterator[bytes]:
    with opened(file) as stream:
        while piece := stream.read(CHUNK):
            yield piece
