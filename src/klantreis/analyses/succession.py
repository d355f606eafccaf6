"""What directly follows what in one bucket: journeys as runs of nodes, and every step from node to node.

A node is a touchpoint or, when asked for, an event the map does not know. Codes of nodes are the same in every
bucket and stay so when names are added: a touchpoint's own code, or `EVENT` plus the event's code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket, Names
from klantreis.kernels import kernel
from klantreis.stats.spread import Spreads, collect

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
EVENT = 1 << 30
OUTSIDE = -1
"""Code of what lies before the first and after the last node."""
DENSE = 1 << 18
"""Up to this many possible steps are counted in a table; beyond it they are sorted first."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Journeys as runs of nodes; journeys without one node are left out.

    `node` counts touchpoints first (`touchpoints` many), then events; `size` is how many nodes there can be.
    """

    node: Codes
    at: Ints
    start: Ints
    person: Ints
    touchpoints: int
    size: int
    unmapped: int = 0
    left_out: int = 0
    collapsed: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """Every kind of step that occurs: sorted `keys` (see `key`), how often, by how many people.

    `edge` tells of each touch which step led to it, by its place in `keys`.
    """

    keys: Ints
    count: Ints
    people: Ints
    edge: Ints
    journeys: Ints
    persons: Ints
    repeats: Ints
    """Per node: journeys and persons that met it, and journeys that met it more than once."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts in named columns by sorted key; parts add up."""

    keys: Ints
    table: Ints


def runs(bucket: Bucket, *, unmapped: bool = False, collapse: bool = False) -> Runs:
    """Returns the bucket's journeys as runs of nodes, after the transforms asked for, which are counted."""
    known = len(bucket.names.touchpoints)
    node: Codes = bucket.touch
    if unmapped and bucket.touches and int(node.min()) < 0:
        node = np.where(node >= 0, node, known + bucket.event)
    found = Runs(node, bucket.at, bucket.start, bucket.person, known, known + len(bucket.names.events) * unmapped)
    if bucket.touches and int(node.min()) < 0:
        found = _kept(found, node >= 0)
    if collapse and len(found.node):
        fresh = np.diff(found.node, prepend=-1) != 0
        fresh[found.start[:-1]] = True
        found = _kept(found, fresh)
    gone, left_out = bucket.touches - len(found.node), bucket.journeys - len(found.person)
    off_map = 0 if unmapped else int(np.count_nonzero(bucket.touch < 0))
    return Runs(
        found.node,
        found.at,
        found.start,
        found.person,
        found.touchpoints,
        found.size,
        off_map,
        left_out,
        gone - off_map,
    )


def steps(found: Runs) -> Steps:
    """Returns every step from node to node in the runs, the first and last of each journey included."""
    edge = _edges(found.node, found.start, found.size)
    possible = (found.size + 1) ** 2
    if possible > DENSE:
        raw, edge = np.unique(edge, return_inverse=True)
    else:
        raw = np.arange(possible)
    count, people, journeys, persons, repeats = _count(
        found.node, edge, found.start, found.person, (found.size, len(raw))
    )
    used = np.flatnonzero(count)
    place = np.full(len(raw), OUTSIDE, np.int64)
    place[used] = np.arange(len(used))
    source, target = raw[used] // (found.size + 1) - 1, raw[used] % (found.size + 1) - 1
    keys = key(code(source, found.touchpoints), code(target, found.touchpoints))
    return Steps(keys, count[used], people[used], place[edge[: len(found.node)]], journeys, persons, repeats)


def waits(found: Runs, taken: Steps) -> Spreads:
    """Returns the durations of every step between two nodes, by step key."""
    led = taken.edge.copy()
    led[found.start[:-1]] = OUTSIDE
    return collect(led, np.diff(found.at, prepend=found.at[:1]), taken.keys)


def key(source: Ints, target: Ints) -> Ints:
    """Returns one number for a step from `source` to `target` (codes)."""
    return ((source + 1) << 32) | (target + 1)


def ends(keys: Ints) -> tuple[Ints, Ints]:
    """Returns the source and target codes of step keys."""
    return (keys >> 32) - 1, (keys & 0xFFFFFFFF) - 1


def code(node: Codes, touchpoints: int) -> Ints:
    """Returns the lasting code of each node."""
    return np.where(node < touchpoints, node, EVENT + node - touchpoints).astype(np.int64)


def named(codes: Sequence[int], names: Names) -> list[str]:
    """Returns what each code is called; an event named like a touchpoint stands in brackets."""
    known = set(names.touchpoints)

    def name(one: int) -> str:
        if one < EVENT:
            return names.touchpoints[one]
        event = names.events[one - EVENT]
        return f"({event})" if event in known else event

    return [name(one) for one in codes]


def added(one: Tally, other: Tally) -> Tally:
    """Returns two tallies as one."""
    keys = np.union1d(one.keys, other.keys)
    table = np.zeros((len(keys), one.table.shape[1]), np.int64)
    table[np.searchsorted(keys, one.keys)] += one.table
    table[np.searchsorted(keys, other.keys)] += other.table
    return Tally(keys, table)


def _kept(found: Runs, keep: NDArray[np.bool_]) -> Runs:
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(keep)])[found.start]
    some = np.diff(before) > 0
    start = np.append(before[:-1][some], before[-1])
    return Runs(found.node[keep], found.at[keep], start, found.person[some], found.touchpoints, found.size)


@kernel
def _edges(node: Codes, start: Ints, size: int) -> Ints:
    """Per touch the step that led to it, then per journey the step that left it, as source * (size + 1) + target."""
    wide = size + 1
    edge = np.empty(len(node) + len(start) - 1, np.int64)
    for i in range(1, len(node)):
        edge[i] = (node[i - 1] + np.int64(1)) * wide + node[i] + 1
    for journey in range(len(start) - 1):
        edge[start[journey]] = node[start[journey]] + np.int64(1)
        edge[len(node) + journey] = (node[start[journey + 1] - 1] + np.int64(1)) * wide
    return edge


@kernel
def _count(
    node: Codes, edge: Ints, start: Ints, person: Ints, sizes: tuple[int, int]
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Counts steps and the distinct people who take them, and per node its journeys, people and returns.

    A person's journeys stand together, so remembering who came last tells the distinct ones.
    """
    nodes, kinds = sizes
    count, people = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    last_taker = np.full(kinds, -1, np.int64)
    journeys, persons, repeats = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    last_journey, last_person, again = np.full(nodes, -1), np.full(nodes, -1), np.full(nodes, -1)
    for journey in range(len(start) - 1):
        who = person[journey]
        for i in range(start[journey], start[journey + 1]):
            here = node[i]
            if last_journey[here] != journey:
                last_journey[here] = journey
                journeys[here] += 1
                if last_person[here] != who:
                    last_person[here] = who
                    persons[here] += 1
            elif again[here] != journey:
                again[here] = journey
                repeats[here] += 1
            step = edge[i]
            count[step] += 1
            if last_taker[step] != who:
                last_taker[step] = who
                people[step] += 1
        step = edge[len(node) + journey]
        count[step] += 1
        if last_taker[step] != who:
            last_taker[step] = who
            people[step] += 1
    return count, people, journeys, persons, repeats
