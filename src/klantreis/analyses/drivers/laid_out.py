"""Lays a bucket out for counting: which row each touch counts in, and what the rows are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.drivers.count import Log, Place, Said
from klantreis.analyses.drivers.options import SECOND, Kind, Options
from klantreis.journeys.answers import answers
from klantreis.journeys.examples import ranks
from klantreis.journeys.model import FAILED, OPEN, SCORE_UNIT, Bucket, Names

Codes = NDArray[np.int32]
FEEL_UNIT = 25_200
"""Feelings count in this part of a point, which holds every answer on a scale of 2 to 11, 0..20 or 0..100 exactly."""
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
    """Returns the touches of a bucket with their rows; what is not compared has row -1."""
    names, n = bucket.names, bucket.touches
    sizes = (len(names.touchpoints), len(names.events), len(names.channels))
    words = len(names.details) if len(names.details) <= options.details else 0
    aim = np.array([*(touch in options.outcome for touch in names.touchpoints), False])
    event = np.array([*(-1 if one in options.known else sizes[0] + i for i, one in enumerate(names.events)), -1])
    touch = np.array([*(-1 if aim[i] else i for i in range(sizes[0])), -1])
    went_wrong = np.zeros(n, np.bool_) if bucket.flags is None else (bucket.flags & FAILED) != 0
    off_map = bucket.touch < 0
    if bucket.survey is not None:
        off_map &= bucket.survey < 0
    row = np.where(off_map, event[bucket.event], touch[bucket.touch])
    first = sum(sizes) + words
    kinds = [row.astype(np.int32)]
    if bucket.channel is not None:
        kinds.append(_codes(bucket.channel, sum(sizes[:2])))
    if bucket.detail is not None and words:
        kinds.append(_codes(bucket.detail, sum(sizes)))
    if went_wrong.any():
        kinds.append(np.where(went_wrong & (bucket.touch >= 0), bucket.touch + first, -1).astype(np.int32))
    return Log(
        np.stack(kinds),
        bucket.touch,
        bucket.at,
        bucket.start,
        _units(bucket, options),
        ranks(bucket),
        aim[bucket.touch] & ~went_wrong,
    )


def place_of(names: Names, options: Options) -> Place:
    """Returns what counting must know of each touchpoint."""
    size = len(names.touchpoints)
    first = len(rows_of(names, options)) - 2 * size
    phase, expected = dict(options.phases), dict(options.expected)
    phases = list(dict.fromkeys(phase.values()))
    return Place(
        np.arange(first, first + size, dtype=np.int32),
        np.arange(first + size, first + 2 * size, dtype=np.int32),
        np.array([phases.index(phase[one]) if one in phase else -1 for one in names.touchpoints], np.int32),
        np.array([round(expected.get(one, 0) * SECOND) for one in names.touchpoints], np.int64),
    )


def open_of(bucket: Bucket, options: Options) -> NDArray[np.bool_]:
    """Returns per unit whether a journey of it is still going at the end of the data."""
    still = bucket.state == OPEN
    units = _units(bucket, options)
    return np.logical_or.reduceat(still, units[:-1]) if len(units) > 1 else np.zeros(0, np.bool_)


def said_of(bucket: Bucket, options: Options) -> Said:
    """Returns the last answer of each unit to the questions; one that is off its scale does not count."""
    units = _units(bucket, options)
    found = answers(bucket, {one.survey: one.about for one in options.questions})
    feel, use = np.zeros(len(found.row), np.int64), np.zeros(len(found.row), np.bool_)
    score = found.score.astype(np.int64)
    for question in options.questions:
        if question.survey in bucket.names.surveys:
            low, high = round(question.low * SCORE_UNIT), round(question.high * SCORE_UNIT)
            mine = (found.survey == bucket.names.surveys.index(question.survey)) & (low <= score) & (score <= high)
            up = 4 * FEEL_UNIT * (score[mine] - low) // (high - low) - 2 * FEEL_UNIT
            feel[mine] = -up if question.reverse else up
            use |= mine
    row, unit = found.row[use], np.searchsorted(units, found.journey[use], side="right") - 1
    order = np.lexsort((row, bucket.at[row], unit))
    last = order[np.flatnonzero(np.diff(unit[order], append=-1))]
    spot, felt = np.full(len(units) - 1, -1, np.int64), np.zeros(len(units) - 1, np.int64)
    spot[unit[last]], felt[unit[last]] = row[last], feel[use][last]
    return Said(spot, felt)


def _units(bucket: Bucket, options: Options) -> NDArray[np.int64]:
    if options.unit == "journey":
        return np.arange(bucket.journeys + 1, dtype=np.int64)
    return np.append(np.flatnonzero(np.diff(bucket.person, prepend=-1)), bucket.journeys).astype(np.int64)


def _codes(codes: Codes, first: int) -> Codes:
    return np.where(codes >= 0, codes + first, -1).astype(np.int32)
