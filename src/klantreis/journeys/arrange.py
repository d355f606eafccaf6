"""Puts touches in the one total order: person, journey name when there is one, moment, tie.

Persons are 64-bit hashes, so their top bits spread them evenly: first over buckets, then, inside a bucket, over
small runs that stay in the processor's cache while they are sorted. Equal rows keep the order they came in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import compiled, inline

SMALL_SORT = 200_000
"""Below this many touches numpy's own sort is quicker than loading a compiler; both give the same order."""

RUN = 16
"""Touches per run that a bucket is spread over before sorting."""

Keys = NDArray[np.uint64]
Micros = NDArray[np.int64]
Order = NDArray[np.int64]


def bucket_bits(touches: int, *, per_bucket: int = 500_000, most: int = 10) -> int:
    """Returns log2 of the number of buckets for this many touches: about `per_bucket` each, at most 2**most."""
    return min(most, max(0, (max(touches, 1) - 1) // per_bucket).bit_length())


def spread(key: Keys, bits: int) -> tuple[Order, Order]:
    """Returns the rows grouped by the top `bits` of their key, first come first, and 2**bits + 1 offsets."""
    if bits == 0:
        return np.arange(len(key), dtype=np.int64), np.array([0, len(key)], dtype=np.int64)
    if len(key) < SMALL_SORT:
        part = (key >> np.uint64(64 - bits)).astype(np.int64)
        start = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=1 << bits))]).astype(np.int64)
        return np.argsort(part, kind="stable"), start
    return compiled(spread_sort)(key, bits)  # type: ignore[no-any-return]


def arrange(key: Keys, at: Micros, *, name: Keys | None = None, tie: Micros | None = None, skip: int = 0) -> Order:
    """Returns the order of rows by (key, name, at, tie), equal rows as they came.

    `name` and `tie` may be left out. `skip`: how many top bits all keys share because their bucket was cut by them.
    """
    if len(key) < SMALL_SORT:
        return np.lexsort([column for column in (tie, at, name, key) if column is not None])
    order = None if tie is None or bool(np.all(tie[1:] >= tie[:-1])) else np.argsort(tie, kind="stable")
    if name is None:
        return _then(order, key, at, skip)
    # Stable sorts, the least telling column first: the name and moment, and then the person.
    return _then(_then(order, name, at, 0), key, np.zeros(len(key), dtype=np.int64), skip)


def _then(order: Order | None, key: Keys, at: Micros, skip: int) -> Order:
    if order is None:
        return compiled(run_sort)(key, at, skip)  # type: ignore[no-any-return]
    return order[compiled(run_sort)(key[order], at[order], skip)]  # type: ignore[no-any-return]


def spread_sort(key: Keys, bits: int) -> tuple[Order, Order]:
    """Kernel: rows grouped by the top `bits` of their key."""
    return counting_sort(key, bits, 0)


def run_sort(key: Keys, at: Micros, skip: int) -> Order:
    """Kernel: the stable order by (key, at): spreads rows over small runs by the key, then sorts each run."""
    bits = 1
    while len(key) >> bits > RUN and bits < 20 and bits + skip < 63:
        bits += 1
    order, start = counting_sort(key, bits, skip)
    # (key, at, row) side by side: a run is a few cache lines, and sorting moves values, not pointers to them.
    rows = np.empty((len(key), 3), dtype=np.int64)
    for spot in range(len(key)):
        row = order[spot]
        rows[spot, 0] = np.int64(key[row])  # a run shares its top bit, so the sign does not disturb the order
        rows[spot, 1] = at[row]
        rows[spot, 2] = row
    spare = np.empty((len(key), 3), dtype=np.int64)
    for part in range(len(start) - 1):
        merge_sort(rows, spare, start[part], start[part + 1])
    return rows[:, 2].copy()


@inline
def counting_sort(key: Keys, bits: int, skip: int) -> tuple[Order, Order]:
    """Returns a stable counting sort by `bits` bits of the key after its `skip` top bits, with offsets."""
    start = np.zeros((1 << bits) + 1, dtype=np.int64)
    left, right = np.uint64(skip), np.uint64(64 - bits)
    for row in range(len(key)):
        start[np.int64((key[row] << left) >> right) + 1] += 1
    for spot in range(1 << bits):
        start[spot + 1] += start[spot]
    free = start.copy()
    order = np.empty(len(key), dtype=np.int64)
    for row in range(len(key)):
        part = np.int64((key[row] << left) >> right)
        order[free[part]] = row
        free[part] += 1
    return order, start


@inline
def insertion_sort(rows: Order, low: int, high: int) -> None:
    """Sorts rows[low:high] by their first two columns, moving each row to its hole."""
    for spot in range(low + 1, high):
        key, at, row = rows[spot, 0], rows[spot, 1], rows[spot, 2]
        hole = spot
        while hole > low and (rows[hole - 1, 0] > key or (rows[hole - 1, 0] == key and rows[hole - 1, 1] > at)):
            for column in range(3):
                rows[hole, column] = rows[hole - 1, column]
            hole -= 1
        rows[hole, 0], rows[hole, 1], rows[hole, 2] = key, at, row


@inline
def merge_sort(rows: Order, spare: Order, low: int, high: int) -> None:
    """Sorts rows[low:high]: insertion in blocks of 32, then merges of twice the width each time."""
    width = 32
    for block in range(low, high, width):
        insertion_sort(rows, block, min(block + width, high))
    while width < high - low:
        for left in range(low, high - width, 2 * width):
            merge(rows, spare, (left, left + width, min(left + 2 * width, high)))
        width *= 2


@inline
def merge(rows: Order, spare: Order, cuts: tuple[int, int, int]) -> None:
    """Merges two neighbouring sorted pieces of `rows`, the left one first where they are equal."""
    left, middle, right = cuts
    last, first = rows[middle - 1], rows[middle]
    if last[0] < first[0] or (last[0] == first[0] and last[1] <= first[1]):
        return
    spare[left:middle] = rows[left:middle]
    one, other, spot = left, middle, left
    while one < middle:
        if other < right and (
            spare[one, 0] > rows[other, 0] or (spare[one, 0] == rows[other, 0] and spare[one, 1] > rows[other, 1])
        ):
            rows[spot] = rows[other]
            other += 1
        else:
            rows[spot] = spare[one]
            one += 1
        spot += 1
