"""Customers as the models of repeat buying see them: how often again, how recently, how long known."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Buyers:
    """Distinct kinds of customers: `again` periods after the first in which they bought; `recency`, time from first to
    last of these; `known`, time from the first to the end of observation (0 <= recency <= known); `often`, how many
    customers are of this kind. `kind` says per customer which one they are. `pair` says per kind which pair of `again`
    and `known` it has, of all the `pairs` there are, sorted by both.
    """

    again: Ints
    recency: Floats
    known: Floats
    often: Ints
    kind: Ints
    pair: Ints
    pairs: tuple[Ints, Floats]

    @property
    def n(self) -> int:
        """How many customers there are."""
        return len(self.kind)

    @property
    def repeaters(self) -> int:
        """How many customers bought again."""
        return int(self.often[self.again > 0].sum())


def buyers(again: Ints, recency: Ints, known: Ints, *, unit: float = 1.0) -> Buyers:
    """Returns customers by kind. `recency` and `known` count whole periods; `unit` of them is 1 in the models' time.

    The kinds are sorted, so the order of the customers changes nothing that is computed from them. Nobody: no kinds.
    """
    places, kind, often = _kinds(again, recency, known)
    x, tx, t = (column[places] for column in (again, recency, known))
    paired, pair, _ = _kinds(x, t)
    return Buyers(x, tx / unit, t / unit, often, kind, pair, (x[paired], t[paired] / unit))


def _kinds(*columns: Ints) -> tuple[Ints, Ints, Ints]:
    """Returns where each kind of row (of whole numbers from 0, at least one column) is found, in the order of the
    columns, the kind of each row, and how many rows there are of each kind.
    """
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    if math.prod(sizes) < 1 << 62:
        key = columns[0]
        for column, size in zip(columns[1:], sizes[1:], strict=True):
            key = key * size + column
        order = np.argsort(key)
        new = np.diff(key[order], prepend=-1) != 0
    else:
        order = np.lexsort(columns[::-1])
        new = np.any([np.diff(column[order], prepend=-1) != 0 for column in columns], axis=0)
    places, kind = np.flatnonzero(new), np.empty(len(order), np.int64)
    kind[order] = np.cumsum(new) - 1
    return order[places], kind, np.diff(places, append=len(order))


def sample(all_buyers: Buyers, most: int) -> Buyers:
    """Returns one kind in so many, at most `most` of them with all their customers; all when they are not more."""
    each = -(-len(all_buyers.again) // most)
    if each <= 1:
        return all_buyers
    taken = slice(None, None, each)
    often = all_buyers.often[taken]
    columns = (all_buyers.again[taken], all_buyers.recency[taken], all_buyers.known[taken])
    kind = np.repeat(np.arange(len(often)), often)
    return Buyers(*columns, often, kind, all_buyers.pair[taken], all_buyers.pairs)


def distinct(values: Ints) -> tuple[Ints, Ints]:
    """Returns the distinct values of small whole numbers from 0, and the place of each value among them."""
    there = np.bincount(values) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[values]


def dot(one: Floats, other: Floats) -> float:
    """Returns the sum of the products of two rows, on one core.

    BLAS would divide so long a row over threads, which wait for each other longer than they work.
    """
    return float(np.einsum("i,i->", one, other))
