"""From the counts of the lifecycle to what is told: intervals, days, stickiness and curves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.lifecycle.kernel import tally
from klantreis.analyses.lifecycle.part import Part
from klantreis.analyses.lifecycle.result import EMPTY, ActiveDay, Interval, Stickiness, Within
from klantreis.stats.calendar import Unit, name_of
from klantreis.stats.groups import GROUPS, grouped, ratio_moves
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.survival import kaplan_meier

Ints = NDArray[np.int64]
POINTS = (1, 7, 14, 30, 60, 90, 180, 365, 730)
"""After how many days a curve is told; only as far as somebody was followed."""

WEEK, MONTH = 7, 30


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
    often = _by_group(part).sum(axis=1)
    days = often @ np.arange(often.shape[1])
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
    active, week, month = _daily(part, last).sum(axis=1)
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


def stickiness_of(part: Part, unit: Unit, last: tuple[int, int]) -> Stickiness:
    """Returns the ratios over the days that have a whole stretch behind them, and how many days people are active.

    `last`: the numbers of the day and of the unit that are not over. A ratio is of sums: mean daily active over mean
    weekly active, on the same days.
    """
    day, week, month = _daily(part, last[0])[:, :, :-1]
    some = np.flatnonzero(day.any(axis=0))
    begun = int(some[0]) if len(some) else 0
    people = int(part.again.sum()) + len(part.once)
    return Stickiness(
        day_of_week=_ratio(day, week, begun + WEEK - 1, people),
        day_of_month=_ratio(day, month, begun + MONTH - 1, people),
        week_of_month=_ratio(week, month, begun + MONTH - 1, people),
        spread=_spread(_by_group(part)[: max(0, last[1] - part.unit), :, 1:].sum(axis=0)) if unit != "day" else (),
    )


def _by_group(part: Part) -> Ints:
    """How many were active in each unit, per group of persons, on 0, 1, ... days of it."""
    return part.spread.reshape(len(part.spread), GROUPS, part.spread.shape[1] // GROUPS)


def _spread(often: Ints) -> tuple[Estimate, ...]:
    """Returns the share of people per number of active days; `often` is groups x numbers."""
    n, used = int(often.sum()), int(np.count_nonzero(often.sum(axis=1)))
    if not n:
        return ()
    moves = ratio_moves(often.astype(np.float64), often.sum(axis=1).astype(np.float64))
    return tuple(grouped(int(count) / n, n, moves[:, d], used) for d, count in enumerate(often.sum(axis=0)))


def _daily(part: Part, last: int) -> Ints:
    """Returns who was active on each day, in the 7 and in the 30 days up to it: 3 x groups x days."""
    size = last - part.day + 1
    rows = np.zeros((3 * GROUPS, max(size, part.days.shape[1])), np.int64)
    rows[:, : part.days.shape[1]] = part.days
    daily = rows.reshape(GROUPS, 3, -1).transpose(1, 0, 2)
    return np.concatenate([daily[:1], np.cumsum(daily[1:], axis=2)])[:, :, :size]


def _ratio(above: Ints, below: Ints, begun: int, people: int) -> Estimate:
    """Returns the ratio of the sums of both (groups x days) from day `begun` on; n: how many days.

    Its 95 % interval comes from how much groups of persons differ: many days of the same people are no other people.
    """
    over, under = above[:, begun:].sum(axis=1).astype(np.float64), below[:, begun:].sum(axis=1).astype(np.float64)
    if not under.any():
        return EMPTY
    moves = ratio_moves(over[:, None], under)[:, 0]
    found = grouped(float(over.sum() / under.sum()), people, moves, int(np.count_nonzero(under)))
    return replace(found, n=above.shape[1] - begun)


def _other_side(left: Estimate) -> Estimate:
    if left.value is None or left.low is None or left.high is None:
        return left
    return Estimate(1 - left.value, left.n, 1 - left.high, 1 - left.low)
