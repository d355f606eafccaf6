"""What a look at the time columns teaches before the load: an order of day and month that had to be chosen, numbers,
times of day without a date, times of which some name a zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from klantreis.engines.base import Engine, literal, quoted
from klantreis.findings import Finding, Measured, Place
from klantreis.labels import Label
from klantreis.log.clock import CLOCK, dated
from klantreis.log.forms import forms
from klantreis.log.model import Source
from klantreis.log.numbers import thousands
from klantreis.log.shape import Table, trimmed
from klantreis.log.times import DAY_FIRST, WHOLE, ZONED

SAMPLE = 5000
UNITS = (
    (10**11, Label(nl="seconden", en="seconds")),
    (10**14, Label(nl="milliseconden", en="milliseconds")),
    (10**17, Label(nl="microseconden", en="microseconds")),
    (10**20, Label(nl="nanoseconden", en="nanoseconds")),
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the times of one column look like. Those of several pieces of a source add up.

    Of a sample of `times`: `days` with the day (or month) in front, `wholes` that are numbers, the `largest` of those,
    `clocks` that are a time of day and nothing else, `zoned` that name a zone, `unzoned` with hours that do not. Of all
    `rows` that begin with a day or month: the largest `first` and `second` number. `empty`: of all rows with a date in
    another column, how many have no time of day in this one.
    `beside`: the column that may hold the date. `one` of those that begin with a day or month.
    """

    column: str
    days: int = 0
    wholes: int = 0
    largest: float | None = None
    first: int = 0
    second: int = 0
    rows: int = 0
    times: int = 0
    clocks: int = 0
    empty: int = 0
    beside: str = ""
    zoned: int = 0
    unzoned: int = 0
    one: str = ""

    def __add__(self, other: Looked) -> Looked:
        """Returns what both look like together."""
        known = [one.largest for one in (self, other) if one.largest is not None]
        return Looked(
            self.column,
            self.days + other.days,
            self.wholes + other.wholes,
            max(known, default=None),
            max(self.first, other.first),
            max(self.second, other.second),
            self.rows + other.rows,
            self.times + other.times,
            self.clocks + other.clocks,
            self.empty + other.empty,
            self.beside or other.beside,
            self.zoned + other.zoned,
            self.unzoned + other.unzoned,
            self.one or other.one,
        )


def looked(
    engine: Engine, source: Source, table: Table, *, sample: int = SAMPLE, thorough: bool = False
) -> tuple[Looked, ...]:
    """Returns a look at each time column that the source does not tell all about.

    `sample`: how many rows are looked at first. `thorough`: all are, also when none of those begins with a day; for a
    piece of a source, of which other rows may.
    """
    columns = [wide.at for wide in source.events] or ([source.roles.at] if source.roles.at else [])
    found = [] if source.dates else [_looked(engine, table, column, sample, thorough) for column in columns]
    halves = ((source.roles.at, source.clock), *((wide.at, wide.clock) for wide in source.events))
    found += [_halves(engine, table, moment, clock) for moment, clock in halves if moment and clock]
    return tuple(one for one in found if one is not None)


def findings_of(source: Source, looks: Iterable[Looked]) -> tuple[Finding, ...]:
    """Returns what to say about the source's time columns; () when they leave no doubt."""
    found = (_said(source, one) for one in looks)
    return tuple(finding for finding in found if finding is not None)


def _said(source: Source, look: Looked) -> Finding | None:
    if look.empty:
        return _midnight(source, look)
    if look.clocks * 2 > look.times:
        return _dateless(source, look)
    if look.zoned and look.unzoned:
        return _zones(source, look)
    return _order(source, look) if look.days else _unit(source, look)


def _halves(engine: Engine, table: Table, moment: str, clock: str) -> Looked:
    """Returns how many rows with a date have no time of day; `moment`: the column with both, joined."""
    last = quoted(table.query.steps[-1][0])
    halved = table.query.then(
        "halved",
        f"SELECT count(*) FILTER ({trimmed(clock, table.columns[clock])} IS NULL), count(*) FROM {last} "
        f"WHERE {quoted(moment)} IS NOT NULL",
    )
    ((empty, rows),) = engine.rows(halved)
    return Looked(clock, empty=int(empty), rows=int(rows))


def _looked(engine: Engine, table: Table, column: str, sample: int, thorough: bool) -> Looked | None:
    kind = table.columns[column]
    if kind in {"TIME", "TIME WITH TIME ZONE", "TIME_NS"}:
        return Looked(column, times=1, clocks=1, beside=dated(table.columns))
    if kind != "VARCHAR" and not kind.endswith("INTEGER") and not kind.endswith("BIGINT"):
        return None
    last, text = quoted(table.query.steps[-1][0]), trimmed(column, kind)
    seen = table.query.then("seen", f"SELECT {text} AS time FROM {last} LIMIT {sample}")
    days, wholes, largest, times, clocks, zoned, unzoned = engine.rows(
        seen.then(
            "sorts",
            f"SELECT count(*) FILTER (regexp_matches(time, {literal(DAY_FIRST)})), "
            f"count(*) FILTER (regexp_matches(time, {literal(WHOLE)}) AND length(time) <> 8), "
            f"max(abs(TRY_CAST(time AS DECIMAL(38, 6)))) FILTER (length(time) <> 8), count(time), "
            f"count(*) FILTER (regexp_matches(time, {literal(CLOCK)})), "
            f"count(*) FILTER (regexp_matches(time, {literal(ZONED)})), "
            f"count(*) FILTER (contains(time, ':') AND NOT regexp_matches(time, {literal(ZONED)})) FROM seen",
        )
    )[0]
    found = Looked(column, int(days), int(wholes), None if largest is None else float(largest))
    found = replace(found, times=int(times), clocks=int(clocks), beside=dated(table.columns) if clocks else "")
    found = replace(found, zoned=int(zoned), unzoned=int(unzoned))
    if not days and not (thorough and kind == "VARCHAR"):
        return found
    pattern = literal(DAY_FIRST)
    first, second, rows, one = engine.rows(
        table.query.then("times", f"SELECT {text} AS time FROM {last}").then(
            "orders",
            f"SELECT max(TRY_CAST(regexp_extract(time, {pattern}, 1) AS INTEGER)), "
            f"max(TRY_CAST(regexp_extract(time, {pattern}, 2) AS INTEGER)), count(*), min(time) "
            f"FROM times WHERE regexp_matches(time, {pattern})",
        )
    )[0]
    return replace(found, first=int(first or 0), second=int(second or 0), rows=int(rows), one=one or "")


def _order(source: Source, look: Looked) -> Finding | None:
    """Returns a warning when no day is above 12, so that it might be the month, or when the second number is."""
    column, rows = look.column, look.rows
    if look.first > 12:
        return None
    much, many = thousands(rows)
    detail = Label(
        nl=f"Kolom {column!r}: in {much} tijden is de dag nooit groter dan 12. Gelezen als dag-maand-jaar.",
        en=f"Column {column!r}: in {many} times no day is above 12. Read as day-month-year.",
    )
    if look.second > 12:
        detail = Label(
            nl=f"Kolom {column!r} lijkt de maand vooraan te zetten. Gelezen als dag-maand-jaar; wat dat niet kan zijn, "
            "is geweigerd.",
            en=f"Column {column!r} seems to put the month first. Read as day-month-year; what cannot be is refused.",
        )
    day, month = forms(look.one)
    return Finding(
        rule="date-order",
        level="warning",
        place=Place(id=column, file=source.shown),
        title=Label(nl="Volgorde van dag en maand is gekozen", en="The order of day and month was chosen"),
        detail=detail,
        advice=Label(
            nl=f'Zeg het in de bron: dates: ["{day}"], of met de maand vooraan: dates: ["{month}"].',
            en=f'Say it in the source: dates: ["{day}"], or month first: dates: ["{month}"].',
        ),
        evidence=(Measured(Label(nl="tijden", en="times"), float(rows), "count", int(rows)),),
    )


def _unit(source: Source, look: Looked) -> Finding | None:
    column, largest, rows = look.column, look.largest, look.wholes
    if not rows or largest is None:
        return None
    unit = next((label for limit, label in UNITS if largest < limit), UNITS[-1][1])
    early = largest < 10**8
    return Finding(
        rule="whole-times",
        level="warning" if early else "hint",
        place=Place(id=column, file=source.shown),
        title=Label(
            nl=f"Kolom {column!r} telt {unit.nl} sinds 1970", en=f"Column {column!r} counts {unit.en} since 1970"
        ),
        detail=Label(
            nl="De getallen zijn klein: alle tijden vallen voor 1974. Is dit wel een tijd?" if early else "",
            en="The numbers are small: all times fall before 1974. Is this a time at all?" if early else "",
        ),
        evidence=(Measured(Label(nl="tijden bekeken", en="times looked at"), float(rows), "count", rows),),
    )


def _midnight(source: Source, look: Looked) -> Finding:
    (rows, of), (empty, none) = thousands(look.rows), thousands(look.empty)
    return Finding(
        rule="time-empty",
        level="hint",
        place=Place(id=look.column, file=source.shown),
        title=Label(
            nl=f"Kolom {look.column!r} is leeg in {empty} van {rows} rijen: gelezen als 00:00",
            en=f"Column {look.column!r} is empty in {none} of {of} rows: read as 00:00",
        ),
        evidence=(Measured(Label(nl="rijen zonder tijd", en="rows without a time"), look.empty, "count", look.rows),),
    )


def _zones(source: Source, look: Looked) -> Finding:
    zone, seen = source.time_zone or "UTC", look.zoned + look.unzoned
    (some, some_en), (of, of_en) = thousands(look.zoned), thousands(seen)
    return Finding(
        rule="mixed-zones",
        level="warning",
        place=Place(id=look.column, file=source.shown),
        title=Label(
            nl=f"Kolom {look.column!r}: {some} van de eerste {of} tijden noemen een tijdzone, de andere niet",
            en=f"Column {look.column!r}: {some_en} of the first {of_en} times name a time zone, the others do not",
        ),
        detail=Label(nl=f"Tijden zonder zone zijn gelezen als {zone}.", en=f"Times without a zone are read as {zone}."),
        advice=Label(
            nl="Klopt dat niet? Noem hun zone bij de bron: time_zone: Europe/Amsterdam "
            "(bij een los bestand: --time-zone Europe/Amsterdam)",
            en="Is that wrong? Name their zone with the source: time_zone: Europe/Amsterdam "
            "(of a bare file: --time-zone Europe/Amsterdam)",
        ),
        evidence=(Measured(Label(nl="tijden bekeken", en="times looked at"), seen, "count", seen),),
    )


def _dateless(source: Source, look: Looked) -> Finding:
    beside = look.beside or "…"
    both = f"at: [{beside}, {look.column}]"
    for wide in source.events:
        if wide.at == look.column:
            both = f"events: {{{wide.event}: [{beside}, {look.column}]}}"
    return Finding(
        rule="time-only",
        level="warning",
        place=Place(id=look.column, file=source.shown),
        title=Label(
            nl=f"Kolom {look.column!r} heeft tijden zonder datum", en=f"Column {look.column!r} has times without a date"
        ),
        detail=Label(
            nl="Zonder dag is niet bekend wanneer het was; die rijen zijn geweigerd.",
            en="Without a day it is not known when it was; those rows are refused.",
        ),
        advice=Label(
            nl=f"Noem ook de kolom met de datum: {both}",
            en=f"Name the column with the date too: {both}",
        ),
        evidence=(Measured(Label(nl="tijden bekeken", en="times looked at"), look.times, "count", look.times),),
    )
