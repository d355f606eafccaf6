"""Missed touchpoints: skipped by those who got past them."""

import pytest

from klantreis.rules import missed_touchpoint

from .conftest import fit


def test_a_touchpoint_skipped_by_those_who_got_past_it_is_missed(shop, changed):
    # 700 of 1,000 got past the phase, so at least 220 of the 520 without the filter did.
    (found,) = missed_touchpoint.check(shop, changed(**fit("missing", 520)))
    assert found.title.text("en") == "At least 31.4% skip the filter"
    assert found.detail.text("nl").startswith("Van de 700 klantreizen die voorbij Kijken komen, komt minstens 31,4%")
    assert (found.evidence[0].n, found.people, found.journeys) == (700, 0, 220)


def test_those_who_left_before_or_at_the_touchpoint_did_not_skip_it(shop, changed):
    # 490 of 1,000 got past the phase of `cart`; 510 left before or in it, so only 50 surely skipped it.
    assert list(missed_touchpoint.check(shop, changed(**fit("missing", 560, touchpoint="cart")))) == []
    (found,) = missed_touchpoint.check(shop, changed(**fit("missing", 700, touchpoint="cart")))
    assert found.evidence[0].value == pytest.approx(190 / 490)


def test_after_the_last_phase_nobody_can_have_skipped_anything(shop, changed):
    assert list(missed_touchpoint.check(shop, changed(**fit("missing", 990, touchpoint="card")))) == []


def test_a_touchpoint_that_no_data_tells_of_is_not_called_skipped(shop, changed):
    assert list(missed_touchpoint.check(shop, changed(**fit("missing", 520), coverage={"touchpoints": ()}))) == []
