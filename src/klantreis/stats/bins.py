"""Histogram bins for durations: each 1/128 of an octave wide, so within 0.4 % (HdrHistogram's layout).

A histogram of a group is a run of counts, from the bin of its lowest value to the bin of its highest; the runs of many
groups stand one after the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
NOWHERE = int(np.iinfo(np.int64).min)
"""The place of a group that takes no part."""

SINGLE = 256
"""Values closer to 0 than this have a bin of their own."""

_SHIFT, _FINE, _LINEAR = 45, 128, SINGLE
_BLOCK = 512
_BEFORE = ((1023 + 8) << 7) - _LINEAR


@inline
def bins(values: Ints) -> Ints:
    """Returns the histogram bin of each value: exact below 256 microseconds, then 128 bins an octave; mirrored below 0.

    The top bits of a float are its logarithm, so no logarithm is computed. Compiled, it takes one value.
    """
    size = np.abs(values)
    octaves = (np.float64(size).view(np.int64) >> _SHIFT) - _BEFORE
    # Masks of all ones or none (a number's sign, shifted out) choose, so that a row of values goes without branches.
    return (octaves + ((size - octaves) & ((size - _LINEAR) >> 63))) ^ (values >> 63)


def middles(codes: Ints) -> NDArray[np.float64]:
    """Returns the middle of each bin in microseconds; at most 1/256 from any value in it."""
    mirrored = np.where(codes < 0, -1 - codes, codes)
    octave = np.maximum(mirrored - _LINEAR, 0) >> 7
    start = (_FINE + ((mirrored - _LINEAR) & 127)) << (octave + 1)
    middle = np.where(mirrored < _LINEAR, mirrored, start + (1 << octave) - 0.5)
    return np.where(codes < 0, -middle, middle)


@kernel
def tally(counts: Ints, place: Ints, first: Ints, values: Ints) -> None:
    """Counts the values of each group, values[first[g]:first[g + 1]], in the bins that begin at `place` (of bin 0).

    In blocks: the bins of a block are computed several at once, which counting them in the same loop would prevent.
    """
    block = np.empty(_BLOCK, np.int64)
    for g in range(len(place)):
        if place[g] != NOWHERE:
            for begin in range(first[g], first[g + 1], _BLOCK):
                size = min(_BLOCK, first[g + 1] - begin)
                for i in range(size):
                    block[i] = place[g] + bins(values[begin + i])
                for i in range(size):
                    counts[block[i]] += 1


@kernel
def tally_binned(counts: Ints, place: Ints, first: Ints, codes: NDArray[np.int16]) -> None:
    """Counts the values of each group, whose bins are codes[first[g]:first[g + 1]], as `tally` does.

    Numbers without a sign: a place that may be counted from the end costs half as much again.
    """
    for g in range(len(place)):
        zero = place[g]
        if zero != NOWHERE:
            for code in codes[first[g] : first[g + 1]]:
                counts[np.uint64(zero + code)] += 1


@kernel
def add_runs(counts: Ints, place: Ints, first: Ints, runs: Ints) -> None:
    """Adds each group's run of counts, runs[first[g]:first[g + 1]], to the counts from its place on."""
    for g in range(len(place)):
        size = first[g + 1] - first[g]
        if size > 0:
            counts[place[g] : place[g] + size] += runs[first[g] : first[g + 1]]


@kernel
def bins_at(counts: Ints, first: Ints, ranks: Ints) -> Ints:
    """Returns per group and rank (rising, from 0) which of its bins holds that rank; none hold it: how many bins."""
    found = np.empty(ranks.shape, np.int64)
    for g in range(len(ranks)):
        reached, here = 0, first[g]
        for place in range(ranks.shape[1]):
            while here < first[g + 1] and reached + counts[here] <= ranks[g, place]:
                reached += counts[here]
                here += 1
            found[g, place] = here - first[g]
    return found
