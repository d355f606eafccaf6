"""Counting whole routes: each journey's nodes become one 124-bit number, and equal numbers are one variant.

A route of up to 20 nodes is written out in its number, six bits a node. A longer one, or one with a code that six bits
cannot hold, is folded: four polynomial hashes modulo the prime 2**31 - 1 (Karp & Rabin 1987), so that two different
routes of a thousand nodes share a number less than once in 10**25. One route of each number is kept, to name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from klantreis.analyses.succession import EVENT, OUTSIDE, Codes, Ints, Runs
from klantreis.kernels import inline, kernel

MOST_CHUNKS = 1024
SHORT, HALF_SHORT, BITS = 20, 10, 6
WRITTEN = 1 << 62
SPREAD = 1_540_483_477
PRIME = (1 << 31) - 1
BASES = (1_234_567_891, 987_654_323, 1_500_450_271, 715_827_881)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Distinct routes: two halves of their number, how many journeys took each, and its `nodes[begin:end]`."""

    left: Ints
    right: Ints
    count: Ints
    begin: Ints
    end: Ints
    nodes: Codes


def routes(found: Runs) -> Chunk:
    """Returns the distinct routes among the runs, each with its count."""
    left, right = _numbered(found.node, found.start, found.touchpoints)
    every = Chunk(left, right, np.ones(len(left), np.int64), found.start[:-1], found.start[1:], found.node)
    return _distinct((every,), found.touchpoints, found.size)


def joined(one: tuple[Chunk, ...], other: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Returns the chunks together; many chunks become one, so that equal routes are kept once."""
    chunks = one + other
    return chunks if len(chunks) <= MOST_CHUNKS else (_distinct(chunks),)


def most_taken(chunks: tuple[Chunk, ...], top: int, rank: dict[int, int]) -> tuple[int, list[tuple[int, Codes]]]:
    """Returns how many distinct routes there are, and the `top` most taken as (count, nodes), in no order.

    `rank` tells how the nodes' names sort: of routes equally taken, those first by name are kept.
    """
    total = _unique(*_numbers(chunks))
    kept = np.flatnonzero(total)
    total = total[kept]
    chosen = np.arange(len(kept))
    if len(kept) > top:
        cut = _cut(total, top)
        sure, tied = np.flatnonzero(total > cut), np.flatnonzero(total == cut)
        named = _first_by_name(chunks, kept[tied], top - len(sure), rank)
        chosen = np.concatenate([sure, tied[named]])
    return len(kept), list(zip(total[chosen].tolist(), _routes(chunks, kept[chosen]), strict=True))


def _cut(total: Ints, top: int) -> int:
    """Returns the count of the route at place `top`; where most were taken once, only the others need sorting."""
    often = total[total > 1]
    if top > len(often):
        return 1
    return int(np.partition(often, len(often) - top)[len(often) - top]) if top else int(total.max()) + 1


def _first_by_name(chunks: tuple[Chunk, ...], routes: Ints, wanted: int, rank: dict[int, int]) -> Ints:
    """Returns the places of the `wanted` routes first by name: node for node, the shorter before the longer."""
    codes = np.array([OUTSIDE, *sorted(rank)], np.int64)
    ranks = np.array([0, *(rank[int(code)] + 1 for code in codes[1:])], np.int64)
    if codes[-1] < EVENT:  # touchpoints alone: a table is quicker than looking a code up
        codes, ranks = np.empty(0, np.int64), _table(codes, ranks)
    taken: list[Ints] = []
    tied, depth = np.arange(len(routes)), 0
    while 0 < wanted < len(tied):
        nodes = _nodes_at(chunks, routes[tied], depth)
        place = ranks[np.searchsorted(codes, nodes) if len(codes) else nodes + 1]
        border = np.searchsorted(np.cumsum(np.bincount(place)), wanted)
        taken.append(tied[place < border])
        wanted -= len(taken[-1])
        tied = tied[place == border]
        depth += 1
    return np.concatenate([*taken, tied[:wanted]])


def _table(codes: Ints, ranks: Ints) -> Ints:
    table = np.zeros(int(codes[-1]) + 2, np.int64)
    table[codes + 1] = ranks
    return table


def _nodes_at(chunks: tuple[Chunk, ...], routes: Ints, depth: int) -> Ints:
    """Returns the node at `depth` of each route (rising numbers through the chunks); -1 beyond its end."""
    nodes = np.full(len(routes), -1, np.int64)
    for chunk, since, until in _spans(chunks):
        low, high = np.searchsorted(routes, [since, until])
        own = routes[low:high] - since
        spot = chunk.begin[own] + depth
        inside = spot < chunk.end[own]
        nodes[low:high][inside] = chunk.nodes[spot[inside]]
    return nodes


def _routes(chunks: tuple[Chunk, ...], routes: Ints) -> list[Codes]:
    borders = np.cumsum([0, *(len(chunk.left) for chunk in chunks)])
    place = np.searchsorted(borders, routes, side="right") - 1
    inside = (routes - borders[place]).tolist()
    return [
        chunks[chunk].nodes[chunks[chunk].begin[route] : chunks[chunk].end[route]]
        for chunk, route in zip(place.tolist(), inside, strict=True)
    ]


def _spans(chunks: tuple[Chunk, ...]) -> list[tuple[Chunk, int, int]]:
    """Returns each chunk with the numbers its routes have among all."""
    borders = np.cumsum([0, *(len(chunk.left) for chunk in chunks)]).tolist()
    return [(chunk, since, until) for chunk, (since, until) in zip(chunks, pairwise(borders), strict=True)]


def _numbers(chunks: tuple[Chunk, ...]) -> tuple[Ints, Ints, Ints]:
    return (
        np.concatenate([chunk.left for chunk in chunks]),
        np.concatenate([chunk.right for chunk in chunks]),
        np.concatenate([chunk.count for chunk in chunks]),
    )


def _distinct(chunks: tuple[Chunk, ...], touchpoints: int = EVENT, size: int = 0) -> Chunk:
    """Returns each route once; `touchpoints`: nodes from there on are events, not yet under their lasting code.

    Where most routes are taken once, their nodes stay where they are: copying them would save nothing.
    """
    left, right, count = _numbers(chunks)
    total = _unique(left, right, count)
    kept = np.flatnonzero(total)
    if len(chunks) == 1 and size == touchpoints and 2 * len(kept) > len(left):
        one = chunks[0]
        return Chunk(left[kept], right[kept], total[kept], one.begin[kept], one.end[kept], one.nodes)
    shift = np.cumsum([0, *(len(chunk.nodes) for chunk in chunks)])
    begin = np.concatenate([chunk.begin + by for chunk, by in zip(chunks, shift[:-1], strict=True)])[kept]
    length = np.concatenate([chunk.end - chunk.begin for chunk in chunks])[kept]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(length)])
    nodes = chunks[0].nodes if len(chunks) == 1 else np.concatenate([chunk.nodes for chunk in chunks])
    picked = _picked(nodes, begin, first, touchpoints)
    return Chunk(left[kept], right[kept], total[kept], first[:-1], first[1:], picked)


@inline
def _roll(number: np.int64, base: int, node: np.int64) -> np.int64:
    """One step of a polynomial hash; 2**31 is 1 modulo the prime, so its quotient is added back."""
    wide = number * base + node + 1
    folded = (wide & PRIME) + (wide >> 31)
    return folded - PRIME if folded >= PRIME else folded


@kernel
def _numbered(node: Codes, start: Ints, touchpoints: int) -> tuple[Ints, Ints]:
    """The number of each journey's route, in two halves: written out (marked so) or folded."""
    b0, b1, b2, b3 = BASES
    most = min(touchpoints, (1 << BITS) - 1)
    left = np.empty(len(start) - 1, np.int64)
    right = np.empty(len(start) - 1, np.int64)
    for journey in range(len(start) - 1):
        low, high = start[journey], start[journey + 1]
        one, other, highest = np.int64(0), np.int64(0), np.int64(most if high - low > SHORT else 0)
        if high - low <= SHORT:
            middle = min(high, low + HALF_SHORT)
            for i in range(low, middle):
                here = np.int64(node[i])
                one, highest = (one << BITS) | (here + 1), max(highest, here)
            for i in range(middle, high):
                here = np.int64(node[i])
                other, highest = (other << BITS) | (here + 1), max(highest, here)
        if highest < most:
            left[journey], right[journey] = one | WRITTEN, other
            continue
        h0, h1, h2, h3 = np.int64(1), np.int64(2), np.int64(3), np.int64(4)
        for i in range(low, high):
            here = np.int64(node[i])
            if here >= touchpoints:
                here += EVENT - touchpoints
            h0, h1 = _roll(h0, b0, here), _roll(h1, b1, here)
            h2, h3 = _roll(h2, b2, here), _roll(h3, b3, here)
        left[journey] = (h0 << 31) | h1
        right[journey] = (h2 << 31) | h3
    return left, right


@inline
def _mixed(left: np.int64, right: np.int64) -> np.int64:
    """Returns 31 bits in which every bit of a number has a say; products stay below 2**63."""
    mixed = (((left & PRIME) * SPREAD) >> 16) & PRIME
    mixed = (((mixed ^ (left >> 31)) & PRIME) * SPREAD >> 16) & PRIME
    mixed = (((mixed ^ right) & PRIME) * SPREAD >> 16) & PRIME
    return (((mixed ^ (right >> 31)) & PRIME) * SPREAD >> 16) & PRIME


@kernel
def _unique(left: Ints, right: Ints, count: Ints) -> Ints:
    """The counts of each distinct pair added up at its first place; 0 at the other places.

    A pair whose mixed bits no other has is alone. The others are dealt out over small piles, so that each pile's table
    stays in the fastest memory.
    """
    slots = 1024
    while slots < 8 * len(left):
        slots *= 2
    mixed, met = np.empty(len(left), np.int64), np.zeros(slots, np.uint8)
    for i in range(len(left)):
        mixed[i] = _mixed(left[i], right[i])
        slot = mixed[i] & (slots - 1)
        met[slot] = 1 if met[slot] == 0 else 2
    total, shared = np.zeros(len(left), np.int64), np.empty(len(left), np.int64)
    doubts = 0
    for i in range(len(left)):
        alone = met[mixed[i] & (slots - 1)] == 1
        total[i] = count[i] if alone else 0
        shared[doubts] = i
        doubts += 0 if alone else 1
    _settle((left, right, count), mixed, shared[:doubts], total)
    return total


@inline
def _settle(pairs: tuple[Ints, Ints, Ints], mixed: Ints, shared: Ints, total: Ints) -> None:
    """Adds up the counts of the pairs that may not be alone."""
    left, right, count = pairs
    piles = 1
    while piles * 1024 < len(shared):
        piles *= 2
    first = np.zeros(piles + 1, np.int64)
    for i in shared:
        first[(mixed[i] & (piles - 1)) + 1] += 1
    for pile in range(piles):
        first[pile + 1] += first[pile]
    place = first[:-1].copy()
    dealt = np.empty((len(shared), 3), np.int64)
    for i in shared:
        spot = place[mixed[i] & (piles - 1)]
        place[mixed[i] & (piles - 1)] = spot + 1
        dealt[spot, 0], dealt[spot, 1], dealt[spot, 2] = left[i], right[i], i
    for pile in range(piles):
        size = 4
        while size < 2 * (first[pile + 1] - first[pile]):
            size *= 2
        owner = np.full(size, -1, np.int64)
        for spot in range(first[pile], first[pile + 1]):
            slot = (mixed[dealt[spot, 2]] >> 12) & (size - 1)
            while owner[slot] >= 0 and (
                dealt[owner[slot], 0] != dealt[spot, 0] or dealt[owner[slot], 1] != dealt[spot, 1]
            ):
                slot = (slot + 1) & (size - 1)
            if owner[slot] < 0:
                owner[slot] = spot
            total[dealt[owner[slot], 2]] += count[dealt[spot, 2]]


@kernel
def _picked(nodes: Codes, begin: Ints, first: Ints, touchpoints: int) -> Codes:
    """The chosen routes' nodes, one after the other, under their lasting codes."""
    out = np.empty(first[-1], np.int32)
    for route in range(len(begin)):
        shift = begin[route] - first[route]
        for i in range(first[route], first[route + 1]):
            here = np.int64(nodes[i + shift])
            out[i] = here if here < touchpoints else here + EVENT - touchpoints
    return out
