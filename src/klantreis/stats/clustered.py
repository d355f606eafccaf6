"""Shares of cases that come in clusters (several journeys of one person), and the gap between two estimates.

Journeys of one person are no separate witnesses. The share's variance is that of a ratio over persons (Cochran 1977,
"Sampling Techniques", 3rd ed., 6.3), and Wilson's interval is taken at the number of independent cases that has the
same variance (Korn & Graubard 1998, Survey Methodology 24:193-201). One case a person gives plain Wilson.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from klantreis.stats.intervals import Z95, Estimate, share
from klantreis.stats.sums import Sums


@dataclass(frozen=True, slots=True)
class Clusters:
    """The cases a share is of: how many, of how many persons, and the sum over persons of their cases squared."""

    cases: int
    persons: int
    squares: int


def clustered_share(count: int, of: Clusters, squares: int, cross: int) -> Estimate:
    """Returns count / of.cases with its 95 % interval, n = of.cases.

    With x hits among the n cases of a person: `squares` is the sum over persons of x * x, `cross` of x * n.
    No cases: no value. Hits of one person only, or all or none hit: the interval takes each person as one case.
    """
    plain = share(count, of.cases)
    if plain.value is None or of.squares == of.cases:
        return plain
    p = plain.value
    spread = squares - 2 * p * cross + p * p * of.squares
    least = of.cases**2 / of.squares
    alone = least
    if 0 < count < of.cases and of.persons > 1 and spread > 0:
        variance = spread * of.persons / (of.persons - 1) / of.cases**2
        alone = p * (1 - p) / variance
    return _wilson(p, min(alone, of.cases), of.cases)


def share_by_person(people: Sums) -> Estimate:
    """Returns the same share, from how many hits and how many cases each person has."""
    (count, cases), (squares, crossed, often) = people.totals, people.products
    return clustered_share(count, Clusters(cases, people.n, often), squares, crossed)


def gap(one: Estimate, other: Estimate) -> Estimate:
    """Returns one minus the other with the 95 % interval of independent groups; n is the smaller group's.

    No value when one of them has none, no interval when one has none. Source: Newcombe (1998), Statistics in Medicine
    17:873-890, method 10, for any two intervals (MOVER: Zou & Donner 2008, Statistics in Medicine 27:1693-1702).
    """
    if one.value is None or other.value is None:
        return Estimate(None, min(one.n, other.n))
    n, apart = min(one.n, other.n), one.value - other.value
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Estimate(apart, n)
    below = math.hypot(one.value - one.low, other.high - other.value)
    above = math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(apart, n, apart - below, apart + above)


def _wilson(p: float, alone: float, n: int) -> Estimate:
    z2 = Z95 * Z95
    centre = (p + z2 / (2 * alone)) / (1 + z2 / alone)
    half = Z95 * math.sqrt(p * (1 - p) / alone + z2 / (4 * alone * alone)) / (1 + z2 / alone)
    low = 0.0 if p == 0 else max(0.0, centre - half)
    high = 1.0 if p == 1 else min(1.0, centre + half)
    return Estimate(p, n, low, high)
