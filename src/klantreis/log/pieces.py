"""A source cut into pieces that workers read apart, on any machine: together the same rows in the same order.

A file of text is cut between lines, and only where every line is a row by itself: a field over several lines, or a
quote out of place, makes a file one piece. Each piece but the first of a file begins with the file's first line, which
is its head, or is left out again. Parquet is cut between rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from klantreis.engines.base import Engine, Query
from klantreis.errors import SourceError
from klantreis.labels import Label
from klantreis.log.files import files_of, format_of, zipped
from klantreis.log.model import Source
from klantreis.log.objects import remote
from klantreis.log.read import check_zone
from klantreis.log.text import dialect_of, encoding_of, head_of
from klantreis.plugins import part

SIZE = 64 << 20
"""Bytes in a piece of a file: about half a million rows, some seconds of work."""

LONGEST_LINE = 64_000_000
KINDS = ("csv", "jsonl", "parquet")
HIVE = re.compile(r"[/\\]([^/\\=]+)=[^/\\]*(?=[/\\])")
QUOTE, NEWLINE, RETURN = b'"'[0], b"\n"[0], b"\r"[0]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one worker reads: a file, or what of it begins between two places: bytes, of Parquet rows, both from 0.

    `number`: its own number within the source; `turn`: which of the source's files. `head`: the first line of the file,
    when this piece does not begin with it. `lines`: how many lines of the file come before.
    """

    number: int
    file: Path
    turn: int = 0
    delimiter: str | None = None
    start: int = 0
    end: int | None = None
    head: bytes = b""
    lines: int = 0

    @property
    def whole(self) -> bool:
        """Says whether it is all of its file."""
        return self.start == 0 and self.end is None


@dataclass(frozen=True, slots=True)
class Pieces:
    """A source in pieces. `columns`: all of its columns: name -> SQL type; of JSON Lines the path in the object."""

    source: Source
    kind: str
    files: tuple[Path, ...]
    pieces: tuple[Piece, ...]
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a first look at a piece of text saw: whether each line is a row by itself, how lines end ('' when there are
    none), how many there are, and of JSON Lines each form with its first line (from 1, in the piece).
    """

    number: int
    fits: bool
    ends: str = ""
    lines: int = 0
    forms: tuple[tuple[str, int], ...] = ()


def cut(
    engine: Engine, source: Source, *, only: frozenset[str] | None = None, size: int | None = None
) -> Pieces | None:
    """Returns a source in pieces of about `size` bytes; None when it can only be read whole, on one machine.

    `only`: of these files alone. `size` None: 64 MB.
    Pieces of text are still to be looked at: see `fitting`. Raises SourceError as `checked` does.
    """
    if source.database is not None or remote(source):
        return None
    check_zone(engine, source)
    files = tuple(file for file in files_of(source) if only is None or str(file) in only)
    kind = format_of(source, files)
    if kind not in KINDS:
        return None
    if kind == "parquet":
        return _of_parquet(engine, source, files, size or SIZE)
    return _of_text(source, kind, files, size or SIZE)


def parted(source: Source) -> bool:
    """Says whether a source is of a kind that can be cut into pieces."""
    if source.database is not None or remote(source):
        return False
    return format_of(source, files_of(source)) in KINDS


def fitting(cut_: Pieces, seen: Iterable[Seen]) -> Pieces:
    """Returns the pieces as they can be read apart, by what was seen of them: a file with a misfit is one piece.

    `seen` lacks what needed no look.
    """
    looks = {one.number: one for one in seen}
    kept: list[Piece] = []
    for group in _by_file(cut_):
        told = [looks[one.number] for one in group if one.number in looks]
        if len({one.ends for one in told if one.ends}) > 1 or not all(one.fits for one in told):
            kept.append(replace(group[0], end=None))
            continue
        counts = (looks[one.number].lines if one.number in looks else 0 for one in group)
        kept += [replace(one, lines=before) for one, before in zip(group, accumulate(counts, initial=0), strict=False)]
    return replace(cut_, pieces=tuple(kept))


def with_columns(fitted: Pieces, seen: Iterable[Seen]) -> Pieces:
    """Returns the pieces of JSON Lines with the columns that were seen in any of them, in order of first sight."""
    before = {one.number: one for one in fitted.pieces}
    forms = []
    for one in seen:
        piece = before[one.number]
        repeated = int(piece.head != b"")
        # A form that only the repeated first line has is on line 1 of the file.
        forms += [(piece.lines + line - repeated if line > repeated else 1, form) for form, line in one.forms]
    columns = part("reader", "jsonl").columns_of([form for _, form in sorted(forms)])
    return replace(fitted, columns=columns)


def unseen(cut_: Pieces) -> list[Piece]:
    """Returns the pieces that must be looked at before they are read."""
    if cut_.kind == "jsonl":
        return list(cut_.pieces)
    return [one for one in cut_.pieces if cut_.kind == "csv" and not one.whole]


def look(piece: Piece) -> Seen:
    """Returns what the lines of a piece of text look like."""
    return Seen(piece.number, fits=True) if piece.whole else _lines(piece)


def look_inside(engine: Engine, cut_: Pieces, piece: Piece, scratch: Path) -> Seen:
    """Returns what a piece of JSON Lines looks like, with its forms; raises SourceError when it cannot be read."""
    found = look(piece)
    if not found.fits:
        return found
    path = copied(piece, scratch)
    return replace(found, forms=tuple(part("reader", "jsonl").forms_of(engine, cut_.source, (path,), scratch)))


def copied(piece: Piece, scratch: Path) -> Path:
    """Returns what to read for a piece: the file itself, or a copy of these lines after the file's first one."""
    if piece.whole:
        return piece.file
    scratch.mkdir(parents=True, exist_ok=True)
    path = scratch / f"piece-{piece.number}{piece.file.suffix}"
    if not path.exists():
        path.write_bytes(piece.head + _read(piece))
    return path


def _by_file(cut_: Pieces) -> list[list[Piece]]:
    return [list(group) for _, group in groupby(cut_.pieces, key=lambda one: one.turn)]


def _of_text(source: Source, kind: str, files: tuple[Path, ...], size: int) -> Pieces:
    pieces: list[Piece] = []
    columns: dict[str, str] = {}
    for turn, file in enumerate(files):
        delimiter, first = None, b""
        encoding = encoding_of(source, file)
        if kind == "csv":
            dialect = dialect_of(source, head_of(file, encoding), file)
            columns |= dict.fromkeys(dialect.names, "VARCHAR")
            delimiter = dialect.delimiter
        plain = encoding == "utf-8" and not zipped(file) and len(columns) != 1
        length = file.stat().st_size
        if plain and length > size:
            with file.open("rb") as opened:
                first = opened.readline(LONGEST_LINE)
        if not _repeatable(first, kind):
            pieces.append(Piece(len(pieces), file, turn, delimiter))
            continue
        count = -(-length // size)
        cuts = [length * number // count for number in range(count)]
        for start, end in zip(cuts, [*cuts[1:], length], strict=True):
            head = first if start else b""
            pieces.append(Piece(len(pieces), file, turn, delimiter, start, end, head))
    return Pieces(source, kind, files, tuple(pieces), columns)


def _repeatable(first: bytes, kind: str) -> bool:
    """Says whether a first line can stand at the head of each piece."""
    line = first.removeprefix(b"\xef\xbb\xbf").strip()
    return first.endswith(b"\n") and (line.startswith(b"{") if kind == "jsonl" else line != b"")


def _of_parquet(engine: Engine, source: Source, files: tuple[Path, ...], size: int) -> Pieces | None:
    reader = part("reader", "parquet")
    columns = dict(reader.prepare(engine, source, files, Path()).columns)
    if not _alike(engine, source, files, columns):
        return None
    counted = Query((("rows", "SELECT file_name, num_rows FROM parquet_file_metadata($files)"),))
    rows = dict(engine.rows(Query(counted.steps, {"files": [str(file) for file in files]})))
    pieces: list[Piece] = []
    for turn, file in enumerate(files):
        count = max(1, -(-file.stat().st_size // size))
        if count == 1:
            pieces.append(Piece(len(pieces), file, turn))
            continue
        cuts = [rows[str(file)] * number // count for number in range(count + 1)]
        pieces += [
            Piece(len(pieces) + number, file, turn, None, start, end)
            for number, (start, end) in enumerate(pairwise(cuts))
        ]
    return Pieces(source, "parquet", files, tuple(pieces), columns)


def _alike(engine: Engine, source: Source, files: tuple[Path, ...], columns: Mapping[str, str]) -> bool:
    """Says whether columns that stand in the names of folders (month=07) mean the same in each file as in all."""
    keys = {key for file in files for key in HIVE.findall(str(file)) if key in columns}
    if not keys or len(files) == 1:
        return True
    reader = part("reader", "parquet")
    found = (reader.prepare(engine, source, (file,), Path()).columns for file in files)
    return all(kinds.get(key) == columns[key] for kinds in found for key in keys)


def _lines(piece: Piece) -> Seen:
    """Returns whether each line of a piece is a row by itself, and how many there are."""
    misfit = Seen(piece.number, fits=False)
    try:
        data = _read(piece)
    except SourceError:
        return misfit
    lines, returns = data.count(b"\n"), data.count(b"\r\n")
    if data.count(b"\r") != returns or returns not in {0, lines}:
        return misfit
    if piece.delimiter is not None and not _by_themselves(data, piece.delimiter.encode()):
        return misfit
    ends = "" if not lines else "\r\n" if returns else "\n"
    return Seen(piece.number, True, ends, lines + int(not data.endswith(b"\n") and data != b""))


def _by_themselves(data: bytes, delimiter: bytes) -> bool:
    """Says whether every quote in the lines opens a field at its start or closes it at its end, on the same line.

    Then whoever reads them is between two rows at the end of each, wherever he began. Quotes open and close by turns;
    one inside a field is written twice, so it closes and opens at once.
    """
    if b'"' not in data:
        return True
    if len(delimiter) != 1:
        return False
    signs = np.frombuffer(data, dtype=np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    if len(quotes) % 2:
        return False
    opens, closes = quotes[::2], quotes[1::2]
    before = np.where(opens > 0, signs[np.maximum(opens - 1, 0)], NEWLINE)
    after = np.where(closes + 1 < len(signs), signs[np.minimum(closes + 1, len(signs) - 1)], NEWLINE)
    again = np.zeros(len(opens), dtype=np.bool_)
    again[1:] = opens[1:] == closes[:-1] + 1
    doubled = np.append(again[1:], False)
    starts = again | (before == delimiter[0]) | (before == NEWLINE)
    ended = doubled | (after == delimiter[0]) | (after == NEWLINE) | (after == RETURN)
    breaks = np.flatnonzero(signs == NEWLINE)
    level = np.searchsorted(breaks, opens) == np.searchsorted(breaks, closes)
    return bool(np.all(starts & ended & level))


def _read(piece: Piece) -> bytes:
    """Returns the lines that begin in a piece. Raises SourceError when a line is too long to be looked at."""
    with piece.file.open("rb") as opened:
        start = _next_line(opened, piece.start)
        end = _next_line(opened, piece.end) if piece.end is not None else piece.file.stat().st_size
        opened.seek(start)
        return opened.read(end - start)


def _next_line(opened: BinaryIO, place: int) -> int:
    """Returns where the first line begins that does so at `place` or after it."""
    if place == 0:
        return 0
    opened.seek(place - 1)
    skipped = opened.readline(LONGEST_LINE)
    if len(skipped) == LONGEST_LINE:
        raise SourceError(Label("Een regel is langer dan 64 MB.", "A line is longer than 64 MB."), where=opened.name)
    return place - 1 + len(skipped)
