"""Counting one bucket's graph: how many people take each step, and who meets each touchpoint, and meets it again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.succession import Codes, Ints, Runs, Tally, Ways, code, keys, ways
from klantreis.kernels import inline, kernel

BITS = 62
"""So many nodes, one bit each, fit in one number."""

ROUND = 255
APART: NDArray[np.uint64] = np.array(
    [sum((byte >> bit & 1) << 8 * bit for bit in range(8)) for byte in range(256)], np.uint64
)
"""The eight bits of a byte, each in a byte of its own."""


@dataclass(frozen=True, slots=True)
class Graph:
    """`taken`: the steps, touch by touch. `edges`: count and people per step; `nodes`: journeys, people, and journeys
    that met it more than once.
    """

    taken: Ways
    edges: Tally
    nodes: Tally


def graph(found: Runs) -> Graph:
    """Returns every step in the runs, the first and last of each journey included, and every node met."""
    taken = ways(found)
    every = len(taken.raw) == (found.size + 1) ** 2
    people, met = _by_bits(found, taken) if every and found.size <= BITS else _by_marks(found, taken)
    used, some = np.flatnonzero(taken.count), np.flatnonzero(met[0])
    return Graph(
        taken,
        Tally(keys(taken.raw[used], found), np.column_stack([taken.count[used], people[used]])),
        Tally(code(some, found.touchpoints), np.ascontiguousarray(met[:, some].T)),
    )


def _by_bits(found: Runs, taken: Ways) -> tuple[Ints, Ints]:
    people = _takers(taken.edge, found.person, found.size + 1)
    return people, _met_by_bits(found.node, taken.edge, found.start, found.person, found.size)


def _by_marks(found: Runs, taken: Ways) -> tuple[Ints, Ints]:
    people, journeys, persons, repeats = _met(
        found.node, taken.edge, found.start, found.person, (found.size, len(taken.raw))
    )
    return people, np.stack([journeys, persons, repeats])


@kernel
def _takers(edge: Codes, person: Ints, wide: int) -> Ints:
    """Counts the distinct people who take each step, of `wide` times `wide` there can be; the first `wide` are starts.

    A person's journeys stand together, so remembering who took a step last tells the distinct ones. All touches in one
    loop: one as long as a journey ends where no processor expects it to, and that takes longer than the journey.
    """
    people, last = np.zeros(wide * wide, np.int64), np.full(wide * wide, -1, np.int64)
    touches, journey, starts = len(edge) - len(person), np.int64(-1), np.uint64(wide)
    for i in range(touches):
        step = np.uint64(edge[i])
        journey += step < starts
        who = person[np.uint64(journey)]
        people[step] += last[step] != who
        last[step] = who
    for trip in range(len(person)):
        step, who = np.uint64(edge[touches + trip]), person[trip]
        people[step] += last[step] != who
        last[step] = who
    return people


@kernel
def _met_by_bits(node: Codes, edge: Codes, start: Ints, person: Ints, size: int) -> Ints:
    """Returns per node (column) its journeys, people and returns.

    A journey's nodes are bits, so that whether one is new costs no look in memory. Eight bits are counted at once, each
    in a byte of its own, which is full after ROUND journeys.
    """
    nodes = np.zeros((3, size), np.int64)
    once, twice = np.empty(ROUND, np.int64), np.empty(ROUND, np.int64)
    last, known = np.int64(-1), np.int64(0)
    for first in range(0, len(person), ROUND):
        many = min(ROUND, len(person) - first)
        _bits((node, edge), (start[first], start[first + many], size), once, twice)
        _add(nodes[0], once[:many])
        _add(nodes[2], twice[:many])
        for trip in range(many):
            known = known if person[first + trip] == last else np.int64(0)
            if once[trip] & known:
                for place in range(size):
                    nodes[1, place] -= (once[trip] & known) >> place & 1
            known, last = known | once[trip], person[first + trip]
    nodes[1] += nodes[0]
    return nodes


@inline
def _bits(arrays: tuple[Codes, Codes], span: tuple[int, int, int], once: Ints, twice: Ints) -> None:
    """Writes per journey which nodes it met, and which more than once; the span is whole journeys, and how many nodes.

    Numbers without a sign: a place that may be counted from the end costs as much as all else.
    """
    node, edge = arrays
    begin, end, size = span
    trip, met, again, one = np.int64(-1), np.int64(0), np.int64(0), np.int64(1)
    for i in range(begin, end):
        begins = np.int64(edge[np.uint64(i)] <= size)
        trip += begins
        keep, bit = begins - one, one << np.int64(node[np.uint64(i)])
        again = (again & keep) | (met & keep & bit)
        met = (met & keep) | bit
        once[np.uint64(trip)] = met
        twice[np.uint64(trip)] = again


@inline
def _add(sums: Ints, met: Ints) -> None:
    """Adds up how many have each bit."""
    byte, shift = np.uint64(255), np.uint64(8)
    for first in range(0, len(sums), 8):
        apart = np.uint64(0)
        for bits in met:
            apart += APART[(bits >> first) & 255]
        for place in range(first, min(first + 8, len(sums))):
            sums[place] += np.int64(apart & byte)
            apart >>= shift


@kernel
def _met(node: Codes, edge: Codes, start: Ints, person: Ints, sizes: tuple[int, int]) -> tuple[Ints, Ints, Ints, Ints]:
    """Counts the distinct people who take each step, and per node its journeys, people and returns; any many nodes.

    Nothing branches on what was met: whether it is new is as good as a coin, and a processor that guesses wrong loses
    more than it saves.
    """
    nodes, kinds = sizes
    people, last_taker = np.zeros(kinds, np.int64), np.full(kinds, -1, np.int64)
    journeys, persons, repeats = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    last_journey, last_person, again = np.full(nodes, -1), np.full(nodes, -1), np.full(nodes, -1)
    for journey in range(len(start) - 1):
        who = person[journey]
        for i in range(start[journey], start[journey + 1]):
            here, step = node[i], edge[i]
            seen = last_journey[here] == journey
            journeys[here] += 1 - seen
            repeats[here] += seen & (again[here] != journey)
            again[here] = journey if seen else -1
            last_journey[here] = journey
            persons[here] += last_person[here] != who
            last_person[here] = who
            people[step] += last_taker[step] != who
            last_taker[step] = who
        step = edge[len(node) + journey]
        people[step] += last_taker[step] != who
        last_taker[step] = who
    return people, journeys, persons, repeats
