"""Ways through a map, counted per period as arrays: each distinct way stands there once, as the codes of its
touchpoints. Equal ways are found by a hash of 64 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.drift.kinds import Kind, counted
from klantreis.analyses.drift.walk import LONGEST, Hashes, Ints, Walk, scattered
from klantreis.kernels import kernel

LONG_NAME = "…"
"""The one touchpoint of ways that are too long, whose code comes after those of all others."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Journeys per period and way: `period`, `way` (its hash) and `often`, each pair once, in the order of `pair`.

    `known`: the hashes of all ways, rising; of the way at place g the touchpoints are codes[first[g]:first[g + 1]].
    """

    pair: Hashes
    period: Ints
    way: Hashes
    often: Ints
    known: Hashes
    first: Ints
    codes: NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Routes:
    """Ways, as a part that adds up: pieces side by side, which `settled` brings together."""

    pieces: tuple[Ways, ...] = ()

    def __add__(self, other: Routes) -> Routes:
        """Returns both together."""
        return Routes(self.pieces + other.pieces)

    def exchanged(self, was: Routes | None, now: Routes | None) -> Routes:
        """Returns the ways of all when some, which were `was`, are `now`; see `stats.exchange`."""
        gone = [] if was is None else [_negative(one) for one in was.pieces]
        return Routes((*self.pieces, *gone, *(() if now is None else now.pieces))).settled()

    def settled(self) -> Routes:
        """Returns the same in one piece."""
        return self if len(self.pieces) < 2 else Routes((_together(self.pieces),))


def routes(walk: Walk) -> Routes:
    """Returns the way of each journey, in its period: its touchpoints in order."""
    number, first_met = _told_apart(walk.way)
    order = np.argsort(walk.way[first_met])
    sample, place = first_met[order], np.empty_like(order)
    known, place[order] = walk.way[sample], np.arange(len(order))
    cells, often = counted(walk.page * len(known) + place[number])
    page, one = np.divmod(cells, max(1, len(known)))
    period = walk.periods[page]
    pair = scattered(known[one] + scattered(period.astype(np.uint64)))
    rank = np.argsort(pair)
    codes, first = _codes(walk, sample)
    return Routes((Ways(pair[rank], period[rank], known[one][rank], often[rank], known, first, codes),))


@kernel
def _told_apart(way: Hashes) -> tuple[Ints, Ints]:
    """Returns the number of each way among the distinct ones, as they are met, and where each of these is met first."""
    mask = 1
    while mask < 2 * way.size:
        mask = 2 * mask + 1
    spots, number, first_met = np.full(mask + 1, -1), np.empty(way.size, np.int64), np.empty(way.size, np.int64)
    many = 0
    for row in range(way.size):
        spot = np.int64(way[row]) & mask
        while spots[spot] >= 0 and way[first_met[spots[spot]]] != way[row]:
            spot = (spot + 1) & mask
        if spots[spot] < 0:
            spots[spot], first_met[many] = many, row
            many += 1
        number[row] = spots[spot]
    return number, first_met[:many].copy()


def _codes(walk: Walk, journeys: Ints) -> tuple[NDArray[np.unsignedinteger[Any]], Ints]:
    """Returns the touchpoints of these journeys one after the other, and where those of each begin, and the end."""
    bucket, long = walk.bucket, walk.size[journeys] > LONGEST
    every = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.where(long, 0, walk.many[journeys]))])
    names, touch = len(bucket.names.touchpoints), bucket.touch[_runs(bucket.start[journeys], every)]
    codes = np.append(touch[touch >= 0], names).astype(np.min_scalar_type(names))
    short = np.where(long, 0, walk.size[journeys])
    begin = np.where(long, len(codes) - 1, np.cumsum(short) - short)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.where(long, 1, short))])
    return codes[_runs(begin, first)], first


def table_of(
    told: Routes, periods: Sequence[int], names: Sequence[str], most: int
) -> tuple[list[Kind | None], list[list[float]]]:
    """Returns the `most` ways with most journeys (of equals the first by name), None for the others together if there
    are any, and their counts per period.
    """
    pieces = told.settled().pieces
    if not pieces:
        return [], [[] for _ in periods]
    (ways,) = pieces
    at = {period: place for place, period in enumerate(periods)}
    met, row_of = np.unique(ways.period, return_inverse=True)
    row = np.array([at.get(period, -1) for period in met.tolist()], np.int64)[row_of]
    place, mine = np.searchsorted(ways.known, ways.way), row >= 0
    total = np.bincount(place[mine], ways.often[mine], len(ways.known)).astype(np.int64)
    chosen = _first(ways, total, [*names, LONG_NAME], most)
    column = np.full(len(ways.known) + 1, len(chosen))
    column[chosen] = np.arange(len(chosen))
    cell = row[mine] * (len(chosen) + 1) + column[place[mine]]
    counts = np.bincount(cell, ways.often[mine], len(periods) * (len(chosen) + 1)).reshape(len(periods), -1)
    kinds: list[Kind | None] = [kind_of(ways, spot, [*names, LONG_NAME]) for spot in chosen.tolist()]
    rest = int(np.count_nonzero(total)) > len(chosen)
    rows: list[list[float]] = (counts if rest else counts[:, :-1]).tolist()
    return [*kinds, None] if rest else kinds, rows


def kind_of(ways: Ways, place: int, names: Sequence[str]) -> Kind:
    """Returns the touchpoints of a way by name."""
    return tuple(names[code] for code in ways.codes[ways.first[place] : ways.first[place + 1]].tolist())


def _first(ways: Ways, total: Ints, names: Sequence[str], most: int) -> Ints:
    """Returns the places of the ways with most journeys, most first; of equals the first by name."""
    some = np.flatnonzero(total)
    if len(some) > most:
        edge = np.partition(total[some], len(some) - most)[len(some) - most]
        sure = some[total[some] > edge]
        some = np.concatenate([sure, _first_by_name(ways, some[total[some] == edge], names, most - len(sure))])
    order = sorted(some.tolist(), key=lambda place: (-total[place], kind_of(ways, place, names)))
    return np.array(order, np.int64)


def _first_by_name(ways: Ways, some: Ints, names: Sequence[str], most: int) -> Ints:
    """Returns so many of these ways, the first by name: touchpoint by touchpoint, as words are sorted by letters."""
    rank = np.zeros(len(names) + 1, np.int64)
    rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(1, len(names) + 1)
    codes = np.append(ways.codes.astype(np.int64), len(names))  # what has ended comes first: the rank is 0
    found, turn = [some[:0]], 0
    while len(some) > most and turn <= LONGEST:
        spot = ways.first[some] + turn
        here = rank[codes[np.where(spot < ways.first[some + 1], spot, len(codes) - 1)]]
        edge = np.partition(here, max(most - 1, 0))[max(most - 1, 0)]
        found.append(some[here < edge])
        most -= len(found[-1])
        some, turn = some[here == edge], turn + 1
    return np.concatenate([*found, some[:most]])


def _together(pieces: Sequence[Ways]) -> Ways:
    names = ("pair", "period", "way", "often")
    joined: dict[str, Any] = {name: np.concatenate([getattr(one, name) for one in pieces]) for name in names}
    every = np.concatenate([one.known for one in pieces])
    order = np.argsort(every)
    sample = order[_new(every[order])]
    known = every[sample]
    codes = np.concatenate([one.codes for one in pieces])
    ahead = np.cumsum([0, *(len(one.codes) for one in pieces)])
    begin = np.concatenate([one.first[:-1] + more for one, more in zip(pieces, ahead, strict=False)])
    size = np.concatenate([np.diff(one.first) for one in pieces])[sample]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(size)])
    return _counted(Ways(**joined, known=known, first=first, codes=codes[_runs(begin[sample], first)]))


def _counted(told: Ways) -> Ways:
    """Returns each pair once, those that nobody went left out, and ways of nobody as well."""
    order = np.argsort(told.pair)
    pair = told.pair[order]
    new = np.flatnonzero(_new(pair))
    often = np.add.reduceat(told.often[order], new) if len(new) else told.often
    one = order[new][often != 0]
    way = told.way[one]
    if len(one) == len(new):  # nobody left, so no way of nobody
        return Ways(told.pair[one], told.period[one], way, often, told.known, told.first, told.codes)
    used = np.isin(told.known, way)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(told.first)[used])])
    codes = told.codes if used.all() else told.codes[_runs(told.first[:-1][used], first)]
    return Ways(told.pair[one], told.period[one], way, often[often != 0], told.known[used], first, codes)


def _new(rising: Hashes) -> NDArray[np.bool_]:
    """Returns which of these are not the same as the one before."""
    return np.append(np.ones(min(1, len(rising)), np.bool_), rising[1:] != rising[:-1])


def _negative(ways: Ways) -> Ways:
    return Ways(ways.pair, ways.period, ways.way, -ways.often, ways.known, ways.first, ways.codes)


def _runs(begin: Ints, first: Ints) -> Ints:
    """Returns the places of runs that begin at `begin`, to be laid from first[g] to first[g + 1]."""
    found: Ints = np.arange(first[-1]) + np.repeat(begin - first[:-1], np.diff(first))
    return found
