"""What a reader is: it turns files into rows of named columns that the engine can stream, without judging them.

A reader is one module with `name`, `ENDINGS` and one verb, `prepare(engine, source, files, scratch) -> Reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from klantreis.engines.base import Engine, Query
from klantreis.findings import Finding
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
    then) and the columns. `columns`: name -> SQL type. `lines`: where a record stands in its file.
    """

    query: Query
    columns: Mapping[str, str]
    lines: Lines = no_line
    findings: tuple[Finding, ...] = field(default=())


class Reader(Protocol):
    """One module that reads one kind of file."""

    name: str
    ENDINGS: tuple[str, ...]

    def prepare(self, engine: Engine, source: Source, files: tuple[Path, ...], scratch: Path) -> Reading:
        """Returns the files ready to be streamed; raises SourceError when they cannot be read at all."""


def bound(source: Source, name: str) -> str:
    """Returns a name for a bound value that two sources in one query never share."""
    return f"s{source.order}_{name}"
