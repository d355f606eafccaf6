"""Persons instead of journeys: all events of one person, over every journey, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket
from klantreis.kernels import kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class People:
    """Events by person: those of person p run from `first[p]` to `first[p + 1]`; `at` microseconds, `touch` codes."""

    first: Ints
    at: Ints
    touch: Codes

    @property
    def count(self) -> int:
        """How many persons there are."""
        return len(self.first) - 1


def people(bucket: Bucket) -> People:
    """Returns a bucket's events by person, in time; events at one instant keep the order of the journeys.

    The arrays are the bucket's own where no journeys of one person overlap.
    """
    if not bucket.journeys:
        return People(np.zeros(1, np.int64), bucket.at, bucket.touch)
    first, order = in_time(bucket.person, bucket.start, bucket.at)
    if order is None:
        return People(first, bucket.at, bucket.touch)
    return People(first, bucket.at[order], bucket.touch[order])


def in_time(person: Ints, start: Ints, at: Ints) -> tuple[Ints, Ints | None]:
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


def role_of(names: tuple[str, ...], wanted: tuple[tuple[str, ...], ...]) -> NDArray[np.int64]:
    """Returns per touchpoint code which sets of names it is in (bit i: set i); the last place, for -1, is unmapped.

    An empty set holds every event, also those off the map.
    """
    roles = np.zeros(len(names) + 1, np.int64)
    for bit, some in enumerate(wanted):
        inside = np.array([not some or name in some for name in (*names, None)], np.bool_)
        roles[inside] |= 1 << bit
    return roles


@kernel
def _in_time(first: Ints, at: Ints, mixed: Ints) -> Any:
    """The order of events that puts those of the `mixed` persons in time; a tie keeps the order of journeys."""
    order = np.arange(len(at))
    for person in mixed:
        own = at[first[person] : first[person + 1]]
        order[first[person] : first[person + 1]] = first[person] + np.argsort(own, kind="mergesort")
    return order
