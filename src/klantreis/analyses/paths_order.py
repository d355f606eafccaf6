"""How routes sort: by name, node for node, a route before those that go on after it.

The next nodes of a route become one number, in which each has the place of its name among all names. So routes sort as
numbers do, and those that are equal so far by their next ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from klantreis.analyses.succession import EVENT, Codes, Ints
from klantreis.kernels import kernel

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

    def of(self, nodes: Codes) -> Ints:
        """Returns the rank of each node, by its lasting code."""
        return self.ranks[nodes if self.events == len(self.ranks) else slots(nodes, self.events)]

    def numbers(self, nodes: Codes, begin: Ints, end: Ints) -> Ints:
        """Returns of each route, nodes[begin[i]:end[i]], the number that its first nodes are told by."""
        return _numbers(nodes, begin, end, (self.ranks, self.events, self.bits))


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


@kernel
def _numbers(nodes: Codes, begin: Ints, end: Ints, order: tuple[Ints, int, int]) -> Ints:
    ranks, events, bits = order
    numbers = np.zeros(len(begin), np.int64)
    for route in range(len(begin)):
        number, left = np.int64(0), WIDEST // bits
        for i in range(begin[route], min(end[route], begin[route] + left)):
            here = np.int64(nodes[i])
            number = (number << bits) | ranks[here if here < EVENT else here - EVENT + events]
            left -= 1
        numbers[route] = number << (bits * left)
    return numbers
