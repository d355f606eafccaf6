"""Net Promoter Score: the share of promoters minus the share of detractors, with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable

from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.quantiles import normal_tails

PROMOTER, DETRACTOR = 9, 6
"""On 0 to 10: nine and ten promote, zero to six detract (Reichheld 2003, Harvard Business Review 81:46-54)."""


def nps(promoters: int, detractors: int, n: int) -> Estimate:
    """Returns the score on -1 to 1 with its 95 % interval; no value without answers.

    The interval holds every score that a test would not reject (Tango 1998, Statistics in Medicine 17:891-908, for two
    shares of the same people), as Wilson's does for a share: also when nearly all answers are of one kind, where two
    standard errors on either side hold far less than 95 %.
    """
    if n <= 0:
        return Estimate(None, 0)
    value, counts = (promoters - detractors) / n, (promoters, detractors, n)
    return Estimate(value, n, -_highest((detractors, promoters, n)), _highest(counts))


def _highest(counts: tuple[int, int, int]) -> float:
    """Returns the highest score, from what was found to 1, of which it lies no more than 1.96 errors; by bisection."""
    promoters, detractors, n = counts
    low, high = (promoters - detractors) / n, 1.0
    while (middle := (low + high) / 2) not in (low, high):
        if _errors_below(counts, middle) > Z95:
            high = middle
        else:
            low = middle
    return high


def _errors_below(counts: tuple[int, int, int], score: float) -> float:
    """Returns how many standard errors a sample lies below a score; the error is that of the likeliest shares that
    have this score.
    """
    promoters, detractors, n = counts
    half = promoters + detractors - (2 * n - promoters + detractors) * score
    root = math.sqrt(max(0.0, half * half + 8 * n * detractors * score * (1 - score)))
    spread = (root + half) / (2 * n) + score * (1 - score)
    below = n * score - (promoters - detractors)
    return below / math.sqrt(n * spread) if spread > 0 else math.inf * below if below else 0.0


def sides(counts: Iterable[tuple[int, int]], unit: int = 1) -> tuple[int, int, int]:
    """Returns promoters, detractors and all, of `(score, how often)` pairs whose scores count `1 / unit` each.

    A score between two points belongs to the lower one: 6.5 is a detractor, 8.9 no promoter.
    """
    promoters = detractors = n = 0
    for score, often in counts:
        n += often
        promoters += often if score >= PROMOTER * unit else 0
        detractors += often if score < (DETRACTOR + 1) * unit else 0
    return promoters, detractors, n


def variance(promoters: int, detractors: int, n: int) -> float:
    """Returns the population variance of one answer as +1, 0 or -1: p + d - (p - d)², with p and d as shares."""
    p, d = promoters / n, detractors / n
    return p + d - (p - d) ** 2


def nps_gap(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[Estimate, float | None]:
    """Returns the first score minus the second, each `(promoters, detractors, n)`, with its interval and p; -2 to 2.

    As `nps.test` of R's package NPS: a Wald interval on the variance of both. No value when one is empty; no interval
    and p None when neither has any spread.
    """
    if one[2] <= 0 or other[2] <= 0:
        return Estimate(None, 0), None
    gap = (one[0] - one[1]) / one[2] - (other[0] - other[1]) / other[2]
    error, n = math.sqrt(variance(*one) / one[2] + variance(*other) / other[2]), min(one[2], other[2])
    if error == 0:
        return Estimate(gap, n), None
    return Estimate(gap, n, gap - Z95 * error, gap + Z95 * error), normal_tails(gap / error)
