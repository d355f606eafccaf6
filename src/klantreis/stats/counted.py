"""Counts the durations of many pieces in bins, some groups on each core."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.bins import add_runs, bins, tally, tally_binned
from klantreis.stats.pieces import Piece

Ints = NDArray[np.int64]
SHARED = 1 << 20
"""For so many durations a core more is worth asking for."""


def counted(found: list[tuple[Piece, Ints]], place: Ints, counts: Ints, sizes: Ints) -> None:
    """Adds to `counts` what pieces have of groups: those of group g from place[g], of bin 0, on, or NOWHERE.

    With each piece the groups that its own are; `sizes` tells how much there is to count of each group.
    """
    work = partial(_counted, found, place, counts)
    first, *others = _spans(sizes)
    if not others:
        return work(first)
    with ThreadPoolExecutor(len(others)) as pool:
        beside = pool.map(work, others)
        work(first)
        deque(beside, maxlen=0)


def _spans(sizes: Ints) -> list[tuple[int, int]]:
    """Returns groups that follow each other, cut so that each core has about as much to count; a few: one span."""
    turns = max(1, min(os.cpu_count() or 1, int(sizes.sum()) // SHARED))
    cuts = np.searchsorted(np.cumsum(sizes), sizes.sum() * np.arange(1, turns) / turns)
    return list(pairwise([0, *cuts.tolist(), len(sizes)]))


def _counted(found: list[tuple[Piece, Ints]], place: Ints, counts: Ints, span: tuple[int, int]) -> None:
    for piece, groups in found:
        begin, end = np.searchsorted(groups, span).tolist()
        own, bounds = slice(begin, end), slice(begin, end + 1)
        zero, raw = place[groups[own]], piece.raw[bounds]
        add_runs(counts, zero + bins(piece.low[own]), piece.binned[bounds], piece.counts)
        if piece.origin is None:
            tally(counts, zero, raw, piece.values)
        else:
            tally_binned(counts, zero, raw, piece.origin.bins)
