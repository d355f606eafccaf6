"""NPS against R's package NPS 1.1."""

import json
import math

import pytest

from klantreis.stats.nps import DETRACTOR, PROMOTER, nps, variance


def test_score_and_variance_are_those_of_r(shared):
    cases = json.loads((shared / "oracles/satisfaction/nps_cases.json").read_text())["cases"]
    for case in (case for case in cases if "scores" in case):
        scores = case["scores"]
        promoters, detractors = sum(s >= PROMOTER for s in scores), sum(s <= DETRACTOR for s in scores)
        found = nps(promoters, detractors, len(scores))
        assert found.value == pytest.approx(case["nps"], abs=1e-9)
        spread = variance(promoters, detractors, len(scores))
        assert spread == pytest.approx(case["var"], abs=1e-9)
        assert math.sqrt(spread / len(scores)) == pytest.approx(case["se"], abs=1e-9)


def test_the_interval_is_two_standard_errors_wide_on_either_side():
    found = nps(40, 20, 100)
    half = 1.959963984540054 * math.sqrt((0.6 - 0.04) / 100)
    assert (found.low, found.high) == pytest.approx((0.2 - half, 0.2 + half))


def test_answers_of_one_kind_have_no_interval():
    assert (nps(3, 0, 3).value, nps(3, 0, 3).low) == (1.0, None)
    assert nps(0, 0, 0).value is None
