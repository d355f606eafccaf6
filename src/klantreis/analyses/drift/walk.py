"""What the journeys of a bucket did in the time that they are looked at: the way of each, and what each met."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket
from klantreis.kernels import kernel

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
ODD = np.uint64(0x9E3779B97F4A7C15)
LONGEST = 40
"""Ways longer than this are one kind: no two are alike."""
LONG = np.uint64(1)
"""What stands for the hash of these."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Per journey of a bucket the number of its `period`, how `many` of its touches are looked at, how many of these
    are on the map (`size`), and the hash of its `way`: these touchpoints in order.

    `met`: each touchpoint that a journey met, once: the place of its period in `periods` (which rise) times the number
    of names, and the code; in no order.
    """

    bucket: Bucket
    period: Ints
    many: Ints
    periods: Ints
    size: Ints
    way: Hashes
    met: Ints

    @property
    def page(self) -> Ints:
        """Returns the place in `periods` of each journey's period."""
        return self.period - self.periods[0] if len(self.periods) else self.period


def walk(bucket: Bucket, period: Ints, many: Ints) -> Walk:
    """Returns what the journeys did in their first `many` touches. `periods` are all from the first to the last."""
    low, high = (int(period.min()), int(period.max()) + 1) if len(period) else (0, 0)
    names = len(bucket.names.touchpoints)
    turns = min(LONGEST, int(many.max())) if len(many) else 0
    code = np.arange(1, names + 1, dtype=np.uint64)
    turn = scattered(np.arange(1, turns + 1, dtype=np.uint64))
    size, way, met = _walk(bucket.start, bucket.touch, many, period - low, scattered(code + turn[:, None]))
    way[size > LONGEST] = LONG
    return Walk(bucket, period, many, np.arange(low, high), size, way, met)


def scattered(number: Hashes) -> Hashes:
    """Returns numbers spread over 64 bits (splitmix64, Steele, Lea & Flood 2014)."""
    with np.errstate(over="ignore"):
        z = number * ODD
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


@kernel
def _walk(start: Ints, touch: NDArray[np.int32], many: Ints, page: Ints, marks: Hashes) -> tuple[Ints, Hashes, Ints]:
    """Kernel: `marks` are what each touchpoint (column) at each turn (row) brings to the hash of a way."""
    turns, names = marks.shape
    size, way, seen = np.zeros(len(many), np.int64), np.zeros(len(many), np.uint64), np.full(names, -1, np.int64)
    met, all_met = np.empty(many.sum(), np.int64), 0
    for journey in range(len(many)):
        for row in range(start[journey], start[journey] + many[journey]):
            code = touch[row]
            if code < 0:
                continue
            if size[journey] < turns:
                way[journey] ^= marks[size[journey], code]
            size[journey] += 1
            if seen[code] != journey:
                seen[code] = journey
                met[all_met] = page[journey] * names + code
                all_met += 1
    return size, way, met[:all_met].copy()
