"""Sums and cross sums of several whole numbers per person: all that a comparison of two groups needs of a group.

Exact Python integers, so that parts may be merged in any order and give the same answer to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel

EXACT = 2**62
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """`n` people; per column the sum; per pair of columns (i <= j, row by row) the sum of products."""

    n: int
    totals: tuple[int, ...]
    products: tuple[int, ...]

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.n + other.n,
            tuple(a + b for a, b in zip(self.totals, other.totals, strict=True)),
            tuple(a + b for a, b in zip(self.products, other.products, strict=True)),
        )

    def mean(self, column: int) -> float:
        """Returns the mean of a column; 0 of nobody."""
        return self.totals[column] / self.n if self.n else 0.0

    def covariance(self, one: int, other: int) -> float:
        """Returns the sample covariance of two columns (of a column with itself: the variance); 0 below two people."""
        if self.n < 2:
            return 0.0
        low, high = min(one, other), max(one, other)
        place = low * len(self.totals) - low * (low - 1) // 2 + high - low
        spread = self.n * self.products[place] - self.totals[one] * self.totals[other]
        return spread / (self.n * (self.n - 1))


def sums_of(columns: Sequence[Ints]) -> Sums:
    """Returns the sums of columns of equal length, one row per person; no rows give zeros."""
    n = int(columns[0].size) if columns else 0
    known = [(column, _largest(column)) for column in columns]
    one = (np.ones(n, np.int64), 1)
    crossed = [_dot(first, second) for place, first in enumerate(known) for second in known[place:]]
    return Sums(n, tuple(_dot(column, one) for column in known), tuple(crossed))


def sums_of_rows(rows: Ints) -> Sums:
    """Returns the same of a table with four columns, a row per person."""
    with np.errstate(over="ignore"):  # what does not fit is added up once more
        totals, products, (low, high) = _crossed(rows)
    if max(-int(low), int(high)) ** 2 * len(rows) >= EXACT:
        return sums_of(list(rows.T))
    return Sums(len(rows), tuple(map(int, totals)), tuple(map(int, products)))


@kernel
def _crossed(rows: Ints) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, int]]:
    """Adds up without an array for the sums: only then they stay in registers, which is what takes time. Tells between
    which numbers all are, too.
    """
    low, high = -1, 1
    a = b = c = d = aa = ab = ac = ad = bb = bc = bd = cc = cd = dd = 0
    for row in range(len(rows)):
        e, f, g, h = rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3]
        a, b, c, d = a + e, b + f, c + g, d + h
        low, high = min(low, e, f, g, h), max(high, e, f, g, h)
        aa, ab, ac, ad = aa + e * e, ab + e * f, ac + e * g, ad + e * h
        bb, bc, bd, cc, cd, dd = bb + f * f, bc + f * g, bd + f * h, cc + g * g, cd + g * h, dd + h * h
    return (a, b, c, d), (aa, ab, ac, ad, bb, bc, bd, cc, cd, dd), (low, high)


def _dot(one: tuple[Ints, int], other: tuple[Ints, int]) -> int:
    """Returns the sum of products of two columns, each with its largest number."""
    (first, most), (second, more) = one, other
    block = EXACT // (most * more)
    if block == 0:
        return sum(int(a) * int(b) for a, b in zip(first.tolist(), second.tolist(), strict=True))
    return sum(
        int(np.dot(first[begin : begin + block], second[begin : begin + block]))
        for begin in range(0, first.size, block)
    )


def _largest(numbers: Ints) -> int:
    return max(abs(int(numbers.min())), abs(int(numbers.max())), 1) if numbers.size else 1
