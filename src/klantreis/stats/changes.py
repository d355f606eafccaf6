"""Change points: the moments at which a series goes on at another level, or honestly none.

The best cut of a series is the one with the least cost plus a penalty for each cut, found exactly (Jackson et al. 2005,
IEEE Signal Processing Letters 12:105-108; what PELT finds: Killick, Fearnhead & Eckley 2012, JASA 107:1590-1598). The
cost of a piece is its deviance: binomial for counts out of so many, Gaussian for values with a standard error.

The penalty holds the chance of finding any cut in a series without one at 5 % or less: one cut among n - 1 places is a
test at 5 % / (n - 1) (Bonferroni). Spread beyond chance is taken from neighbours, as half the mean squared step (Rice
1984, Annals of Statistics 12:1215-1230), so that shifts do not hide themselves, and the penalty is Student's.

It takes moments as independent once their spread is allowed for. A slow slope or a season shows as cuts too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Estimate
from klantreis.stats.quantiles import student_quantile

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Cost = Callable[[Places, int], Floats]
"""The deviance of the pieces from each of these places to just before an end."""

LEAST = 8
"""Fewer moments than this are no series."""


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A series goes on at another level from place `at` on (0 is the first): `before` and `after` are the levels of the
    pieces on both sides, `gap` the second minus the first with its 95 % interval, n the moments of the shorter piece.
    """

    at: int
    before: float
    after: float
    gap: Estimate


def changes_of_shares(counts: Sequence[int], of: Sequence[int], *, least: int = 2) -> tuple[ChangePoint, ...]:
    """Returns where a series of shares `counts` / `of` changes level; moments with nothing to count are passed over.

    `least`: how many moments a piece has at least. () for none found, and for fewer than 8 moments.
    """
    k, n = np.asarray(counts, np.float64), np.asarray(of, np.float64)
    known = np.flatnonzero(n > 0)
    k, n = k[known], n[known]
    if len(k) < LEAST or not 0 < k.sum() < n.sum():
        return ()
    pooled = k.sum() / n.sum()
    weight = n / (pooled * (1 - pooled))
    cuts = _cuts(_binomial(k, n), len(k), least, _penalty(k / n, weight))
    return _told(k / n, n, cuts, known, weight)


def changes_of_values(values: Sequence[float], errors: Sequence[float], *, least: int = 2) -> tuple[ChangePoint, ...]:
    """Returns where a series of values with standard errors changes level; one without (nan, 0) is passed over."""
    y, e = np.asarray(values, np.float64), np.asarray(errors, np.float64)
    known = np.flatnonzero(np.isfinite(y) & np.isfinite(e) & (e > 0))
    if len(known) < LEAST:
        return ()
    y, weight = y[known], 1 / e[known] ** 2
    cuts = _cuts(_gaussian(y, weight), len(y), least, _penalty(y, weight))
    return _told(y, weight, cuts, known, weight)


def rough(values: Floats, weight: Floats) -> float:
    """Returns how many times the variance of neighbours' steps is what their weights (1 / variance) foretell."""
    steps = np.diff(values) ** 2 / (1 / weight[1:] + 1 / weight[:-1])
    return float(steps.mean()) if len(steps) else 1.0


def _binomial(k: Floats, n: Floats) -> Cost:
    hits, all_ = _sums(k), _sums(n)

    def cost(begins: Places, end: int) -> Floats:
        k, n = hits[end] - hits[begins], all_[end] - all_[begins]
        with np.errstate(divide="ignore", invalid="ignore"):
            hit = np.where(k > 0, k * np.log(k / n), 0.0)
            miss = np.where(n - k > 0, (n - k) * np.log((n - k) / n), 0.0)
        found: Floats = -2 * (hit + miss)
        return found

    return cost


def _gaussian(y: Floats, weight: Floats) -> Cost:
    centred = y - np.average(y, weights=weight)
    weights, totals, squares = _sums(weight), _sums(weight * centred), _sums(weight * centred * centred)

    def cost(begins: Places, end: int) -> Floats:
        total = totals[end] - totals[begins]
        found: Floats = np.maximum(squares[end] - squares[begins] - total * total / (weights[end] - weights[begins]), 0)
        return found

    return cost


def _sums(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _penalty(values: Floats, weight: Floats) -> float:
    n = len(values)
    # Half squared steps know as much as two thirds as many free moments (von Neumann 1941).
    quantile = student_quantile(1 - 0.025 / (n - 1), max(2.0, (n - 1) * 2 / 3))
    return quantile * quantile * max(1.0, rough(values, weight))


def _cuts(cost: Cost, n: int, least: int, penalty: float) -> list[int]:
    """Returns the best places to cut, rising: optimal partitioning."""
    best, back = np.full(n + 1, math.inf), np.zeros(n + 1, np.int64)
    best[0] = -penalty
    for end in range(least, n + 1):
        begins = np.concatenate([[0], np.arange(least, end - least + 1)]).astype(np.int64)
        total = best[begins] + cost(begins, end) + penalty
        place = int(np.argmin(total))
        best[end], back[end] = total[place], begins[place]
    found, end = [], n
    while back[end] > 0:
        end = int(back[end])
        found.append(end)
    return found[::-1]


def _told(values: Floats, of: Floats, cuts: list[int], known: Places, weight: Floats) -> tuple[ChangePoint, ...]:
    ends = [0, *cuts, len(values)]
    wide = max(1.0, rough(values, weight))
    told = []
    for left, cut, right in zip(ends[:-2], ends[1:-1], ends[2:], strict=True):
        sides = [slice(left, cut), slice(cut, right)]
        before, after = (float(np.average(values[side], weights=of[side])) for side in sides)
        half = 1.959963984540054 * math.sqrt(wide * sum(1 / weight[side].sum() for side in sides))
        gap = after - before
        n = min(cut - left, right - cut)
        told.append(ChangePoint(int(known[cut]), before, after, Estimate(gap, n, gap - half, gap + half)))
    return tuple(told)
