"""Text files as programs leave them: encodings, byte order marks, delimiters and heads."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from klantreis.errors import SourceError, did_you_mean
from klantreis.labels import Label
from klantreis.log.files import opened, where
from klantreis.log.model import Source

HEAD = 1 << 18
CHUNK = 1 << 22
DELIMITERS = (",", ";", "\t", "|")
COMMON_ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "iso-8859-15", "cp850", "ascii")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file writes its rows, and the names of its columns."""

    delimiter: str
    names: tuple[str, ...]


def encoding_of(source: Source, file: Path) -> str:
    """Returns the Python name of the file's encoding: told by the source, a byte order mark, or 'utf-8'.

    Raises:
        SourceError: when the source names an encoding that does not exist.
    """
    if source.encoding is not None:
        try:
            found = codecs.lookup(source.encoding).name
        except LookupError:
            raise SourceError(
                Label(
                    f"De tekencodering {source.encoding!r} bestaat niet.",
                    f"Encoding {source.encoding!r} does not exist.",
                ),
                where=where(source),
                mend=did_you_mean(source.encoding, COMMON_ENCODINGS),
            ) from None
        return "utf-8" if found in {"utf-8-sig", "ascii"} else found
    with opened(file) as stream:
        start = stream.read(2)
    return "utf-16" if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8"


def head_of(file: Path, encoding: str) -> str:
    """Returns the first part of the file as text; bytes that do not fit become '�'."""
    with opened(file) as stream:
        data = stream.read(HEAD)
    return codecs.getincrementaldecoder(encoding)("replace").decode(data).removeprefix("\ufeff")


def dialect_of(source: Source, head: str, file: Path) -> Dialect:
    """Returns the delimiter and the column names, from the source or else from the head of the file.

    Raises:
        SourceError: nothing but blank lines, or a head that leaves columns unnamed.
    """
    if not head.strip():
        raise SourceError(
            Label("In het bestand staan alleen lege regels.", "The file holds only blank lines."),
            where=where(source, file),
            mend=Label("Exporteer het opnieuw.", "Export it again."),
        )
    delimiter = source.delimiter or _delimiter(head)
    first = _records(head, delimiter)[0]
    if source.columns:
        if len(source.columns) != len(first):
            raise SourceError(
                Label(
                    f"`columns` noemt {len(source.columns)} kolommen, maar het bestand heeft er {len(first)}.",
                    f"`columns` names {len(source.columns)} columns, but the file has {len(first)}.",
                ),
                where=where(source, file),
                mend=Label(
                    f"De eerste rij is: {delimiter.join(first)[:200]}",
                    f"The first row is: {delimiter.join(first)[:200]}",
                ),
            )
        return Dialect(delimiter, source.columns)
    if not source.header:
        raise SourceError(
            Label(
                f"Het bestand heeft geen kop en {len(first)} kolommen, maar hun namen zijn niet gegeven.",
                f"The file has no head and {len(first)} columns, but their names are not given.",
            ),
            where=where(source, file),
            mend=Label(
                f"Zet erbij: columns: [{', '.join(f'naam{number}' for number in range(1, len(first) + 1))}]",
                f"Add: columns: [{', '.join(f'name{number}' for number in range(1, len(first) + 1))}]",
            ),
        )
    return Dialect(delimiter, _unique(tuple(name.strip() for name in first)))


def copy_of(file: Path, scratch: Path, mark: str) -> Path:
    """Returns where in `scratch` a copy of this file goes, one place for each file and `mark`."""
    scratch.mkdir(parents=True, exist_ok=True)
    return scratch / f"{hashlib.blake2b(str(file).encode(), digest_size=8).hexdigest()}-{mark}.csv"


def transcoded(source: Source, file: Path, encoding: str, scratch: Path) -> Path:
    """Returns a copy in UTF-8 whose lines all end in a plain newline, made in `scratch` a piece at a time."""
    copy = copy_of(file, scratch, "utf8")
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("strict"), translate=True)
    line = 1
    with opened(file) as stream, copy.open("w", encoding="utf-8", newline="") as out:
        while True:
            data = stream.read(CHUNK)
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                at = line + bytes(error.object[: error.start]).count(b"\n")
                raise SourceError(
                    Label(
                        f"Het bestand is geen {encoding}: {error.reason}.",
                        f"The file is not {encoding}: {error.reason}.",
                    ),
                    where=where(source, file, at),
                    mend=Label(
                        "Geef een andere `encoding`, of laat het weg als het bestand UTF-8 is.",
                        "Give another `encoding`, or leave it out when the file is UTF-8.",
                    ),
                ) from error
            line += text.count("\n")
            out.write(text)
            if not data:
                return copy


def not_utf8(source: Source, file: Path) -> SourceError:
    """Returns the error for a file that is not UTF-8: the first such line, and the line to add."""
    line = _first_not_utf8(file)
    guess = "utf-16" if b"\x00" in _start(file) else "cp1252"
    looks = f"{guess} (Windows)" if guess == "cp1252" else guess
    what = Label(
        f"Het bestand is geen UTF-8; het lijkt {looks} te zijn.", f"The file is not UTF-8; it looks like {looks}."
    )
    if source.encoding:
        what = Label(
            f"Het bestand zou UTF-8 zijn, maar is dat niet; het lijkt {looks} te zijn.",
            f"The file says it is UTF-8 but is not; it looks like {looks}.",
        )
    return SourceError(
        what,
        where=where(source, file, line),
        mend=Label(
            f"Zet bij de bron: encoding: {guess} (bij een los bestand: --encoding {guess})",
            f"Add to the source: encoding: {guess} (of a bare file: --encoding {guess})",
        ),
    )


def _start(file: Path) -> bytes:
    with opened(file) as stream:
        return stream.read(4096)


def _first_not_utf8(file: Path) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    line = 1
    with opened(file) as stream:
        while data := stream.read(CHUNK):
            try:
                decoder.decode(data)
            except UnicodeDecodeError as error:
                return line + bytes(error.object[: error.start]).count(b"\n")
            line += data.count(b"\n")
    return line


def _delimiter(head: str) -> str:
    """Returns the sign that cuts the first rows into the same number of fields, the most fields first."""

    def fit(delimiter: str) -> tuple[float, int]:
        widths = [len(record) for record in _records(head, delimiter)[:100]]
        return widths.count(widths[0]) / len(widths) if widths[0] > 1 else 0.0, widths[0]

    return max(DELIMITERS, key=fit)


def _records(head: str, delimiter: str) -> list[list[str]]:
    limit = csv.field_size_limit()
    text = head if len(head) < limit else head[: limit - 1]
    found = [record for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if record]
    whole = found[:-1] if len(found) > 1 and len(head) >= HEAD // 4 else found
    return whole or [[""]]


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the names, with empty ones numbered and second ones marked: 'date', 'date_2'."""
    seen: dict[str, int] = {}
    given = []
    for number, name in enumerate(names, start=1):
        word = name or f"column{number}"
        seen[word.casefold()] = seen.get(word.casefold(), 0) + 1
        given.append(word if seen[word.casefold()] == 1 else f"{word}_{seen[word.casefold()]}")
    return tuple(given)
