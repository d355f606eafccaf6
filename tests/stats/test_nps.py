"""NPS against R's package NPS 1.1."""

import json
import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import multinomial

from klantreis.stats.intervals import Z95
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


@pytest.mark.parametrize("counts", [(40, 20, 100), (29, 1, 30), (3, 0, 3), (0, 0, 5), (0, 4, 4), (1, 7, 9)])
def test_an_end_is_where_the_likeliest_shares_of_that_score_are_1_96_errors_off(counts):
    """The shares by scipy's search for the greatest likelihood."""
    promoters, detractors, n = counts
    found = nps(*counts)
    for end, side in ((found.low, 1), (found.high, -1)):
        if abs(end) == 1:
            assert found.value == end
            continue

        def unlikely(minus, end=end):
            chances = np.clip([minus + end, minus, 1 - 2 * minus - end], 1e-300, 1)
            return -np.dot([promoters, detractors, n - promoters - detractors], np.log(chances))

        room = (max(0.0, -end), (1 - end) / 2)
        minus = minimize_scalar(unlikely, bounds=room, method="bounded", options={"xatol": 1e-12}).x
        error = math.sqrt((2 * minus + end - end * end) / n)
        assert side * (found.value - end) / error == pytest.approx(Z95, rel=1e-4)


@pytest.mark.parametrize(("chances", "least"), [((0.9, 0.02), 0.95), ((0.7, 0.1), 0.95), ((0.4, 0.3), 0.95)])
def test_the_interval_of_thirty_answers_holds_the_score_95_times_in_100(chances, least):
    """All that can happen, each as often as it does; two standard errors on either side hold 84, 92 and 93 %."""
    held, truth = 0.0, chances[0] - chances[1]
    for promoters in range(31):
        for detractors in range(31 - promoters):
            found = nps(promoters, detractors, 30)
            if found.low <= truth <= found.high:
                held += multinomial.pmf(
                    [promoters, detractors, 30 - promoters - detractors], 30, [*chances, 1 - sum(chances)]
                )
    assert least - 0.005 <= held <= 0.97


def test_answers_of_one_kind_have_an_interval_and_none_have_no_value():
    found = nps(10, 0, 10)
    assert (found.value, found.high) == (1.0, 1.0)
    assert 0.4 < found.low < 0.8
    assert nps(0, 0, 0).value is None
