"""Rows of a source that come after those of its earlier loads, whether all of it is read again or only what is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.journeys.append import reading
from klantreis.journeys.manifest import read_manifest
from klantreis.log.model import CheckedRows, Source


def after(engine: Engine, folder: Path, rows: CheckedRows, source: Source) -> CheckedRows:
    """Returns the rows with places after all that the store in `folder` has of the source: they decide ties in time."""
    old = [folder / event.file.path for event in read_manifest(folder).events if event.source == source.name]
    if not old:
        return rows
    told = "SELECT stats_max_value AS highest FROM parquet_metadata($files) WHERE path_in_schema = 'sequence'"
    highest = "SELECT max(highest::BIGINT), count(*) = count(highest) FROM told"
    ((last, known),) = engine.rows(Query((("told", told), ("last", highest)), {"files": [str(path) for path in old]}))
    if not known or last is None:  # a file need not tell the highest it holds
        ((last,),) = engine.rows(reading(old).then("last", "SELECT coalesce(max(sequence), 0) FROM events"))
    before = quoted(rows.query.steps[-1][0])
    query = rows.query.then(
        "after", f"SELECT * REPLACE (sequence + $last_place AS sequence) FROM {before}", last_place=int(last)
    )
    return replace(rows, query=query)
