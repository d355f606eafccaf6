"""From one moment of a journey to the next: where it first begins and where it then ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket
from klantreis.kernels import kernel

Ints = NDArray[np.int64]
MANY = 16
"""From one of so many rows on, to look each of them up takes longer than to tell the journey of every row."""


@dataclass(frozen=True, slots=True)
class Spells:
    """Per journey the row of the touch where the spell begins and of the one where it ends; -1 where there is none."""

    begin: Ints
    end: Ints


def spells(bucket: Bucket, start: Collection[str] | None, end: Collection[str] | None) -> Spells:
    """Returns per journey the first touch at `start`, and the first touch at `end` after it.

    `start` None: the journey itself begins, and its first touch may already be the end. `end` None: whatever touch
    comes next, mapped or not. The touch at `start` is never its own end, so from `a` to `a` asks for two of them.
    """
    opens = codes_of(bucket, start)
    begin, stop = _walk(bucket.start, bucket.touch, opens, codes_of(bucket, end), np.int64(start is None))
    return Spells(begin, stop)


def meets(bucket: Bucket, places: Collection[str] | None) -> NDArray[np.bool_]:
    """Returns per touch whether it is at one of these touchpoints; None: every touch is."""
    return codes_of(bucket, places).astype(np.bool_)[bucket.touch]


def journey_of(bucket: Bucket, row: Ints) -> Ints:
    """Returns the journey that each touch, given by its row, belongs to."""
    if row.size > bucket.touches // MANY:
        return np.repeat(np.arange(bucket.journeys), np.diff(bucket.start))[row]
    return np.searchsorted(bucket.start, row, side="right") - 1


def codes_of(bucket: Bucket, places: Collection[str] | None) -> NDArray[np.uint8]:
    """Returns per touchpoint code whether it is one of these (None: all are); the last is for -1, the unmapped."""
    if places is None:
        return np.ones(len(bucket.names.touchpoints) + 1, np.uint8)
    return np.array([*(name in places for name in bucket.names.touchpoints), False], np.uint8)


@kernel
def _walk(
    start: Ints, touch: NDArray[np.int32], opens: NDArray[np.uint8], closes: NDArray[np.uint8], anywhere: np.int64
) -> tuple[Ints, Ints]:
    begin, end = np.full(start.size - 1, -1, np.int64), np.full(start.size - 1, -1, np.int64)
    for journey in range(start.size - 1):
        row, last = start[journey], start[journey + 1]
        while row < last and not (anywhere or opens[touch[row]]):
            row += 1
        if row == last:
            continue
        begin[journey] = row
        if not anywhere:
            row += 1
        while row < last and not closes[touch[row]]:
            row += 1
        if row < last:
            end[journey] = row
    return begin, end
