"""Where the outcome was first reached: only what comes before it counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline

Ints = NDArray[np.int64]


@inline
def cut_of(at: Ints, reached: Ints, passed: int, which: tuple[int, bool]) -> int:
    """Returns the first touch that reaches the outcome; -1 when none does. `reached`: all touches that do, of which so
    many come before. `which`: the end of those that count, and whether they are mixed.
    """
    high, mixed = which
    cut = -1
    for place in range(passed, reached.size):
        spot = reached[place]
        if spot >= high or (cut >= 0 and not mixed):
            break
        if cut < 0 or at[spot] < at[cut]:
            cut = spot
    return cut


@inline
def mixed_of(at: Ints, start: Ints, first: int, after: int) -> bool:
    """Says whether a person's journeys overlap in time, as they may when a column (an order number) names them."""
    mixed = False
    for later in range(first + 1, after):
        mixed = mixed or at[start[later]] < at[start[later] - 1]
    return mixed


@inline
def length_of(at: Ints, ends: tuple[int, int], cut: int, mixed: bool) -> int:
    """Returns how many touches come before the cut; all of them when there is none (-1)."""
    low, high = ends
    if cut < 0:
        return int(high - low)
    if not mixed:
        return int(cut - low)
    length = 0
    for spot in range(low, high):
        length += 1 if earlier(at, spot, cut) else 0
    return length


@inline
def earlier(at: Ints, spot: int, cut: int) -> bool:
    """Says whether a touch comes before the cut; of one moment the first one does."""
    return bool(at[spot] < at[cut] or (at[spot] == at[cut] and spot < cut))
