"""`Table`: what a picture shows, as rows of words, for those who listen or want to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and rows of shown texts, all the same length; `caption` says what one row is.

    The first column names the row. Numbers are already written in the reader's language, with unit and n.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, keep: int = 1) -> Table:
    """Returns a table without its empty columns; the first `keep` columns stay even when empty.

    Raises ValueError when a row is not as long as the header.
    """
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"A row of {len(row)} cells does not fit a header of {len(header)}: {row[:1]}")
    used = [spot for spot in range(len(header)) if spot < keep or any(row[spot] for row in rows)]
    return Table(caption, tuple(header[i] for i in used), tuple(tuple(row[i] for i in used) for row in rows))
