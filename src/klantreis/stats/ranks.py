"""Which values of a sorted row bound a quantile: an interval that assumes nothing about the shape."""

from __future__ import annotations

import math


def bounding_ranks(n: int, quantile: float) -> tuple[int | None, int | None]:
    """Returns the ranks (1 to n) of the sorted values between which the quantile lies with at least 95 % certainty.

    None at a side: so few values cannot bound it with that certainty (a median needs 6 values).
    Source: the number of values below a quantile is binomial; Conover (1999), Practical Nonparametric Statistics, 3.2.
    """
    if n <= 0 or not 0 < quantile < 1:
        return None, None
    low, high = _binomial_quantiles(n, quantile)
    return (low if low >= 1 else None), (high + 1 if high + 1 <= n else None)


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
