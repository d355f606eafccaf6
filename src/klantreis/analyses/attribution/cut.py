"""Cuts the touches of each person into paths: what came before a conversion, and what led to none."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.attribution.asked import Options
from klantreis.journeys.model import FAILED, NO_VALUE, Bucket, Names
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
NO_LIMIT = int(np.iinfo(np.int64).max)


class Cut(NamedTuple):
    """Paths as flat arrays. Path p has the touches `codes[end[p]:end[p + 1]]` at `when`, of a person of `group[p]`;
    `row` is the bucket's row of its conversion, -1 for a path that led to none. Never two touches apart in another
    order than they happened. `ended`: the last moments of the paths that led to none; `last`: that of all touches.
    `old`: touches left out because they came too long before; `nameless`: without a channel.
    """

    codes: Codes
    when: Ints
    end: Ints
    group: Ints
    row: Ints
    ended: Ints
    last: int
    old: int
    nameless: int


def paths_of(bucket: Bucket, options: Options, group: Ints) -> Cut:
    """Returns the paths of one bucket, whose persons are of these groups."""
    first, order = bucket.start, None
    if options.grain == "person" and bucket.journeys:
        first, order = _persons(bucket)
    else:
        group = group[bucket.person]
    column, channel = _channels(bucket, options)
    goal = np.array([*(touch in options.conversions for touch in bucket.names.touchpoints), False])
    flags = np.empty(0, np.uint8) if bucket.flags is None else bucket.flags
    columns: list[NDArray[Any]] = [column, bucket.touch, flags, bucket.at]
    if order is not None:
        columns = [one[order] if len(one) else one for one in columns]
    within = NO_LIMIT if options.within is None else options.within
    found = Cut(*_cut((*columns,), (channel, goal), (first, group), (within, int(options.own))))
    if order is not None:
        found = found._replace(row=np.where(found.row >= 0, order[found.row], -1))
    return found


def names_by(known: Names, options: Options) -> tuple[str, ...]:
    """Returns the names that channels have: of the log's channels, details, touchpoints or events, or as `called`."""
    names: tuple[str, ...] = getattr(known, f"{options.by}s")
    if options.by != "touchpoint" or not options.called:
        return names
    called = dict(options.called)
    return tuple(sorted({called.get(name, name) for name in names}))


def _channels(bucket: Bucket, options: Options) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Returns a column of codes, and the channel of each code: -1 for none, or one that was not asked for; as is that
    of the last place, for -1.
    """
    columns = {"touchpoint": bucket.touch, "event": bucket.event, "channel": bucket.channel, "detail": bucket.detail}
    column = columns[options.by]
    if column is None:
        return bucket.touch, np.full(len(bucket.names.touchpoints) + 1, -1, np.int32)
    names, called = names_by(bucket.names, options), dict(options.called) if options.by == "touchpoint" else {}
    number = {name: spot for spot, name in enumerate(names)}
    known: tuple[str, ...] = getattr(bucket.names, f"{options.by}s")
    of_code = [called.get(one, one) for one in known]
    listed = [number[one] if options.only is None or one in options.only else -1 for one in of_code]
    return column, np.array([*listed, -1], np.int32)


def worth(bucket: Bucket, row: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Returns the value of each path's conversion (0 where unknown), and whether it is known."""
    if bucket.value is None:
        return np.zeros(len(row), np.int64), np.zeros(len(row), np.bool_)
    value = np.where(row >= 0, bucket.value[row], NO_VALUE)
    known = value != NO_VALUE
    return np.where(known, value, 0), known


def _persons(bucket: Bucket) -> tuple[Ints, Ints | None]:
    """Returns the offsets of each person's touches, and the order to read them in when journeys overlap (else None)."""
    if bucket.journeys == int(bucket.person[-1]) + 1:
        return bucket.start, None  # one journey each
    fresh = np.diff(bucket.person, prepend=-1) != 0
    first = np.append(bucket.start[:-1][fresh], bucket.start[-1])
    begins = bucket.start[1:-1]
    if not (~fresh[1:] & (bucket.at[begins] < bucket.at[begins - 1])).any():
        return first, None
    return first, np.lexsort((bucket.at, np.repeat(np.arange(len(first) - 1), np.diff(first))))


@inline
def _path(
    columns: tuple[Codes, Ints, Codes], path: tuple[Codes, Ints, int], span: tuple[int, int, int], within: int
) -> int:
    """Writes the touches begin..stop that are not too long before a moment; returns where the path ends."""
    column, at, channel = columns
    codes, when, size = path
    begin, stop, moment = span
    row = stop
    while row > begin and moment - at[row - 1] <= within:
        row -= 1
    for j in range(row, stop):
        here = channel[column[j]]
        codes[size], when[size] = here, at[j]
        size += here >= 0
    return size


@inline
def _conversions(columns: Any, tables: Any, rows: Ints) -> tuple[int, int]:
    """Writes the rows that are a conversion, which one that failed is not; returns how many there are, and how many of
    the others have no channel.
    """
    column, touch, flags = columns
    channel, goal = tables
    size, nameless = 0, 0
    for i in range(len(touch)):
        won = goal[touch[i]] and (len(flags) == 0 or flags[i] & FAILED == 0)
        rows[size] = i
        size += won
        nameless += (channel[column[i]] < 0) and not won
    return size, nameless


@kernel
def _cut(columns: Any, tables: Any, units: tuple[Ints, Ints], rules: tuple[int, int]) -> Any:
    """`columns`: per touch a code, its touchpoint, its flags (none: an empty array), its moment. `tables`: the channel
    of each code, and which touchpoints are a conversion. `units`: where each begins, and its group.
    """
    column, touch, flags, at = columns
    channel, _ = tables
    (first, groups), (within, own) = units, rules
    codes, when = np.empty(len(touch), np.int32), np.empty(len(touch), np.int64)
    won = np.empty(len(touch) + 1, np.int64)
    many, missing = _conversions((column, touch, flags), tables, won)
    won[many] = len(touch)
    most = len(first) - 1 + many
    end, group, row = np.zeros(most + 1, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    last = np.iinfo(np.int64).min
    ended, paths, size, turn, own_ones = np.empty(len(first), np.int64), 0, 0, 0, 0
    for u in range(len(first) - 1):
        begin, after = first[u], first[u + 1]
        while won[turn] < after:
            i = won[turn]
            size = _path((column, at, channel), (codes, when, size), (begin, i, at[i]), within)
            if own == 1 and channel[column[i]] >= 0:
                codes[size], when[size] = channel[column[i]], at[i]
                size, own_ones = size + 1, own_ones + 1
            group[paths], row[paths] = groups[u], i
            paths, turn = paths + 1, turn + 1
            end[paths], begin = size, i + 1
        latest, before, last = after - 1, size, max(last, at[after - 1])
        while latest > begin and channel[column[latest]] < 0:
            latest -= 1
        if begin < after:
            size = _path((column, at, channel), (codes, when, size), (begin, latest + 1, at[latest]), within)
        if size > before:
            group[paths], row[paths], ended[paths - turn] = groups[u], -1, when[size - 1]
            paths += 1
            end[paths] = size
    old = len(touch) - many - missing + own_ones - size
    told = end[: paths + 1], group[:paths], row[:paths], ended[: paths - turn]
    return codes[:size], when[:size], *told, last, old, missing
