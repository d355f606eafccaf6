"""A table that Spark itself knows: read by its workers, the rows that may be new only where it says how it grows."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path
from typing import Any

from klantreis.engines.base import Query, Workers, quoted
from klantreis.errors import SourceError, did_you_mean
from klantreis.journeys.incoming import Came, Load, at_desk, came_from
from klantreis.labels import Label, paragraph
from klantreis.log.copying import mark_in
from klantreis.log.dialects import SPARK as DIALECT
from klantreis.log.dialects import literal
from klantreis.log.growth import Mark, further
from klantreis.log.model import Database, Source
from klantreis.log.pieces import Pieces
from klantreis.log.reading import Reading

SPARK = "spark"
"""The `module` of a database whose tables Spark itself knows."""


def of_spark(source: Source) -> bool:
    """Says whether a source is a table or a query that only Spark can read."""
    return source.database is not None and source.database.module == SPARK


def came_of(load: Load, workers: Workers) -> tuple[Came, ...]:
    """Returns the parts of a table that Spark reads, each judged where it was read, by number; () for no rows."""
    asked = load.source.database
    assert asked is not None
    wanted = asked if load.mark is None or not asked.grows_by else newer(asked, load.mark)
    answers: list[Came] | None = workers.over_table(wanted.table, wanted.query, partial(of_table, load), operator.add)
    return tuple(sorted(answers or (), key=lambda one: one.number))


def newer(database: Database, mark: Mark) -> Database:
    """Returns the query for the rows from the mark on, `overlap` earlier; a row without a moment too."""
    grows = DIALECT.quoted(database.grows_by)
    least = literal(mark.before(database.overlap_seconds))
    # What PostgreSQL calls a moment with a zone, and one without.
    for theirs, ours in (("TIMESTAMPTZ ", "TIMESTAMP "), ("TIMESTAMP ", "TIMESTAMP_NTZ ")):
        if least.startswith(theirs):
            least = ours + least.removeprefix(theirs)
            break
    asked = f"SELECT * FROM {DIALECT.origin(database)} WHERE {grows} >= {least} OR {grows} IS NULL"
    return replace(database, table="", query=asked)


def of_table(load: Load, number: int, rows: Any) -> list[Came]:
    """On a worker: judges a part of a table, given as an Arrow reader, as `came` does a piece of a file."""
    shown = load.source.shown
    with at_desk(load) as (engine, scratch):
        engine.offer("arrow_rows", rows)
        path = scratch / "rows.parquet"
        engine.write(Query((("rows", 'SELECT row_number() OVER () AS "#record", * FROM arrow_rows'),)), path)
        scan = Query((("scan", "SELECT * FROM read_parquet($copy)"),), {"copy": str(path)})
        columns = {name: kind for name, kind in engine.columns(scan).items() if name != "#record"}
        mark = _mark_of(load, path, columns)
        marks = 'NULL::VARCHAR AS "#reason", NULL::VARCHAR AS "#seen"'
        listed = ", ".join([f'"#record", "#record" AS "#sequence", {marks}', *map(quoted, columns)])
        query = scan.then("read", f'SELECT $shown AS "#file", {listed} FROM scan', shown=shown)
        cut = Pieces(load.source, "table", (Path(shown),), ())
        return [replace(came_from(engine, load, cut, (number, Reading(query, columns)), scratch), mark=mark)]


def _mark_of(load: Load, rows: Path, columns: Iterable[str]) -> Mark | None:
    """Returns how far the rows of a part go; None when the table does not say how it grows.

    Raises SourceError when the column by which it grows is not there.
    """
    asked = load.source.database
    if asked is None or not asked.grows_by or load.now is None:
        return None
    if asked.grows_by not in columns:
        raise SourceError(
            paragraph(
                Label(f"grows_by: {asked.grows_by!r} is geen kolom.", f"grows_by: {asked.grows_by!r} is no column."),
                did_you_mean(asked.grows_by, tuple(columns)),
            ),
            where=load.source.shown,
        )
    return mark_in(rows, asked.grows_by, load.now)


def furthest(load: Load, came: Iterable[Came]) -> Mark | None:
    """Returns how far the table was read now, all parts and earlier loads together."""
    now = load.now
    return None if now is None else reduce(lambda best, one: further(best, one.mark, now), came, load.mark)
