"""Counting one bucket's graph: how many people take each step, and who meets each touchpoint, and meets it again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.paths_mixed import CUT, LEFT, WHOLE, Mixed, weights
from klantreis.analyses.succession import Codes, Ints, Runs, Tally, Ways, code, dense, keys, ways
from klantreis.kernels import heavy, inline, kernel

BITS = 62
"""So many nodes, one bit each, fit in one number."""

HIGH, LOW = 32, (1 << 32) - 1
"""How often a step was taken stands in the low half of a number, by how many people in the high half."""

ROUND = 255
APART: NDArray[np.uint64] = np.array(
    [sum((byte >> bit & 1) << 8 * bit for bit in range(8)) for byte in range(256)], np.uint64
)
"""The eight bits of a byte, each in a byte of its own."""


@dataclass(frozen=True, slots=True)
class Graph:
    """`taken`: the steps, touch by touch. `edges`: count and people per step; `nodes`: journeys, people, and journeys
    that met it more than once. `mixed`: of each journey's route (see `paths_numbers`); None where it is not told.
    """

    taken: Ways
    edges: Tally
    nodes: Tally
    mixed: Mixed | None = None


def graph(found: Runs) -> Graph:
    """Returns every step in the runs, the first and last of each journey included, and every node met."""
    by_bits = found.size <= BITS and dense(found)
    taken = ways(found, counted=not by_bits)
    count, people, met, mixed = (_by_bits if by_bits else _by_marks)(found, taken)
    used, some = np.flatnonzero(count), np.flatnonzero(met[0])
    return Graph(
        replace(taken, count=count),
        Tally(keys(taken.raw[used], found), np.column_stack([count[used], people[used]])),
        Tally(code(some, found.touchpoints), np.ascontiguousarray(met[:, some].T)),
        mixed,
    )


def _by_bits(found: Runs, taken: Ways) -> tuple[Ints, Ints, Ints, Mixed | None]:
    weight = weights(found.touchpoints, found.size)
    steps, met, mixed = _met_by_bits((found.node, taken.edge), found.start, found.person, found.size, weight)
    return steps[:, 0] & LOW, steps[:, 0] >> HIGH, met, mixed


def _by_marks(found: Runs, taken: Ways) -> tuple[Ints, Ints, Ints, Mixed | None]:
    people, journeys, persons, repeats = _met(
        found.node, taken.edge, found.start, found.person, (found.size, len(taken.raw))
    )
    return taken.count, people, np.stack([journeys, persons, repeats]), None


@heavy(2)
def _met_by_bits(
    arrays: tuple[Codes, Codes], start: Ints, person: Ints, size: int, weight: Ints
) -> tuple[Ints, Ints, Mixed]:
    """Returns per step how often it was taken and by how many people (in one number), and by whom last; per node
    (column) its journeys, people and returns; and the mixed bits of each journey's route.

    A journey's nodes are bits, so that whether one is new costs no look in memory. Eight bits are counted at once, each
    in a byte of its own, which is full after ROUND journeys.
    """
    node, wide = arrays[0], size + 1
    steps, nodes, mixed = (
        np.zeros((wide * wide, 2), np.int64),
        np.zeros((3, size), np.int64),
        np.empty(len(person), np.int32),
    )
    steps[:, 1] = -1
    once, twice, total = np.empty(ROUND, np.int64), np.empty(ROUND, np.int64), np.empty(ROUND, np.int64)
    last, known = np.int64(-1), np.int64(0)
    for first in range(0, len(person), ROUND):
        many = min(ROUND, len(person) - first)
        _walked(arrays, (start[first], start[first + many], size), steps, (person[first:], once, twice, total), weight)
        mixed[first : first + many] = (total[:many] >> CUT) & LEFT
        _add(nodes[0], once[:many])
        _add(nodes[2], twice[:many])
        for trip in range(many):
            who, final = person[first + trip], np.int64(node[np.uint64(start[first + trip + 1] - 1)])
            _taken(steps, np.uint64((final + 1) * wide), who)
            known = known if who == last else np.int64(0)
            if once[trip] & known:
                for place in range(size):
                    nodes[1, place] -= (once[trip] & known) >> place & 1
            known, last = known | once[trip], who
    nodes[1] += nodes[0]
    return steps, nodes, mixed


@inline
def _walked(
    arrays: tuple[Codes, Codes],
    span: tuple[int, int, int],
    steps: Ints,
    whose: tuple[Ints, Ints, Ints, Ints],
    weight: Ints,
) -> None:
    """Counts the steps to the touches of whole journeys (the span, and how many nodes there are), and writes of each
    journey which nodes it met, which more than once, and its polynomial.

    All touches in one loop: one as long as a journey ends where no processor expects it to, and that takes longer than
    the journey. Numbers without a sign: a place that may be counted from the end costs as much as all else.
    """
    node, edge = arrays
    person, once, twice, totals = whose
    begin, end, size = span
    trip, met, again, one, total = np.int64(-1), np.int64(0), np.int64(0), np.int64(1), np.int64(0)
    for i in range(begin, end):
        step, here = np.uint64(edge[np.uint64(i)]), np.uint64(node[np.uint64(i)])
        begins = np.int64(step <= np.uint64(size))
        trip += begins
        keep, bit, own = begins - one, one << np.int64(here), np.uint64(trip)
        before = met & keep
        again, met = (again & keep) | (before & bit), before | bit
        total = 3 * (total & keep & WHOLE) + weight[here]
        once[own], twice[own], totals[own] = met, again, total
        _taken(steps, step, person[own])


@inline
def _taken(steps: Ints, step: np.uint64, who: np.int64) -> None:
    """Counts a step that somebody takes.

    A person's journeys stand together, so remembering who took a step last tells the distinct ones.
    """
    count, last = np.uint64(0), np.uint64(1)
    steps[step, count] += 1 + (np.int64(steps[step, last] != who) << HIGH)
    steps[step, last] = who


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
