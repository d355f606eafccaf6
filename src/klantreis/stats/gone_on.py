"""How two groups that did not move alike could have gone on without a change, and what of a difference is left then.

The difference of two groups, day by day, is drawn on from before a change in several ways: at the height of each third
of the days before, along a line through all of them, and, for a drift that began late or goes ever faster, along a line
through the last half or the last third and along a parabola through all of them. A claim that holds against all of them
is not made by any of them (an intersection-union test: Berger 1982, Technometrics 24:295-300), whatever the drift. A
test of the trend alone would miss the drifts that matter (Roth 2022, American Economic Review: Insights 4:305-322), and
one of a bend even more of them; this asks instead that the difference outlives what the days before make possible (in
the spirit of Rambachan & Roth 2023, Review of Economic Studies 90:2555-2591).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Estimate
from klantreis.stats.regression import Carried, carried, fit, reach_of, spreads_of

Floats = NDArray[np.float64]
LEAST = 8
"""Days before the change below which nothing is drawn on."""


@dataclass(frozen=True, slots=True)
class GoneOn:
    """The differences that are left: `steady` against the height of each third and the line of all days before,
    `lately` against the lines of the last half and the last third, and the parabola of all.
    """

    steady: tuple[Estimate, ...]
    lately: tuple[Estimate, ...]


def gone_on(apart: Floats, day: Floats, cut: int, *, times: float = 1.0) -> GoneOn:
    """Returns what is left, with 95 % intervals, of the mean difference from place `cut` on.

    `apart` is the difference of two groups per day, `day` the number of that day, `times` a factor to tell it in
    another unit. Fewer than 8 days before the change, or none after it: nothing.
    """
    after = len(apart) - cut
    if cut < LEAST or after < 1:
        return GoneOn((), ())
    errors = carried(fit(apart[:cut], _line(day[:cut])))
    thirds = [round(cut * place / 3) for place in range(4)]
    heights = (_height(len(apart), first, last, cut) for first, last in pairwise(thirds))
    lines = [_drawn(day, first, cut) for first in (0, cut // 2, min(thirds[2], cut - 2))]
    bent = _drawn(day, 0, cut, power=2)
    left = [_left(weights * times, apart, errors, after) for weights in (*heights, *lines, bent)]
    return GoneOn(tuple(left[:4]), tuple(left[4:]))


def multiplied(series: Floats, day: Floats, cut: int) -> tuple[Estimate, ...]:
    """Returns what is left of a series that may grow by a part of itself each day: the line is drawn on through the
    logarithms, of all days before, the last half and the last third; each where all of its days are above 0.

    In the unit of the series, at the height that is drawn on (its geometric mean). None of them: nothing is returned.
    """
    if cut < LEAST or len(series) <= cut or not np.all(series[cut:] > 0):
        return ()
    found = []
    for first in (0, cut // 2, min(round(cut * 2 / 3), cut - 2)):
        if not np.all(series[first:] > 0) or cut - first < 4:
            continue
        logs, own = np.log(series[first:]), cut - first
        weights = _drawn(day[first:], 0, own)
        left = _left(weights, logs, carried(fit(logs[:own], _line(day[first:cut]))), len(series) - cut)
        assert left.value is not None
        foretold = float(np.exp(np.clip(logs[own:].mean() - left.value, -700, 700)))
        ends = (None if one is None else foretold * float(np.expm1(min(one, 700))) for one in (left.low, left.high))
        found.append(Estimate(foretold * float(np.expm1(min(left.value, 700))), left.n, *ends))
    return tuple(found)


def widest(found: Iterable[Estimate]) -> Estimate:
    """Returns the first value with an interval that holds all intervals; no value when any has none."""
    listed = tuple(found)
    ends = [(one.low, one.high) for one in listed if one.low is not None and one.high is not None]
    if not listed or len(ends) < len(listed):
        return Estimate(None, 0)
    return Estimate(listed[0].value, listed[0].n, min(low for low, _ in ends), max(high for _, high in ends))


def _left(weights: Floats, apart: Floats, errors: Carried, n: int) -> Estimate:
    value = float(weights @ apart)
    half = reach_of(spreads_of(weights, errors), errors)
    return Estimate(value, n, value - half, value + half)


def _line(day: Floats, power: int = 1) -> Floats:
    along = (day - day[0]) / max(1.0, day[-1] - day[0])
    return np.column_stack([along**one for one in range(power + 1)])


def _height(size: int, first: int, last: int, cut: int) -> Floats:
    """Returns the weights of the mean from `cut` on less the mean of some days before."""
    weights = np.zeros(size)
    weights[first:last] = -1 / (last - first)
    weights[cut:] = 1 / (size - cut)
    return weights


def _drawn(day: Floats, first: int, cut: int, power: int = 1) -> Floats:
    """Returns the weights of the mean from `cut` on less what the line through days `first` to `cut` foretells; with
    `power` 2 the parabola.
    """
    x = _line(day[first:], power)
    known = x[: cut - first]
    weights = np.zeros(len(day))
    weights[first:cut] = -np.linalg.pinv(known).T @ x[cut - first :].mean(axis=0)
    weights[cut:] = 1 / (len(day) - cut)
    return weights
