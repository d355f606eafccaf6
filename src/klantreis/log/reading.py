"""What a reader is: it turns files into rows of named columns that the engine can stream, without judging them.

A reader is one module with `name`, `ENDINGS` and one verb, `prepare(engine, source, files, scratch) -> Reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from klantreis.engines.base import Engine, Query
from klantreis.findings import Finding
from klantreis.log.growth import Mark
from klantreis.log.model import Source

LONGEST = 1_000_000
"""Bytes; a row with a longer field is refused."""

Lines = Callable[[str, Collection[int]], Mapping[int, int]]
"""(file, records) -> the line each record starts on, both from 1."""


def same_line(file: str, records: Collection[int]) -> Mapping[int, int]:
    """Returns each record's own number: for files where one record is one line and there is no head."""
    del file
    return {record: record for record in records}


def no_line(file: str, records: Collection[int]) -> Mapping[int, int]:
    """Returns nothing: for files without lines, such as Parquet."""
    del file, records
    return {}


@dataclass(frozen=True, slots=True)
class Reading:
    """Files ready to be streamed.

    `query` yields one row per record: "#file" VARCHAR, "#record" BIGINT (from 1, in its file), "#sequence" BIGINT (from
    1, over all files), "#reason" VARCHAR (NULL, or why the reader could not read the row), "#seen" VARCHAR (what it saw
    then) and the columns. `columns`: name -> SQL type. `lines`: where a record stands in its file. `counted`: of each
    file, where the reader counts before it reads: the rows of the right form, and the others.
    """

    query: Query
    columns: Mapping[str, str]
    lines: Lines = no_line
    findings: tuple[Finding, ...] = field(default=())
    counted: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    mark: Mark | None = None
    """How far a table that grows was read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a source to read. `files`: only these, as the source shows them; None: all.

    `mark`: how far a table that grows was read before. `now`: what is later counts for no mark. `tell(rows, all)` is
    called while rows come from elsewhere; `all` is what the database expects, None when it cannot say.
    """

    files: frozenset[str] | None = None
    mark: Mark | None = None
    now: datetime | None = None
    tell: Callable[[int, int | None], None] | None = None


EVERYTHING = Asked()


class Reader(Protocol):
    """One module that reads one kind of file."""

    name: str
    ENDINGS: tuple[str, ...]

    def prepare(self, engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> Reading:
        """Returns the files ready to be streamed; raises SourceError when they cannot be read at all."""


def bound(source: Source, name: str) -> str:
    """Returns a name for a bound value that two sources in one query never share."""
    return f"s{source.order}_{name}"
