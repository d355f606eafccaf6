"""Means that do not depend on the order of adding: exact integer sums, and Student's interval at the end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Z95, Estimate

EXACT = 2**62


@dataclass(frozen=True, slots=True)
class Moments:
    """How many whole numbers there were, their sum and the sum of their squares, as Python integers of any size.

    Adding two is exact, so parts may be merged in any order.
    """

    n: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.n + other.n, self.total + other.total, self.squares + other.squares)


def moments(numbers: NDArray[np.int64]) -> Moments:
    """Returns the moments of an array of whole numbers; an empty array gives zeros.

    Sums run in int64 over blocks that are too short to overflow.
    """
    if numbers.size == 0:
        return Moments()
    largest = max(abs(int(numbers.min())), abs(int(numbers.max())), 1)
    return Moments(int(numbers.size), *_sums(numbers, largest))


def moments_of(counts: Iterable[tuple[int, int]]) -> Moments:
    """Returns the moments of `(number, how often)` pairs."""
    n = total = squares = 0
    for number, often in counts:
        n += often
        total += number * often
        squares += number * number * often
    return Moments(n, total, squares)


def mean(part: Moments, unit: float = 1) -> Estimate:
    """Returns the mean of numbers that count `1 / unit` each, with Student's t interval at 95 %.

    `unit` 1000 means that the numbers are thousandths. No numbers: no value. One number: a value, no interval.
    Source: Student (1908), Biometrika 6:1-25; mean ± t(0.975, n - 1) · s / √n.
    """
    if part.n == 0:
        return Estimate(None, 0)
    centre = part.total / part.n / unit
    if part.n == 1:
        return Estimate(centre, 1)
    spread = max(0, part.n * part.squares - part.total * part.total)
    error = math.sqrt(spread / (part.n - 1)) / part.n / unit
    half = t95(part.n - 1) * error
    return Estimate(centre, part.n, centre - half, centre + half)


@cache
def t95(freedom: int) -> float:
    """Returns Student's t that 2.5 % lies above, for `freedom` degrees of freedom (at least 1).

    Above 500 degrees by the expansion of Abramowitz & Stegun 26.7.5, else by bisection of the incomplete beta function.
    """
    if freedom > 500:
        z = Z95
        first = (z**3 + z) / 4
        second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        return z + first / freedom + second / freedom**2 + third / freedom**3
    low, high = 1.9, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        if _outside(middle, freedom) > 0.05:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _sums(numbers: NDArray[np.int64], largest: int) -> tuple[int, int]:
    block = EXACT // (largest * largest)
    if block == 0:
        whole = [int(number) for number in numbers]
        return sum(whole), sum(number * number for number in whole)
    total = squares = 0
    for start in range(0, numbers.size, block):
        part = numbers[start : start + block].astype(np.int64, copy=False)
        total += int(part.sum())
        squares += int(np.dot(part, part))
    return total, squares


def _outside(t: float, freedom: int) -> float:
    """Returns the chance that |T| > t: the regularised incomplete beta I_x(freedom / 2, 1 / 2)."""
    a, b, x = freedom / 2, 0.5, freedom / (freedom + t * t)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Returns the continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for step in range(1, 500):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or tiny)
            c = 1 + term / c or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value
