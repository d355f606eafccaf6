"""How unequally a total is spread over persons: Lorenz curve, Gini, the share of the top; each with its interval.

Intervals come from the influence of one person on the number (Beach & Davidson 1983, Review of Economic Studies
50:723-735 for the curve; Davidson 2009, Journal of Econometrics 150:30-40 for the Gini). A few persons weigh most, so
they are lopsided (`skewed`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Estimate
from klantreis.stats.skewed import skewed

Floats = NDArray[np.float64]
LEAST = 300
"""Below this many persons there is a number, but no interval: the few who weigh most may not be among them. Of a
hundred whose amounts are lognormal with spread 1.5 an interval held the truth in 84 to 89 %, however it was made.
"""


def top_share(values: Floats, share: float) -> Estimate:
    """Returns which share of the total the highest `share` (0 to 1) of persons brings; whole persons, rounded up.

    `values`: at least 0, sorted upwards. No persons, or a total of 0: no value.
    """
    n, total = len(values), float(values.sum())
    if not total > 0:
        return Estimate(None, n)
    count = whole(share, n)
    part = float(values[n - count :].sum()) / total if count else 0.0
    return _around(part, part, _curve_influence(values, n - count))


def needed(values: Floats, share: float) -> tuple[int, Estimate]:
    """Returns how few persons bring `share` of the total: their number, and as a share of all persons.

    `values`: at least 0, sorted upwards. No persons, or a total of 0: 0 and no value.
    """
    n, total = len(values), float(values.sum())
    if not total > 0:
        return 0, Estimate(None, n)
    sums = np.cumsum(values[::-1])
    count = int(np.searchsorted(sums, share * total * (1 - 1e-12), side="left")) + 1
    steep = float(values[n - count]) / (total / n)
    return count, _around(count / n, count / n, _curve_influence(values, n - count) / -steep)


def gini(values: Floats) -> Estimate:
    """Returns the Gini coefficient: 0 when all bring the same, near 1 when one brings everything.

    `values`: at least 0, sorted upwards. No persons, or a total of 0: no value.
    """
    n, total = len(values), float(values.sum())
    if not total > 0:
        return Estimate(None, n)
    place = np.arange(1, n + 1)
    mean = total / n
    value = float(((2 * place - n - 1) * values).sum()) / (n * total)  # no BLAS: its threads wait by burning
    below = np.cumsum(values) / n
    influence = (-(value + 1) * values + 2 * (place - 0.5) / n * values - 2 * below) / mean
    return _around(value, value * n / max(1, n - 1), influence)  # with few persons the number itself is too low


def lorenz(values: Floats, points: int = 100) -> list[tuple[float, float]]:
    """Returns (share of persons, highest first; share of the total) from (0, 0) to (1, 1), about `points` of them."""
    n = len(values)
    if not float(values.sum()) > 0:
        return []
    counts = np.unique(np.ceil(np.linspace(0, n, min(points, n) + 1) - 1e-9).astype(np.int64))
    sums = np.concatenate([np.zeros(1), np.cumsum(values[::-1])])
    return [(count / n, float(sums[count] / sums[-1])) for count in counts.tolist()]


def whole(share: float, n: int) -> int:
    """Returns a share of n persons in whole persons, rounded up; 0.2 of 10 is 2, whatever floats make of it."""
    return min(n, math.ceil(share * n - 1e-9))


def _curve_influence(values: Floats, below: int) -> Floats:
    """How much each person moves the share that the persons from place `below` on bring, times n."""
    n = len(values)
    mean, edge = float(values.mean()), float(values[min(below, n - 1)])
    top = np.arange(n) >= below
    part = float(values[below:].sum()) / (n * mean)
    influence: Floats = ((values - edge) * top - part * values) / mean
    return influence


def _around(value: float, middle: float, influence: Floats) -> Estimate:
    if len(influence) < LEAST:
        return Estimate(value, len(influence))
    low, high = skewed(middle, influence)
    return Estimate(value, len(influence), max(0.0, min(value, low)), min(1.0, max(value, high)))
