"""A glance at the first rows of a file: what each column seems to hold, so that its name need not tell all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from klantreis.engines.base import Engine, quoted
from klantreis.log.clock import CLOCK
from klantreis.log.model import Source
from klantreis.log.numbers import ABSENT
from klantreis.log.read import prepared
from klantreis.log.shape import words

Kind = Literal["moment", "date", "clock", "money", "number", "text"]
"""A date with a time of day, a date alone, a time of day alone, an amount (comma, currency sign), a number, words."""

ROWS = 1000
MOST = 0.9
"""So many of the filled cells must be of a kind; the rest may be slips."""

DAY = r"(\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(19|20)\d{2}-\d{1,2}-\d{1,2}|(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]))"
KINDS: Mapping[Kind, re.Pattern[str]] = {
    "date": re.compile(rf"{DAY}([T ]0?0:00(:00([.,]0+)?)?)?"),
    "moment": re.compile(rf"{DAY}([T ]\d{{1,2}}:\d{{2}}.*)?"),
    "clock": re.compile(CLOCK),
    "number": re.compile(r"[-+]?\d+(\.\d+)?"),
    "money": re.compile(r"([€$£]\s*)?[-+]?\d[\d.,]*(\s*(€|EUR|USD|GBP))?"),
}
COMMA = re.compile(r".*,\d{1,2}(\s*(€|EUR))?")


def glanced(engine: Engine, source: Source, scratch: Path) -> dict[str, list[str]]:
    """Returns the filled cells of the first 1,000 rows of each column; raises SourceError as `checked` does."""
    reading, _, _ = prepared(engine, source, scratch)
    listed = ", ".join(words(name, kind) for name, kind in reading.columns.items())
    before = quoted(reading.query.steps[-1][0])
    rows = engine.rows(reading.query.then("glance", f"SELECT {listed or 'NULL'} FROM {before} LIMIT {ROWS}"))
    return {name: _filled(row[place] for row in rows) for place, name in enumerate(reading.columns)}


def kind_of(cells: Sequence[str]) -> Kind:
    """Returns what cells seem to hold; 'text' when they are of no one kind, or there are none."""
    for kind, pattern in KINDS.items():
        if cells and sum(pattern.fullmatch(cell) is not None for cell in cells) >= MOST * len(cells):
            return kind
    return "text"


def commas(cells: Iterable[str]) -> bool:
    """Says whether amounts have a comma before the cents."""
    return any(COMMA.fullmatch(cell) for cell in cells)


def _filled(cells: Iterable[object]) -> list[str]:
    told = (str(cell).strip() for cell in islice(cells, ROWS) if cell is not None)
    return [cell for cell in told if cell and cell.casefold() not in ABSENT]
