"""What a KPI counts, one row per case, with the moment it belongs to: the ground of every comparison.

A case of a share is an entry (it counts when its window has passed), of a time a stretch that was completed within the
window, of coming back a meeting (it counts when the same person meets the place again within the window), of a survey
an answer, of a value a touch that carries one. Counts (`people`, `journeys`, `count`, `value_sum`)
are taken per person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.kpi_asked import Asked
from klantreis.journeys.answers import Scale, answers
from klantreis.journeys.model import NO_VALUE, OPEN, SCORE_UNIT, VALUE_UNIT, Bucket
from klantreis.journeys.spells import codes_of, journey_of, meets, spells
from klantreis.kernels import inline, inline_making, kernel
from klantreis.map.model import Survey

Ints = NDArray[np.int64]
PROMOTER, DETRACTOR = 9, 6
NO_WINDOW = -1
FAR = 255
PER_PERSON = {"people", "journeys", "count", "value_sum"}
"""Metrics that are counted per person, so that groups of another size can be compared."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A KPI made plain: what it asks, the window of a case in microseconds (None: none), and the survey it is about."""

    asked: Asked
    within: int | None
    survey: Survey | None = None

    @property
    def per_person(self) -> bool:
        """Whether it is a count per person, and not a mean over cases."""
        return self.asked.kpi.metric in PER_PERSON

    @property
    def unit(self) -> int:
        """How many of what is counted make one of the KPI's unit."""
        if self.asked.family == "value":
            return VALUE_UNIT
        return SCORE_UNIT if self.asked.kpi.metric == "survey_mean" else 1


@dataclass(frozen=True, slots=True)
class Cases:
    """Per case, by person: whose it is, the moment it began, what it counts for, and when that was known (in
    microseconds).
    """

    person: NDArray[np.int32]
    at: Ints
    number: NDArray[Any]
    known: Ints


def cases(bucket: Bucket, measure: Measure, last: int) -> Cases:
    """Returns the cases of a bucket whose window has passed before `last`, the end of all data."""
    match measure.asked.family:
        case "share":
            return _entries(bucket, measure, last)
        case "time":
            return _stretches(bucket, measure, last)
        case "answers":
            return _answers(bucket, measure)
        case "again":
            return _returns(bucket, measure, last)
        case _:
            return _met(bucket, measure)


def _entries(bucket: Bucket, measure: Measure, last: int) -> Cases:
    asked = measure.asked
    within = NO_WINDOW if measure.within is None else measure.within
    codes = (codes_of(bucket, asked.start), codes_of(bucket, asked.end))
    columns = (bucket.touch, bucket.at, bucket.state, bucket.person)
    return Cases(*_entered(bucket.start, columns, codes, asked.start is None, (within, last)))


def _of(bucket: Bucket, journey: Ints) -> NDArray[np.int32]:
    """Returns whose journeys these are."""
    return bucket.person[journey].astype(np.int32)


@kernel
def _entered(
    start: Ints, columns: tuple[Any, ...], codes: tuple[Any, ...], anywhere: bool, times: tuple[int, int]
) -> tuple[NDArray[np.int32], Ints, NDArray[np.int8], Ints]:
    """Walks as `spells` does, and tells the cases on the way; in no more bytes than it takes, as new memory does.

    What a touch is, is up to chance, so nothing branches on that: of each is told beforehand how far it is to the next
    one that opens, and that closes.
    """
    (touch, at, state, person), (opens, closes), (within, last) = columns, codes, times
    persons, moments = np.empty(start.size - 1, np.int32), np.empty(start.size - 1, np.int64)
    numbers, known, many = np.empty(start.size - 1, np.int8), np.empty(start.size - 1, np.int64), 0
    closing = _far(touch, closes)
    opening = closing if anywhere else _far(touch, opens)
    for journey in range(start.size - 1):
        row, end = start[journey], start[journey + 1]
        if not anywhere:
            row = _next(opening, row)
        if row >= end:
            continue
        entered = at[row]
        if state[journey] == OPEN if within == NO_WINDOW else entered > last - within:
            continue
        over = last if within == NO_WINDOW else entered + within
        done = _next(closing, row if anywhere else row + 1)
        moment = at[done if done < end else row]
        got = (done < end) & ((within == NO_WINDOW) | (moment <= over))
        persons[many], moments[many], numbers[many] = person[journey], entered, got
        known[many] = moment if got else over
        many += 1
    return persons[:many], moments[:many], numbers[:many], known[:many]


@inline_making
def _far(touch: Any, wanted: Any) -> Any:
    """Returns how many touches it is from each to the next one that is wanted (its own place too) or to the end, at
    most FAR; of the end, which stands last, 0.
    """
    found, away = np.empty(touch.size + 1, np.uint8), 0
    found[touch.size] = away
    for row in range(touch.size - 1, -1, -1):
        away = 0 if wanted[touch[row]] else min(away + 1, FAR)
        found[row] = away
    return found


@inline
def _next(far: NDArray[np.uint8], row: int) -> int:
    """Returns where the next touch that is wanted stands, from a row on."""
    while far[row] == FAR:
        row += FAR
    return row + int(far[row])


def _stretches(bucket: Bucket, measure: Measure, last: int) -> Cases:
    asked, within = measure.asked, measure.within
    ends = bucket.start[1:] - 1
    over = bucket.state != OPEN
    if asked.end is not None or asked.at is not None:
        spell = spells(bucket, asked.start if asked.end is not None else asked.at, asked.end)
        begin, end = spell.begin, spell.end
    elif asked.later is not None:
        spell = spells(bucket, asked.start, asked.later)
        begin, end = spell.begin, np.where((spell.end < 0) & over, ends, spell.end)
    else:
        begin, end = bucket.start[:-1], np.where(over, ends, -1)
    journey = np.flatnonzero((begin >= 0) & (end >= 0))
    entered, done = bucket.at[begin[journey]], bucket.at[end[journey]]
    if within is not None:
        ripe = (done - entered <= within) & (entered + within <= last)
        journey, entered, done = journey[ripe], entered[ripe], done[ripe]
    return Cases(_of(bucket, journey), entered, done - entered, done)


def _returns(bucket: Bucket, measure: Measure, last: int) -> Cases:
    """Returns each meeting of the place, or each journey when none is named: 1 when its person came back in time, as
    often as the KPI asks.
    """
    assert measure.within is not None
    rows = bucket.start[:-1] if measure.asked.at is None else np.flatnonzero(meets(bucket, measure.asked.at))
    journey, at = journey_of(bucket, rows), bucket.at[rows]
    order = np.lexsort((at, bucket.person[journey]))
    journey, at = journey[order], at[order]
    person = bucket.person[journey]
    later = np.arange(at.size) + measure.asked.times - 1
    there = later < at.size
    later[~there] = 0
    again = there & (person[later] == person) & (at[later] - at <= measure.within)
    ripe = at + measure.within <= last
    known = np.where(again, at[later], at + measure.within)
    return Cases(_of(bucket, journey[ripe]), at[ripe], again[ripe].astype(np.int64), known[ripe])


def _answers(bucket: Bucket, measure: Measure) -> Cases:
    asked, survey = measure.asked, measure.survey
    found = answers(bucket, asked.about)
    assert survey is not None
    scale = Scale(survey.low, survey.high, survey.reverse)
    mine = _on_scale(found.score, scale)
    if asked.at is not None:
        mine &= np.array([*(name in asked.at for name in bucket.names.touchpoints), False])[found.place]
    row, journey, score = found.row[mine], found.journey[mine], found.score[mine].astype(np.int64)
    return Cases(_of(bucket, journey), bucket.at[row], _scored(score, asked.kpi.metric, scale), bucket.at[row])


def _on_scale(score: NDArray[np.int32], scale: Scale) -> NDArray[np.bool_]:
    values, place = np.unique(score, return_inverse=True)
    return np.array([scale.holds(int(value)) for value in values], np.bool_)[place]


def _scored(score: Ints, metric: str, scale: Scale) -> Ints:
    if metric == "survey_mean":
        return score
    values, place = np.unique(score, return_inverse=True)
    if metric == "survey_top2":
        points = [int(scale.in_top_two(int(value))) for value in values]
    else:
        points = [
            int(value >= PROMOTER * SCORE_UNIT) - int(value < (DETRACTOR + 1) * SCORE_UNIT) for value in values.tolist()
        ]
    return np.array(points, np.int64)[place]


def _met(bucket: Bucket, measure: Measure) -> Cases:
    rows = np.flatnonzero(meets(bucket, measure.asked.at))
    metric = measure.asked.kpi.metric
    if measure.asked.family == "value":
        rows = rows[:0] if bucket.value is None else rows[bucket.value[rows] != NO_VALUE]
    journey = journey_of(bucket, rows)
    if metric == "journeys":
        journey, first = np.unique(journey, return_index=True)
        rows = rows[first]
    number = np.ones(rows.size, np.int64)
    if measure.asked.family == "value" and bucket.value is not None:
        number = bucket.value[rows].astype(np.int64)
    return Cases(_of(bucket, journey), bucket.at[rows], number, bucket.at[rows])
