"""Counting whole routes: which there are, how many journeys took each, and which were taken most."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from klantreis.analyses.paths_numbers import LEAD, MOST_WRITTEN, WRITTEN, marked, numbered, picked, settled
from klantreis.analyses.paths_routes import ALWAYS, Chunk, Totals, noted, once, side_by_side, totals
from klantreis.analyses.succession import EVENT, OUTSIDE, Codes, Ints, Runs

__all__ = ["Chunk", "exchanged", "joined", "most_first", "most_taken", "most_taken_row", "routes"]

MOST_CHUNKS = 1024
SOME = 4096
"""So many routes tell whether most of a bucket were taken once."""


@dataclass(frozen=True, slots=True)
class Order:
    """How nodes sort by name; `codes` None: `ranks` has a place for each code, from -1 (nothing, which comes first).

    `leads`: the same by the first bits of a number that is written out.
    """

    codes: Ints | None
    ranks: Ints
    leads: Ints

    def of(self, nodes: Codes) -> Ints:
        """Returns the rank of each node."""
        return self.ranks[nodes + 1 if self.codes is None else np.searchsorted(self.codes, nodes)]


@dataclass(frozen=True, slots=True)
class Tied:
    """How the first node of each route of a chunk sorts (`rank`), and how many have each rank: of those that are taken
    as often as the last one that is kept. The others are beyond every rank.
    """

    rank: Ints
    met: Ints


def routes(found: Runs) -> Chunk:
    """Returns the routes of the runs, equal ones once where there are many."""
    numbers = numbered(found.node, found.start, found.touchpoints, found.size)
    nodes = found.node
    if found.size > found.touchpoints:
        nodes = picked(nodes, found.start[:-1], found.start, found.touchpoints)
    chunk = Chunk(*numbers, ALWAYS, found.start, nodes)
    some = chunk.mixed[: max(SOME, len(chunk.mixed) // 4)]
    if 2 * len(marked(some, noted([some], len(some))[1])) <= len(some):
        return chunk
    return once(chunk, settled(*side_by_side((chunk,), [np.arange(len(chunk.mixed))])))


def joined(one: tuple[Chunk, ...], other: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Returns the chunks together; many chunks become one, so that equal routes are kept once."""
    chunks = one + other
    return chunks if len(chunks) <= MOST_CHUNKS else (_together(chunks),)


def exchanged(whole: tuple[Chunk, ...], was: tuple[Chunk, ...], now: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Returns the chunks of all when the routes of some, which were `was`, are `now`."""
    gone = tuple(replace(chunk, count=-chunk.row()) for chunk in was)
    return (_together((*whole, *gone, *now)),)


def most_taken(chunks: tuple[Chunk, ...], top: int, rank: dict[int, int]) -> tuple[int, list[tuple[int, Codes]]]:
    """Returns how many distinct routes there are, and the `top` most taken as (count, nodes), in no order.

    `rank` tells how the nodes' names sort: of routes equally taken, those first by name are kept.
    """
    every, count, first, nodes = most_taken_row(chunks, top, rank)
    borders = first.tolist()
    return every, [(one, nodes[borders[i] : borders[i + 1]]) for i, one in enumerate(count.tolist())]


def most_taken_row(chunks: tuple[Chunk, ...], top: int, rank: dict[int, int]) -> tuple[int, Ints, Ints, Codes]:
    """Returns the same as `most_taken` in a row: how many there are, counts, and nodes[first[i]:first[i + 1]]."""
    since = np.cumsum([0, *(len(chunk.mixed) for chunk in chunks)])
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = totals(chunks, pool)
        every, cut = sum(one.every for one in found), 0
        if every > top:
            cut = _cut(np.concatenate([one.above(1)[1] for one in found]), top)
        sure = [one.above(cut) for one in found]
        place = np.concatenate([own + before for (own, _), before in zip(sure, since, strict=False)])
        count = np.concatenate([often for _, often in sure])
        if every > top > len(count):
            order, wanted = _order(rank), top - len(count)
            tied = list(pool.map(lambda one: _tied(one, cut, order), found))
            place = np.append(place, _first_by_name(chunks, _leading(since, tied, wanted), wanted, order))
            count = np.append(count, np.full(wanted, cut))
    by_place = np.argsort(place)
    return every, count[by_place], *_rows(chunks, place[by_place])


def most_first(count: Ints, borders: list[int], rank: Ints) -> list[int]:
    """Returns the order of routes: most taken first, ties by name.

    Route i's nodes stand from borders[i] to borders[i + 1]; `rank` tells how their names sort. Bytes with the highest
    first sort as what they stand for, and faster than rows of names do.
    """
    names, often = rank.astype(">u4").tobytes(), (-count).astype(">i8").tobytes()
    keys = [
        often[8 * place : 8 * place + 8] + names[4 * begin : 4 * end]
        for place, (begin, end) in enumerate(pairwise(borders))
    ]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _cut(often: Ints, top: int) -> int:
    """Returns the count of the route at place `top`; where most were taken once, only the others need sorting."""
    if top > len(often):
        return 1
    return int(np.partition(often, len(often) - top)[len(often) - top]) if top else int(np.iinfo(np.int64).max)


def _order(rank: dict[int, int]) -> Order:
    codes = np.array([OUTSIDE, *sorted(rank)], np.int64)
    ranks = np.array([0, *(rank[int(code)] + 1 for code in codes[1:])], np.int64)
    leads, short = np.zeros(2 * (WRITTEN >> LEAD), np.int64), codes < MOST_WRITTEN
    leads[(WRITTEN >> LEAD) + codes[short] + 1] = ranks[short]
    if codes[-1] >= EVENT:
        return Order(codes, ranks, leads)
    table = np.zeros(int(codes[-1]) + 2, np.int64)  # touchpoints alone: a table is quicker than looking a code up
    table[codes + 1] = ranks
    return Order(None, table, leads)


def _tied(one: Totals, cut: int, order: Order) -> Tied:
    chunk = one.chunk
    rank = order.leads[chunk.left >> LEAD]
    folded = np.flatnonzero(chunk.left < WRITTEN)
    rank[folded] = order.of(chunk.nodes[chunk.start[folded]])
    met = np.bincount(rank, minlength=len(order.ranks) + 1)
    other = one.other(cut)
    met -= np.bincount(rank[other], minlength=len(met))
    rank[other] = len(met)
    return Tied(rank, met)


def _leading(since: Ints, tied: list[Tied], wanted: int) -> Ints:
    """Returns the places (rising) of the tied routes that may be among the `wanted` first, by their first node."""
    border = int(np.searchsorted(np.cumsum(sum(one.met for one in tied)), wanted))
    return np.concatenate(
        [np.flatnonzero(one.rank <= border) + before for one, before in zip(tied, since, strict=False)]
    )


def _first_by_name(chunks: tuple[Chunk, ...], routes: Ints, wanted: int, order: Order) -> Ints:
    """Returns the `wanted` routes first by name, of these: node for node, the shorter before the longer."""
    taken: list[Ints] = []
    tied, depth = routes, 0
    while 0 < wanted < len(tied):
        place = order.of(_nodes_at(chunks, tied, depth))
        border = np.searchsorted(np.cumsum(np.bincount(place)), wanted)
        taken.append(tied[place < border])
        wanted -= len(taken[-1])
        tied = tied[place == border]
        depth += 1
    return np.concatenate([*taken, tied[:wanted]])


def _nodes_at(chunks: tuple[Chunk, ...], routes: Ints, depth: int) -> Ints:
    """Returns the node at `depth` of each route (rising places among all); -1 beyond its end."""
    nodes = np.full(len(routes), OUTSIDE, np.int64)
    for chunk, own, span in _by_chunk(chunks, routes):
        spot = chunk.start[own] + depth
        inside = spot < chunk.start[own + 1]
        nodes[span][inside] = chunk.nodes[spot[inside]]
    return nodes


def _rows(chunks: tuple[Chunk, ...], routes: Ints) -> tuple[Ints, Codes]:
    """Returns the nodes of routes (rising places among all), one after the other, with their offsets."""
    lengths, nodes = [np.zeros(1, np.int64)], [np.empty(0, np.int32)]
    for chunk, own, _ in _by_chunk(chunks, routes):
        begin = chunk.start[own]
        lengths.append(chunk.start[own + 1] - begin)
        nodes.append(picked(chunk.nodes, begin, np.cumsum([0, *lengths[-1].tolist()]), EVENT))
    return np.cumsum(np.concatenate(lengths)), np.concatenate(nodes)


def _by_chunk(chunks: tuple[Chunk, ...], routes: Ints) -> Iterator[tuple[Chunk, Ints, slice]]:
    """Yields each chunk with those of the routes that are its own, by its own places, and where they stand."""
    since = 0
    for chunk in chunks:
        low, high = np.searchsorted(routes, [since, since + len(chunk.mixed)]).tolist()
        yield chunk, routes[low:high] - since, slice(low, high)
        since += len(chunk.mixed)


def _together(chunks: tuple[Chunk, ...]) -> Chunk:
    """Returns chunks as one, in which no route stands twice; one that nobody took any more is left out."""
    starts = [chunks[0].start[:1] * 0]
    for chunk in chunks:
        starts.append(chunk.start[1:] - chunk.start[0] + starts[-1][-1])
    every = [np.arange(len(chunk.mixed)) for chunk in chunks]
    left, right, mixed, count = side_by_side(chunks, every)
    nodes = np.concatenate([chunk.nodes[chunk.start[0] : chunk.start[-1]] for chunk in chunks])
    return once(Chunk(left, right, mixed, count, np.concatenate(starts), nodes), settled(left, right, mixed, count))
