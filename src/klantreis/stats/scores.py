"""Scores of two groups beside each other: differences and ranks; and how mean scores rise along a row.

Counts are `(score, how often)` pairs, so that millions of answers on a scale of five take five pairs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from klantreis.stats.intervals import Estimate
from klantreis.stats.means import Moments
from klantreis.stats.quantiles import normal_tails, student_quantile, student_tails

Counts = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Gap:
    """The mean of one group minus that of the other, with its 95 % interval; `t` and `p` of no difference.

    `t` and `p` are None when they cannot be told: a group of less than two, or no spread at all.
    """

    gap: Estimate
    t: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """How two groups rank: `u` counts the pairs in which the first one's score is higher, ties for a half.

    `ahead` is that as a share of all pairs: the chance that somebody of the first group scores higher than somebody of
    the other (0.5: alike). `p` of no difference; None when every score is the same.
    """

    u: float
    ahead: float
    p: float | None


def welch(one: Moments, other: Moments, unit: float = 1) -> Gap:
    """Returns the difference of two means of numbers that count `1 / unit` each; `n` is the smaller group.

    An empty group: no value. A group of one, or no spread in either: a value without interval.
    Source: Welch (1947), Biometrika 34:28-35.
    """
    least = min(one.n, other.n)
    if least == 0:
        return Gap(Estimate(None, 0))
    gap = (one.total / one.n - other.total / other.n) / unit
    if least < 2:
        return Gap(Estimate(gap, least))
    a, b = (_variance(side) / side.n / unit / unit for side in (one, other))
    error = math.sqrt(a + b)
    if error == 0:
        return Gap(Estimate(gap, least))
    freedom = (a + b) ** 2 / (a * a / (one.n - 1) + b * b / (other.n - 1))
    half = student_quantile(0.975, freedom) * error
    return Gap(Estimate(gap, least, gap - half, gap + half), gap / error, student_tails(gap / error, freedom))


def mann_whitney(one: Counts, other: Counts) -> Ranked | None:
    """Returns how the scores of two groups rank; None when one is empty.

    `p` is two-sided, by the normal approximation with ties and the continuity of a half taken into account, as scipy's
    `mannwhitneyu` (asymptotic). Source: Mann & Whitney (1947), Annals of Mathematical Statistics 18:50-60.
    """
    first, second = dict(one), dict(other)
    n, m = sum(first.values()), sum(second.values())
    if n == 0 or m == 0:
        return None
    twice, below, ties = 0, 0, 0
    for score in sorted(first.keys() | second.keys()):
        mine, theirs = first.get(score, 0), second.get(score, 0)
        twice += mine * (2 * below + theirs)
        below += theirs
        ties += (mine + theirs) ** 3 - (mine + theirs)
    total = n + m
    spread = n * m / 12 * ((total + 1) - ties / (total * (total - 1)))
    u = twice / 2
    if spread <= 0:
        return Ranked(u, u / (n * m), None)
    z = max(0.0, abs(u - n * m / 2) - 0.5) / math.sqrt(spread)
    return Ranked(u, u / (n * m), normal_tails(z))


def slope(means: Sequence[tuple[float, float, int]], variance: float) -> Estimate:
    """Returns how much means rise per step, from `(place, mean of n numbers, n)`; `variance`: of one number.

    A line by weighted least squares. Its error is what chance in the numbers gives, made wider when the means lie
    farther from the line than that (Birge 1932, Physical Review 40:207-227), with Student's t; `n` counts the means. No
    value below three means, or without any spread.
    """
    if len(means) < 3 or variance <= 0:
        return Estimate(None, len(means))
    x, y, n = (np.array(column, np.float64) for column in zip(*means, strict=True))
    weight = n / variance
    middle, centre = np.average(x, weights=weight), np.average(y, weights=weight)
    wide = float(weight @ (x - middle) ** 2)
    value = float(weight @ ((x - middle) * (y - centre))) / wide
    off = float(weight @ (y - centre - value * (x - middle)) ** 2) / (len(means) - 2)
    half = student_quantile(0.975, len(means) - 2) * math.sqrt(max(1.0, off) / wide)
    return Estimate(value, len(means), value - half, value + half)


def _variance(part: Moments) -> float:
    return max(0, part.n * part.squares - part.total * part.total) / part.n / (part.n - 1)
