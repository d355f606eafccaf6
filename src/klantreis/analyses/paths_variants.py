"""Counting whole routes: each journey's nodes are folded into a 124-bit number, and equal numbers are one variant.

Four polynomial hashes modulo the prime 2**31 - 1 (Karp & Rabin 1987): two different routes of a thousand nodes share
a number less than once in 10**25. One route of each number is kept, so that it can be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from klantreis.analyses.succession import EVENT, Codes, Ints, Runs
from klantreis.kernels import inline, kernel

MOST_CHUNKS = 32
PRIME = (1 << 31) - 1
BASES = (1_234_567_891, 987_654_323, 1_500_450_271, 715_827_881)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Distinct routes: two halves of their number, how many journeys took each, and its nodes (`first` offsets)."""

    left: Ints
    right: Ints
    count: Ints
    first: Ints
    nodes: Codes


def routes(found: Runs) -> Chunk:
    """Returns the distinct routes among the runs, each with its count."""
    left, right = _hashed(found.node, found.start, found.touchpoints)
    every = Chunk(left, right, np.ones(len(left), np.int64), found.start, found.node)
    return _distinct((every,), found.touchpoints)


def joined(one: tuple[Chunk, ...], other: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Returns the chunks together; many chunks become one, so that equal routes are kept once."""
    chunks = one + other
    return chunks if len(chunks) <= MOST_CHUNKS else (_distinct(chunks),)


def most_taken(chunks: tuple[Chunk, ...], top: int, rank: dict[int, int]) -> tuple[int, list[tuple[int, Codes]]]:
    """Returns how many distinct routes there are, and the `top` most taken as (count, nodes), in no order.

    `rank` tells how the nodes' names sort: of routes equally taken, those first by name are kept.
    """
    kept, total = _unique(*_numbers(chunks))
    chosen = np.arange(len(kept))
    if len(kept) > top:
        cut = np.partition(total, len(kept) - top)[len(kept) - top] if top else total.max() + 1
        sure, tied = np.flatnonzero(total > cut), np.flatnonzero(total == cut)
        named = _first_by_name(chunks, kept[tied], top - len(sure), rank)
        chosen = np.concatenate([sure, tied[named]])
    return len(kept), list(zip(total[chosen].tolist(), _routes(chunks, kept[chosen]), strict=True))


def _first_by_name(chunks: tuple[Chunk, ...], routes: Ints, wanted: int, rank: dict[int, int]) -> Ints:
    """Returns the places of the `wanted` routes first by name: node for node, the shorter before the longer."""
    codes = np.array(sorted(rank), np.int64)
    ranks = np.array([0, *(rank[int(code)] + 1 for code in codes)], np.int64)
    taken: list[Ints] = []
    tied, depth = np.arange(len(routes)), 0
    while 0 < wanted < len(tied):
        nodes = _nodes_at(chunks, routes[tied], depth)
        place = ranks[np.where(nodes < 0, 0, np.searchsorted(codes, nodes) + 1)]
        border = np.partition(place, wanted - 1)[wanted - 1]
        taken.append(tied[place < border])
        wanted -= len(taken[-1])
        tied = tied[place == border]
        depth += 1
    return np.concatenate([*taken, tied[:wanted]])


def _nodes_at(chunks: tuple[Chunk, ...], routes: Ints, depth: int) -> Ints:
    """Returns the node at `depth` of each route (numbered through the chunks); -1 beyond its end."""
    nodes = np.full(len(routes), -1, np.int64)
    for chunk, since, until in _spans(chunks):
        own = np.flatnonzero((routes >= since) & (routes < until))
        begin, end = chunk.first[routes[own] - since] + depth, chunk.first[routes[own] - since + 1]
        inside = begin < end
        nodes[own[inside]] = chunk.nodes[begin[inside]]
    return nodes


def _routes(chunks: tuple[Chunk, ...], routes: Ints) -> list[Codes]:
    borders = np.cumsum([0, *(len(chunk.left) for chunk in chunks)])
    place = np.searchsorted(borders, routes, side="right") - 1
    inside = (routes - borders[place]).tolist()
    return [
        chunks[chunk].nodes[chunks[chunk].first[route] : chunks[chunk].first[route + 1]]
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


def _distinct(chunks: tuple[Chunk, ...], touchpoints: int = EVENT) -> Chunk:
    """Returns each route once; `touchpoints`: nodes from there on are events, not yet under their lasting code."""
    left, right, count = _numbers(chunks)
    kept, total = _unique(left, right, count)
    shift = np.cumsum([0, *(len(chunk.nodes) for chunk in chunks)])
    begin = np.concatenate([chunk.first[:-1] + by for chunk, by in zip(chunks, shift[:-1], strict=True)])[kept]
    length = np.concatenate([np.diff(chunk.first) for chunk in chunks])[kept]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(length)])
    nodes = chunks[0].nodes if len(chunks) == 1 else np.concatenate([chunk.nodes for chunk in chunks])
    return Chunk(left[kept], right[kept], total, first, _picked(nodes, begin, first, touchpoints))


@inline
def _roll(number: np.int64, base: int, node: np.int64) -> np.int64:
    """One step of a polynomial hash; 2**31 is 1 modulo the prime, so its quotient is added back."""
    wide = number * base + node + 1
    folded = (wide & PRIME) + (wide >> 31)
    return folded - PRIME if folded >= PRIME else folded


@kernel
def _hashed(node: Codes, start: Ints, touchpoints: int) -> tuple[Ints, Ints]:
    """Four rolling hashes per journey, two in each number."""
    b0, b1, b2, b3 = BASES
    left = np.empty(len(start) - 1, np.int64)
    right = np.empty(len(start) - 1, np.int64)
    for journey in range(len(start) - 1):
        h0, h1, h2, h3 = np.int64(1), np.int64(2), np.int64(3), np.int64(4)
        for i in range(start[journey], start[journey + 1]):
            here = np.int64(node[i])
            if here >= touchpoints:
                here += EVENT - touchpoints
            h0, h1 = _roll(h0, b0, here), _roll(h1, b1, here)
            h2, h3 = _roll(h2, b2, here), _roll(h3, b3, here)
        left[journey] = (h0 << 31) | h1
        right[journey] = (h2 << 31) | h3
    return left, right


@kernel
def _unique(left: Ints, right: Ints, count: Ints) -> tuple[Ints, Ints]:
    """One of each distinct pair, and its counts added up.

    Routes are dealt out over small piles first, so that each pile's table stays in the fastest memory.
    """
    piles = 1
    while piles * 1024 < len(left):
        piles *= 2
    first = np.zeros(piles + 1, np.int64)
    for number in left:
        first[(number & (piles - 1)) + 1] += 1
    for pile in range(piles):
        first[pile + 1] += first[pile]
    place = first[:-1].copy()
    dealt = np.empty((len(left), 3), np.int64)
    for i in range(len(left)):
        spot = place[left[i] & (piles - 1)]
        place[left[i] & (piles - 1)] = spot + 1
        dealt[spot, 0], dealt[spot, 1], dealt[spot, 2] = left[i], right[i], i
    kept, total = np.empty(len(left), np.int64), np.zeros(len(left), np.int64)
    found = 0
    for pile in range(piles):
        size = 4
        while size < 2 * (first[pile + 1] - first[pile]):
            size *= 2
        slots = np.full(size, -1, np.int64)
        owner = np.empty(size, np.int64)
        for spot in range(first[pile], first[pile + 1]):
            slot = dealt[spot, 1] & (size - 1)
            while slots[slot] >= 0 and (
                dealt[slots[slot], 0] != dealt[spot, 0] or dealt[slots[slot], 1] != dealt[spot, 1]
            ):
                slot = (slot + 1) & (size - 1)
            if slots[slot] < 0:
                slots[slot] = spot
                owner[slot] = found
                kept[found] = dealt[spot, 2]
                found += 1
            total[owner[slot]] += count[dealt[spot, 2]]
    return kept[:found].copy(), total[:found].copy()


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
