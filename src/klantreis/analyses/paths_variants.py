"""Counting whole routes: which there are, how many journeys took each, and which were taken most.

One route of each number (see `paths_numbers`) is kept, to name it. A bucket's routes are dealt out over parts by their
numbers: equal routes of all buckets are in the same part, so parts are counted side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from klantreis.analyses.paths_numbers import BITS, LEAD, PARTS, WRITTEN, dealt_out, numbered, picked, unique
from klantreis.analyses.succession import EVENT, OUTSIDE, Codes, Ints, Runs

MOST_CHUNKS = 1024


@dataclass(frozen=True, slots=True)
class Chunk:
    """Distinct routes: two halves of their number, how many journeys took each, and its `nodes[begin:end]`.

    Part p holds the routes from first[p] to first[p + 1].
    """

    left: Ints
    right: Ints
    count: Ints
    begin: Ints
    end: Ints
    nodes: Codes
    first: Ints


@dataclass(frozen=True, slots=True)
class Part:
    """One part of all chunks, its routes numbered chunk after chunk: those from first[c] on are chunk c's, and stand
    from since[c] on among all routes. `left`: half of its number; `total`: how many took each, 0 where an equal one
    stood before; `often`: the totals above 1; `every`: how many distinct.
    """

    first: Ints
    since: Ints
    left: Ints
    total: Ints
    often: Ints
    every: int

    def places(self, own: Ints) -> Ints:
        """Returns the places among all routes of routes in this part."""
        chunk = np.searchsorted(self.first, own, side="right") - 1
        return own + (self.since - self.first[:-1])[chunk]


@dataclass(frozen=True, slots=True)
class Order:
    """How nodes sort by name; `codes` None: `ranks` has a place for each code, from -1 (nothing, which comes first)."""

    codes: Ints | None
    ranks: Ints

    def of(self, nodes: Codes) -> Ints:
        """Returns the rank of each node."""
        return self.ranks[nodes + 1 if self.codes is None else np.searchsorted(self.codes, nodes)]


@dataclass(frozen=True, slots=True)
class Tied:
    """The routes of a part (by their `own` numbers) that are taken as often as the last one that is kept, how their
    first node sorts (`rank`), and how many have each rank.
    """

    own: Ints
    rank: Ints
    met: Ints


def routes(found: Runs) -> Chunk:
    """Returns the distinct routes among the runs, each with its count."""
    numbers = numbered(found.node, found.start, found.touchpoints)
    once, span = np.ones(len(found.person), np.int64), (found.start[:-1], found.start[1:])
    return _chunk(numbers, once, span, found.node, (found.touchpoints, found.size))


def joined(one: tuple[Chunk, ...], other: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Returns the chunks together; many chunks become one, so that equal routes are kept once."""
    chunks = one + other
    return chunks if len(chunks) <= MOST_CHUNKS else (_together(chunks),)


def exchanged(whole: tuple[Chunk, ...], was: tuple[Chunk, ...], now: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Returns the chunks of all when the routes of some, which were `was`, are `now`."""
    gone = tuple(replace(chunk, count=-chunk.count) for chunk in was)
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
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        parts = list(pool.map(lambda number: _part(chunks, number), range(PARTS)))
        every, cut = sum(part.every for part in parts), 0
        if every > top:
            cut = _cut(np.concatenate([part.often for part in parts]), top)
        sure = [np.flatnonzero(part.total > cut) for part in parts]
        place = np.concatenate([part.places(own) for part, own in zip(parts, sure, strict=True)])
        count = np.concatenate([part.total[own] for part, own in zip(parts, sure, strict=True)])
        if every > top > len(count):
            order, wanted = _order(rank), top - len(count)
            tied = list(pool.map(lambda part: _tied(chunks, part, cut, order), parts))
            place = np.append(place, _first_by_name(chunks, _leading(parts, tied, wanted), wanted, order))
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


def _part(chunks: tuple[Chunk, ...], number: int) -> Part:
    spans = [slice(*chunk.first[number : number + 2].tolist()) for chunk in chunks]
    left, right, count = _side_by_side(chunks, spans)
    total, _ = unique(left, right, count)
    before = np.cumsum([0, *(len(chunk.left) for chunk in chunks)])[:-1]
    first = np.cumsum([0, *(span.stop - span.start for span in spans)])
    since = before + np.array([span.start for span in spans], np.int64)
    return Part(first, since, left, total, total[total > 1], int(np.count_nonzero(total)))


def _side_by_side(chunks: tuple[Chunk, ...], spans: list[slice]) -> tuple[Ints, Ints, Ints]:
    pairs = list(zip(chunks, spans, strict=True))
    return (
        np.concatenate([chunk.left[span] for chunk, span in pairs]),
        np.concatenate([chunk.right[span] for chunk, span in pairs]),
        np.concatenate([chunk.count[span] for chunk, span in pairs]),
    )


def _cut(often: Ints, top: int) -> int:
    """Returns the count of the route at place `top`; where most were taken once, only the others need sorting."""
    if top > len(often):
        return 1
    return int(np.partition(often, len(often) - top)[len(often) - top]) if top else int(np.iinfo(np.int64).max)


def _order(rank: dict[int, int]) -> Order:
    codes = np.array([OUTSIDE, *sorted(rank)], np.int64)
    ranks = np.array([0, *(rank[int(code)] + 1 for code in codes[1:])], np.int64)
    if codes[-1] >= EVENT:
        return Order(codes, ranks)
    table = np.zeros(int(codes[-1]) + 2, np.int64)  # touchpoints alone: a table is quicker than looking a code up
    table[codes + 1] = ranks
    return Order(None, table)


def _tied(chunks: tuple[Chunk, ...], part: Part, cut: int, order: Order) -> Tied:
    own = np.flatnonzero(part.total == cut)
    left = part.left[own]
    lead = ((left >> LEAD) & ((1 << BITS) - 1)) - 1
    folded = np.flatnonzero(left < WRITTEN)
    lead[folded] = _nodes_at(chunks, part.places(own[folded]), 0)
    rank = order.of(lead)
    return Tied(own, rank, np.bincount(rank, minlength=len(order.ranks) + 1))


def _leading(parts: list[Part], tied: list[Tied], wanted: int) -> Ints:
    """Returns the places (rising) of the tied routes that may be among the `wanted` first, by their first node."""
    border = int(np.searchsorted(np.cumsum(sum(one.met for one in tied)), wanted))
    places = [part.places(one.own[one.rank <= border]) for part, one in zip(parts, tied, strict=True)]
    return np.sort(np.concatenate(places))


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
        spot = chunk.begin[own] + depth
        inside = spot < chunk.end[own]
        nodes[span][inside] = chunk.nodes[spot[inside]]
    return nodes


def _rows(chunks: tuple[Chunk, ...], routes: Ints) -> tuple[Ints, Codes]:
    """Returns the nodes of routes (rising places among all), one after the other, with their offsets."""
    lengths, nodes = [np.zeros(1, np.int64)], [np.empty(0, np.int32)]
    for chunk, own, _ in _by_chunk(chunks, routes):
        begin = chunk.begin[own]
        lengths.append(chunk.end[own] - begin)
        nodes.append(picked(chunk.nodes, begin, np.cumsum([0, *lengths[-1].tolist()]), EVENT))
    return np.cumsum(np.concatenate(lengths)), np.concatenate(nodes)


def _by_chunk(chunks: tuple[Chunk, ...], routes: Ints) -> Iterator[tuple[Chunk, Ints, slice]]:
    """Yields each chunk with those of the routes that are its own, by its own places, and where they stand."""
    since = 0
    for chunk in chunks:
        low, high = np.searchsorted(routes, [since, since + len(chunk.left)]).tolist()
        yield chunk, routes[low:high] - since, slice(low, high)
        since += len(chunk.left)


def _together(chunks: tuple[Chunk, ...]) -> Chunk:
    spans = [slice(0, len(chunk.left)) for chunk in chunks]
    left, right, count = _side_by_side(chunks, spans)
    shift = np.cumsum([0, *(len(chunk.nodes) for chunk in chunks)])
    begin, end = (
        np.concatenate([getattr(chunk, side) + by for chunk, by in zip(chunks, shift, strict=False)])
        for side in ("begin", "end")
    )
    nodes = np.concatenate([chunk.nodes for chunk in chunks])
    return _chunk((left, right), count, (begin, end), nodes, (EVENT, 0))


def _chunk(
    numbers: tuple[Ints, Ints], count: Ints, span: tuple[Ints, Ints], nodes: Codes, sizes: tuple[int, int]
) -> Chunk:
    """Returns each route once; `sizes`: nodes from the first on are events, not yet under their lasting code, if any.

    Where most routes are taken once, their nodes stay where they are: copying them would save nothing.
    """
    touchpoints, size = sizes
    (left, right, total, begin, end), first = dealt_out(numbers, *unique(*numbers, count), *span)
    if size == touchpoints and 2 * len(left) > len(count):
        return Chunk(left, right, total, begin, end, nodes, first)
    borders = np.concatenate([np.zeros(1, np.int64), np.cumsum(end - begin)])
    return Chunk(left, right, total, borders[:-1], borders[1:], picked(nodes, begin, borders, touchpoints), first)
