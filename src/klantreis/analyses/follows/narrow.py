"""The loops of `follows` for a large log of few kinds of touchpoints: a row of counts for all of them at once.

What came before a touch is a row of `WIDE` numbers, added to another as a whole, which goes several at once. Sets of
touchpoints are bits. Nothing branches on what was met: a processor that guesses wrong loses more than that saves.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from klantreis.analyses.follows.kernel import LARGE
from klantreis.analyses.succession import Codes, Ints
from klantreis.kernels import heavy, inline, inline_making

WIDE = 32
"""So many kinds of touchpoints, at most."""

MANY = 1 << 14
"""From so many touches on this is the quicker way."""

ROOM = (1 << 31) - 1
"""What a narrow count holds."""


@heavy(10)
def counted(  # noqa: PLR0915 - one loop: as steps of their own, its parts take a third longer
    node: Codes, start: Ints, person: Ints, size: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns what `returned` and `passed` return, without the steps back; at most `WIDE` kinds of nodes."""
    one, none = np.uint32(1), np.uint32(0)
    # One row of counts for each node that comes later: the pairs, the journeys, the people, WIDE of each.
    rows, whole = np.zeros(WIDE * 3 * WIDE, np.int32), np.zeros((WIDE, WIDE), np.int64)
    often, before, known = np.zeros(WIDE, np.int32), np.zeros(WIDE, np.uint32), np.zeros(WIDE, np.uint32)
    steps = np.zeros(((WIDE + 1) * WIDE, 5), np.int64)
    steps[:, 3:] = -1
    met, sums = np.zeros(5 * WIDE, np.int32), np.zeros(6, np.int64)
    least, last = np.full(WIDE, LARGE, np.int64), np.full(WIDE, -1, np.int64)
    single, room, earlier = alone(person), np.int64(ROOM), np.int64(-1)
    once_by = twice_by = circled_by = none
    for trip in range(len(start) - 1):
        who, begin, came = person[trip], start[trip], np.int64(0)
        once, twice, circled = none, none, none
        often[:] = 0
        before[:] = 0
        if who != earlier:
            once_by, twice_by, circled_by = none, none, none
            if not single:
                known[:] = 0
        earlier = who
        for i in range(begin, start[trip + 1]):
            here = np.int64(node[i])
            bit = one << np.uint32(here)
            fresh = once & ~before[here]
            before[here] |= once
            row = np.uint64(here * 3 * WIDE)
            for k in range(WIDE):
                rows[row + np.uint64(k)] += often[k]
                often[k] += np.int32(np.int32(k) == np.int32(here))
                rows[row + np.uint64(k + WIDE)] += np.int32((fresh >> np.uint32(k)) & one)
            if not single:
                fresh &= ~known[here]
                known[here] |= fresh
                add_set(rows, here * 3 * WIDE + 2 * WIDE, fresh)
            room -= i - begin
            if room < ROOM >> 1:
                room = move(rows, whole)
            take(steps, came * WIDE + here, trip, who)
            least[here] = min(least[here], i - last[here] - 1 if last[here] >= begin else LARGE)
            last[here] = i
            twice |= once & bit
            circled |= once & bit if came != here + 1 else none
            once |= bit
            came = here + 1
        for k in range(WIDE):
            place = np.uint32(k)
            met[k] += np.int32((once >> place) & one)
            met[k + WIDE] += np.int32(((once & ~once_by) >> place) & one)
            met[k + 2 * WIDE] += np.int32((twice >> place) & one)
            met[k + 3 * WIDE] += np.int32(((twice & ~twice_by) >> place) & one)
            met[k + 4 * WIDE] += np.int32((circled >> place) & one)
        sums[1] += twice != none
        sums[2] += (twice != none) & (twice_by == none)
        sums[4] += circled != none
        sums[5] += (circled != none) & (circled_by == none)
        once_by, twice_by, circled_by = once_by | once, twice_by | twice, circled_by | circled
    move(rows, whole)
    pairs = of_pairs(steps, whole, rows, single, size)
    nodes = of_nodes(steps, met, sums, size)
    return nodes, least[:size].copy(), sums, pairs


@inline
def add_set(rows: Codes, begin: Any, some: Any) -> None:
    """Adds one to the count of each node in a set, where their counts begin."""
    first, one = np.uint64(begin), np.uint32(1)
    for k in range(WIDE):
        rows[first + np.uint64(k)] += np.int32((some >> np.uint32(k)) & one)


@inline
def take(steps: Ints, step: Any, trip: int, who: int) -> None:
    """Counts a direct step: times, journeys, people; who took it last tells whether they are others."""
    steps[step, 0] += 1
    steps[step, 1] += steps[step, 3] != trip
    steps[step, 2] += steps[step, 4] != who
    steps[step, 3], steps[step, 4] = trip, who


@inline
def alone(person: Ints) -> bool:
    """Says whether everybody has one journey."""
    same = 0
    for trip in range(1, len(person)):
        same += person[trip] == person[trip - 1]
    return same == 0


@inline
def move(rows: Codes, whole: Ints) -> Any:
    """Adds the counts of pairs to `whole`, where there is room for many, and empties them; returns their room."""
    for b in range(WIDE):
        for a in range(WIDE):
            whole[b, a] += rows[b * 3 * WIDE + a]
            rows[b * 3 * WIDE + a] = 0
    return np.int64(ROOM)


@inline_making
def of_pairs(steps: Ints, later: Ints, rows: Codes, single: bool, size: int) -> Ints:
    """Returns the counts of pairs as `passed` does."""
    pairs = np.zeros((size * size, 9), np.int64)
    for b in range(size):
        trips = b * 3 * WIDE + WIDE
        people = trips if single else trips + WIDE
        for a in range(size):
            for column in range(3):
                pairs[a * size + b, column] = steps[(a + 1) * WIDE + b, column]
            pairs[a * size + b, 3] = later[b, a]
            pairs[a * size + b, 4] = rows[trips + a]
            pairs[a * size + b, 5] = rows[people + a]
    return pairs


@inline_making
def of_nodes(steps: Ints, met: Codes, sums: Ints, size: int) -> Ints:
    """Returns the counts of nodes as `returned` does; what is neither a first meeting nor a repeat is a loop."""
    nodes = np.zeros((size, 8), np.int64)
    for b in range(size):
        for came in range(size + 1):
            nodes[b, 0] += steps[came * WIDE + b, 0]
        for column in range(4):
            nodes[b, column + 1] = met[column * WIDE + b]
        nodes[b, 5] = steps[(b + 1) * WIDE + b, 0]
        nodes[b, 6] = nodes[b, 0] - nodes[b, 1] - nodes[b, 5]
        nodes[b, 7] = met[4 * WIDE + b]
        sums[0] += nodes[b, 0] - nodes[b, 1]
        sums[3] += nodes[b, 6]
    return nodes
