"""Customers as the models of repeat buying see them: how often again, how recently, how long known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Buyers:
    """Distinct kinds of customers: `again` periods after the first in which they bought; `recency`, time from first to
    last of these; `known`, time from the first to the end of observation (0 <= recency <= known); `often`, how many
    customers are of this kind. `kind` says per customer which one they are.
    """

    again: Ints
    recency: Floats
    known: Floats
    often: Ints
    kind: Ints

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
    order = np.lexsort((known, recency, again))
    columns = [column[order] for column in (again, recency, known)]
    first = np.zeros(len(order), np.bool_)
    first[:1] = True
    for column in columns:
        first[1:] |= column[1:] != column[:-1]
    places = np.flatnonzero(first)
    kind = np.empty(len(order), np.int64)
    kind[order] = np.cumsum(first) - 1
    often = np.diff(np.append(places, len(order)))
    x, tx, t = (column[places] for column in columns)
    return Buyers(x.astype(np.int64), tx / unit, t / unit, often.astype(np.int64), kind)


def sample(all_buyers: Buyers, most: int) -> Buyers:
    """Returns one kind in so many, at most `most` of them with all their customers; all when they are not more."""
    each = -(-len(all_buyers.again) // most)
    if each <= 1:
        return all_buyers
    taken = slice(None, None, each)
    often = all_buyers.often[taken]
    columns = (all_buyers.again[taken], all_buyers.recency[taken], all_buyers.known[taken])
    return Buyers(*columns, often, np.repeat(np.arange(len(often)), often))


def distinct(values: Ints) -> tuple[Ints, Ints]:
    """Returns the distinct values, and the place of each value among them."""
    found, places = np.unique(values, return_inverse=True)
    return found, places.astype(np.int64)
