"""A label stands beside its line: not on it, nor beyond another line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from klantreis.scenes.pen import Rect
from klantreis.scenes.placing import beside, spots
from klantreis.scenes.smooth import sampled

INSIDE = Rect(0, 0, 400, 400)
SIZE = (60.0, 29.0)


def clear(room: Rect, trail: list[tuple[float, float]]) -> bool:
    return not any(room.x < x < room.right and room.y < y < room.bottom for x, y in trail)


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.5, 1.0, 3.0, -0.3])
def test_no_label_stands_on_its_own_line_however_that_slopes(slope: float) -> None:
    trail = [(100 + x, 200 + slope * (x - 50)) for x in range(0, 101, 3)]
    for side in (1, -1):
        room = beside(trail, SIZE, side=side, lines=spots(()), taken=(), inside=INSIDE, thick=8)
        assert clear(Rect(room.x - 3, room.y - 3, room.width + 6, room.height + 6), trail)


def test_no_other_line_runs_between_a_label_and_its_own() -> None:
    trail = [(200.0, float(y)) for y in range(100, 301, 4)]
    other = [(213.0, float(y)) for y in range(100, 301, 4)]
    box = Rect(100, 110, 85, 180)
    room = beside(trail, SIZE, side=1, lines=spots(other), taken=(box,), inside=INSIDE)
    assert room.right <= 200 or room.bottom <= 100 or room.y >= 300 or room.x < 213


def test_a_straight_stretch_is_looked_at_all_along() -> None:
    found = sampled((("M", (0.0, 0.0)), ("L", (0.0, 100.0)), ("L", (40.0, 100.0))), 5)
    assert found[0] == (0, 0)
    assert found[-1] == (40, 100)
    assert max(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(found)) < 5.001
