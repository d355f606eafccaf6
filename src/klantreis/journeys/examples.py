"""A few journeys to look at: the same ones whatever the split into buckets and whatever the order of merging."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket
from klantreis.kernels import inline

EXAMPLES = 5
"""How many journeys are kept as examples of one thing."""

NONE = int(np.iinfo(np.int64).max)
"""An empty place among the examples."""

_TRIP_BITS = 20


def ranks(bucket: Bucket) -> NDArray[np.int64]:
    """Returns one number per journey; the lowest ones are taken as examples, and `named` gives their names back."""
    firsts = np.flatnonzero(np.diff(bucket.person, prepend=-1))
    trips = np.arange(bucket.journeys) - np.repeat(firsts, np.diff(firsts, append=bucket.journeys))
    keys = (bucket.keys[bucket.person] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return (keys << _TRIP_BITS) | np.minimum(trips, (1 << _TRIP_BITS) - 1)


@inline
def keep(best: NDArray[np.int64], row: int, rank: int) -> None:
    """Puts a rank among the lowest of a row, which stand in rising order, each once; empty places hold NONE."""
    spot = best.shape[1] - 1
    if rank >= best[row, spot]:
        return
    for place in range(spot):
        if best[row, place] == rank:
            return
    while spot > 0 and best[row, spot - 1] > rank:
        best[row, spot] = best[row, spot - 1]
        spot -= 1
    best[row, spot] = rank


def lowest(*groups: Iterable[int]) -> tuple[int, ...]:
    """Returns the lowest ranks of all groups together, empty places left out."""
    return tuple(sorted({int(rank) for group in groups for rank in group} - {NONE})[:EXAMPLES])


def named(chosen: Iterable[int]) -> tuple[str, ...]:
    """Returns the pseudonymous names, as `Bucket.journey_name` gives them, of journeys by their ranks."""
    return tuple(f"p{rank >> _TRIP_BITS:08x}-{(rank & ((1 << _TRIP_BITS) - 1)) + 1}" for rank in chosen)
