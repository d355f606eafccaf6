"""What the lines of a piece of text look like, and a copy of them to read: whether each is a row by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from klantreis.engines.base import Engine
from klantreis.errors import SourceError
from klantreis.labels import Label
from klantreis.log.pieces import LONGEST_LINE, Piece, Pieces, Seen
from klantreis.plugins import part

QUOTE, NEWLINE, RETURN = b'"'[0], b"\n"[0], b"\r"[0]


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
