"""What a look at the time columns teaches before the load: an order of day and month that had to be chosen, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from klantreis.engines.base import Engine, literal, quoted
from klantreis.findings import Finding, Measured, Place
from klantreis.labels import Label
from klantreis.log.model import Source
from klantreis.log.shape import Table, trimmed
from klantreis.log.times import DAY_FIRST, WHOLE

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

    Of a sample: `days` with the day (or month) in front, `wholes` that are numbers, the `largest` of those. Of all
    `rows` that begin with a day or month: the largest `first` and `second` number.
    """

    column: str
    days: int = 0
    wholes: int = 0
    largest: float | None = None
    first: int = 0
    second: int = 0
    rows: int = 0

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
        )


def looked(
    engine: Engine, source: Source, table: Table, *, sample: int = SAMPLE, thorough: bool = False
) -> tuple[Looked, ...]:
    """Returns a look at each time column, () when the source says how its times are written.

    `sample`: how many rows are looked at first. `thorough`: all are, also when none of those begins with a day; for a
    piece of a source, of which other rows may.
    """
    if source.dates:
        return ()
    columns = [wide.at for wide in source.events] or ([source.roles.at] if source.roles.at else [])
    found = (_looked(engine, table, column, sample, thorough) for column in columns)
    return tuple(one for one in found if one is not None)


def findings_of(source: Source, looks: Iterable[Looked]) -> tuple[Finding, ...]:
    """Returns what to say about the source's time columns; () when they leave no doubt."""
    found = (_order(source, one) if one.days else _unit(source, one) for one in looks)
    return tuple(finding for finding in found if finding is not None)


def _looked(engine: Engine, table: Table, column: str, sample: int, thorough: bool) -> Looked | None:
    kind = table.columns[column]
    if kind != "VARCHAR" and not kind.endswith("INTEGER") and not kind.endswith("BIGINT"):
        return None
    last, text = quoted(table.query.steps[-1][0]), trimmed(column, kind)
    seen = table.query.then("seen", f"SELECT {text} AS time FROM {last} LIMIT {sample}")
    days, wholes, largest = engine.rows(
        seen.then(
            "sorts",
            f"SELECT count(*) FILTER (regexp_matches(time, {literal(DAY_FIRST)})), "
            f"count(*) FILTER (regexp_matches(time, {literal(WHOLE)}) AND length(time) <> 8), "
            f"max(abs(TRY_CAST(time AS DECIMAL(38, 6)))) FILTER (length(time) <> 8) FROM seen",
        )
    )[0]
    found = Looked(column, int(days), int(wholes), None if largest is None else float(largest))
    if not days and not (thorough and kind == "VARCHAR"):
        return found
    pattern = literal(DAY_FIRST)
    first, second, rows = engine.rows(
        table.query.then("times", f"SELECT {text} AS time FROM {last}").then(
            "orders",
            f"SELECT max(TRY_CAST(regexp_extract(time, {pattern}, 1) AS INTEGER)), "
            f"max(TRY_CAST(regexp_extract(time, {pattern}, 2) AS INTEGER)), count(*) "
            f"FROM times WHERE regexp_matches(time, {pattern})",
        )
    )[0]
    return replace(found, first=int(first or 0), second=int(second or 0), rows=int(rows))


def _order(source: Source, look: Looked) -> Finding | None:
    """Returns a warning when no day is above 12, so that it might be the month, or when the second number is."""
    column, rows = look.column, look.rows
    if look.first > 12:
        return None
    detail = Label(
        nl=f"Kolom {column!r}: in {rows} tijden is de dag nooit groter dan 12. Gelezen als dag-maand-jaar.",
        en=f"Column {column!r}: in {rows} times no day is above 12. Read as day-month-year.",
    )
    if look.second > 12:
        detail = Label(
            nl=f"Kolom {column!r} lijkt de maand vooraan te zetten. Gelezen als dag-maand-jaar; wat dat niet kan zijn, "
            "is geweigerd.",
            en=f"Column {column!r} seems to put the month first. Read as day-month-year; what cannot be is refused.",
        )
    return Finding(
        rule="date-order",
        level="warning",
        place=Place(id=column, file=source.shown),
        title=Label(nl="Volgorde van dag en maand is gekozen", en="The order of day and month was chosen"),
        detail=detail,
        advice=Label(
            nl='Zeg het in de bron: dates: ["%d-%m-%Y %H:%M"], of met de maand vooraan: dates: ["%m/%d/%Y %H:%M"].',
            en='Say it in the source: dates: ["%d-%m-%Y %H:%M"], or month first: dates: ["%m/%d/%Y %H:%M"].',
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
