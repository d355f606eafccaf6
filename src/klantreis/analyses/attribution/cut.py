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
    """Paths as flat arrays. Path p has the touches `codes[end[p]:end[p + 1]]` at `when`, of the unit `unit[p]`; `row`
    is the bucket's row of its conversion, -1 for a path that led to none. Never two touches apart in another order
    than they happened. `old`: touches left out because they came too long before; `nameless`: without a channel.
    """

    codes: Codes
    when: Ints
    end: Ints
    unit: Ints
    row: Ints
    old: int
    nameless: int


def paths_of(bucket: Bucket, options: Options) -> tuple[Cut, Ints]:
    """Returns the paths of one bucket, and the number of the person of each unit."""
    first, owner, order = bucket.start, bucket.person, None
    if options.grain == "person" and bucket.journeys:
        first, order = _persons(bucket)
        owner = np.arange(len(first) - 1)
    column, channel = _channels(bucket, options)
    goal = np.array([*(touch in options.conversions for touch in bucket.names.touchpoints), False])
    flags = np.empty(0, np.uint8) if bucket.flags is None else bucket.flags
    columns: list[NDArray[Any]] = [column, bucket.touch, flags, bucket.at]
    if order is not None:
        columns = [one[order] if len(one) else one for one in columns]
    within = NO_LIMIT if options.within is None else options.within
    found = Cut(*_cut((*columns,), (channel, goal), first, (within, int(options.own))))
    if order is not None:
        found = found._replace(row=np.where(found.row >= 0, order[found.row], -1))
    return found, owner


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


def worth(bucket: Bucket, row: Ints) -> tuple[Ints, int]:
    """Returns the value of each path's conversion (0 where unknown), and how many are known."""
    if bucket.value is None:
        return np.zeros(len(row), np.int64), 0
    value = np.where(row >= 0, bucket.value[row], NO_VALUE)
    known = value != NO_VALUE
    return np.where(known, value, 0), int(known.sum())


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
) -> tuple[int, int]:
    """Writes the touches begin..stop that are not too long before a moment; returns where the path ends, and how many
    of all those touches have no channel.
    """
    column, at, channel = columns
    codes, when, size = path
    begin, stop, moment = span
    nameless = 0
    for j in range(begin, stop):
        here = channel[column[j]]
        codes[size], when[size] = here, at[j]
        size += (here >= 0) & (moment - at[j] <= within)
        nameless += here < 0
    return size, nameless


@kernel
def _cut(columns: Any, tables: Any, first: Ints, rules: tuple[int, int]) -> Any:
    """`columns`: per touch a code, its touchpoint, its flags (none: an empty array), its moment. `tables`: the channel
    of each code, and which touchpoints are a conversion. A touch that failed is no conversion.
    """
    column, touch, flags, at = columns
    channel, goal = tables
    within, own = rules
    codes, when = np.empty(len(touch), np.int32), np.empty(len(touch), np.int64)
    most = len(first) - 1
    for i in range(len(touch)):
        most += goal[touch[i]]
    end, unit, row = np.zeros(most + 1, np.int64), np.zeros(most, np.int64), np.zeros(most, np.int64)
    paths, size, missing, own_ones = 0, 0, 0, 0
    for u in range(len(first) - 1):
        begin, after = first[u], first[u + 1]
        for i in range(begin, after):
            if not goal[touch[i]] or (len(flags) > 0 and flags[i] & FAILED != 0):
                continue
            size, nameless = _path((column, at, channel), (codes, when, size), (begin, i, at[i]), within)
            missing += nameless
            if own == 1 and channel[column[i]] >= 0:
                codes[size], when[size] = channel[column[i]], at[i]
                size, own_ones = size + 1, own_ones + 1
            unit[paths], row[paths] = u, i
            paths += 1
            end[paths], begin = size, i + 1
        latest, before = after - 1, size
        while latest > begin and channel[column[latest]] < 0:
            latest -= 1
        if begin < after:
            size, nameless = _path((column, at, channel), (codes, when, size), (begin, after, at[latest]), within)
            missing += nameless
        if size > before:
            unit[paths], row[paths] = u, -1
            paths += 1
            end[paths] = size
    old = len(touch) - np.sum(row[:paths] >= 0) - missing + own_ones - size
    return codes[:size], when[:size], end[: paths + 1], unit[:paths], row[:paths], old, missing
