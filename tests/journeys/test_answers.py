"""Scales of answers: which points of one are its best."""

from __future__ import annotations

import pytest

from klantreis.journeys.answers import Scale
from klantreis.journeys.model import SCORE_UNIT


@pytest.mark.parametrize(
    ("scale", "best"),
    [
        (Scale(1, 5), [4, 5]),
        (Scale(1, 5, reverse=True), [1, 2]),
        (Scale(0, 10), [9, 10]),
        (Scale(1, 3), [2, 3]),
        (Scale(0, 1), [1]),
        (Scale(0, 1, reverse=True), [0]),
        (Scale(1, 2), [2]),
        (Scale(-1, 1), [0, 1]),
    ],
)
def test_the_two_best_points_are_the_best_one_where_there_are_only_two(scale: Scale, best: list[int]) -> None:
    points = range(int(scale.low), int(scale.high) + 1)
    assert [point for point in points if scale.in_top_two(point * SCORE_UNIT)] == best
