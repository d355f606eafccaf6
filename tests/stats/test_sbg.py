"""The shifted-beta-geometric model equals Fader & Hardie (2007), and refuses where the data say nothing."""

import json
import math

import numpy as np
import pytest

from klantreis.stats.sbg import project, stay


@pytest.mark.parametrize("kind", ["high_end", "regular"])
def test_the_two_cohorts_of_fader_and_hardie_2007(shared, kind):
    told = json.loads((shared / "oracles/retention/sbg_retention.json").read_text())
    found = project([[round(10 * share) for share in told["data"][kind]]], ahead=5)
    fit = told["fit"][kind]
    assert found.model.alpha.value == pytest.approx(fit["alpha"], abs=1e-3)
    assert found.model.beta.value == pytest.approx(fit["beta"], abs=1e-3)
    assert found.model.log_likelihood == pytest.approx(fit["LL"], abs=0.05)
    shares = [100 * point.value for point in found.curve]
    assert shares == pytest.approx(fit["survival_projection_years_0_12"], abs=1e-2)


def test_cohorts_of_different_lengths_count_as_one_that_is_censored():
    whole = [[1000, 631, 468, 382], [500, 300]]
    assert stay(whole).n == 1500
    assert stay(whole).alpha.value != stay(whole[:1]).alpha.value
    halves = [[400, 251, 188, 152], [600, 380, 280, 230]]
    assert stay(halves).alpha.value == pytest.approx(stay([[1000, 631, 468, 382]]).alpha.value, rel=1e-6)


@pytest.mark.parametrize(
    "cohorts",
    [[], [[]], [[1000]], [[1000, 1000, 1000]], [[100, 80]], [[9, 5, 0]], [[1000, 900, 810, 729, 656, 590]]],
    ids=["none", "empty", "start", "nobody left", "one interval", "few", "a constant chance"],
)
def test_no_model_where_the_data_do_not_pin_it_down(cohorts):
    found = project(cohorts, ahead=3)
    assert found.model.why is not None
    assert found.model.why.text("nl") != found.model.why.text("en")
    assert {point.value for point in found.curve} == {None}


def test_a_cohort_that_grows_is_refused():
    with pytest.raises(ValueError, match="grow"):
        stay([[10, 5, 6]])


def test_everybody_gone_in_two_intervals_does_not_break():
    found = project([[1000, 300, 0]], ahead=2)
    assert all(point.value is None or 0 <= point.value <= 1 for point in found.curve)


def test_intervals_of_the_projection_hold_the_truth_nineteen_times_in_twenty():
    rng, alpha, beta, held, tries = np.random.default_rng(5), 0.8, 2.5, 0, 150
    truth = math.prod((beta + i) / (alpha + beta + i) for i in range(10))
    for _ in range(tries):
        lives = rng.geometric(np.clip(rng.beta(alpha, beta, 2000), 1e-12, 1))
        point = project([[int((lives > k).sum()) for k in range(6)]], ahead=5).curve[10]
        held += point.low <= truth <= point.high
    assert 0.90 <= held / tries <= 0.99
