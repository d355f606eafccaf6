"""The loops of `follows`: one pass for returns, one for pairs, one for steps back, one for times; see also `narrow`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.succession import Codes, Ints
from klantreis.kernels import kernel

LARGE = np.iinfo(np.int64).max


@kernel
def returned(node: Codes, start: Ints, person: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """Per node: touches, journeys, people, rework (journeys, people), repeats, loops and journeys with a loop; the
    least distance between two meetings; and touches, journeys and people of all returns, then of all loops.
    """
    nodes = np.zeros((size, 8), np.int64)
    least = np.full(size, LARGE, np.int64)
    sums = np.zeros(6, np.int64)
    trip_of, who_of, last = np.full(size, -1, np.int64), np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    again_trip, again_who, loop_trip = (
        np.full(size, -1, np.int64),
        np.full(size, -1, np.int64),
        np.full(size, -1, np.int64),
    )
    return_trip, return_who, circle_trip, circle_who = -1, -1, -1, -1
    for trip in range(len(start) - 1):
        who = person[trip]
        for i in range(start[trip], start[trip + 1]):
            here = node[i]
            nodes[here, 0] += 1
            if trip_of[here] != trip:
                nodes[here, 1] += 1
                nodes[here, 2] += who_of[here] != who
                trip_of[here], who_of[here], last[here] = trip, who, i
                continue
            distance = i - last[here] - 1
            last[here] = i
            least[here] = min(least[here], distance)
            nodes[here, 3] += again_trip[here] != trip
            nodes[here, 4] += again_who[here] != who
            again_trip[here], again_who[here] = trip, who
            sums[0] += 1
            sums[1] += return_trip != trip
            sums[2] += return_who != who
            return_trip, return_who = trip, who
            if distance == 0:
                nodes[here, 5] += 1
                continue
            nodes[here, 6] += 1
            nodes[here, 7] += loop_trip[here] != trip
            loop_trip[here] = trip
            sums[3] += 1
            sums[4] += circle_trip != trip
            sums[5] += circle_who != who
            circle_trip, circle_who = trip, who
    return nodes, least, sums


@kernel
def passed(node: Codes, start: Ints, person: Ints, size: int) -> Ints:
    """Per pair of nodes: times, journeys and people that one directly follows the other, and that it eventually
    follows; three columns are left for `stepped_back`.

    Nodes are listed as a journey meets them. When one comes again, only those that were listed since are new before it.
    """
    pairs = np.zeros((size * size, 9), np.int64)
    later, first = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
    seen = np.full((size * size, 3), -1, np.int64)
    often, met, since = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for trip in range(len(start) - 1):
        who = person[trip]
        kinds = 0
        for i in range(start[trip], start[trip + 1]):
            here = np.int64(node[i])
            for k in range(kinds):
                later[here, met[k]] += often[met[k]]
            for k in range(since[here], kinds):
                pair = met[k] * size + here
                first[here, met[k]] += 1
                pairs[pair, 5] += seen[pair, 2] != who
                seen[pair, 2] = who
            since[here] = kinds
            if i > start[trip]:
                pair = np.int64(node[i - 1]) * size + here
                pairs[pair, 0] += 1
                pairs[pair, 1] += seen[pair, 0] != trip
                pairs[pair, 2] += seen[pair, 1] != who
                seen[pair, 0], seen[pair, 1] = trip, who
            if often[here] == 0:
                met[kinds] = here
                kinds += 1
            often[here] += 1
        for k in range(kinds):
            often[met[k]] = 0
            since[met[k]] = 0
    pairs[:, 3] = later.T.copy().reshape(size * size)
    pairs[:, 4] = first.T.copy().reshape(size * size)
    return pairs


@kernel
def stepped_back(node: Codes, start: Ints, person: Ints, rank: Ints, pairs: Ints) -> Ints:
    """Writes per pair of nodes the times, journeys and people that the way is a step back; returns touches, journeys
    and people of all steps back.
    """
    size = len(rank)
    seen = np.full((size * size, 2), -1, np.int64)
    back = np.zeros(3, np.int64)
    back_trip, back_who = -1, -1
    for trip in range(len(start) - 1):
        who, ranked = person[trip], np.int64(-1)
        for i in range(start[trip], start[trip + 1]):
            here = np.int64(node[i])
            if rank[here] < 0:
                continue
            if ranked >= 0 and rank[ranked] > rank[here]:
                pair = ranked * size + here
                pairs[pair, 6] += 1
                pairs[pair, 7] += seen[pair, 0] != trip
                pairs[pair, 8] += seen[pair, 1] != who
                seen[pair, 0], seen[pair, 1] = trip, who
                back[0] += 1
                back[1] += back_trip != trip
                back[2] += back_who != who
                back_trip, back_who = trip, who
            ranked = here
    return back


@kernel
def timed(
    node: Codes, at: Ints, start: Ints, asked: Ints, sides: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> tuple[Ints, Ints]:
    """Per journey and asked pair (a, b): its place in what was asked, and the time from the first a to the first b
    after it. Two rounds: the first only counts, so that no more room is taken than there are times.
    `sides` tells which nodes are an a, and which a b.
    """
    begins, stops = sides
    size = len(begins)
    pair, took = np.empty(0, np.int64), np.empty(0, np.int64)
    done = np.full(size * size, -1, np.int64)
    first = np.zeros(size, np.int64)
    met = np.zeros(size, np.int64)
    known = np.full(size, -1, np.int64)
    for turn in range(2):
        n = 0
        done[:] = -1
        known[:] = -1
        for trip in range(len(start) - 1):
            kinds = 0
            for i in range(start[trip], start[trip + 1]):
                here = np.int64(node[i])
                for k in range(kinds if stops[here] else 0):
                    way = met[k] * size + here
                    if asked[way] >= 0 and done[way] != trip:
                        done[way] = trip
                        if turn == 1:
                            pair[n] = asked[way]
                            took[n] = at[i] - at[first[met[k]]]
                        n += 1
                if begins[here] and known[here] != trip:
                    known[here] = trip
                    first[here] = i
                    met[kinds] = here
                    kinds += 1
        if turn == 0:
            pair, took = np.empty(n, np.int64), np.empty(n, np.int64)
    return pair, took
