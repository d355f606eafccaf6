"""Cuts the touches of each person into paths: what came before a conversion, and what led to none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.attribution.asked import Options
from klantreis.journeys.model import FAILED, NO_VALUE, Bucket, Names
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
NO_LIMIT = int(np.iinfo(np.int64).max)


class Cut(NamedTuple):
    """Paths as flat arrays. Path p has the touches `codes[end[p]:end[p + 1]]` at `when`, of the unit `unit[p]`; `row`
    is the bucket's row of its conversion, -1 for a path that led to none. Never two touches apart in another order
    than they happened. `old`: touches left out because they came too long before.
    """

    codes: Ints
    when: Ints
    end: Ints
    unit: Ints
    row: Ints
    old: int


def paths_of(bucket: Bucket, options: Options) -> tuple[Cut, Ints]:
    """Returns the paths of one bucket, and the number of the person of each unit."""
    code, conversion = codes_of(bucket, options), converts(bucket, options)
    at, first, owner, order = bucket.at, bucket.start, bucket.person, None
    if options.grain == "person" and bucket.journeys:
        first, order = _persons(bucket)
        owner = np.arange(len(first) - 1)
    if order is not None:
        code, conversion, at = code[order], conversion[order], at[order]
    within = NO_LIMIT if options.within is None else options.within
    found = Cut(*_cut(code, conversion, at, first, (within, int(options.own))))
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


def codes_of(bucket: Bucket, options: Options) -> NDArray[np.int32]:
    """Returns per touch the code of its channel, -1 where it has none or one that was not asked for."""
    column = {"touchpoint": bucket.touch, "event": bucket.event, "channel": bucket.channel, "detail": bucket.detail}
    code = column[options.by]
    if code is None:
        return np.full(bucket.touches, -1, np.int32)
    names = names_by(bucket.names, options)
    if options.by == "touchpoint" and options.called:
        called, number = dict(options.called), {name: spot for spot, name in enumerate(names)}
        code = np.array([*(number[called.get(one, one)] for one in bucket.names.touchpoints), -1], np.int32)[code]
    if options.only is None:
        return code
    kept = np.array([*(name in options.only for name in names), False])
    return np.where(kept[code], code, np.int32(-1))


def converts(bucket: Bucket, options: Options) -> NDArray[np.bool_]:
    """Marks the touches that are a conversion; one that failed is not."""
    goal = np.array([*(touch in options.conversions for touch in bucket.names.touchpoints), False])
    found: NDArray[np.bool_] = goal[bucket.touch]
    return found if bucket.flags is None else found & (bucket.flags & FAILED == 0)


def worth(bucket: Bucket, row: Ints) -> tuple[Ints, int]:
    """Returns the value of each path's conversion (0 where unknown), and how many are known."""
    if bucket.value is None:
        return np.zeros(len(row), np.int64), 0
    value = np.where(row >= 0, bucket.value[row], NO_VALUE)
    known = value != NO_VALUE
    return np.where(known, value, 0), int(known.sum())


def _persons(bucket: Bucket) -> tuple[Ints, Ints | None]:
    """Returns the offsets of each person's touches, and the order to read them in when journeys overlap (else None)."""
    fresh = np.diff(bucket.person, prepend=-1) != 0
    first = np.append(bucket.start[:-1][fresh], bucket.start[-1])
    begins = bucket.start[1:-1]
    if not (~fresh[1:] & (bucket.at[begins] < bucket.at[begins - 1])).any():
        return first, None
    return first, np.lexsort((bucket.at, np.repeat(np.arange(len(first) - 1), np.diff(first))))


@inline
def _latest(code: NDArray[np.int32], at: Ints, begin: int, stop: int) -> int:
    """Returns the moment of the last touch that has a channel; 0 when there is none."""
    moment = 0
    for j in range(begin, stop):
        if code[j] >= 0:
            moment = at[j]
    return moment


@kernel
def _cut(
    code: NDArray[np.int32], conversion: NDArray[np.bool_], at: Ints, first: Ints, rules: tuple[int, int]
) -> tuple[Ints, Ints, Ints, Ints, Ints, int]:
    within, own = rules
    most = conversion.sum() + first.size - 1
    codes, when = np.empty(code.size, np.int64), np.empty(code.size, np.int64)
    end, unit, row = np.zeros(most + 1, np.int64), np.zeros(most, np.int64), np.zeros(most, np.int64)
    paths, size, old = 0, 0, 0
    for u in range(first.size - 1):
        begin = first[u]
        for i in range(first[u], first[u + 1] + 1):
            last = i == first[u + 1]
            if not last and not conversion[i]:
                continue
            stop = i if last or own == 0 else i + 1
            moment = _latest(code, at, begin, stop) if last else at[i]
            before = size
            for j in range(begin, stop):
                if code[j] >= 0:
                    if moment - at[j] <= within:
                        codes[size] = code[j]
                        when[size] = at[j]
                        size += 1
                    else:
                        old += 1
            if not last or size > before:
                unit[paths] = u
                row[paths] = -1 if last else i
                paths += 1
                end[paths] = size
            begin = i + 1
    return codes[:size], when[:size], end[: paths + 1], unit[:paths], row[:paths], old
