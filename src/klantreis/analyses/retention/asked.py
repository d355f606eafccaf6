"""What may be asked of retention, and whether it can be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError, did_you_mean
from klantreis.labels import Label, dotted
from klantreis.spans import LONGEST, MICROSECONDS
from klantreis.stats.calendar import LENGTHS, Unit, check_zone

Ints = NDArray[np.int64]
USUAL: dict[Unit, int] = {"day": 31, "week": 13, "month": 13}
"""How many units are shown when nothing is said: a month, a quarter, a year, each with unit 0 before it."""

MOST_INTERVALS, FURTHEST, MOST_CONDITIONS = 1_000, 4_000, 62


@dataclass(frozen=True, slots=True)
class Condition:
    """One of `events` (none: any) happened from `since` on and before `until` (microseconds; None: no bound)."""

    events: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    called: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """`start`: the touchpoints that a person begins with; `back`: those that count as coming back (both: none is any
    event). `unit`, and `by`: 'rolling' spans from the start or pages of the 'calendar' in `time_zone`.

    `intervals`: how many units from 0 on; `brackets` instead: (first, last) unit of each, rising. `on_or_after`: in the
    interval or any time later. `at_least`: how often in it. `recurring`: a new start in a later unit counts again.
    `cohorts`: by which part of the calendar starts are put together; None: not. `end`: the moment (microseconds) up to
    which the data are whole; None: the last event. `conditions`: who met the first and each other, in any order.
    """

    start: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    unit: Unit = "day"
    by: Literal["rolling", "calendar"] = "rolling"
    intervals: int | None = None
    brackets: tuple[tuple[int, int], ...] = ()
    on_or_after: bool = False
    at_least: int = 1
    recurring: bool = False
    cohorts: Unit | None = "week"
    time_zone: str = "UTC"
    end: int | None = None
    conditions: tuple[Condition, ...] = ()


def checked(options: Options) -> None:
    """Raises OptionError for options that cannot be, with what to write instead."""
    for where, word in (("unit", options.unit), ("cohorts", options.cohorts or "week")):
        if word not in LENGTHS:
            raise OptionError(
                Label(f"De eenheid {word!r} is er niet.", f"There is no unit {word!r}."),
                where=where,
                mend=did_you_mean(word, LENGTHS),
            )
    if options.by not in {"rolling", "calendar"}:
        raise OptionError(
            Label(f"Retentie gaat niet naar {options.by!r}.", f"Retention goes by no {options.by!r}."),
            where="by",
            mend=did_you_mean(options.by, ["rolling", "calendar"]),
        )
    check_zone(options.time_zone)
    if options.at_least < 1:
        raise OptionError(
            Label("Terugkomen vraagt minstens één gebeurtenis.", "Coming back takes at least one event."),
            where="at_least",
            mend=Label("Schrijf 1 of meer.", "Write 1 or more."),
        )
    if len(options.conditions) > MOST_CONDITIONS:
        raise OptionError(
            Label(
                f"Er zijn hoogstens {MOST_CONDITIONS} voorwaarden.", f"There are at most {MOST_CONDITIONS} conditions."
            ),
            where="conditions",
            mend=Label("Laat er een paar weg.", "Leave some out."),
        )
    if options.end is not None and abs(options.end) > LONGEST * MICROSECONDS:
        raise OptionError(
            Label("Zo ver weg kunnen de gegevens niet eindigen.", "The data cannot end so far away."),
            where="end",
            mend=Label("Geef een datum, zoals 2026-11-22.", "Give a date such as 2026-11-22."),
        )
    _check_intervals(options)


def intervals_of(options: Options) -> tuple[Ints, Ints]:
    """Returns the first and the last unit of each interval."""
    if options.brackets:
        lows, highs = np.array(options.brackets, np.int64).T
        return lows.copy(), highs.copy()
    units = np.arange(options.intervals or USUAL[options.unit])
    return units, units


def interval_of(lows: Ints, highs: Ints) -> Ints:
    """Returns per unit after the start in which interval it lies; -1 in none."""
    found = np.full(int(highs[-1]) + 1, -1, np.int64)
    for place, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
        found[low : high + 1] = place
    return found


def rules_of(options: Options) -> tuple[tuple[str, Any], ...]:
    """Returns how retention was decided, as its Result carries it."""
    return (
        ("start", list(options.start)),
        ("back", list(options.back)),
        ("by", options.by),
        ("on_or_after", options.on_or_after),
        ("at_least", options.at_least),
        ("recurring", options.recurring),
        ("cohorts", options.cohorts),
        ("time_zone", options.time_zone),
    )


def _check_intervals(options: Options) -> None:
    if options.brackets:
        flat = [unit for bracket in options.brackets for unit in bracket]
        rising = all(low <= high for low, high in options.brackets)
        apart = all(one[1] < next_[0] for one, next_ in zip(options.brackets, options.brackets[1:], strict=False))
        if not rising or not apart or flat[0] < 0:
            raise OptionError(
                Label("Blokken lopen op en overlappen niet.", "Brackets must rise and not overlap."),
                where="brackets",
                mend=Label("Bijvoorbeeld: 0, 1-3, 4-7, 8-14.", "For example: 0, 1-3, 4-7, 8-14."),
            )
    count = len(options.brackets) or (USUAL[options.unit] if options.intervals is None else options.intervals)
    if not 1 <= count <= MOST_INTERVALS:
        raise OptionError(
            Label(
                f"Retentie heeft 1 tot {dotted(MOST_INTERVALS)} perioden; er zijn er {dotted(count)} gevraagd.",
                f"Retention has 1 to {MOST_INTERVALS:,} intervals; {count:,} were asked.",
            ),
            where="intervals",
            mend=Label(
                "Vraag er minder, met een langere eenheid: weken of maanden.",
                "Ask fewer, of a longer unit: weeks or months.",
            ),
        )
    if options.brackets and options.brackets[-1][1] > FURTHEST:
        raise OptionError(
            Label(
                f"Een blok eindigt hoogstens {dotted(FURTHEST)} eenheden na het begin.",
                f"A bracket ends at most {FURTHEST:,} units after the start.",
            ),
            where="brackets",
            mend=Label("Neem een langere eenheid: weken of maanden.", "Take a longer unit: weeks or months."),
        )
