"""Counts what follows the last touches of a path: the transitions of a chain of any order up to the one asked.

A key holds the last touches and what came next as digits: 0 none, 1 to C a channel; next 0 is no conversion and C + 1
the conversion. The counts of a lower order are sums of those of a higher one, so one table serves them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.attribution.asked import MOST_CELLS, cells
from klantreis.analyses.attribution.credit import BITS, MASK, Codes, Walked
from klantreis.errors import OptionError
from klantreis.kernels import kernel
from klantreis.labels import Label, dotted

Ints = NDArray[np.int64]
DENSE = 8
"""With at most so many cells for each key, cells are added up; else keys are sorted."""


@dataclass(frozen=True, slots=True)
class Grams:
    """Transitions of one order: `keys` sorted, and per key how often on converting paths, how often on the others, and
    the value of the conversions in two parts. `group` * cells stands before the digits when counted per group.
    """

    order: int
    base: int
    keys: Ints
    counts: Ints

    @property
    def cells(self) -> int:
        """How many keys one group has."""
        return int(self.base ** (self.order + 1))


def nothing(order: int, channels: int) -> Grams:
    """Returns the table of no transitions."""
    return Grams(order, channels + 2, np.empty(0, np.int64), np.empty((0, 4), np.int64))


def counted(walked: Walked, channels: int, order: int, groups: int = 1) -> Grams:
    """Returns the transitions of paths at one order, per group when `groups` is more than 1.

    Raises OptionError when there are more channels than a key has room for.
    """
    base, room = channels + 2, cells(channels, order) * groups
    if room >= 1 << 62:
        raise OptionError(
            Label(
                f"Met {dotted(channels)} kanalen kan een keten niet {order} contacten terugkijken.",
                f"With {channels:,} channels a chain cannot look back {order} touches.",
            ),
            where="order",
            mend=Label("Neem een lager getal.", "Lower it."),
        )
    if not order or not len(walked.conversions):
        return nothing(order, channels)
    if room <= MOST_CELLS:
        group = walked.group if groups > 1 else np.zeros_like(walked.group)
        table = _table(walked.codes, walked._replace(group=group), (order, base, room))
        keys = np.flatnonzero(table[:, 0] + table[:, 1])
        return Grams(order, base, keys, table[keys])
    keys, path = _keys(walked.codes, walked, (order, base))
    closing = keys % base
    weights = np.zeros((len(keys), 4), np.int64)
    weights[:, 0] = np.where(closing == 0, 0, walked.conversions[path])
    weights[:, 1] = np.where(closing == base - 1, 0, walked.nulls[path])
    won = closing == base - 1
    weights[won, 2], weights[won, 3] = walked.units[path[won]], walked.rest[path[won]]
    return summed(Grams(order, base, keys, weights))


def summed(grams: Grams) -> Grams:
    """Returns the table with each key once, sorted, every rest below one."""
    order = np.argsort(grams.keys, kind="stable")
    keys, first = np.unique(grams.keys[order], return_index=True)
    counts = np.add.reduceat(grams.counts[order], first) if len(first) else grams.counts
    return Grams(grams.order, grams.base, keys, _carried(counts))


def merged(one: Grams, other: Grams) -> Grams:
    """Returns two tables of one order as one; associative and commutative."""
    if not len(one.keys) or not len(other.keys):
        return other if not len(one.keys) else one
    return Grams(one.order, one.base, *_laid_together(one.keys, one.counts, other.keys, other.counts))


def without(grams: Grams, some: Grams) -> Grams:
    """Returns a table less another that is part of it."""
    both = merged(grams, Grams(some.order, some.base, some.keys, -some.counts))
    left = both.counts.any(axis=1)
    return Grams(both.order, both.base, both.keys[left], both.counts[left])


def without_groups(grams: Grams) -> Grams:
    """Returns the table of all groups together."""
    groups = int(grams.keys.max(initial=-1)) // grams.cells + 1
    if groups * grams.cells <= DENSE * len(grams.keys):
        table = np.zeros((groups, grams.cells, 4), np.int64)
        table.reshape(-1, 4)[grams.keys] = grams.counts
        keys = np.flatnonzero(np.bincount(grams.keys % grams.cells))
        return Grams(grams.order, grams.base, keys, _carried(table.sum(0)[keys]))
    return summed(Grams(grams.order, grams.base, grams.keys % grams.cells, grams.counts))


def lowered(grams: Grams, order: int) -> Grams:
    """Returns the table at a lower order; groups stay apart."""
    if order == grams.order:
        return grams
    group, key = np.divmod(grams.keys, grams.cells)
    room = grams.base ** (order + 1)
    return summed(Grams(order, grams.base, group * room + key % room, grams.counts))


def _carried(counts: Ints) -> Ints:
    out = counts.copy()
    out[:, 2] += out[:, 3] >> BITS
    out[:, 3] &= MASK
    return out


@kernel
def _laid_together(keys: Ints, counts: Ints, more: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Returns two sorted tables as one, each key once, every rest below one."""
    most = keys.size + more.size
    found, table = np.empty(most, np.int64), np.empty((most, 4), np.int64)
    i, j, size = 0, 0, 0
    while i < keys.size or j < more.size:
        mine = j == more.size or (i < keys.size and keys[i] <= more[j])
        theirs = i == keys.size or (j < more.size and more[j] <= keys[i])
        found[size] = keys[i] if mine else more[j]
        for spot in range(4):
            table[size, spot] = (counts[i, spot] if mine else 0) + (others[j, spot] if theirs else 0)
        table[size, 2] += table[size, 3] >> BITS
        table[size, 3] &= MASK
        i, j, size = i + mine, j + theirs, size + 1
    return found[:size].copy(), table[:size].copy()


@kernel
def _table(codes: Codes, walked: Walked, rules: tuple[int, int, int]) -> Ints:
    _, _, end, group, conversions, nulls, units, rest = walked
    order, base, room = rules
    table = np.zeros((room, 4), np.int64)
    keep = base ** (order - 1)
    for p in range(conversions.size):
        if end[p + 1] == end[p]:
            continue
        state, offset = 0, group[p] * keep * base * base
        for j in range(end[p], end[p + 1]):
            then: Any = np.int64(codes[j]) + 1
            key = offset + state * base + then
            table[key, 0] += conversions[p]
            table[key, 1] += nulls[p]
            if j - order >= end[p]:
                state -= (np.int64(codes[j - order]) + 1) * keep  # the touch that is now too long ago
            state = state * base + then
        key = offset + state * base
        table[key, 1] += nulls[p]
        key += base - 1
        low = table[key, 3] + rest[p]
        table[key, 0] += conversions[p]
        table[key, 2] += units[p] + (low >> BITS)
        table[key, 3] = low & MASK
    return table


@kernel
def _keys(codes: Codes, walked: Walked, rules: tuple[int, int]) -> tuple[Ints, Ints]:
    _, _, end, _, conversions, nulls, _, _ = walked
    order, base = rules
    keep = base ** (order - 1)
    most = codes.size + 2 * conversions.size
    keys, path = np.empty(most, np.int64), np.empty(most, np.int64)
    size = 0
    for p in range(conversions.size):
        if end[p + 1] == end[p]:
            continue
        state = 0
        for j in range(end[p], end[p + 1]):
            then: Any = np.int64(codes[j]) + 1
            keys[size], path[size] = state * base + then, p
            state = state % keep * base + then
            size += 1
        if nulls[p] > 0:
            keys[size], path[size] = state * base, p
            size += 1
        if conversions[p] > 0:
            keys[size], path[size] = state * base + base - 1, p
            size += 1
    return keys[:size], path[:size]
