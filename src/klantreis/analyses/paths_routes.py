"""Routes in chunks, and how often each was taken in all of them together.

Routes are told apart by their numbers (see `paths_numbers`). Where most were taken once, nothing is worth sorting:
marks in fast memory tell which mixed bits were met twice, and only routes with those are laid beside each other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from klantreis.analyses.paths_mixed import Mixed
from klantreis.analyses.paths_numbers import Marks, marked, note, numbered, picked, settled
from klantreis.analyses.succession import EVENT, Codes, Ints

Found = TypeVar("Found")

MARKS = 8
"""At least so many marks for each route."""
OTHER = 11
"""A second look goes by the mixed bits without so many of the lowest."""
SHARED = 1 << 18
"""For so many routes a core more is worth asking for."""
ALWAYS: Ints = np.empty(0, np.int64)
"""The count of a chunk in which every route was taken once."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Routes, an equal one more than once or not: the bits mixed from each, its first node, how many journeys took it
    (ALWAYS: one), and of route i its nodes[start[i]:start[i + 1]]; by their lasting codes.
    """

    mixed: Mixed
    first: Codes
    count: Ints
    start: Ints
    nodes: Codes

    def counts(self, own: Ints) -> Ints:
        """Returns the counts of some of the routes."""
        return self.count[own] if len(self.count) else np.ones(len(own), np.int64)

    def row(self) -> Ints:
        """Returns the count of each route."""
        return self.counts(np.arange(len(self.mixed)))


@dataclass(frozen=True, slots=True)
class Totals:
    """How often the routes of a chunk were taken, in all chunks together: `total` those at `own`, the others as often
    as the chunk says. 0 where an equal route stands elsewhere.
    """

    chunk: Chunk
    own: Ints
    total: Ints

    @property
    def every(self) -> int:
        """How many distinct routes stand here."""
        return len(self.chunk.mixed) - len(self.own) + int(np.count_nonzero(self.total > 0))

    def row(self) -> Ints:
        """Returns the total of each route."""
        row = self.chunk.row()
        row[self.own] = self.total
        return row

    def above(self, cut: int) -> tuple[Ints, Ints]:
        """Returns the routes that were taken more often, rising, and how often."""
        if cut < 1 or len(self.chunk.count):
            row = self.row()
            found = np.flatnonzero(row > cut)
            return found, row[found]
        more = self.total > cut
        return self.own[more], self.total[more]

    def other(self, cut: int) -> Ints:
        """Returns the routes that were not taken exactly so often."""
        if cut == 1 and not len(self.chunk.count):
            alone: Ints = self.own[self.total != 1]
            return alone
        return np.flatnonzero(self.row() != cut)


def totals(chunks: tuple[Chunk, ...], pool: Executor) -> list[Totals]:
    """Returns how often the routes of each chunk were taken."""
    rows = _met_again([chunk.mixed for chunk in chunks], pool)
    closer = _met_again([chunk.mixed[own] >> OTHER for chunk, own in zip(chunks, rows, strict=True)], pool)
    rows = [own[again] for own, again in zip(rows, closer, strict=True)]
    total = settled(*side_by_side(chunks, rows, pool))
    borders = np.cumsum([len(own) for own in rows])[:-1]
    return list(map(Totals, chunks, rows, np.split(total, borders)))


def _met_again(rows: list[Mixed], pool: Executor) -> list[Ints]:
    """Returns the places of mixed bits, row by row, that were met twice, as far as marks tell.

    Some of the rows are noted by each thread, and then all together.
    """
    size, turns = sum(map(len, rows)), min(os.cpu_count() or 1, len(rows))
    if size < SHARED:
        _, twice = noted(rows, size)
        return [marked(row, twice) for row in rows]
    (once, twice), *others = pool.map(lambda turn: noted(rows[turn::turns], size), range(turns))
    for once_more, twice_more in others:
        twice |= twice_more | (once & once_more)
        once |= once_more
    return in_turns(pool, lambda row: marked(row, twice), rows)


def in_turns(pool: Executor, work: Callable[..., Found], *columns: Sequence[Any]) -> list[Found]:
    """Returns what `work` makes of each row of the columns; each thread takes as many of them.

    To hand over one row takes about as long as what is done with it.
    """
    rows = list(zip(*columns, strict=True))
    turns = min(os.cpu_count() or 1, len(rows)) or 1
    made = list(pool.map(lambda turn: [work(*row) for row in rows[turn::turns]], range(turns)))
    return [made[place % turns][place // turns] for place in range(len(rows))]


def noted(mixed: Sequence[Mixed], size: int) -> tuple[Marks, Marks]:
    """Returns marks, enough for so many routes, of the mixed bits that were met, and of those that were met twice."""
    marks = 1 << max(10, (MARKS * size).bit_length())
    once, twice = np.zeros(marks // 8, np.uint8), np.zeros(marks // 8, np.uint8)
    for bits in mixed:
        note(bits, once, twice)
    return once, twice


def side_by_side(chunks: tuple[Chunk, ...], rows: list[Ints], pool: Executor) -> tuple[Ints, Ints, Mixed, Ints]:
    """Returns some of the routes of each chunk, one after the other: the halves of their numbers, mixed, and count."""
    numbers = in_turns(pool, lambda chunk, own: numbered(chunk.nodes, chunk.start, own, False), chunks, rows)
    pairs = list(zip(chunks, rows, strict=True))
    return (
        np.concatenate([left for left, _ in numbers]),
        np.concatenate([right for _, right in numbers]),
        np.concatenate([chunk.mixed[own] for chunk, own in pairs]),
        np.concatenate([chunk.counts(own) for chunk, own in pairs]),
    )


def once(chunk: Chunk, total: Ints) -> Chunk:
    """Returns the routes with a total, and with copies of their nodes."""
    own = np.flatnonzero(total > 0)
    begin = chunk.start[own]
    borders = offsets(chunk.start[own + 1] - begin)
    nodes = picked(chunk.nodes, begin, borders, EVENT)
    return Chunk(chunk.mixed[own], chunk.first[own], total[own], borders, nodes)


def offsets(lengths: Ints) -> Ints:
    """Returns where each of some rows begins when they stand one after the other, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
