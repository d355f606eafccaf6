"""`retention`: how many come back, so many days, weeks or months after they began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from klantreis.analyses import retention as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.retention import Condition, Retention
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.stats.calendar import Unit
from klantreis.verbs.data import Data, listed, opened, warn_unknown
from klantreis.verbs.moments import begin, stretch

COHORTS: dict[Unit, Unit] = {"day": "week", "week": "week", "month": "month"}
"""How starts are put together when nothing is said."""


@held
def retention(
    data: Data,
    *,
    start: str | Sequence[str] | None = None,
    back: str | Sequence[str] | None = None,
    unit: Unit = "day",
    by: Literal["rolling", "calendar"] = "rolling",
    intervals: int | None = None,
    brackets: str | Sequence[tuple[int, int]] | None = None,
    on_or_after: bool = False,
    at_least: int = 1,
    recurring: bool = False,
    cohorts: Literal["day", "week", "month", "none"] | None = None,
    zone: str | None = None,
    end: str | None = None,
    conditions: Sequence[str] = (),
    **columns: Any,
) -> Retention:
    """Returns how many come back, per interval after they began, for everybody and per cohort.

    `start`: events that somebody begins with, 'a,b' or a list; `back`: those that count as coming back (None: any).
    `unit`: 'day', 'week' or 'month'; `by`: 'rolling' (24 hours, 7 or 30 days from the very moment) or pages of the
    'calendar' in `zone` (None: the zone of the data). `intervals`: how many units, from 0 on; or `brackets`:
    '0,1-3,4-7'. `on_or_after`: in the interval or any time later. `at_least`: how often in it. `recurring`: every start
    in a later unit counts, not only the first. `cohorts`: put together by 'day', 'week' or 'month' of the start, or
    'none' (None: by week; by month for months). `end`: the data are whole until this date, not included (None: until
    the last event). `conditions`: 'a|b @ 2026-01..2026-03' (the second month not included) and so on ('*': any
    event): who met the first and each other. `columns`: as for `read`. Nobody began: every share is empty.
    """
    journeys = opened(data, **columns)
    here = zone or journeys.about.time_zone
    options = analysis.Options(
        start=listed(start) or (),
        back=listed(back) or (),
        unit=unit,
        by=by,
        intervals=intervals,
        brackets=_brackets(brackets, intervals),
        on_or_after=on_or_after,
        at_least=at_least,
        recurring=recurring,
        cohorts=None if cohorts == "none" else cohorts or COHORTS.get(unit, "week"),
        time_zone=here,
        end=None if end is None else begin(end, here, "end"),
        conditions=tuple(_condition(text, here) for text in conditions),
    )
    warn_unknown(
        journeys, [*options.start, *options.back, *(name for one in options.conditions for name in one.events)]
    )
    answer: Retention = fold(analysis, journeys, options)
    return answer


def _brackets(given: str | Sequence[tuple[int, int]] | None, intervals: int | None) -> tuple[tuple[int, int], ...]:
    if given is None:
        return ()
    if intervals is not None:
        raise OptionError(
            Label(
                "Perioden en blokken zijn twee manieren om hetzelfde te zeggen.",
                "Intervals and brackets are two ways to say one thing.",
            ),
            mend=Label("Laat een van beide weg.", "Leave one of them out."),
        )
    if not isinstance(given, str):  # pairs, as Options has them
        return tuple((int(low), int(high)) for low, high in given)
    found = []
    for part in given.split(","):
        low, _, high = part.strip().partition("-")
        if not low.isdigit() or not (high or low).isdigit():
            raise OptionError(
                Label(f"{part.strip()!r} is geen blok van eenheden.", f"{part.strip()!r} is no bracket of units."),
                where="brackets",
                mend=Label("Bijvoorbeeld: 0,1-3,4-7.", "For example: 0,1-3,4-7."),
            )
        found.append((int(low), int(high or low)))
    return tuple(found)


def _condition(text: str, zone: str) -> Condition:
    names, at, when = text.partition("@")
    events = tuple(name.strip() for name in names.split("|") if name.strip() not in {"", "*"})
    since, until = stretch(when, zone, "conditions") if at else (None, None)
    return Condition(events, since, until, text.strip())
