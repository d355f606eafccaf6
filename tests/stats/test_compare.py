"""Differences, ranks and NPS, each against an outside source."""

import pytest

from klantreis.stats.compare import difference


def test_the_interval_of_a_difference_is_the_published_one():
    # Newcombe (1998), table II, method 10, case (a): 56/70 - 48/80 = 0.20, 0.0524 to 0.3339.
    found = difference((56, 70), (48, 80))
    assert (found.value, found.low, found.high) == pytest.approx((0.20, 0.0524, 0.3339), abs=5e-5)


def test_nothing_against_nothing_has_no_difference():
    assert difference((0, 0), (1, 2)).value is None
