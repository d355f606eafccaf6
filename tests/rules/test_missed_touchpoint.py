"""Missed touchpoints: skipped by those who got that far."""

import pytest

from klantreis.rules import missed_touchpoint

from .conftest import fit


def test_a_touchpoint_skipped_by_those_who_got_there_is_missed(shop, changed):
    (found,) = missed_touchpoint.check(shop, changed(**fit("missing", 520)))
    assert found.title.text("en") == "52.0% skip the filter"
    assert (found.evidence[0].n, found.people) == (1000, 520)


def test_those_who_left_before_the_phase_did_not_skip_it(shop, changed):
    # 490 of 1,000 reach the phase of `paid`; of the 560 without it 510 had left before, so 50 of 490 skipped it.
    assert list(missed_touchpoint.check(shop, changed(**fit("missing", 560, touchpoint="paid")))) == []
    (found,) = missed_touchpoint.check(shop, changed(**fit("missing", 700, touchpoint="paid")))
    assert found.evidence[0].value == pytest.approx(190 / 490)


def test_a_touchpoint_that_no_data_tells_of_is_not_called_skipped(shop, changed):
    assert list(missed_touchpoint.check(shop, changed(**fit("missing", 520), coverage={"touchpoints": ()}))) == []
