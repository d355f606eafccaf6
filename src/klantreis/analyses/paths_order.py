"""How routes sort: by name, node for node, a route before those that go on after it.

The next nodes of a route become one number, in which each has the place of its name among all names. So routes sort as
numbers do, and those that are equal so far by their next ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from klantreis.analyses.succession import EVENT, Codes, Ints
from klantreis.kernels import inline, kernel

WIDEST = 62
"""Bits of a number that names may fill."""


@dataclass(frozen=True, slots=True)
class Order:
    """How nodes sort by name: `ranks` has the place, from 1, of each touchpoint and then, from `events` on, of each
    event; 0: there is none. `bits`: so many hold any of them.
    """

    ranks: Ints
    events: int
    bits: int

    @property
    def depth(self) -> int:
        """How many nodes one number tells."""
        return WIDEST // self.bits

    @property
    def told(self) -> tuple[Ints, int, int]:
        """The same as kernels take it."""
        return self.ranks, self.events, self.bits

    def numbers(self, nodes: Codes, begin: Ints, end: Ints) -> Ints:
        """Returns of each route, nodes[begin[i]:end[i]], the number that its first nodes are told by."""
        return _numbers(nodes, begin, end, self.told)

    def met(self, nodes: Codes, but: Ints) -> Ints:
        """Returns how many of the nodes have each rank, but for those at some (rising) places."""
        return _met(nodes, but, self.told)

    def until(self, border: int, nodes: Codes, but: Ints) -> Ints:
        """Returns the places of the nodes of at most this rank, but for some (rising)."""
        return _until(border, nodes, but, self.told)


def order_of(rank: dict[int, int]) -> Order:
    """Returns how nodes sort when their lasting codes sort as `rank` tells."""
    codes = np.array(sorted(rank), np.int64)
    events = int(np.max(codes[codes < EVENT], initial=-1)) + 1
    place = slots(codes, events)
    ranks = np.zeros(int(place.max(initial=-1)) + 1, np.int64)
    ranks[place] = [rank[one] + 1 for one in codes.tolist()]
    return Order(ranks, events, max(1, (int(ranks.max(initial=0))).bit_length()))


def slots(codes: Codes, events: int) -> Ints:
    """Returns where touchpoints and events stand when events follow, from `events` on."""
    return np.where(codes < EVENT, codes, codes - EVENT + events)


def in_order(lead: Ints, number_at: Callable[[Ints, int], Ints]) -> Ints:
    """Returns the order of rows: those of the lowest `lead` first, of equal ones those of the lowest numbers.

    `number_at(rows, turn)` tells the first, the second, ... number of some rows. No two rows are equal.
    """
    order, spots = np.arange(len(lead)), np.arange(len(lead))
    turn, group = 0, lead
    while len(spots):
        rows = order[spots]
        number = number_at(rows, turn)
        by = np.lexsort((number, group))
        order[spots], number, group = rows[by], number[by], group[by]
        same = (group[1:] == group[:-1]) & (number[1:] == number[:-1])
        first = np.append(True, ~same)
        alone = first & np.append(~same, True)
        spots, group, turn = spots[~alone], np.cumsum(first)[~alone], turn + 1
    return order


def lowest(wanted: int, number_at: Callable[[Ints, int], Ints], rows: Ints) -> Ints:
    """Returns the `wanted` first of some rows, by their numbers as in `in_order`; in no order."""
    taken: list[Ints] = []
    turn = 0
    while 0 < wanted < len(rows):
        number = number_at(rows, turn)
        border = np.partition(number, wanted - 1)[wanted - 1]
        taken.append(rows[number < border])
        wanted -= len(taken[-1])
        rows, turn = rows[number == border], turn + 1
    return np.concatenate([*taken, rows[:wanted]])


@inline
def _rank(node: np.int64, ranks: Ints, events: int) -> np.int64:
    """Returns the rank of a node. Without a sign: a place that may be counted from the end costs as much again."""
    rank: np.int64 = ranks[np.uint64(node if node < EVENT else node - EVENT + events)]
    return rank


@kernel
def _met(nodes: Codes, but: Ints, order: tuple[Ints, int, int]) -> Ints:
    ranks, events, bits = order
    met = np.zeros(1 << bits, np.int64)
    for node in nodes:
        met[np.uint64(_rank(np.int64(node), ranks, events))] += 1
    for place in but:
        met[_rank(np.int64(nodes[place]), ranks, events)] -= 1
    return met


@kernel
def _until(border: int, nodes: Codes, but: Ints, order: tuple[Ints, int, int]) -> Ints:
    ranks, events, _ = order
    found, left, turn, out = 0, 0, 0, np.empty(len(nodes), np.int64)
    for place in range(len(nodes)):
        out[found] = place
        found += int(_rank(np.int64(nodes[place]), ranks, events) <= border)
    for place in out[:found]:
        while turn < len(but) and but[turn] < place:
            turn += 1
        out[left] = place
        left += int(turn == len(but) or but[turn] != place)
    return out[:left].copy()


@kernel
def _numbers(nodes: Codes, begin: Ints, end: Ints, order: tuple[Ints, int, int]) -> Ints:
    ranks, events, bits = order
    numbers = np.zeros(len(begin), np.int64)
    for route in range(len(begin)):
        number, left = np.int64(0), WIDEST // bits
        for i in range(begin[route], min(end[route], begin[route] + left)):
            number = (number << bits) | _rank(np.int64(nodes[i]), ranks, events)
            left -= 1
        numbers[route] = number << (bits * left)
    return numbers
