"""Lays a bucket out for counting: which row each touch counts in, and what the rows are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.drivers.count import Log, Place, Said
from klantreis.analyses.drivers.options import SECOND, Kind, Options
from klantreis.journeys.examples import ranks
from klantreis.journeys.last_answers import last_answers
from klantreis.journeys.model import FAILED, Bucket, Names, holding

Codes = NDArray[np.int32]
NO_CODES = np.empty(0, np.int32)
NO_FLAGS = np.empty(0, np.uint8)
NOBODY = Said(np.empty(0, np.int64), np.empty(0, np.int64))


def rows_of(names: Names, options: Options) -> tuple[tuple[Kind, str], ...]:
    """Returns what each row counts: the same for all buckets of one log."""
    touches, details = names.touchpoints, names.details if len(names.details) <= options.details else ()
    listed: list[tuple[Kind, tuple[str, ...]]] = [
        ("touchpoint", touches),
        ("event", names.events),
        ("channel", names.channels),
        ("detail", details),
        ("failed", touches),
        ("repeat", touches),
        ("back", touches),
    ]
    return tuple((kind, word) for kind, words in listed for word in words)


def log_of(bucket: Bucket, options: Options) -> Log:
    """Returns the touches of a bucket, and whose they are."""
    few = len(bucket.names.details) <= options.details
    return Log(
        touch=bucket.touch,
        event=bucket.event,
        at=bucket.at,
        channel=NO_CODES if bucket.channel is None else bucket.channel,
        detail=NO_CODES if bucket.detail is None or not few else bucket.detail,
        survey=NO_CODES if bucket.survey is None else bucket.survey,
        flags=NO_FLAGS if bucket.flags is None else bucket.flags,
        start=bucket.start,
        unit=_units(bucket, options),
        rank=ranks(bucket),
        reached=_reached(bucket, options),
    )


def place_of(names: Names, options: Options) -> Place:
    """Returns what counting must know of each touchpoint and event."""
    size, events = len(names.touchpoints), len(names.events)
    last = len(rows_of(names, options))
    aim = goal_of(names, options)
    phase, expected = dict(options.phases), dict(options.expected)
    phases = list(dict.fromkeys(phase.values()))
    return Place(
        row=np.where(aim, -1, np.arange(size)).astype(np.int32),
        phase=np.array([phases.index(phase[one]) if one in phase else -1 for one in names.touchpoints], np.int32),
        expected=np.array([round(expected.get(one, 0) * SECOND) for one in names.touchpoints], np.int64),
        event=np.array([-1 if one in options.known else size + i for i, one in enumerate(names.events)], np.int32),
        firsts=(size + events, size + events + len(names.channels), last - 3 * size, last - 2 * size, last - size),
    )


def goal_of(names: Names, options: Options) -> NDArray[np.bool_]:
    """Returns per touchpoint whether it is the outcome."""
    return np.array([one in options.outcome for one in names.touchpoints], np.bool_)


def said_of(bucket: Bucket, options: Options) -> Said:
    """Returns the last answer of each unit to the questions; one that is off its scale does not count."""
    return Said(*last_answers(bucket, options.questions, _units(bucket, options)))


def _reached(bucket: Bucket, options: Options) -> NDArray[np.int64]:
    """Returns the touches that reach the outcome, rising; what went wrong there does not."""
    rows = np.flatnonzero(holding(bucket.touch, np.flatnonzero(goal_of(bucket.names, options)).tolist()))
    return rows if bucket.flags is None else rows[bucket.flags[rows] & FAILED == 0]


def _units(bucket: Bucket, options: Options) -> NDArray[np.int64]:
    if options.unit == "journey":
        return np.arange(bucket.journeys + 1, dtype=np.int64)
    return np.append(np.flatnonzero(np.diff(bucket.person, prepend=-1)), bucket.journeys).astype(np.int64)
