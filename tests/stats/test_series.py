"""Interrupted series against statsmodels (../shared/oracles/before_after) and published R CausalImpact verdicts."""

import csv
import json
import os

import numpy as np
import pytest
from scipy.stats import binom

from klantreis.errors import OptionError
from klantreis.stats import regression, series
from klantreis.stats.intervals import Estimate

RUNS = int(os.environ.get("KLANTREIS_SEEDS", "20")) * 5
RARE = 1e-4


def columns(folder, name, *wanted):
    with (folder / "data" / "before_after_series" / name).open() as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[key]) for row in rows]) for key in wanted]


@pytest.fixture
def oracle(shared):
    return json.loads((shared / "oracles" / "before_after" / "before_after.json").read_text())


@pytest.fixture
def plus_five(shared):
    y, x = columns(shared, "arma_data.csv", "y", "X")
    return np.where(np.arange(100) >= 70, y + 5, y), x


@pytest.mark.parametrize("covariate", [True, False])
def test_an_interrupted_series_is_that_of_statsmodels(oracle, plus_five, covariate):
    y, x = plus_five
    told = oracle["arma_plus5"][f"interrupted_time_series_{'with' if covariate else 'no'}_covariate"]
    found = series.interrupted(y, 70, [x] if covariate else [], lag=4)
    for place, name in enumerate(found.names):
        assert found.values[place] == pytest.approx(told["params"][name], abs=1e-6)
        assert found.errors[place] == pytest.approx(told["se"][name], abs=1e-6)
        assert found.hac_errors[place] == pytest.approx(told["se_hac4"][name], abs=1e-6)
        assert found.p[place] == pytest.approx(told["p"][name], abs=1e-9)
    assert found.r2 == pytest.approx(told["r2"], abs=1e-9)


def test_a_planted_effect_of_five_is_found(oracle, plus_five):
    y, x = plus_five
    told = oracle["arma_plus5"]["ols_pre_period_counterfactual"]
    found = series.counterfactual(y, 70, [x])
    assert found.beta == pytest.approx(told["pre_params"], abs=1e-6)
    assert found.effect.value == pytest.approx(told["mean_effect"], abs=1e-6)
    assert found.total.value == pytest.approx(told["cumulative_effect"], abs=1e-6)
    assert found.lift.value == pytest.approx(told["relative_effect"], abs=1e-6)
    assert (found.actual, found.foretold) == pytest.approx((told["post_actual_mean"], told["post_predicted_mean"]))
    assert 4.6 < found.effect.value < 5.2
    assert 4 < found.effect.low < 5 < found.effect.high < 6


def test_where_others_find_no_effect_the_interval_holds_nothing(oracle, shared):
    names = ("CHANGED", "NOT_CHANGED_1", "NOT_CHANGED_2", "NOT_CHANGED_3")
    y, *others = columns(shared, "comparison_data.csv", *names)
    told = oracle["comparison_data"]["ols_pre_period_counterfactual"]
    found = series.counterfactual(y, 90, others)
    assert found.beta == pytest.approx(told["pre_params"], rel=1e-9)
    assert found.effect.value == pytest.approx(told["mean_effect"], abs=1e-6)
    assert found.effect.low < 0 < found.effect.high


def made(chance, n, rho, slope=0.0):
    error = chance.normal(size=n)
    error[0] /= (1 - rho * rho) ** 0.5
    for place in range(1, n):
        error[place] += rho * error[place - 1]
    return error + slope * np.arange(n)


@pytest.mark.parametrize("rho", [0.0, 0.2, 0.4, 0.6])
def test_an_interval_covers_what_was_planted(rho):
    # 5,000 series each: 94.9, 95.0, 95.3 and 95.2 %; the fourth root in `carried` is what brings it there.
    chance = np.random.default_rng(7)
    covering = 0
    for _ in range(RUNS):
        y = made(chance, 90, rho)
        y[60:] += 0.8
        found = series.counterfactual(y, 60)
        covering += found.effect.low <= 0.8 <= found.effect.high
    print(f"series, rho {rho}: {covering / RUNS:.1%} of {RUNS}")
    assert binom.ppf(RARE, RUNS, 0.945) <= covering <= binom.ppf(1 - RARE, RUNS, 0.955)


def test_an_error_that_carries_over_is_told_from_one_that_does_not():
    chance = np.random.default_rng(12)
    told = {}
    for rho in (-0.3, 0.0, 0.6):
        fits = [regression.fit(made(chance, 200, rho), np.ones((200, 1))) for _ in range(20)]
        found = [regression.carried(one) for one in fits]
        assert all(one.chances.sum() == pytest.approx(1) for one in found)
        told[rho] = np.mean([one.rho for one in found])
        spread = [one.variances @ one.chances for one in found]
        assert np.median(spread) == pytest.approx(1 / (1 - rho * rho), rel=0.25)
    assert all(found == pytest.approx(rho, abs=0.08) for rho, found in told.items())


def test_many_sums_at_once_have_the_errors_of_each():
    chance = np.random.default_rng(13)
    errors = regression.carried(regression.fit(made(chance, 40, 0.5), np.ones((40, 1))))
    weights = chance.normal(size=(40, 3))
    many = regression.spreads_of(weights, errors)
    apart = np.abs(np.subtract.outer(np.arange(40), np.arange(40)))
    for place, rho in enumerate(errors.rhos):
        alike = np.sign(rho) ** apart * np.abs(rho) ** apart if rho else np.eye(40)
        whole = np.sqrt(errors.variances[place] * np.diag(weights.T @ alike @ weights))
        assert many[place] == pytest.approx(whole)
        assert regression.spreads_of(weights[:, 1], errors)[place] == pytest.approx(whole[1])
    half = regression.reach_of(many[:, 0], errors)
    assert regression.tails_of(half, many[:, 0], errors) == pytest.approx(0.05, abs=1e-5)


@pytest.mark.parametrize("level", [1.0, 15.0, 19.99, 0.1, 1 / 3])
def test_a_series_that_never_moves_has_no_effect_not_even_of_rounding(level):
    for days in range(20, 60, 3):
        time, week = np.arange(days, dtype=float), [(np.arange(days) % 7 == day) * 1.0 for day in range(6)]
        found = series.counterfactual(np.full(days, level), days - 8, [time, *(week if days > 36 else [])])
        assert found.effect.value == 0.0
        assert found.effect.low <= 0.0 <= found.effect.high


def test_groups_that_move_alike_have_no_trend_between_them():
    chance = np.random.default_rng(8)
    wrong = [series.trend(made(chance, 40, 0.3)) for _ in range(RUNS)]
    false = sum(one.low > 0 or one.high < 0 for one in wrong)
    assert false <= binom.ppf(1 - RARE, RUNS, 0.08)
    apart = series.trend(made(chance, 40, 0.3, slope=0.3))
    assert apart.low > 0
    assert series.trend([1.0, 2.0, 3.0]) == Estimate(None, 3)


def test_placebo_dates_stay_before_the_change_and_show_less_than_it():
    chance = np.random.default_rng(9)
    y = made(chance, 90, 0.2)
    y[60:] += 3
    tried = series.placebos(y, 60, after=20)
    assert [cut for cut, _ in tried] == list(range(20, 41))
    real = series.counterfactual(y, 60)
    assert max(abs(strength) for _, strength in tried) < abs(real.effect.value / real.error)
    assert series.placebos(y[:4], 3) == ()


def test_hac_and_clustered_errors_are_those_of_statsmodels():
    # statsmodels 0.15.0 on the rows below: OLS(y, x).fit(cov_type='HAC', cov_kwds={'maxlags': 5, 'use_correction':
    # True}) of the first 120, and fit(cov_type='cluster', cov_kwds={'groups': person}) of all.
    i = np.arange(400)
    arm, pre, den = i % 3 == 0, (i * 37 % 101) // 25, 1 + (i * 29 % 89) // 25
    num = (den * 2 + pre + arm * den) // 2 + (i * 71 % 83) // 30
    y = np.column_stack([pre, num]).ravel().astype(float)
    group, after = np.repeat(arm, 2).astype(float), np.tile([0.0, 1.0], 400)
    x = np.column_stack([np.ones(800), group, after, group * after])
    hac = regression.hac(regression.fit(y[:120], x[:120][:, [0, 2]]), 5, small=True)
    assert np.sqrt(np.diag(hac)) == pytest.approx([0.09139762492661647, 0.15215916532494314], rel=1e-9)
    clustered = regression.clustered(regression.fit(y, x), np.repeat(i, 2))
    expected = [0.06978297165921404, 0.1221694814362413, 0.09249414142636571, 0.18662219659894866]
    assert np.sqrt(np.diag(clustered)) == pytest.approx(expected, rel=1e-9)


def test_what_cannot_be_told_is_refused():
    with pytest.raises(OptionError, match="nothing can be told"):
        series.counterfactual(np.arange(10.0), 10)
    with pytest.raises(OptionError, match="nothing can be told"):
        series.interrupted(np.arange(10.0), 1)
    with pytest.raises(OptionError, match="as long as the series"):
        series.counterfactual(np.arange(10.0), 6, [np.arange(9.0)])
    with pytest.raises(OptionError, match="sum of others"):
        series.counterfactual(np.arange(10.0), 8, [np.ones(10)])
    with pytest.raises(OptionError, match="tell 4 things apart"):
        regression.fit(np.arange(3.0), np.ones((3, 4)))


def test_a_series_without_any_spread_has_no_doubt():
    found = series.counterfactual([2.0] * 10 + [3.0] * 5, 10)
    assert (found.effect.value, found.effect.low, found.error) == pytest.approx((1, 1, 0))
