"""How far two mixes lie apart: total variation, the share that would have to be something else to make them alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from klantreis.stats.intervals import Z95, Estimate

FOLDED = math.sqrt(2 / math.pi)
"""The mean of a standard normal without its sign."""


def total_variation(one: Sequence[float], other: Sequence[float]) -> Estimate:
    """Returns half the sum of what the shares of two lists of counts (same kinds, same order) differ; 0 to 1.

    n is the smaller list's total; no value when one has none. The interval needs no shuffling: by chance alone the
    distance is above 0, at most by what every kind differs when nothing changed (the mean of a normal without its
    sign), so the lower end takes all of that off, and the normal error on both sides is at most 1/2 sqrt(1/n + 1/m).
    It holds the true distance at least 95 times in 100, mostly more.
    """
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    n, m = float(a.sum()), float(b.sum())
    if n <= 0 or m <= 0:
        return Estimate(None, round(min(n, m)))
    p, q = a / n, b / m
    distance = float(np.abs(p - q).sum()) / 2
    errors = np.sqrt(p * (1 - p) / n + q * (1 - q) / m)
    by_chance = FOLDED * float(errors.sum()) / 2
    half = Z95 * math.sqrt(1 / n + 1 / m) / 2
    return Estimate(distance, round(min(n, m)), max(0.0, distance - half - by_chance), min(1.0, distance + half))


def by_chance(one: Sequence[float], other: Sequence[float]) -> float:
    """Returns the distance to expect of two lists of counts of one and the same mix; 0 when one is empty."""
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    n, m = float(a.sum()), float(b.sum())
    if n <= 0 or m <= 0:
        return 0.0
    p = (a + b) / (n + m)
    return FOLDED / 2 * float(np.sqrt(p * (1 - p) * (1 / n + 1 / m)).sum())
