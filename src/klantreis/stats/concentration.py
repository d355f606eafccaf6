"""How unequally a total is spread over persons: Lorenz curve, Gini, the share of the top; each with its interval.

Intervals come from the influence of one person on the number (Beach & Davidson 1983, Review of Economic Studies
50:723-735 for the curve; Davidson 2009, Journal of Econometrics 150:30-40 for the Gini), and Student's normal limit.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Z95, Estimate

Floats = NDArray[np.float64]
LEAST = 10
"""Below this many persons there is a number, but no interval: the normal limit is too far away."""


def top_share(values: Floats, share: float) -> Estimate:
    """Returns which share of the total the highest `share` (0 to 1) of persons brings; whole persons, rounded up.

    `values`: at least 0, sorted upwards. No persons, or a total of 0: no value.
    """
    n, total = len(values), float(values.sum())
    if not total > 0:
        return Estimate(None, n)
    count = whole(share, n)
    part = float(values[n - count :].sum()) / total if count else 0.0
    return _around(part, n, _curve_error(values, n - count))


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
    error = _curve_error(values, n - count)
    return count, _around(count / n, n, error / steep if error is not None and steep > 0 else None)


def gini(values: Floats) -> Estimate:
    """Returns the Gini coefficient: 0 when all bring the same, near 1 when one brings everything.

    `values`: at least 0, sorted upwards. No persons, or a total of 0: no value.
    """
    n, total = len(values), float(values.sum())
    if not total > 0:
        return Estimate(None, n)
    place = np.arange(1, n + 1)
    mean = total / n
    value = float((2 * place - n - 1) @ values) / (n * total)
    below = np.cumsum(values) / n
    influence = (-(value + 1) * values + 2 * (place - 0.5) / n * values - 2 * below) / mean
    return _around(value, n, float(influence.std(ddof=1)) / math.sqrt(n) if n > 1 else None)


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


def _curve_error(values: Floats, below: int) -> float | None:
    """The standard error of the share that the persons from place `below` on bring."""
    n = len(values)
    if n < 2:
        return None
    mean, edge = float(values.mean()), float(values[min(below, n - 1)])
    top = np.arange(n) >= below
    part = float(values[below:].sum()) / (n * mean)
    influence = ((values - edge) * top - part * values) / mean
    return float(influence.std(ddof=1)) / math.sqrt(n)


def _around(value: float, n: int, error: float | None) -> Estimate:
    if error is None or n < LEAST:
        return Estimate(value, n)
    return Estimate(value, n, max(0.0, value - Z95 * error), min(1.0, value + Z95 * error))
