"""A date and a time of day in two columns, as one moment: as exports of tills, telephones and spreadsheets have them.

Both are read as text and joined with a blank; then the moment is read as any other. A row without a time of day is at
midnight. What spreadsheets make of half a moment is put right: a date that ends in 0:00:00, a time on 30-12-1899.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from klantreis.engines.base import literal, quoted
from klantreis.log.model import Source
from klantreis.log.shape import Table, trimmed

MIDNIGHT = r"[T ]0?0:00(:00([.,]0+)?)?$"
PACKED_DAY = r"^((?:19|20)\d{2})(\d{2})(\d{2})$"
RARE = (
    (r"^\d{4}-\d{2}-\d{2}[T ]", ""),
    (r"\s*([uUhH]|uur)$", ""),
    (r"^(\d{1,2})[.uUhH](\d{2})", r"\1:\2"),
    (r"^(\d{1,2}:\d{2})\.(\d{2})$", r"\1:\2"),
    (r"^(\d{1,2})(\d{2})(\d{2})$", r"\1:\2:\3"),
    (r"^(\d{1,2})(\d{2})$", r"\1:\2"),
)
"""How a time of day is also written: on a day of its own, 9u15, 9.15 uur, 091500, 0915."""
CLOCK = r"^([01]?\d|2[0-3])[:.uUhH][0-5]\d([:.][0-5]\d([.,]\d+)?)?(\s*([uUhH]|uur))?$"
"""A time of day and nothing else."""
DATED = re.compile(r"(?i)datum|date(?!time)|(?<![a-z])(dag|day)(?![a-z])")
TIMED = re.compile(r"(?i)(.*[\W_])?(tijd|time|uur|hour|klok|clock|tijdstip)(([\W_].*)?)|[a-z]+tijd")


def together(source: Source, table: Table) -> tuple[Source, Table]:
    """Returns the source and its table with each moment in one column that the source has in two; else as they are.

    All those columns must be in the table.
    """
    names: dict[tuple[str, str], str] = {}
    for date, clock in _apart(source):
        name = f"{date} + {clock}"
        while name in table.columns or name in names.values():
            name += " "
        names.setdefault((date, clock), name)
    if not names:
        return source, table
    cells = ", ".join(f"{_moment(source, table, *both)} AS {quoted(name)}" for both, name in names.items())
    query = table.query.then("moments", f"SELECT *, {cells} FROM {quoted(table.query.steps[-1][0])}")
    at = names.get((source.roles.at or "", source.clock or ""), source.roles.at)
    events = tuple(replace(wide, at=names.get((wide.at, wide.clock or ""), wide.at)) for wide in source.events)
    dates = tuple(dict.fromkeys(_forms(source.dates)))
    joined = replace(source, roles=replace(source.roles, at=at), events=events, dates=dates)
    return joined, Table(query, {**table.columns, **dict.fromkeys(names.values(), "VARCHAR")})


def _apart(source: Source) -> Iterator[tuple[str, str]]:
    """Yields the columns of the date and of the time of day of each moment that stands in two."""
    for date, clock in ((source.roles.at, source.clock), *((wide.at, wide.clock) for wide in source.events)):
        if date and clock:
            yield date, clock


def _moment(source: Source, table: Table, date: str, clock: str) -> str:
    """Returns SQL for both columns as one text; NULL without a date."""
    day, time = _day(date, table.columns[date]), _time(clock, table.columns[clock])
    if source.dates:  # who says how it is written is taken at his word
        day, time = trimmed(date, table.columns[date]), trimmed(clock, table.columns[clock])
    return f"CASE WHEN {day} IS NOT NULL THEN concat_ws(' ', {day}, {time}) END"


def dated(columns: Collection[str]) -> str:
    """Returns the column whose name tells of a date, '' when there is none."""
    return next((name for name in columns if DATED.search(name)), "")


def timed(columns: Collection[str]) -> str:
    """Returns the column whose name tells of a time of day, '' when there is none."""
    return next((name for name in columns if TIMED.fullmatch(name)), "")


def _forms(dates: tuple[str, ...]) -> Iterator[str]:
    """Yields the forms of the whole moment, and those of its date alone, with a time of day beside it or without."""
    yield from dates
    for form in dates:
        day = form.split()[0]
        yield from (day, f"{day} %H:%M", f"{day} %H:%M:%S")


def _day(column: str, kind: str) -> str:
    """Returns SQL for the date as text, without the midnight that a spreadsheet may put behind it."""
    if kind.startswith("TIMESTAMP"):
        return f"CAST(CAST({quoted(column)} AS DATE) AS VARCHAR)"
    text = trimmed(column, kind)
    if kind == "DATE":
        return text
    rare = _replaced(_replaced(text, MIDNIGHT, ""), PACKED_DAY, r"\1-\2-\3")
    return f"CASE WHEN length({text}) IN (9, 10) THEN {text} ELSE {rare} END"


def _time(column: str, kind: str) -> str:
    """Returns SQL for the time of day as text, its parts set apart by colons."""
    if kind.startswith("TIMESTAMP"):
        return f"strftime({quoted(column)}, '%H:%M:%S.%f')"
    text = trimmed(column, kind)
    if kind.startswith("TIME"):
        return text
    rare = text
    for pattern, by in RARE:
        rare = _replaced(rare, pattern, by)
    common = f"contains({text}, ':') AND length({text}) <= 8 AND {text}[-1] BETWEEN '0' AND '9'"
    return f"CASE WHEN {common} THEN {text} ELSE {rare} END"


def _replaced(text: str, pattern: str, by: str) -> str:
    return f"regexp_replace({text}, {literal(pattern)}, {literal(by)})"
