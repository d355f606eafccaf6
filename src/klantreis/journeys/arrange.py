"""Puts touches in the one total order: person, journey name when there is one, moment, tie.

Persons are 64-bit hashes, so their top bits spread them evenly over buckets. Inside a bucket what decides and the
place of the row stand side by side in one whole number (45 and 19 bits for half a million rows), the least telling
first: plain numbers are what numpy sorts quickest, and without a compiler. Equal rows keep the order they came in.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Micros = NDArray[np.int64]
Order = NDArray[np.int64]

AT_ONCE = 1 << 20
"""Rows that are dealt out at once: what is worked on then stays in the processor's cache."""


def bucket_bits(touches: int, *, per_bucket: int = 500_000, most: int = 10) -> int:
    """Returns log2 of the number of buckets for this many touches: about `per_bucket` each, at most 2**most."""
    return min(most, max(0, (max(touches, 1) - 1) // per_bucket).bit_length())


def spread(columns: dict[str, NDArray[Any]], bits: int, threads: int | None = None) -> Order:
    """Brings the rows of each bucket together, first come first; returns 2**bits + 1 offsets.

    `columns`, all of one length, "key" among them, get other arrays: one after the other, so that only one column at a
    time is held twice. A bucket is told by the top `bits` of its keys.
    """
    size, parts = len(columns["key"]), 1 << bits
    if bits == 0:
        return np.array([0, size], dtype=np.int64)
    lows = range(0, size, AT_ONCE)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        told = list(pool.map(lambda low: _by_bucket(columns["key"][low : low + AT_ONCE], bits), lows))
        counts = np.array([count for _, count in told], dtype=np.int64).reshape(-1, parts)
        start: Order = np.r_[0, np.cumsum(counts.sum(axis=0))]
        to = start[:-1] + np.cumsum(counts, axis=0) - counts
        for name, old in columns.items():
            new = np.empty_like(old)
            for _ in pool.map(partial(_moved, new), (old[low : low + AT_ONCE] for low in lows), told, to):
                pass
            columns[name] = new
    return start


def _by_bucket(key: Keys, bits: int) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Returns some rows by their bucket, and how many there are of each."""
    part = (key >> np.uint64(64 - bits)).astype(np.uint8 if bits <= 8 else np.uint16)
    return np.argsort(part, kind="stable").astype(np.int32), np.bincount(part, minlength=1 << bits)


def _moved(
    new: NDArray[Any], rows: NDArray[Any], told: tuple[NDArray[np.int32], NDArray[np.intp]], to: NDArray[np.int64]
) -> None:
    """Puts some rows where those of their buckets go: `told` is how they lie, `to` where each bucket's go."""
    order, counts = told
    ready, low = rows[order], 0
    for first, count in zip(to.tolist(), counts.tolist(), strict=True):
        new[first : first + count] = ready[low : low + count]
        low += count


def arrange(key: Keys, at: Micros, *, name: Keys | None = None, tie: Micros | None = None, skip: int = 0) -> Order:
    """Returns the order of rows by (key, name, at, tie), equal rows as they came.

    `name` and `tie` may be left out. `skip`: how many top bits all keys share because their bucket was cut by them.
    """
    order = None if tie is None else _by_number(None, tie)
    order = _by_number(order, at)
    order = order if name is None else _by_hash(order, name, 0)
    order = _by_hash(order, key, skip)
    return np.arange(len(key), dtype=np.int64) if order is None else order


def _by_number(order: Order | None, number: Keys | Micros) -> Order | None:
    """Returns the order by a number, rows with the same one as they were; None: that in which they came."""
    if not len(number) or (order is None and bool(np.all(number[1:] >= number[:-1]))):
        return order
    over = number.view(np.uint64) - number.min().view(np.uint64)  # wraps round to how far it lies above the least
    wide, step = int(over.max()).bit_length(), _room(len(number))
    for low in range(0, wide, step):
        order = _by_part(order, over, (max(0, 64 - low - step), low))
    return order


def _by_hash(order: Order | None, hashes: Keys, skip: int) -> Order | None:
    """Returns the order by a hash, rows with the same one as they were.

    As many of its top bits as there is room for nearly always tell all apart.
    """
    if order is None and bool(np.all(hashes[1:] >= hashes[:-1])):
        return None
    told = _by_part(order, hashes, (skip, max(0, 64 - skip - _room(len(hashes)))))
    found = hashes[told]
    return told if bool(np.all(found[1:] >= found[:-1])) else _by_number(order, hashes)


def _by_part(order: Order | None, column: Keys, part: tuple[int, int]) -> Order:
    """Returns the order by a part of a column, rows with the same one as they were; `part`: how many top bits and how
    many low bits to leave out.
    """
    top, low = part
    rows = column if order is None else column[order]
    place = np.uint64(64 - _room(len(column)))
    both = rows << np.uint64(top)
    both >>= np.uint64(top + low)
    both <<= place
    both |= np.arange(len(column), dtype=np.uint64)
    both.sort()
    both &= (np.uint64(1) << place) - np.uint64(1)
    found = both.view(np.int64)
    return found if order is None else order[found]


def _room(rows: int) -> int:
    """Returns how many bits of 64 the place of a row leaves."""
    return 64 - max(1, (rows - 1).bit_length())
