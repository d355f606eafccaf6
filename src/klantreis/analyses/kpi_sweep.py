"""All that KPIs ask from one moment of a journey to the next, together, in one walk along the touches.

Kept apart from `kpi_measures`, which says what a KPI asks, so that each file is one thought.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import OPEN, Bucket, Names
from klantreis.kernels import heavy, inline_always
from klantreis.stats.spread import Spreads, gathered
from klantreis.stats.sums import Sums

Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
TOGETHER = 64
"""So many stretches are looked for in one walk: each has a bit of its own."""

REACHED, LASTED, LASTED_TO_END = 0, 1, 2
"""What is asked: whether it ends in time; how long it takes; the same, to its last touch where it is over without."""

OWNER, LATEST = 8, 9
"""Where a row of counts says whose journey was last counted, and the latest entry of that person; before these, how
many of that person got there, and all.
"""

NOBODY = Sums(0, (0, 0), (0, 0, 0))
NO_LIMIT = -1
NONE, ONE = np.uint64(0), np.uint64(1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first touch at `start` to the first at `end` after it, as in `journeys.spells`. `within`: microseconds,
    None without a window. `bit`: that of the segment; None: everybody.
    """

    start: Collection[str] | None
    end: Collection[str] | None
    asks: int = REACHED
    within: int | None = None
    bit: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a bucket says of one stretch. `missed` and `reached`: how many journeys that can be judged; `cases`: the
    others, as `Young` has them, in no order; or how long it took (microseconds), journey by journey. `people`: of each
    person who has any that can be judged, how many got there and how many they are. `again`: of the others that are not
    their person's first, the case, how many of that person's earlier ones got there, and how many these are.
    """

    missed: int
    reached: int
    cases: Ints
    people: Sums
    again: Ints


@dataclass(frozen=True, slots=True)
class Walk:
    """A stretch that a KPI asks for of one segment: the key of its tally, and the group of its durations."""

    key: tuple[str, str | None]
    group: int
    stretch: Stretch


def walks_of(kpi: tuple[str, int], stretch: Stretch, segments: Sequence[str | None], names: Names) -> Iterator[Walk]:
    """Yields a walk for everybody (None) and each segment that is known; `kpi`: its id, and the first of its groups."""
    for slot, segment in enumerate(segments):
        if segment is None or segment in names.segments:
            bit = None if segment is None else names.segments.index(segment)
            yield Walk((kpi[0], segment), kpi[1] + slot, replace(stretch, bit=bit))


def walked(
    bucket: Bucket, walks: Sequence[Walk], last: int | None
) -> tuple[list[tuple[tuple[str, str | None], Found]], Spreads]:
    """Returns what a bucket says of each walk that asks who got there, and the durations of the others.

    `last`: where the events of the bucket end; None: every window is over. Groups of durations rise.
    """
    said: list[tuple[Walk, Found]] = []
    for low in range(0, len(walks), TOGETHER):
        some = walks[low : low + TOGETHER]
        said += zip(some, _together(bucket, [walk.stretch for walk in some], last), strict=True)
    lasted = [(walk.group, found.cases) for walk, found in said if walk.stretch.asks != REACHED]
    first = np.cumsum([0, *(len(cases) for _, cases in lasted)])
    values = np.concatenate([np.empty(0, np.int64), *(cases for _, cases in lasted)])
    durations = gathered(first, values, np.array([group for group, _ in lasted], np.int64))
    return [(walk.key, found) for walk, found in said if walk.stretch.asks == REACHED], durations


def _together(bucket: Bucket, stretches: Sequence[Stretch], last: int | None) -> list[Found]:
    walks = sorted({(one.start, one.end): None for one in stretches}, key=lambda ends: ends[0] is not None)
    table = np.zeros((len(bucket.names.touchpoints) + 1, 2), np.uint64)
    for place, ends in enumerate(walks):
        for side, names in enumerate(ends):
            table[:, side] |= _met(bucket, names) << np.uint64(place)
    anywhere = sum(start is None for start, _ in walks)
    walk = np.array([walks.index((one.start, one.end)) for one in stretches], np.int64)
    order = np.argsort(walk, kind="stable")
    first = np.searchsorted(walk[order], np.arange(len(walks) + 1))
    asks = np.array([_plain(stretches[place]) for place in order.tolist()], np.int64)
    limit = np.iinfo(np.int64).max if last is None else last
    columns = (bucket.start, bucket.touch, bucket.at, bucket.state, bucket.segments, bucket.person)
    rows = zip(*_walk(columns, (table, first, asks), anywhere, limit), strict=True)
    found = [_told(row.tolist(), own[: size[0]], again[:, : size[1]]) for row, own, again, size in rows]
    return [found[place] for place in np.argsort(order).tolist()]


def _told(row: list[int], cases: Ints, again: Ints) -> Found:
    missed, reached, repeats, hits, crossed, often = row[: OWNER - 2]
    totals, products = (reached, missed + reached), (reached + hits, reached + crossed, missed + reached + often)
    return Found(missed, reached, cases, Sums(missed + reached - repeats, totals, products), again)


def _met(bucket: Bucket, names: Collection[str] | None) -> Bits:
    """Returns per touchpoint code whether it counts, the unmapped first."""
    return np.array([names is None, *(names is None or name in names for name in bucket.names.touchpoints)], np.uint64)


def _plain(one: Stretch) -> tuple[int, int, int]:
    return one.asks, NO_LIMIT if one.within is None else one.within, -1 if one.bit is None else one.bit


@inline_always
def _note(times: Ints, bits: np.uint64, moment: int) -> None:
    """Notes a moment for each of the bits."""
    place = 0
    while bits:
        if bits & ONE:
            times[place] = moment
        bits >>= ONE
        place += 1


@inline_always
def _own(counts: Ints, reached: np.int64, entered: int, owner: int) -> tuple[int, int, int]:
    """Notes a journey of a person; returns how many earlier ones of theirs got there, how many these are, and the
    latest entry of all.
    """
    if counts[OWNER] != owner:
        counts[OWNER], counts[OWNER - 1], counts[OWNER - 2], counts[LATEST] = owner, 1, reached, entered
        return 0, 0, entered
    hits, all_, latest = counts[OWNER - 2], counts[OWNER - 1], max(counts[LATEST], entered)
    counts[OWNER - 2], counts[OWNER - 1], counts[LATEST] = hits + reached, all_ + 1, latest
    return hits, all_, latest


@inline_always
def _add(counts: Ints, reached: np.int64, hits: int, all_: int) -> None:
    """Adds by how much the squares of how many of a person's got there and could are more than those counts, now that
    a journey comes after those `hits` and `all_`; and that it is no new person.
    """
    counts[2] += 1
    counts[3] += 2 * reached * hits
    counts[4] += hits + reached * all_
    counts[5] += 2 * all_


@inline_always
def _judge(
    asked: tuple[Ints, int, int], spell: tuple[int, int, bool, bool, int], out: tuple[Ints, Ints, Ints, Ints]
) -> None:
    """Adds one journey to what is told of one question; `spell` ends with whether it is over, and whose it is.

    Two journeys of a person count together once the later one of their windows has passed, in whatever order they are.
    """
    asks, ask, last = asked
    entered, until, got, over, owner = spell
    counts, cases, again, sizes = out
    within = asks[ask, 1]
    if asks[ask, 0] != REACHED:
        if got or (over and asks[ask, 0] == LASTED_TO_END):
            cases[ask, sizes[ask, 0]] = until - entered
            sizes[ask, 0] += 1
        return
    if within == NO_LIMIT:
        if over:
            reached = np.int64(got)
            hits, all_, _ = _own(counts[ask], reached, entered, owner)
            counts[ask, reached] += 1
            if all_ > 0:
                _add(counts[ask], reached, hits, all_)
        return
    reached = np.int64(got and until - entered <= within)
    hits, all_, latest = _own(counts[ask], reached, entered, owner)
    if entered + within > last:
        cases[ask, sizes[ask, 0]] = 2 * entered + reached
        sizes[ask, 0] += 1
    else:
        counts[ask, reached] += 1
    if all_ > 0 and latest + within > last:
        place = sizes[ask, 1]
        again[ask, 0, place], again[ask, 1, place], again[ask, 2, place] = 2 * latest + reached, hits, all_
        sizes[ask, 1] += 1
    elif all_ > 0:
        _add(counts[ask], reached, hits, all_)


@heavy(2)
def _walk(
    columns: tuple[Any, ...], asked: tuple[Bits, Ints, Ints], anywhere: int, last: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Kernel: per question (`asks`: what, window, bit; walk by walk) its counts, cases, those of who had others before,
    and how many of both.
    """
    start, touch, at, state, segments, person = columns
    table, first_ask, asks = asked
    begin, end = np.zeros(len(first_ask) - 1, np.int64), np.zeros(len(first_ask) - 1, np.int64)
    counts, sizes = np.zeros((len(asks), LATEST + 1), np.int64), np.zeros((len(asks), 2), np.int64)
    counts[:, OWNER] = -1
    cases, again = np.empty((len(asks), len(start) - 1), np.int64), np.empty((len(asks), 3, len(start) - 1), np.int64)
    always = NONE
    for walk in range(anywhere):
        always |= ONE << np.uint64(walk)
    for journey in range(len(start) - 1):
        begun, ended = always, NONE
        for walk in range(anywhere):
            begin[walk] = at[start[journey]]
        for row in range(start[journey], start[journey + 1]):
            code = np.uint64(touch[row] + 1)
            stop, go = table[code, 1] & begun & ~ended, table[code, 0] & ~begun
            begun |= go
            ended |= stop
            _note(end, stop, at[row])
            _note(begin, go, at[row])
        over, owner, walk = state[journey] != OPEN, int(person[journey]), 0
        while begun:
            if begun & ONE:
                got = (ended & ONE) != NONE
                until = end[walk] if got else at[start[journey + 1] - 1]
                for ask in range(first_ask[walk], first_ask[walk + 1]):
                    bit = asks[ask, 2]
                    if bit < 0 or (segments[journey] >> np.uint64(bit)) & ONE:
                        spell = (begin[walk], until, got, over, owner)
                        _judge((asks, ask, last), spell, (counts, cases, again, sizes))
            begun >>= ONE
            ended >>= ONE
            walk += 1
    return counts, cases, again, sizes
