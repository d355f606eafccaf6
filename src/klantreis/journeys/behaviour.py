"""Who is in a segment by what they did: tests on whole journeys, beside what is known at their first event.

A segment without such tests is one clause, asked of the first event. One with them is a clause for each of its sets:
what that set asks of the first event (nothing: true); its other tests are asked here, when the journey is whole.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import NO_VALUE, VALUE_UNIT, Bucket
from klantreis.map.arms import groups
from klantreis.map.behaviour import Behaviour
from klantreis.map.matching import Condition
from klantreis.map.model import JourneyMap
from klantreis.map.people import Segment
from klantreis.stats.whole import runs_fit

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Clause = tuple[tuple[Condition, ...], ...]
SECOND, DAY = 1_000_000, 86_400_000_000
_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def clauses(map_: JourneyMap) -> tuple[Clause, ...]:
    """Returns what is asked of the first event of a journey, in the order of the bits: any set, all of its tests."""
    return tuple(clause for segment in groups(map_) for clause in _clauses(segment))


def settled(bucket: Bucket, map_: JourneyMap) -> Bucket:
    """Returns a bucket whose `segments` are those of the map; they come in as the bits of its `clauses`."""
    listed = groups(map_)
    if not any(_behaves(segment) for segment in listed):
        return bucket
    known, bits, place = bucket.segments, np.zeros(bucket.journeys, np.uint64), 0
    for number, segment in enumerate(listed):
        parts = len(_clauses(segment))
        asked = [(known & np.uint64(1 << (place + part))) != 0 for part in range(parts)]
        if _behaves(segment):
            asked = [
                one & all_hold(bucket, [test for test in tests if isinstance(test, Behaviour)])
                for one, tests in zip(asked, segment.any_of, strict=True)
            ]
        member = np.logical_or.reduce(asked) if asked else np.zeros(bucket.journeys, np.bool_)
        bits |= member.astype(np.uint64) << np.uint64(number)
        place += parts
    return replace(bucket, segments=bits)


def all_hold(bucket: Bucket, tests: Sequence[Behaviour]) -> Bools:
    """Returns per journey whether all tests hold; no tests: true."""
    held = np.ones(bucket.journeys, np.bool_)
    for test in tests:
        held &= _words(bucket, test) if test.fact.endswith("channel") else _numbers(bucket, test)
    return held


def _behaves(segment: Segment) -> bool:
    return any(isinstance(test, Behaviour) for tests in segment.any_of for test in tests)


def _clauses(segment: Segment) -> tuple[Clause, ...]:
    told = tuple(tuple(test for test in tests if isinstance(test, Condition)) for tests in segment.any_of)
    return tuple((tests,) for tests in told) if _behaves(segment) else (told,)


def _numbers(bucket: Bucket, test: Behaviour) -> Bools:
    fact = _fact(bucket, test)
    known = np.isfinite(fact)
    values = [float(value) for value in test.values]
    same = np.isin(fact, values)
    held: Bools
    if test.comparison == "!=":
        held = ~same
    elif test.comparison in {"=", "in"}:
        held = known & same
    else:
        held = known & np.logical_and.reduce([_SIGNS[test.comparison](fact, value) for value in values])
    return held


def _fact(bucket: Bucket, test: Behaviour) -> Floats:
    """Returns a number per journey, nan where it is not known."""
    first = bucket.at[bucket.start[:-1]]
    match test.fact:
        case "times":
            return _times(bucket, test)
        case "touches":
            return np.diff(bucket.start).astype(np.float64)
        case "days":
            return (bucket.at[bucket.start[1:] - 1] - first) / DAY
        case "value":
            return _value(bucket)
        case "number":
            new = np.flatnonzero(np.diff(bucket.person, prepend=-1))
            return (np.arange(bucket.journeys) - new[bucket.person] + 1).astype(np.float64)
        case _:
            return _channels(bucket)


def _times(bucket: Bucket, test: Behaviour) -> Floats:
    names = bucket.names.touchpoints
    if test.touchpoint not in names or not bucket.journeys:
        return np.zeros(bucket.journeys)
    there = bucket.touch == names.index(test.touchpoint)
    if test.within_seconds is not None:
        began = np.repeat(bucket.at[bucket.start[:-1]], np.diff(bucket.start))
        there &= bucket.at - began <= round(test.within_seconds * SECOND)
    return np.add.reduceat(there.astype(np.float64), bucket.start[:-1])


def _value(bucket: Bucket) -> Floats:
    if bucket.value is None or not bucket.journeys:
        return np.full(bucket.journeys, np.nan)
    given = bucket.value != NO_VALUE
    worth = np.where(given, bucket.value, 0)
    runs_fit(worth, bucket.start[:-1])
    total = np.add.reduceat(worth, bucket.start[:-1]) / VALUE_UNIT
    found: Floats = np.where(np.logical_or.reduceat(given, bucket.start[:-1]), total, np.nan)
    return found


def _channels(bucket: Bucket) -> Floats:
    if bucket.channel is None:
        return np.zeros(bucket.journeys)
    journey, known = np.repeat(np.arange(bucket.journeys), np.diff(bucket.start)), bucket.channel >= 0
    size = max(1, len(bucket.names.channels))
    pairs = np.unique(journey[known] * size + bucket.channel[known])
    return np.bincount(pairs // size, minlength=bucket.journeys).astype(np.float64)


def _words(bucket: Bucket, test: Behaviour) -> Bools:
    """Returns the test on channels. Without a channel only `!=` holds; `channel` asks whether any touch has it."""
    channels = bucket.names.channels
    equal = np.array([*(_says(name, test) for name in channels), False])
    codes = np.full(bucket.touches, -1) if bucket.channel is None else bucket.channel
    held: Bools
    if test.fact == "first_channel":
        held = equal[codes[bucket.start[:-1]]]
    elif test.fact == "last_channel":
        held = equal[codes[bucket.start[1:] - 1]]
    else:
        held = np.logical_or.reduceat(equal[codes], bucket.start[:-1]) if bucket.journeys else np.zeros(0, np.bool_)
    return ~held if test.comparison == "!=" else held


def _says(name: str, test: Behaviour) -> bool:
    if test.comparison == "~":
        return any(re.search(str(value), name, re.IGNORECASE) for value in test.values)
    return name in test.values
