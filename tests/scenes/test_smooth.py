"""Lines between feelings never overshoot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline

from klantreis.scenes.smooth import ribbon, sampled, slopes, smooth

VALUES = st.lists(st.floats(-2, 2), min_size=2, max_size=12)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_between_two_points_the_line_stays_between_their_values(values):
    points = [(10.0 * spot, value) for spot, value in enumerate(values)]
    for x, y in sampled(smooth(points), 0.5):
        left = min(int(x // 10), len(values) - 2)
        low, high = sorted((values[left], values[left + 1]))
        assert low - 1e-9 <= y <= high + 1e-9


def test_the_curve_is_the_hermite_cubic_through_those_slopes():
    # Outside source: scipy's cubic Hermite spline with the same slopes passes through the same spots.
    points = [(0.0, 1.0), (10.0, -1.0), (25.0, -1.5), (40.0, 2.0)]
    spline = CubicHermiteSpline([p[0] for p in points], [p[1] for p in points], slopes(points))
    drawn = np.array(sampled(smooth(points), 1))
    assert drawn[:, 1] == pytest.approx(spline(drawn[:, 0]), abs=1e-9)


def test_few_points_give_little():
    assert smooth([]) == ()
    assert smooth([(1, 2)]) == (("M", (1, 2)),)
    assert ribbon([], []) == ()


def test_a_band_goes_there_and_back():
    band = ribbon([(0, 0), (10, 1)], [(0, 5), (10, 6)])
    assert [command for command, _ in band] == ["M", "C", "L", "C", "Z"]
    assert band[-2][1][-2:] == (0, 5)
