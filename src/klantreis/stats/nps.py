"""Net Promoter Score: the share of promoters minus the share of detractors, with its interval."""

from __future__ import annotations

import math

from klantreis.stats.intervals import Z95, Estimate

PROMOTER, DETRACTOR = 9, 6
"""On 0 to 10: nine and ten promote, zero to six detract (Reichheld 2003, Harvard Business Review 81:46-54)."""


def nps(promoters: int, detractors: int, n: int) -> Estimate:
    """Returns the score on -1 to 1 with its 95 % interval; no value without answers.

    The interval comes from the multinomial variance. It is None when all answers are of one kind, because such a
    sample says nothing about its own spread.
    """
    if n <= 0:
        return Estimate(None, 0)
    value, half = (promoters - detractors) / n, Z95 * math.sqrt(variance(promoters, detractors, n) / n)
    if half == 0:
        return Estimate(value, n)
    return Estimate(value, n, max(-1.0, value - half), min(1.0, value + half))


def variance(promoters: int, detractors: int, n: int) -> float:
    """Returns the population variance of one answer as +1, 0 or -1: p + d - (p - d)², with p and d as shares."""
    p, d = promoters / n, detractors / n
    return p + d - (p - d) ** 2
