"""Odds ratios and many tests at once, against published figures and scipy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from klantreis.stats.association import adjusted, alike_test, odds_ratio, stratified


def test_the_half_is_added_to_every_cell() -> None:
    found = odds_ratio((10, 20, 30, 40))
    assert found.value == pytest.approx(10.5 * 40.5 / (20.5 * 30.5))
    assert found.low < found.value < found.high


def test_woolf_interval_of_the_aspirin_trial_equals_agresti() -> None:
    # Agresti, Categorical Data Analysis, Table 2.3 (placebo 189 of 11,034, aspirin 104 of 11,037): OR 1.832, 95 % 1.440
    # to 2.331. The added halves move the third digit only.
    found = odds_ratio((189, 11034 - 189, 104, 11037 - 104))
    assert (found.value, found.low, found.high) == pytest.approx((1.832, 1.440, 2.331), abs=0.01)


def test_an_empty_cell_gives_a_finite_ratio_and_no_cases_give_one() -> None:
    assert 1 < odds_ratio((5, 0, 0, 5)).value < 1000
    nothing = odds_ratio((0, 0, 0, 0))
    assert (nothing.value, nothing.p) == (1, 1)


def test_one_stratum_is_the_plain_odds_ratio() -> None:
    found = stratified([(10, 20, 30, 60)])
    assert found is not None
    assert found.value == pytest.approx(1.0)


def test_strata_can_turn_a_crude_ratio_round() -> None:
    # Kidney stones (Charig et al. 1986, BMJ 292:879-882), open surgery against keyhole: small stones 81 of 87 and 234
    # of 270, large 192 of 263 and 55 of 80. Crude: keyhole looks better; within stone size: open surgery is.
    small, large = (81, 6, 234, 36), (192, 71, 55, 25)
    crude = odds_ratio(tuple(x + y for x, y in zip(small, large, strict=True)))  # type: ignore[arg-type]
    within = stratified([small, large])
    assert within is not None
    assert crude.value < 1 < within.value
    # By hand: R = 81*36/357 + 192*25/343, S = 6*234/357 + 71*55/343.
    assert within.value == pytest.approx((81 * 36 / 357 + 192 * 25 / 343) / (6 * 234 / 357 + 71 * 55 / 343))
    assert within.low < within.value < within.high


def test_strata_that_cannot_tell_say_so() -> None:
    assert stratified([(3, 0, 4, 0), (0, 0, 0, 0)]) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_p_values_equal_scipy(values: list[float]) -> None:
    assert adjusted(values) == pytest.approx(list(false_discovery_control(values)))


def test_no_tests_need_no_adjusting() -> None:
    assert adjusted([]) == []


def test_kidney_stones_at_like_size_equal_statsmodels() -> None:
    # statsmodels 0.15.0, StratifiedTable: oddsratio_pooled, oddsratio_pooled_confint(), and
    # test_null_odds(correction=False).pvalue, on the tables of Charig et al. 1986.
    tables = [(81, 6, 234, 36), (192, 71, 55, 25)]
    found, test = stratified(tables), alike_test(tables)
    assert found is not None
    assert test is not None
    assert (found.value, found.low, found.high) == pytest.approx(
        (1.44684662494262, 0.9157934135040253, 2.2858486698415734), rel=1e-12
    )
    assert test[1] == pytest.approx(0.11874052970979887, rel=1e-12)
    assert test[0] > 0


def test_a_test_at_like_strata_can_tell_when_nobody_reached_it_and_says_when_it_cannot() -> None:
    test = alike_test([(0, 40, 40, 20)])
    assert test is not None
    assert test[0] < 0
    assert test[1] < 1e-6
    assert alike_test([(3, 0, 4, 0), (0, 0, 0, 0), (1, 0, 0, 0)]) is None
