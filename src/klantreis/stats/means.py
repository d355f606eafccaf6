"""Means that do not depend on the order of adding: exact integer sums, and an interval at the end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.skewed import straight
from klantreis.stats.sums import Sums

EXACT = 2**62
ENOUGH = 30
BLOCK, SMALL = 1 << 13, 1 << 16
"""So many cubes of halves of 16 bits, and of numbers as small, add up without overflow."""


@dataclass(frozen=True, slots=True)
class Moments:
    """How many whole numbers there were, their sum and the sums of their squares and cubes, as Python integers of any
    size. Where cubes are not told, they are 0.

    Adding two is exact, so parts may be merged in any order.
    """

    n: int = 0
    total: int = 0
    squares: int = 0
    cubes: int = 0

    def __add__(self, other: Moments) -> Moments:
        squares, cubes = self.squares + other.squares, self.cubes + other.cubes
        return Moments(self.n + other.n, self.total + other.total, squares, cubes)


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
    n = total = squares = cubes = 0
    for number, often in counts:
        n += often
        total += number * often
        squares += number * number * often
        cubes += number**3 * often
    return Moments(n, total, squares, cubes)


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


def lopsided_mean(part: Moments, unit: float = 1, *, endless: bool = False) -> Estimate:
    """Returns the mean of numbers that count `1 / unit` each, whose cubes are told, with an interval at 95 % that knows
    how lopsided they are.

    As of `mean`, with the lopsided part of chance taken out by Hall's transformation (1992, Journal of the Royal
    Statistical Society B 54:221-228). Fewer than 30 numbers do not tell how lopsided they are: the same as of `mean`.
    `endless`: amounts, which unlike scores have no highest one. Then their spread is itself less sure: Student's t has
    the degrees of freedom that the spread of their variance tells (Satterthwaite 1946, Biometrics Bulletin 2:110-114),
    at the kurtosis that a gamma law has with so much skewness (three halves of its square).
    """
    plain, n = mean(part, unit), part.n
    spread = n * part.squares - part.total * part.total
    if plain.value is None or n < ENOUGH or spread <= 0:
        return plain
    error, skewness = math.sqrt(spread / (n - 1)) / n / unit, _skewness(part, spread)
    return _leaning(plain.value, n, (error, n, _freedom(n, skewness) if endless else n - 1.0), skewness)


def mean_by_person(part: Moments, people: Sums, unit: float = 1) -> Estimate:
    """Returns the mean of amounts of which one person may give several: they are no separate witnesses.

    `people`: of each person the sum of the numbers and how many there are. The error is that of a ratio over persons
    (Cochran 1977, "Sampling Techniques", 3rd ed., 6.3), with a degree of freedom for each person but one. One number a
    person, or persons not told: the same as of an endless `lopsided_mean`. Numbers of one person only: no interval.
    """
    plain, n = mean(part, unit), people.n
    if plain.value is None or n == part.n or people.totals != (part.total, part.n):
        return lopsided_mean(part, unit, endless=True)
    if n < 2:
        return Estimate(plain.value, part.n)
    squares, crossed, often = people.products
    # The sum over persons of (their sum - mean x how many) squared, times the number of cases squared.
    off = part.n * part.n * squares - 2 * part.n * part.total * crossed + part.total * part.total * often
    error = math.sqrt(max(0, off) / (n - 1) * n) / part.n / part.n / unit
    spread = part.n * part.squares - part.total * part.total
    skewness = _skewness(part, spread) if n >= ENOUGH and spread > 0 else 0.0
    return _leaning(plain.value, part.n, (error, n, _freedom(n, skewness)), skewness)


def _skewness(part: Moments, spread: int) -> float:
    n = part.n
    third = n * n * part.cubes - 3 * n * part.total * part.squares + 2 * part.total**3
    return third / spread / math.sqrt(spread)


def _freedom(witnesses: int, skewness: float) -> float:
    return min(witnesses - 1, witnesses / (1 + 0.75 * skewness * skewness))


def _leaning(value: float, n: int, error: tuple[float, int, float], skewness: float) -> Estimate:
    """Returns the interval at an error that so many witnesses tell, with so many degrees of freedom."""
    size, witnesses, freedom = error
    far, skew = t95(max(1, round(freedom))), skewness / math.sqrt(witnesses)
    return Estimate(value, n, value - size * straight(far, skew), value + size * straight(far, -skew))


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


def _sums(numbers: NDArray[np.int64], largest: int) -> tuple[int, int, int]:
    if largest >= 1 << 31:
        whole = [int(number) for number in numbers]
        return sum(whole), sum(number * number for number in whole), sum(number**3 for number in whole)
    block = min(BLOCK, EXACT // (largest * largest))
    total = squares = cubes = 0
    for start in range(0, numbers.size, block):
        part = numbers[start : start + block].astype(np.int64, copy=False)
        square = part * part
        total += int(part.sum())
        squares += int(square.sum())
        if largest < SMALL:
            cubes += int(np.dot(square, part))
        else:  # in two halves: number = 2^16 upper + lower
            upper, lower = part >> 16, part & 0xFFFF
            both, small = upper * lower, lower * lower
            cubes += (int(np.dot(upper * upper, upper)) << 48) + 3 * (int(np.dot(both, upper)) << 32)
            cubes += 3 * (int(np.dot(both, lower)) << 16) + int(np.dot(small, lower))
    return total, squares, cubes


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
