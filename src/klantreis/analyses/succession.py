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
from klantreis.stats.elapsed import MOST_KINDS, Bins, elapsed
from klantreis.stats.pieces import EXACT_GROUP
from klantreis.stats.spread import WAITING_BINS, Spreads, gathered, told

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
EVENT = 1 << 30
OUTSIDE = -1
"""Code of what lies before the first and after the last node."""
DENSE = 1 << 18
"""Up to this many possible steps are counted in a table; beyond it they are sorted first."""

MANY = 1 << 14
"""From so many touches on durations are counted as they are met; fewer are laid out step by step."""

FEW = 1.25 * EXACT_GROUP / WAITING_BINS
"""Steps with at most this share of a bucket's touches may stay exact when their parts are added, so they are laid out
at once: to find them again takes a look at all touches."""

OUTER = ("start", "end", "other")
"""What artificial nodes are called, unless the data has something of that name: see `outside`."""


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
class Ways:
    """Every kind of step there can be or is: `raw` numbers, source * (size + 1) + target with 0 for outside, and how
    often. `edge` tells of each touch which step led to it, then of each journey which step left it (places in `raw`).
    """

    raw: Ints
    count: Ints
    edge: Codes


@dataclass(frozen=True, slots=True)
class Waited:
    """Where the time that steps took is found: in the runs themselves. `kinds`: which kinds of steps, as in `Ways`;
    `bins`: of each duration, kind by kind.
    """

    found: Runs
    kinds: Ints
    bins: Bins

    def laid(self, first: Ints) -> Ints:
        """Returns the durations step by step; see `stats.spread.Origin`."""
        size = np.zeros((self.found.size + 1) ** 2, np.int64)
        size[self.kinds] = np.diff(first)
        return _waited(ways(self.found, counted=False).edge, self.found.at, _offsets(size))


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts in named columns by sorted key; parts add up."""

    keys: Ints
    table: Ints

    def exchanged(self, was: Tally, now: Tally) -> Tally:
        """Returns the counts of all when some, who were `was`, are `now`; see `stats.exchange`."""
        found = added(added(self, Tally(was.keys, -was.table)), now)
        left = found.table.any(axis=1) | np.isin(found.keys, now.keys)
        return Tally(found.keys[left], found.table[left])


def runs(bucket: Bucket, *, unmapped: bool = False, collapse: bool = False, timed: bool = True) -> Runs:
    """Returns the bucket's journeys as runs of nodes, after the transforms asked for, which are counted.

    `timed` False: what a transform leaves has no moments, which takes less time.
    """
    known = len(bucket.names.touchpoints)
    node: Codes = bucket.touch
    some_off = bool(bucket.touches) and int(node.min()) < 0
    if unmapped and some_off:
        node = np.where(node >= 0, node, known + bucket.event)
    found = Runs(node, bucket.at, bucket.start, bucket.person, known, known + len(bucket.names.events) * unmapped)
    if (some_off and not unmapped) or (collapse and bucket.touches):
        found = _kept(found, bucket.at if timed else bucket.at[:0], collapse)
    gone, left_out = bucket.touches - len(found.node), bucket.journeys - len(found.person)
    off_map = int(np.count_nonzero(bucket.touch < 0)) if some_off and not unmapped else 0
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


def dense(found: Runs) -> bool:
    """Says whether every kind of step there can be has a place in a table."""
    return (found.size + 1) ** 2 <= DENSE


def ways(found: Runs, *, counted: bool = True) -> Ways:
    """Returns the step that led to each touch in the runs, and the one that left each journey, counted.

    `counted` False, where kinds have a table: the steps that led to touches, and nothing is counted.
    """
    possible, table = (found.size + 1) ** 2, dense(found)
    places = len(found.node) + (len(found.start) - 1) * (counted or not table)
    edge: Codes = np.empty(places, np.int16 if possible < 1 << 15 else np.int32 if table else np.int64)
    count = np.zeros(possible if table and counted else 0, np.int64)
    _edges(found.node, found.start, found.size, edge, count)
    if table:
        return Ways(np.arange(possible), count, edge)
    raw, place, often = np.unique(edge, return_inverse=True, return_counts=True)
    return Ways(raw.astype(np.int64), often, place)


def waits(found: Runs, taken: Ways) -> Spreads:
    """Returns the durations of every step between two nodes, by step key."""
    wide = found.size + 1
    inner = (taken.raw >= wide) & (taken.raw % wide > 0) & (taken.count > 0)
    if len(found.at) < MANY or len(inner) > MOST_KINDS:
        first = _offsets(np.where(inner, taken.count, 0))
        return gathered(first, _waited(taken.edge, found.at, first), keys(taken.raw, found))
    kinds = np.flatnonzero(inner)
    lasting, size = keys(taken.raw[kinds], found), taken.count[kinds]
    few = size <= len(found.at) * FEW
    room = np.zeros((2, len(taken.raw)), np.int64)
    room[few.astype(np.int64), kinds] = size
    totals, codes, values = elapsed(taken.edge, found.at, _offsets(room[0]), _offsets(room[1]))
    one = told(totals[kinds[few]], lasting[few], values, None)
    other = told(totals[kinds[~few]], lasting[~few], values[:0], Waited(found, kinds[~few], codes))
    return Spreads(one.pieces + other.pieces, one.limits)


def keys(raw: Ints, found: Runs) -> Ints:
    """Returns the lasting numbers of steps (see `key`) that are numbered as in `Ways.raw`."""
    if found.size == found.touchpoints:
        return (raw // (found.size + 1) << 32) | (raw % (found.size + 1))
    source, target = raw // (found.size + 1) - 1, raw % (found.size + 1) - 1
    return key(code(source, found.touchpoints), code(target, found.touchpoints))


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
    known = {*names.touchpoints, *(outside(word, names) for word in OUTER)}

    def name(one: int) -> str:
        if one < EVENT:
            return names.touchpoints[one]
        event = names.events[one - EVENT]
        while event in known:
            event = f"({event})"
        return event

    return [name(one) for one in codes]


def outside(word: str, names: Names) -> str:
    """Returns what an artificial node ('start', 'end', 'other') is called: in brackets when the data has that name.

    As many as it takes to be no touchpoint and no event. Every answer on the same data says the same.
    """
    taken = {*names.touchpoints, *names.events}
    while word in taken:
        word = f"({word})"
    return word


def added(one: Tally, other: Tally) -> Tally:
    """Returns two tallies as one."""
    if np.array_equal(one.keys, other.keys):
        return Tally(one.keys, one.table + other.table)
    keys = np.union1d(one.keys, other.keys)
    table = np.zeros((len(keys), one.table.shape[1]), np.int64)
    table[np.searchsorted(keys, one.keys)] += one.table
    table[np.searchsorted(keys, other.keys)] += other.table
    return Tally(keys, table)


def _offsets(lengths: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def _kept(found: Runs, at: Ints, collapse: bool) -> Runs:
    """Returns the runs without what is off the map and, when asked, without repeats of the same node in a row."""
    node, moments, start, some = _left(found.node, at, found.start, collapse)
    return Runs(node, moments, start, found.person[some], found.touchpoints, found.size)


@kernel
def _left(node: Codes, at: Ints, start: Ints, collapse: bool) -> tuple[Codes, Ints, Ints, Ints]:
    """The nodes that are left and their moments (none when `at` is empty), their offsets, and which journeys have any.

    Each node is written, and written over when it is not kept: whether it is would be a coin to branch on.
    """
    out, when = np.empty_like(node), np.empty_like(at)
    begin, some = np.empty_like(start), np.empty(len(start) - 1, np.int64)
    kept, trips, every = 0, 0, 0 if collapse else 1
    for journey in range(len(start) - 1):
        since, before = kept, np.int64(-1)
        for i in range(start[journey], start[journey + 1]):
            here = np.int64(node[i])
            out[kept] = here
            if len(at) > 0:
                when[kept] = at[i]
            kept += (here >= 0) & (every | (here != before))
            before = here if here >= 0 else before
        begin[trips], some[trips] = since, journey
        trips += kept > since
    begin[trips] = kept
    return out[:kept], when[: min(kept, len(at))], begin[: trips + 1].copy(), some[:trips].copy()


@kernel
def _edges(node: Codes, start: Ints, size: int, edge: Codes, count: Ints) -> None:
    """Writes per touch the step that led to it, and per journey the one that left it; counts them: as there is room.

    First as if all were one journey, which goes several touches at once; then what is different where journeys meet.
    """
    one = edge.dtype.type(1)
    wide = edge.dtype.type(size + 1)
    for i in range(1, len(node)):
        edge[i] = (node[i - 1] + one) * wide + node[i] + one
    for journey in range(len(start) - 1):
        edge[start[journey]] = node[start[journey]] + 1
    for journey in range(len(edge) - len(node)):
        edge[len(node) + journey] = (node[start[journey + 1] - 1] + 1) * wide
    if len(count) > 0:
        for step in edge:
            count[step] += 1


@kernel
def _waited(edge: Codes, at: Ints, first: Ints) -> Ints:
    """The time each step took, step by step; a step that has no room took none.

    What took none is written beyond the end: where journeys start is as good as chance, and a branch on it costs more.
    """
    # Numbers without a sign: no place can be before the first, so none is checked for it.
    place, end = first[:-1].astype(np.uint64), np.uint64(first[-1])
    room = np.ones(len(place), np.uint64)
    for step in range(len(place)):
        if first[step] == first[step + 1]:
            place[step], room[step] = end, 0
    out = np.empty(first[-1] + 1, np.int64)
    for i in range(1, len(at)):
        kind = np.uint64(edge[i])
        out[place[kind]] = at[i] - at[i - 1]
        place[kind] += room[kind]
    return out[: first[-1]]
