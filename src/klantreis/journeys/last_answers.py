"""How somebody felt in the end: the last answer of each person or journey, to questions of one kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.answers import answers
from klantreis.journeys.model import SCORE_UNIT, Bucket
from klantreis.journeys.questions import Question

Ints = NDArray[np.int64]
FEEL_UNIT = 25_200
"""Feelings count in this part of a point, which holds every answer on a scale of 2 to 11, 0..20 or 0..100 exactly."""


def last_answers(bucket: Bucket, questions: Sequence[Question], units: Ints) -> tuple[Ints, Ints]:
    """Returns per unit the touch of its last answer (-1: none), and how it felt then, -2 to +2 in FEEL_UNIT.

    `units`: the first journey of each, and how many journeys there are. An answer that is off its scale does not count.
    """
    found = answers(bucket, {one.survey: one.about for one in questions})
    feel, use = np.zeros(len(found.row), np.int64), np.zeros(len(found.row), np.bool_)
    score = found.score.astype(np.int64)
    for question in questions:
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
    return spot, felt
