"""Counting one bucket's graph: how many people take each step, and who meets each touchpoint, and meets it again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantreis.analyses.succession import Codes, Ints, Runs, Tally, Ways, code, keys, ways
from klantreis.kernels import inline, kernel

BITS = 62
"""So many nodes, one bit each, fit in one number."""


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
    taken, people, met = _by_bits(found) if found.size <= BITS else _by_marks(found)
    used, some = np.flatnonzero(taken.count), np.flatnonzero(met[0])
    return Graph(
        taken,
        Tally(keys(taken.raw[used], found), np.column_stack([taken.count[used], people[used]])),
        Tally(code(some, found.touchpoints), np.ascontiguousarray(met[:, some].T)),
    )


def _by_bits(found: Runs) -> tuple[Ways, Ints, Ints]:
    edge = np.empty(len(found.node) + len(found.person), np.int32)
    steps, nodes = _counted(found.node, found.start, found.person, found.size, edge)
    return Ways(np.arange(len(steps)), steps[:, 0].copy(), edge), steps[:, 1], nodes


def _by_marks(found: Runs) -> tuple[Ways, Ints, Ints]:
    taken = ways(found)
    people, journeys, persons, repeats = _met(
        found.node, taken.edge, found.start, found.person, (found.size, len(taken.raw))
    )
    return taken, people, np.stack([journeys, persons, repeats])


@kernel
def _counted(node: Codes, start: Ints, person: Ints, size: int, edge: Codes) -> tuple[Ints, Ints]:
    """Writes every step to `edge` as `succession.ways` does; returns per step (count, people, last taker), and per node
    its journeys, people and returns.

    A journey's nodes are bits, so that whether one is new costs no look in memory. A person's journeys stand together,
    so remembering who took a step last tells the distinct ones.
    """
    wide, one, none = np.uint64(size + 1), np.uint64(1), np.uint64(0)
    steps = np.zeros(((size + 1) * (size + 1), 3), np.int64)
    steps[:, 2] = -1
    nodes = np.zeros((3, size), np.int64)
    last, known = np.int64(-1), none
    for journey in range(len(start) - 1):
        who = person[journey]
        before, once, twice = none, none, none
        for i in range(start[journey], start[journey + 1]):
            here = np.uint64(node[i]) + one
            twice |= once & (one << (here - one))
            once |= one << (here - one)
            step = before * wide + here
            edge[i] = step
            _take(steps, step, who)
            before = here
        edge[len(node) + journey] = before * wide
        _take(steps, before * wide, who)
        known = known if who == last else none
        fresh, known, last = once & ~known, known | once, who
        for place in range(size):
            bit = np.uint64(place)
            nodes[0, place] += np.int64((once >> bit) & one)
            nodes[1, place] += np.int64((fresh >> bit) & one)
            nodes[2, place] += np.int64((twice >> bit) & one)
    return steps, nodes


@inline
def _take(steps: Ints, step: np.uint64, who: np.int64) -> None:
    steps[step, 0] += 1
    steps[step, 1] += steps[step, 2] != who
    steps[step, 2] = who


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
