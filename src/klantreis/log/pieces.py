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

from klantreis.engines.base import Engine, Query
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
