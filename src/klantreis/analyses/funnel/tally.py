"""Counts of a funnel per group, as a part that adds up; entries too recent to judge wait until they can be judged.

A unit counts as what its best mature attempt is. Each better attempt of a unit adds itself and takes the one before
away, from the moment its entry is mature; those moments that a bucket cannot judge by itself are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Whole = NDArray[np.signedinteger[Any]]
SPAN = 64
"""A cell is a group and a step: group * SPAN + step."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`groups`: their codes, rising. Per group (rows) and step (columns): how many reached it, and maturely so.

    `entries`, `cells`, `signs`: entries that are not mature yet, and what each will add (1) to or take (-1) from; there
    may be one for each person of the last `within`, so they are as small as they can be.
    """

    groups: Ints
    reached: Ints
    mature: Ints
    entries: Ints
    cells: Whole
    signs: Whole

    def exchanged(self, was: Tally, now: Tally) -> Tally:
        """Returns the counts of all when some, who were `was`, are `now`; see `stats.exchange`."""
        gone = Tally(was.groups, -was.reached, -was.mature, was.entries, was.cells, -was.signs)
        found = merge(self, gone, now)
        left = found.reached.any(axis=1) | found.mature.any(axis=1) | np.isin(found.groups, now.groups)
        return replace(found, groups=found.groups[left], reached=found.reached[left], mature=found.mature[left])


def counted(cells: Whole, steps: int, groups: Ints | None = None, signs: Whole | None = None) -> tuple[Ints, Ints]:
    """Returns the groups of these cells, rising, and how often each cell comes per group and step."""
    kinds = np.unique(cells // SPAN).astype(np.int64) if groups is None else groups
    at = np.searchsorted(kinds, cells // SPAN) * steps + cells % SPAN
    counts = np.bincount(at, signs, len(kinds) * steps).astype(np.int64)
    return kinds, counts.reshape(len(kinds), steps)


def merge(one: Tally, *others: Tally) -> Tally:
    """Returns tallies as one; associative and commutative."""
    all_ = (one, *others)
    groups = reduce(np.union1d, (tally.groups for tally in all_))
    waiting = (np.concatenate([getattr(tally, name) for tally in all_]) for name in ("entries", "cells", "signs"))
    reached = reduce(np.add, (_placed(tally.reached, tally.groups, groups) for tally in all_))
    mature = reduce(np.add, (_placed(tally.mature, tally.groups, groups) for tally in all_))
    return Tally(groups, reached, mature, *waiting)


def matured(tally: Tally, until: int) -> Ints:
    """Returns how many reached each step maturely, per group, once the entries up to `until` no longer wait."""
    ripe = np.flatnonzero(tally.entries <= until)
    if not len(ripe):
        return tally.mature
    _, more = counted(tally.cells[ripe], tally.mature.shape[1], tally.groups, tally.signs[ripe])
    return tally.mature + more


def _placed(counts: Ints, groups: Ints, among: Ints) -> Ints:
    if len(groups) == len(among):
        return counts
    out = np.zeros((len(among), counts.shape[1]), np.int64)
    out[np.searchsorted(among, groups)] = counts
    return out
