"""Thirty-one bits mixed from a route, which tell nearly all routes apart: those of equal bits are looked at closer.

Each node weighs as its lasting code says, each next one a third of the one before: a polynomial modulo 2**61. Equal
routes have equal bits, in any bucket; of different ones a pair in two thousand million has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.succession import Codes, Ints, code
from klantreis.kernels import kernel

Mixed = NDArray[np.int32]
WHOLE = (1 << 61) - 1
"""So many bits of a polynomial are kept: three times that and a weight are below 2**63."""

CUT, LEFT = 30, (1 << 31) - 1
"""Its lowest bits, in which few nodes have a say, are left out, and then so many are left."""

MIX = np.uint64(0x9E3779B97F4A7C15)


def weights(touchpoints: int, size: int) -> Ints:
    """Returns 60 bits for each node there can be in some runs: like chance, always the same for its lasting code."""
    mixed = (code(np.arange(size), touchpoints).astype(np.uint64) + np.uint64(1)) * MIX
    mixed = (mixed ^ (mixed >> np.uint64(32))) * MIX
    return ((mixed ^ (mixed >> np.uint64(29))) >> np.uint64(4)).astype(np.int64)


@kernel
def mixed_bits(node: Codes, start: Ints, weight: Ints) -> Mixed:
    """Returns the mixed bits of each journey's route."""
    mixed = np.empty(len(start) - 1, np.int32)
    for journey in range(len(mixed)):
        total = np.int64(0)
        for i in range(start[journey], start[journey + 1]):
            total = 3 * (total & WHOLE) + weight[node[i]]
        mixed[journey] = (total >> CUT) & LEFT
    return mixed
