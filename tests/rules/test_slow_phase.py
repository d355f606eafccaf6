"""Slow phases: the median surely above what was expected."""

from dataclasses import replace

import pytest

from klantreis.analyses.times import Duration
from klantreis.rules import slow_phase

DAY = 86_400.0


def times(median, n=400):
    days = Duration("phase", "choose", None, n, q25=median * 0.8, median=median, q75=median * 1.4, p90=median * 4)
    return {"times": {"phases": (days,)}}


def expecting(shop, seconds):
    return replace(
        shop, phases=tuple(replace(p, expected_seconds=seconds if p.id == "choose" else None) for p in shop.phases)
    )


def test_a_phase_that_takes_far_longer_than_expected_is_slow(shop, changed):
    (found,) = slow_phase.check(expecting(shop, 2 * DAY), changed(**times(5 * DAY)))
    assert found.title.text("nl") == "Kiezen duurt 5 dagen, je verwachtte 2 dagen"
    assert found.title.text("en") == "Choose takes 5 days, you expected 2 days"
    # McGill: 1.57 x 3 days / 20.
    assert found.evidence[0].low == pytest.approx((5 - 1.57 * 3 / 20) * DAY)
    assert found.people == 200


def test_a_little_longer_few_people_or_no_expectation_is_not_slow(shop, changed):
    assert list(slow_phase.check(expecting(shop, 2 * DAY), changed(**times(2.1 * DAY)))) == []
    assert list(slow_phase.check(expecting(shop, 2 * DAY), changed(**times(5 * DAY, n=12)))) == []
    assert list(slow_phase.check(shop, changed(**times(5 * DAY)))) == []
