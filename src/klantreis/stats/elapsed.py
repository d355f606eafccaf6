"""How long each step of a log took, from its row to the next: totals and histogram bins, in one pass.

Laid out step by step, ten million durations are 80 MB that are written once and read twice. Here a few of each step
wait side by side in the fastest memory until they are counted together; what stays of each is the number of its bin.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import heavy, inline
from klantreis.stats.bins import bins

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
Bins = NDArray[np.int16]
HALF, MASK = 20, (1 << 20) - 1
"""A sum is kept in two halves that cannot overflow: `upper` * 2**20 + `lower`."""

TOGETHER, WAITING = 128, 1 << 18
"""So many durations of a step wait until they are counted, but not more of all steps than fit in fast memory."""

MOST_KINDS = 4096
"""Of so many kinds of steps enough can wait."""

LEAST, MOST = int(np.iinfo(np.int64).min), int(np.iinfo(np.int64).max)


@heavy(2)
def elapsed(kind: Codes, at: Ints, many: Ints, few: Ints) -> tuple[Ints, Bins, Ints]:
    """Returns per kind (n, low, high, upper, lower) of its durations; the bins of those of some kinds; others as is.

    `kind[i]` is the kind of step that ended at at[i]. Of kind k there are many[k + 1] - many[k] bins from many[k] on,
    or few[k + 1] - few[k] durations from few[k] on; where both are 0 it is left out.
    """
    kinds = len(many) - 1
    together = min(TOGETHER, WAITING // max(kinds, 1))
    held, waiting = np.empty((kinds, together), np.int64), np.zeros(kinds, np.int64)
    totals, codes, values = np.zeros((kinds, 5), np.int64), np.empty(many[-1], np.int16), np.empty(few[-1], np.int64)
    totals[:, 1], totals[:, 2] = MOST, LEAST
    for i in range(1, len(at)):
        here = np.uint64(kind[i])
        size = waiting[here]
        held[here, np.uint64(size)] = at[i] - at[i - 1]
        size += 1
        if size == together:
            _counted(held, here, together, totals, (many, codes, few, values))
            size = 0
        waiting[here] = size
    for left in range(kinds):
        _counted(held, np.uint64(left), waiting[left], totals, (many, codes, few, values))
    return totals, codes, values


@inline
def _counted(held: Ints, kind: np.uint64, size: int, totals: Ints, out: tuple[Ints, Bins, Ints, Ints]) -> None:
    """Adds the durations that wait to the totals of their kind, and writes them, or their bins, behind the others."""
    many, codes, few, values = out
    after = kind + np.uint64(1)
    if many[kind] < many[after]:
        begin = np.uint64(many[kind] + totals[kind, 0])
        for i in range(size):
            codes[begin + np.uint64(i)] = bins(held[kind, i])
    elif few[kind] < few[after]:
        begin = np.uint64(few[kind] + totals[kind, 0])
        for i in range(size):
            values[begin + np.uint64(i)] = held[kind, i]
    else:
        return
    low, high, upper, lower = totals[kind, 1], totals[kind, 2], np.int64(0), np.int64(0)
    for i in range(size):
        value = held[kind, i]
        low, high = min(low, value), max(high, value)
        upper += value >> HALF
        lower += value & MASK
    totals[kind, 0] += size
    totals[kind, 1], totals[kind, 2] = low, high
    totals[kind, 3] += upper
    totals[kind, 4] += lower
