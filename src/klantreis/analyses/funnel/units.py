"""Whose events are read together: all those of one person, in time, also where their journeys overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel

Ints = NDArray[np.int64]


def units_of(person: Ints, start: Ints, at: Ints) -> tuple[Ints, Ints | None]:
    """Returns the offsets of each person's events, and the order to read them in when journeys overlap (else None)."""
    if len(person) == int(person[-1]) + 1:
        return start, None  # one journey each
    fresh = np.diff(person, prepend=-1) != 0
    first = np.append(start[:-1][fresh], start[-1])
    begins = start[1:-1]
    early = ~fresh[1:] & (at[begins] < at[begins - 1])
    if not early.any():
        return first, None
    mixed = np.unique((np.cumsum(fresh) - 1)[1:][early])
    return first, _in_time(first, at, mixed)


@kernel
def _in_time(first: Ints, at: Ints, mixed: Ints) -> Ints:
    """The order of events that puts those of the `mixed` units in time; a tie keeps the order of journeys."""
    order = np.arange(len(at))
    for unit in mixed:
        own = at[first[unit] : first[unit + 1]]
        order[first[unit] : first[unit + 1]] = first[unit] + np.argsort(own, kind="mergesort")
    return order
