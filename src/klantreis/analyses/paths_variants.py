"""Counting whole routes: which there are, how many journeys took each, and which were taken most."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from klantreis.analyses.paths_mixed import Mixed, mixed_bits, weights
from klantreis.analyses.paths_numbers import MOST_WRITTEN, marked, numbered, picked, settled
from klantreis.analyses.paths_order import Order, in_order, lowest, order_of
from klantreis.analyses.paths_routes import ALWAYS, Chunk, Totals, in_turns, noted, offsets, once, side_by_side, totals
from klantreis.analyses.succession import EVENT, Codes, Ints, Runs

__all__ = ["Chunk", "exchanged", "joined", "most_taken", "most_taken_row", "routes"]

MOST_CHUNKS = 1024
SOME = 4096
"""So many routes tell whether most of a bucket were taken once."""


def routes(found: Runs, mixed: Mixed | None = None) -> Chunk:
    """Returns the routes of the runs, equal ones once where there are many; `mixed`: their mixed bits, if known."""
    nodes = found.node
    if found.size > found.touchpoints:
        nodes = picked(nodes, found.start[:-1], found.start, found.touchpoints)
    if mixed is None:
        mixed = mixed_bits(found.node, found.start, weights(found.touchpoints, found.size))
    chunk = Chunk(mixed, nodes[found.start[:-1]], ALWAYS, found.start, nodes)
    some = mixed[: max(SOME, len(mixed) // 16)]
    if 2 * len(marked(some, noted([some], len(some))[1])) <= len(some):
        return chunk
    short = found.size <= min(found.touchpoints, MOST_WRITTEN)
    numbers = numbered(nodes, found.start, np.arange(len(mixed)), short)
    return once(chunk, settled(*numbers, mixed, chunk.row()))


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
    """Returns the same as `most_taken` in a row, most taken first and ties by name: how many there are, counts, and
    nodes[first[i]:first[i + 1]].
    """
    since = np.cumsum([0, *(len(chunk.mixed) for chunk in chunks)])
    order = order_of(rank)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = totals(chunks, pool)
        every, cut = sum(one.every for one in found), 0
        if every > top:
            cut = _cut(np.concatenate([one.above(1)[1] for one in found]), top)
        sure = [one.above(cut) for one in found]
        place = np.concatenate([own + before for (own, _), before in zip(sure, since, strict=False)])
        count = np.concatenate([often for _, often in sure])
        if every > top > len(count):
            wanted = top - len(count)
            leading = _leading(found, cut, wanted, order, pool)
            routes = np.concatenate([own + before for own, before in zip(leading, since, strict=False)])
            place = np.append(place, lowest(wanted, partial(_numbers_at, chunks, order, pool), routes))
            count = np.append(count, np.full(wanted, cut))
    by_place = np.argsort(place)
    return every, *_by_name(count[by_place], *_rows(chunks, place[by_place]), order)


def _cut(often: Ints, top: int) -> int:
    """Returns the count of the route at place `top`; where most were taken once, only the others need sorting."""
    if top > len(often):
        return 1
    return int(np.partition(often, len(often) - top)[len(often) - top]) if top else int(np.iinfo(np.int64).max)


def _by_name(count: Ints, first: Ints, nodes: Codes, order: Order) -> tuple[Ints, Ints, Codes]:
    """Returns routes in a row, most taken first, ties by name."""

    def numbers(rows: Ints, turn: int) -> Ints:
        return order.numbers(nodes, first[rows] + turn * order.depth, first[rows + 1])

    by_name = in_order(-count, numbers)
    lengths = np.diff(first)[by_name]
    borders = offsets(lengths)
    return count[by_name], borders, picked(nodes, first[by_name], borders, EVENT)


def _leading(found: list[Totals], cut: int, wanted: int, order: Order, pool: Executor) -> list[Ints]:
    """Returns which of each chunk's routes that were taken so often may be among the `wanted` first: by first node."""
    firsts, others = [one.chunk.first for one in found], [one.other(cut) for one in found]
    border = int(np.searchsorted(np.cumsum(sum(in_turns(pool, order.met, firsts, others))), wanted))
    return in_turns(pool, partial(order.until, border), firsts, others)


def _numbers_at(chunks: tuple[Chunk, ...], order: Order, pool: Executor, routes: Ints, turn: int) -> Ints:
    """Returns the number that the next nodes of each route (rising places among all) are told by, at a turn."""

    def numbers(chunk: Chunk, own: Ints) -> Ints:
        return order.numbers(chunk.nodes, chunk.start[own] + turn * order.depth, chunk.start[own + 1])

    return np.concatenate(in_turns(pool, numbers, *zip(*_by_chunk(chunks, routes), strict=True)))


def _rows(chunks: tuple[Chunk, ...], routes: Ints) -> tuple[Ints, Codes]:
    """Returns the nodes of routes (rising places among all), one after the other, with their offsets."""
    lengths, nodes = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
    for chunk, own in _by_chunk(chunks, routes):
        begin = chunk.start[own]
        lengths.append(chunk.start[own + 1] - begin)
        nodes.append(picked(chunk.nodes, begin, offsets(lengths[-1]), EVENT))
    return offsets(np.concatenate(lengths)), np.concatenate(nodes)


def _by_chunk(chunks: tuple[Chunk, ...], routes: Ints) -> Iterator[tuple[Chunk, Ints]]:
    """Yields each chunk with those of the routes that are its own, by its own places."""
    since = 0
    for chunk in chunks:
        low, high = np.searchsorted(routes, [since, since + len(chunk.mixed)]).tolist()
        yield chunk, routes[low:high] - since
        since += len(chunk.mixed)


def _together(chunks: tuple[Chunk, ...]) -> Chunk:
    """Returns chunks as one, in which no route stands twice; one that nobody took any more is left out."""
    starts, last = [chunks[0].start[:1] * 0], 0
    for chunk in chunks:
        starts.append(chunk.start[1:] - chunk.start[0] + last)
        last += int(chunk.start[-1] - chunk.start[0])  # not of `starts`: a chunk without routes adds none
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        left, right, mixed, count = side_by_side(chunks, [np.arange(len(chunk.mixed)) for chunk in chunks], pool)
    nodes = np.concatenate([chunk.nodes[chunk.start[0] : chunk.start[-1]] for chunk in chunks])
    first = np.concatenate([chunk.first for chunk in chunks])
    return once(Chunk(mixed, first, count, np.concatenate(starts), nodes), settled(left, right, mixed, count))
