"""A source, read and judged: its files become one query of events in which every row has a verdict."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from pathlib import Path

from klantreis.engines.base import Engine, Query, quoted
from klantreis.errors import SourceError, did_you_mean
from klantreis.labels import Label, paragraph
from klantreis.log.clock import together
from klantreis.log.columns import properties_of, resolved
from klantreis.log.files import format_of, where
from klantreis.log.hand import at_hand, named, told
from klantreis.log.look import findings_of, looked
from klantreis.log.lookups import joined
from klantreis.log.model import CheckedRows, Roles, Source
from klantreis.log.reading import EVERYTHING, Asked, Reading, no_line
from klantreis.log.shape import Table, events_of, ids_of
from klantreis.plugins import part

DATABASE = "database"
XES_ROLES = Roles(person="case:concept:name", at="time:timestamp", event="concept:name")


def checked(engine: Engine, source: Source, scratch: Path, asked: Asked = EVERYTHING) -> CheckedRows:
    """Returns the source as a query of judged events; no row is left out, and none stops the load.

    The files are looked at once (delimited text: counted, and rows that break the form found); the events themselves
    stream when the query runs. `scratch` takes copies of what the engine cannot read as it is; keep it until then.

    Raises:
        SourceError: no such file, nothing in it, cut short, not what its ending says, another encoding than told, or a
            column that is not there.
    """
    check_zone(engine, source)
    reading, kind, files = prepared(engine, source, scratch, asked)
    rows, wanted, table = judged(engine, source, reading, scratch, kind=kind, files=files)
    return replace(rows, findings=(*rows.findings, *findings_of(wanted, looked(engine, wanted, table))))


def judged(
    engine: Engine, source: Source, reading: Reading, scratch: Path, *, kind: str, files: tuple[Path, ...]
) -> tuple[CheckedRows, Source, Table]:
    """Returns what was read as a query of judged events; with it the source with its columns found, and the table.

    `kind`: the name of the reader; `files`: those of the source. Raises SourceError for a column that is not there.
    """
    table, more = joined(engine, source, reading, scratch, prepare=prepared)
    wanted = resolved(with_defaults(source, kind), table.columns, files)
    properties = properties_of(wanted, table.columns)
    wanted, table = together(wanted, table)
    rows = CheckedRows(
        query=events_of(wanted, table, properties),
        properties=tuple(properties),
        ids=tuple(ids_of(wanted)),
        files=files,
        source=source.name,
        findings=(*reading.findings, *more),
        raw=_raw(reading),
        raw_columns=tuple(reading.columns),
        lines=None if reading.lines is no_line else reading.lines,
        mark=reading.mark,
    )
    return rows, wanted, table


def columns_of(engine: Engine, source: Source, scratch: Path) -> dict[str, str]:
    """Returns column name -> SQL type of a source's files (text files: always VARCHAR), lookups left aside.

    Raises:
        SourceError: the files cannot be read.
    """
    reading, _, _ = prepared(engine, source, scratch)
    return dict(reading.columns)


def with_defaults(source: Source, kind: str) -> Source:
    """Returns the source with the roles that its kind of file fixes: an XES log says itself what is what."""
    if kind != "xes" or source.events:
        return source
    roles = source.roles
    filled = replace(
        roles,
        person=roles.person or XES_ROLES.person,
        at=roles.at or XES_ROLES.at,
        event=roles.event or (None if source.event else XES_ROLES.event),
    )
    return replace(source, roles=filled)


def prepared(
    engine: Engine, source: Source, scratch: Path, asked: Asked = EVERYTHING
) -> tuple[Reading, str, tuple[Path, ...]]:
    """Returns a source ready to be streamed, the name of its reader and its files; raises SourceError as `checked`.

    A table of a database, and objects in storage, are copied to `scratch` first: as far as they are `asked`.
    """
    if source.database is not None:
        return part("reader", DATABASE).prepare(engine, source, (), scratch, asked), DATABASE, ()
    hand = at_hand(source, scratch, asked)
    kind = format_of(source, hand.files)
    try:
        with told(hand):
            reading = part("reader", kind).prepare(engine, source, hand.files, scratch)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        # Python's own unzipping: for the head of a file, and for what must be made UTF-8 first.
        raise SourceError(
            Label("Een .gz-bestand is afgekapt of beschadigd.", "A .gz file is cut short or damaged."),
            where=where(source, ", ".join(map(str, hand.shown[:3]))),
            mend=Label("Kopieer het opnieuw, helemaal.", "Copy it again, whole."),
        ) from error
    return named(source, reading, hand), kind, hand.shown


def _raw(reading: Reading) -> Query:
    listed = ", ".join(['"#file"', '"#record"', *map(quoted, reading.columns)])
    return reading.query.then("raw", f"SELECT {listed} FROM {quoted(reading.query.steps[-1][0])}")


def check_zone(engine: Engine, source: Source) -> None:
    """Raises SourceError when the time zone of a source does not exist."""
    if source.time_zone in {"", "UTC"}:
        return
    known = [str(row[0]) for row in engine.rows(Query((("zones", "SELECT name FROM pg_timezone_names()"),)))]
    if source.time_zone not in known:
        raise SourceError(
            Label(f"Tijdzone {source.time_zone!r} bestaat niet.", f"Time zone {source.time_zone!r} does not exist."),
            where=where(source),
            mend=paragraph(
                did_you_mean(source.time_zone, known),
                Label("Schrijf hem als Europe/Amsterdam.", "Write it as Europe/Amsterdam."),
            ),
        )
