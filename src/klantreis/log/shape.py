"""Rows of named columns into events: which column plays which part, and why a row cannot be used, as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from klantreis.engines.base import Query, literal, quoted
from klantreis.log.model import Source
from klantreis.log.numbers import number, present, rescued_number
from klantreis.log.reading import LONGEST, bound
from klantreis.log.times import EARLIEST, LATEST, instant, rescued

BLANKS = literal(" \t\r\n\u00a0")
BLANK_EDGE = literal("^[\\s\u00a0]|[\\s\u00a0]$")
PLAIN = "'!' AND '~'"
"""The first and last sign of ASCII that is no blank: what begins and ends with such a sign needs no second look."""
PLACE = '"#file", "#record", "#sequence", "#reason", "#seen"'
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Table:
    """A query and the columns its last step has: name -> SQL type."""

    query: Query
    columns: Mapping[str, str]


def events_of(source: Source, table: Table, properties: Mapping[str, str]) -> Query:
    """Returns the query that makes events of rows and judges each; columns as `CheckedRows` says.

    `properties`: property name -> the column it comes from. Every role of the source must be a column of the table.
    """
    shown = "".join(f", {quoted(name)}" for name in (*ids_of(source), *(f"p.{name}" for name in properties)))
    query = _parts(source, table, properties)
    query = _understood(source, query, table, shown)
    query = _unfolded(source, query, shown) if source.events else query
    return _judged(query, shown, ids_of(source))


def ids_of(source: Source) -> dict[str, str]:
    """Returns what says who it may be besides the person: column of the event ('device', 'i.email') -> its column."""
    device = {} if source.roles.device is None else {"device": source.roles.device}
    return device | {f"i.{kind}": column for kind, column in source.ids}


def words(column: str, kind: str) -> str:
    """Returns SQL for a column as text: NaN is nothing, a whole number in a float column loses its '.0'."""
    name = quoted(column)
    if kind == "VARCHAR":
        return name
    if kind in {"DOUBLE", "FLOAT"}:
        return (
            f"CASE WHEN isnan({name}) OR isinf({name}) THEN NULL WHEN {name} = trunc({name}) AND abs({name}) < 1e15 "
            f"THEN CAST(CAST({name} AS BIGINT) AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"
        )
    if kind.startswith(("STRUCT", "MAP")) or kind.endswith("]"):
        return f"CAST(to_json({name}) AS VARCHAR)"
    return f"CAST({name} AS VARCHAR)"


def trimmed(column: str, kind: str) -> str:
    """Returns SQL for a column as text without the blanks around it; NULL when nothing is left."""
    text = words(column, kind)
    if kind != "VARCHAR":
        return text
    # The last sign first: that the text begins with a plain sign often follows from what the file says of its columns.
    plain = f"{text}[-1] BETWEEN {PLAIN} AND {text} BETWEEN {PLAIN}"
    tidy = f"CASE WHEN regexp_matches({text}, {BLANK_EDGE}) THEN trim({text}, {BLANKS}) ELSE {text} END"
    return f"nullif(CASE WHEN {plain} THEN {text} ELSE {tidy} END, '')"


def _parts(source: Source, table: Table, properties: Mapping[str, str]) -> Query:
    """Adds the step that has one column for each role, times and numbers still as they came, and the properties."""
    roles, kinds = source.roles, table.columns
    event, values = _event(source, kinds)
    cells = [PLACE, f'{_too_long(kinds)} AS "#long"', f"{_text(roles.person, kinds)} AS person", f"{event} AS event"]
    cells += [f"{_text(getattr(roles, role), kinds)} AS {role}" for role in ("id", "channel", "session")]
    cells.append(f"{'NULL::VARCHAR' if roles.detail is None else _filled(roles.detail, kinds)} AS detail")
    cells += [f"{_raw(getattr(roles, role), kinds)} AS {quoted('#' + role)}" for role in ("value", "score")]
    cells += [f"{_raw(column, kinds)} AS {quoted(f'#time{at}')}" for at, column in enumerate(_times(source))]
    cells += [f"{_text(column, kinds)} AS {quoted(name)}" for name, column in ids_of(source).items()]
    cells += [f"{_filled(column, kinds)} AS {quoted('p.' + name)}" for name, column in properties.items()]
    before = quoted(table.query.steps[-1][0])
    return table.query.then("parts", f"SELECT {', '.join(cells)} FROM {before}", **values)


def _understood(source: Source, query: Query, table: Table, shown: str) -> Query:
    """Adds the steps that read times and numbers: the common ways for all rows, then the rare ways for the rest."""
    cells = [PLACE, '"#long"', "person", "event", "id", "channel", "session", "detail"]
    again = []
    for raw, read, fast, slow in _readings(source, table.columns):
        cells += [raw, f"{fast} AS {read}"]
        if slow is not None:
            again.append(f"CASE WHEN {read} IS NULL AND {raw} IS NOT NULL THEN {slow} ELSE {read} END AS {read}")
    query = query.then("understood", f"SELECT {', '.join(cells)}{shown} FROM parts")
    return query.then("rescued", f"SELECT * REPLACE ({', '.join(again)}) FROM understood") if again else query


def _readings(source: Source, kinds: Mapping[str, str]) -> Iterator[tuple[str, str, str, str | None]]:
    """Yields for each number and time: the column as it came, the one read, and SQL for the common and rare ways.

    The rare ways stand in a step of their own: inside one expression the engine works out their parts for all rows.
    """
    for role, wanted in (("value", "DECIMAL(18, 4)"), ("score", "DECIMAL(9, 3)")):
        kind = kinds.get(getattr(source.roles, role), "VARCHAR")
        raw = quoted(f"#{role}")
        yield raw, role, number(source, raw, kind, wanted), rescued_number(source, raw, kind, wanted)
    for at, column in enumerate(_times(source)):
        raw, kind = quoted(f"#time{at}"), kinds[column]
        yield raw, quoted(f"#at{at}"), instant(source, raw, kind), rescued(source, raw, kind)


def _unfolded(source: Source, query: Query, shown: str) -> Query:
    """Adds the steps that make one event of each filled time column; a row the reader could not read stays one."""
    names = {bound(source, f"event{at}"): wide.event for at, wide in enumerate(source.events)}
    listed = ", ".join(
        f"{{'turn': {at}, 'event': ${name}, 'at': \"#at{at}\", 'time': CAST(\"#time{at}\" AS VARCHAR)}}"
        for at, name in enumerate(names)
    )
    kept = 'person, id, channel, session, detail, value, score, "#value", "#score", "#long"'
    query = query.then(
        "unfolded", f"SELECT {PLACE}, {kept}, unnest([{listed}]) AS one{shown} FROM {query.steps[-1][0]}", **names
    )
    return query.then(
        "filled",
        f'SELECT * EXCLUDE (one, "#sequence"), "#sequence" * {len(names)} + one.turn AS "#sequence", '
        'one.event AS event, one."at" AS "#at0", one.time AS "#time0" FROM unfolded '
        'WHERE one.time IS NOT NULL OR ("#reason" IS NOT NULL AND one.turn = 0)',
    )


def _judged(query: Query, shown: str, ids: Iterable[str]) -> Query:
    """Adds the last step: the reason why a row cannot be used, NULL when it can, and what was seen there."""
    nobody = " AND ".join(f"{name} IS NULL" for name in ("person", *map(quoted, ids)))
    judgements = (
        ('"#reason" IS NOT NULL', '"#reason"', '"#seen"'),
        ('"#long"', "'too_long'", "NULL"),
        (nobody, "'no_person'", "NULL"),
        ("event IS NULL", "'no_event'", "NULL"),
        ('"#time0" IS NULL', "'no_time'", "NULL"),
        (f'"#at0" IS NULL OR "#at0" NOT BETWEEN {EARLIEST} AND {LATEST}', "'bad_time'", 'CAST("#time0" AS VARCHAR)'),
        ('value IS NULL AND "#value" IS NOT NULL', "'bad_value'", 'CAST("#value" AS VARCHAR)'),
        ('score IS NULL AND "#score" IS NOT NULL', "'bad_score'", 'CAST("#score" AS VARCHAR)'),
    )
    reason = " ".join(f"WHEN {wrong} THEN {code}" for wrong, code, _ in judgements)
    seen = " ".join(f"WHEN {wrong} THEN left({text}, {SHOWN})" for wrong, _, text in judgements)
    before = query.steps[-1][0]
    return query.then(
        "judged",
        'SELECT person, "#at0" AS "at", event, id, "#sequence" AS sequence, channel, session, detail, value, score'
        f'{shown}, "#record" AS record, "#file" AS file, CASE {reason} END AS reason, CASE {seen} END AS seen '
        f"FROM {before}",
    )


def _times(source: Source) -> tuple[str, ...]:
    """Returns the columns that hold times."""
    if source.events:
        return tuple(wide.at for wide in source.events)
    return (source.roles.at,) if source.roles.at is not None else ()


def _event(source: Source, kinds: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """Returns SQL for the event's name: its column, else the fixed name, which also fills an empty column."""
    name = bound(source, "event")
    column = None if source.roles.event is None else _text(source.roles.event, kinds)
    if source.event is None or source.events:
        return column or "NULL::VARCHAR", {}
    return (f"coalesce({column}, ${name})" if column else f"${name}"), {name: source.event}


def _text(column: str | None, kinds: Mapping[str, str]) -> str:
    return "NULL::VARCHAR" if column is None else trimmed(column, kinds[column])


def _filled(column: str, kinds: Mapping[str, str]) -> str:
    return f"nullif({words(column, kinds[column])}, '')"


def _raw(column: str | None, kinds: Mapping[str, str]) -> str:
    """Returns SQL for a time or number as it came: text trimmed, other types themselves, NaN as nothing."""
    if column is None:
        return "NULL::VARCHAR"
    if kinds[column] == "VARCHAR":
        return present(quoted(column), trimmed(column, "VARCHAR"))
    if kinds[column] in {"DOUBLE", "FLOAT"}:
        return f"CASE WHEN NOT isnan({quoted(column)}) THEN {quoted(column)} END"
    return quoted(column)


def _too_long(kinds: Mapping[str, str]) -> str:
    long = [f"strlen({quoted(column)}) > {LONGEST}" for column, kind in kinds.items() if kind == "VARCHAR"]
    return f"coalesce({' OR '.join(long)}, false)" if long else "false"
