"""From the counts of the lifecycle to what is told: intervals, days, stickiness and curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.lifecycle.kernel import tally
from klantreis.analyses.lifecycle.part import Part
from klantreis.analyses.lifecycle.result import EMPTY, ActiveDay, Interval, Stickiness, Within
from klantreis.stats.calendar import Unit, name_of
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.regression import carried, fit, reach_of, spreads_of
from klantreis.stats.survival import kaplan_meier

Ints = NDArray[np.int64]
POINTS = (1, 7, 14, 30, 60, 90, 180, 365, 730)
"""After how many days a curve is told; only as far as somebody was followed."""

WEEK, MONTH = 7, 30
LEAST_DAYS = 14
"""Fewer days do not tell how much a ratio varies."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier curve at a few points, and its median in whole days."""

    points: tuple[Within, ...] = ()
    median: Estimate = EMPTY


def curve(happened: Ints, censored: Ints) -> Curve:
    """Returns for whom it had happened within so many days.

    `happened[d]`: cases that took d whole days (from d to just before d + 1); `censored`: whole days of who waits.
    """
    waits = tally(censored)
    durations = np.concatenate([np.arange(len(happened)), np.arange(len(waits))]).astype(np.float64)
    event = np.arange(len(durations)) < len(happened)
    whole = kaplan_meier(durations, event, np.concatenate([happened, waits]))
    if not whole.n:
        return Curve()
    within = [(days, whole.at(days - 1)) for days in POINTS if days - 1 <= whole.times[-1]]
    return Curve(tuple(Within(days, _other_side(left)) for days, left in within), whole.median())


def intervals_of(part: Part, unit: Unit, last: int) -> tuple[Interval, ...]:
    """Returns every unit from the first active one to number `last`, which is not over."""
    new, returning, resurrected, dormant = part.states
    active = new + returning + resurrected
    some = np.flatnonzero(active)
    if not len(some):
        return ()
    told = []
    days = part.spread @ np.arange(part.spread.shape[1])
    for place in range(int(some[0]), last - part.unit + 1):
        here = place < len(active)
        whole, before = part.unit + place < last, int(active[place - 1]) if 0 < place <= len(active) else 0
        count = int(active[place]) if here else 0
        back = int(returning[place]) if here else 0
        told.append(
            Interval(
                interval=name_of(unit, part.unit + place),
                active=count,
                new=int(new[place]) if here else 0,
                returning=back,
                resurrected=int(resurrected[place]) if here else 0,
                dormant=(-int(dormant[place]) if here else 0) if whole else None,
                kept=share(back, before) if whole else Estimate(None, 0),
                active_days=int(days[place]) / count if count and place < len(days) else None,
                complete=whole,
            )
        )
    return tuple(told)


def days_of(part: Part, last: int) -> tuple[ActiveDay, ...]:
    """Returns every day from the first active one to number `last`, which is not over."""
    active, week, month = _daily(part, last)
    some = np.flatnonzero(active)
    if not len(some):
        return ()
    first = int(some[0])
    return tuple(
        ActiveDay(
            day=name_of("day", part.day + place),
            active=int(active[place]),
            week_active=int(week[place]) if place >= first + WEEK - 1 and part.day + place < last else None,
            month_active=int(month[place]) if place >= first + MONTH - 1 and part.day + place < last else None,
        )
        for place in range(first, len(active))
    )


def stickiness_of(days: tuple[ActiveDay, ...], part: Part, unit: Unit, last: int) -> Stickiness:
    """Returns the ratios over the days that have a whole stretch behind them, and how many days people are active.

    A ratio is of sums: mean daily active over mean weekly active, on the same days.
    """
    whole = part.spread[: max(0, last - part.unit), 1:].sum(axis=0)
    n = int(whole.sum())
    return Stickiness(
        day_of_week=_ratio([(day.active, day.week_active) for day in days]),
        day_of_month=_ratio([(day.active, day.month_active) for day in days]),
        week_of_month=_ratio([(day.week_active, day.month_active) for day in days]),
        spread=tuple(share(int(count), n) for count in whole) if unit != "day" and n else (),
    )


def _daily(part: Part, last: int) -> tuple[Ints, Ints, Ints]:
    size = last - part.day + 1
    rows = np.zeros((3, max(size, part.days.shape[1])), np.int64)
    rows[:, : part.days.shape[1]] = part.days
    return rows[0, :size], np.cumsum(rows[1])[:size], np.cumsum(rows[2])[:size]


def _ratio(pairs: list[tuple[int | None, int | None]]) -> Estimate:
    """Returns the ratio of the sums of both, with a 95 % interval from how it varies from day to day.

    By the linear part of a ratio, with days that carry over to the next (`regression.carried`); below 14 days none.
    """
    known = np.array([pair for pair in pairs if None not in pair], np.float64).reshape(-1, 2)
    above, below = known.sum(axis=0)
    if not below:
        return EMPTY
    ratio, n = float(above / below), len(known)
    if n < LEAST_DAYS:
        return Estimate(ratio, n)
    errors = carried(fit(known[:, 0] - ratio * known[:, 1], np.ones((n, 1))))
    half = reach_of(spreads_of(np.full(n, 1 / below), errors), errors)
    return Estimate(ratio, n, max(0.0, ratio - half), min(1.0, ratio + half))


def _other_side(left: Estimate) -> Estimate:
    if left.value is None or left.low is None or left.high is None:
        return left
    return Estimate(1 - left.value, left.n, 1 - left.high, 1 - left.low)
