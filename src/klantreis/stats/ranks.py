"""Which values of a sorted row bound a quantile: an interval that assumes nothing about the shape."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from klantreis.stats.intervals import Estimate
from klantreis.stats.spread import SECOND, Spreads, group, ordered


def bounding_ranks(n: int, quantile: float) -> tuple[int | None, int | None]:
    """Returns the ranks (1 to n) of the sorted values between which the quantile lies with at least 95 % certainty.

    None at a side: so few values cannot bound it with that certainty (a median needs 6 values).
    Source: the number of values below a quantile is binomial; Conover (1999), Practical Nonparametric Statistics, 3.2.
    """
    if n <= 0 or not 0 < quantile < 1:
        return None, None
    low, high = _binomial_quantiles(n, quantile)
    return (low if low >= 1 else None), (high + 1 if high + 1 <= n else None)


def quantile(spreads: Spreads, key: int, at: float) -> Estimate:
    """Returns one quantile of a group of durations, in seconds, between the values that bound it with 95 % certainty.

    No durations in the group: no value. Too few of them: no interval, or only one side.
    """
    durations = group(spreads, key)
    if durations is None:
        return Estimate(None, 0)
    n = int(durations.n[0])
    rank = at * (n - 1)
    low, high = bounding_ranks(n, at)
    ranks = np.array([[math.floor(rank), math.ceil(rank), (low or 1) - 1, (high or n) - 1]])
    under, over, below, above = (ordered(durations, ranks)[0] / SECOND).tolist()
    value = under + (over - under) * (rank - math.floor(rank))
    return Estimate(value, n, None if low is None else below, None if high is None else above)


def counted_quantile(often: Mapping[int, int], at: float) -> Estimate:
    """Returns a quantile of whole numbers, given how often each occurs, bounded with 95 % certainty.

    It is one of the numbers: the smallest that a share `at` does not exceed. None: no value. Too few: no interval, or
    only one side.
    """
    values = np.array(sorted(often), np.int64)
    below = np.cumsum([often[value] for value in values.tolist()])
    n = int(below[-1]) if below.size else 0
    if not n:
        return Estimate(None, 0)

    def ranked(rank: int | None) -> float | None:
        return None if rank is None else float(values[np.searchsorted(below, rank)])

    low, high = bounding_ranks(n, at)
    return Estimate(ranked(max(1, math.ceil(at * n))), n, ranked(low), ranked(high))


def _binomial_quantiles(n: int, p: float) -> tuple[int, int]:
    """Returns the smallest k whose cumulative chance reaches 2.5 %, and 97.5 %; starts where chances are < 1e-12."""
    width = 8 * math.sqrt(n * p * (1 - p)) + 8
    k, last = max(0, math.floor(n * p - width)), min(n, math.ceil(n * p + width))
    log_chance = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    chance = math.exp(log_chance + k * math.log(p) + (n - k) * math.log1p(-p))
    total, low = chance, None
    while total < 0.975 and k < last:
        if low is None and total >= 0.025:
            low = k
        chance *= (n - k) / (k + 1) * p / (1 - p)
        k += 1
        total += chance
    return (k if low is None else low), k
