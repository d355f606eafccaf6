"""Answers to survey questions, and the touchpoint that each of them speaks of."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import NO_SCORE, SCORE_UNIT, Bucket
from klantreis.kernels import inline, kernel
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale as asked, from `low` to `high`; `reverse` when low is good."""

    low: float = 1
    high: float = 5
    reverse: bool = False

    def holds(self, score: int) -> bool:
        """Says whether a score, in SCORE_UNIT, lies on the scale."""
        return round(self.low * SCORE_UNIT) <= score <= round(self.high * SCORE_UNIT)

    def feel(self, points: float) -> float:
        """Returns points on this scale as a feeling from -2 to +2: five points x - 3, seven points (x - 4) · 2/3."""
        feel = 4 * (points - self.low) / (self.high - self.low) - 2
        return -feel if self.reverse else feel

    def estimate(self, raw: Estimate) -> Estimate:
        """Returns an estimate on this scale as a feeling, its interval turned when low is good."""
        if raw.value is None:
            return raw
        if raw.low is None or raw.high is None:
            return Estimate(self.feel(raw.value), raw.n)
        ends = sorted((self.feel(raw.low), self.feel(raw.high)))
        return Estimate(self.feel(raw.value), raw.n, *ends)

    def in_top_two(self, score: int) -> bool:
        """Says whether a score, in SCORE_UNIT, is one of the two best points of the scale; of only two: the better."""
        reach = 1 if self.high - self.low > 1 else (self.high - self.low) / 2
        if self.reverse:
            return score <= round((self.low + reach) * SCORE_UNIT)
        return score >= round((self.high - reach) * SCORE_UNIT)


@dataclass(frozen=True, slots=True)
class Answers:
    """One row per answer, in the order of the bucket: the row of its touch, its journey, the code of its survey, its
    score in SCORE_UNIT, and the code of the touchpoint it is about (-1: no touchpoint in the journey can take it).
    """

    row: NDArray[np.int64]
    journey: NDArray[np.int64]
    survey: NDArray[np.int32]
    score: NDArray[np.int32]
    place: NDArray[np.int32]


def answers(bucket: Bucket, about: Mapping[str, Sequence[str]]) -> Answers:
    """Returns the answers in a bucket to the surveys that `about` names; no survey, no score, or none: empty arrays.

    `about` gives per survey the touchpoints its answers speak of: an answer goes to the nearest of them at or before
    it in the same journey, else to the nearest after it. With an empty list it goes to the touchpoint that carried
    it, or, when that touch is unmapped, to the nearest mapped touch before it.
    """
    row = answered(bucket, about)
    if bucket.survey is None or bucket.score is None or not row.size:
        return _none()
    journey = np.searchsorted(bucket.start, row, side="right") - 1
    survey = bucket.survey[row]
    walked = journey[np.flatnonzero(np.diff(journey, prepend=-1))]
    spans = np.column_stack([bucket.start[walked], bucket.start[walked + 1]])
    table, ahead = _tables(bucket, about)
    places = _places(spans, bucket.touch, np.column_stack([row, survey]), table, ahead)
    return Answers(row, journey, survey, bucket.score[row], places)


def answered(bucket: Bucket, surveys: Container[str]) -> NDArray[np.int64]:
    """Returns the rows of the touches that answer one of these surveys with a score, rising; none: empty."""
    if bucket.survey is None or bucket.score is None or not bucket.touches:
        return np.empty(0, np.int64)
    known = np.array([*(name in surveys for name in bucket.names.surveys), False], np.bool_)
    return _answering(bucket.survey, bucket.score, known)


@kernel
def _answering(survey: NDArray[np.int32], score: NDArray[np.int32], known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Returns the rows with a score that answer a known survey; `known` ends with what no survey (-1) is."""
    rows, found = np.empty(len(survey), np.int64), 0
    for row in range(len(survey)):
        rows[found] = row
        found += known[survey[row]] and score[row] != NO_SCORE
    return rows[:found].copy()


def _none() -> Answers:
    whole, code = np.empty(0, np.int64), np.empty(0, np.int32)
    return Answers(whole, whole, code, code, code)


def _tables(bucket: Bucket, about: Mapping[str, Sequence[str]]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Returns which touchpoint (column) each survey (row) may be about, and whether a survey looks ahead too."""
    rows = [about.get(survey, ()) for survey in bucket.names.surveys]
    table = [[not targets or name in targets for name in bucket.names.touchpoints] for targets in rows]
    return np.array(table, np.uint8), np.array([bool(targets) for targets in rows], np.uint8)


@inline
def _remember(near: NDArray[np.int32], table: NDArray[np.uint8], code: np.int32) -> None:
    """Notes a touchpoint as the nearest one for each survey that may be about it."""
    if code >= 0:
        for survey in range(near.size):
            if table[survey, code]:
                near[survey] = code


@kernel
def _places(
    spans: NDArray[np.int64],
    touch: NDArray[np.int32],
    asked: NDArray[np.int64],
    table: NDArray[np.uint8],
    ahead: NDArray[np.uint8],
) -> NDArray[np.int32]:
    """Returns per answer (`asked`: row, survey) the touchpoint it is about; `spans` are the rows of its journeys.

    One walk forward through each journey and, where an answer found nothing behind it, one back.
    """
    places = np.full(asked.shape[0], -1, np.int32)
    near = np.full(ahead.size, -1, np.int32)
    upto = 0
    for span in range(spans.shape[0]):
        first, missing = upto, False
        near[:] = -1
        for row in range(spans[span, 0], spans[span, 1]):
            _remember(near, table, touch[row])
            if upto < asked.shape[0] and asked[upto, 0] == row:
                places[upto] = near[asked[upto, 1]]
                missing = missing or places[upto] < 0
                upto += 1
        if missing:
            near[:] = -1
            answer = upto - 1
            for row in range(spans[span, 1] - 1, asked[first, 0] - 1, -1):
                if answer >= first and asked[answer, 0] == row:
                    if places[answer] < 0 and ahead[asked[answer, 1]]:
                        places[answer] = near[asked[answer, 1]]
                    answer -= 1
                _remember(near, table, touch[row])
    return places
