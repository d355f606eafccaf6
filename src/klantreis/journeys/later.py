"""Rows of a source that come after those of its earlier loads, whether all of it is read again or only what is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import QueryError
from klantreis.journeys.append import reading
from klantreis.journeys.manifest import read_manifest
from klantreis.log.model import CheckedRows, Source


def after(engine: Engine, folder: Path, rows: CheckedRows, source: Source) -> CheckedRows:
    """Returns the rows with places after all that the store in `folder` has of the source: they decide ties in time."""
    old = _files(folder, source)
    if not old:
        return rows
    while True:
        try:
            last = _highest(engine, old)
            break
        except QueryError:
            # Who tidies the store meanwhile puts the events in other files, and takes these away.
            before, old = old, _files(folder, source)
            if not old:
                return rows
            if old == before:
                raise
    shown = quoted(rows.query.steps[-1][0])
    query = rows.query.then(
        "after", f"SELECT * REPLACE (sequence + $last_place AS sequence) FROM {shown}", last_place=last
    )
    return replace(rows, query=query)


def _files(folder: Path, source: Source) -> list[Path]:
    return [folder / event.file.path for event in read_manifest(folder).events if event.source == source.name]


def _highest(engine: Engine, files: list[Path]) -> int:
    told = "SELECT stats_max_value AS highest FROM parquet_metadata($files) WHERE path_in_schema = 'sequence'"
    highest = "SELECT max(highest::BIGINT), count(*) = count(highest) FROM told"
    paths = {"files": [str(path) for path in files]}
    ((last, known),) = engine.rows(Query((("told", told), ("last", highest)), paths))
    if not known or last is None:  # a file need not tell the highest it holds
        ((last,),) = engine.rows(reading(files).then("last", "SELECT coalesce(max(sequence), 0) FROM events"))
    return int(last)
