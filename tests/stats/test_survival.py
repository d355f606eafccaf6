"""Kaplan-Meier against lifelines 0.30.3 (shared/oracles/retention) and by hand."""

import json

import numpy as np
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.stats.survival import kaplan_meier, where_it_falls


def curve(*rows):
    return kaplan_meier(np.array([time for time, _ in rows], float), np.array([hit for _, hit in rows], bool))


@pytest.fixture
def telco(shared):
    told = json.loads((shared / "oracles/retention/telco_kaplan_meier.json").read_text())
    file = next((shared / "data/telco_churn").glob("*.csv*"))
    frame = pandas.read_csv(file)
    return told, frame.assign(left=frame["Churn"].map({"Yes": True, "No": False, True: True, False: False}))


def fitted(frame):
    return kaplan_meier(frame["tenure"].to_numpy(float), frame["left"].to_numpy(bool))


def check(found, told):
    assert found.n == told["n"]
    assert int(found.events.sum()) == told["events"]
    for month, share in told["survival"].items():
        assert found.at(float(month)).value == pytest.approx(share, abs=1e-6)
    assert [found.at(12).low, found.at(12).high] == pytest.approx(told["ci_12"], abs=1e-6)
    assert found.median().value == told["median"]


def test_customers_of_a_telephone_company_stay_as_lifelines_says(telco):
    told, frame = telco
    check(fitted(frame), told["overall"])
    for contract, expected in told["by_contract"].items():
        check(fitted(frame[frame["Contract"] == contract]), expected)


def test_an_event_comes_before_censoring_at_the_same_time():
    """By hand: at 2 all three wait; one has it, one is censored; the last has it alone."""
    found = curve((2, True), (2, False), (3, True))
    assert found.at_risk.tolist() == [3, 1]
    assert found.left.tolist() == pytest.approx([2 / 3, 0])
    assert (found.median().value, found.median().n) == (3, 2)


def test_freireich_remission_times_give_the_published_curve():
    """6-MP arm of Freireich et al. (1963), as printed in Kleinbaum & Klein, Survival Analysis, table 2.2."""
    events, censored = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    treated = curve(*[(t, True) for t in events], *[(t, False) for t in censored])
    told = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert {time: round(treated.at(time).value, 4) for time in told} == told
    assert treated.median().value == 23


@pytest.mark.parametrize(("days", "half"), [((1, 2, 2, 2, 3, 4, 4, 4, 4, 4), 3), ((1, 1, 1, 2, 2, 3, 4, 4, 5, 6), 2)])
def test_the_median_is_where_exactly_half_has_had_it(days, half):
    """Five of ten by hand; a product of shares such as 9/10 * 6/9 * 5/6 is a hair above a half."""
    assert curve(*((day, True) for day in days)).median().value == half


def test_a_curve_that_stays_above_a_half_has_no_median():
    found = curve((1, True), (5, False), (5, False), (5, False)).median()
    assert (found.value, found.n, found.high) == (None, 1, None)


def test_nobody_has_no_curve():
    none = curve()
    assert (none.n, none.at(3).value, none.median().value) == (0, None, None)


rows = st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=12)


@given(rows)
def test_a_curve_never_rises_and_lies_in_its_interval(listed):
    found = curve(*listed)
    assert (np.diff(found.left) <= 0).all()
    assert ((found.low <= found.left + 1e-12) & (found.left <= found.high + 1e-12)).all()
    assert int((found.events + found.censored).sum()) == found.n == len(listed)


@given(rows)
def test_rows_with_weights_are_so_many_rows(listed):
    doubled = curve(*listed, *listed)
    times, hits = np.array([time for time, _ in listed], float), np.array([hit for _, hit in listed], bool)
    weighed = kaplan_meier(times, hits, np.full(len(listed), 2))
    assert np.array_equal(doubled.left, weighed.left)
    assert np.array_equal(doubled.at_risk, weighed.at_risk)


def test_everybody_without_an_event_leaves_the_curve_at_one():
    assert curve((3, False), (4, False)).at(9).value == 1


@given(
    st.lists(st.integers(0, 9), max_size=30),
    st.lists(st.integers(0, 9), max_size=30),
    st.integers(min_value=0, max_value=9),
)
def test_told_only_where_it_falls_a_curve_has_the_same_median(had, waited, beyond):
    cases = [*((time, True) for time in had), *((time, False) for time in waited), *[(99, False)] * beyond]
    whole = curve(*cases)
    times, events = np.unique(np.array(had, float), return_counts=True)
    found = where_it_falls(times, events, np.sort(np.array(waited, float)), beyond)
    assert (found.n, found.median()) == (whole.n, whole.median())
    falls = whole.events > 0
    for name in ("times", "at_risk", "events", "left", "low", "high"):
        assert getattr(found, name).tolist() == pytest.approx(getattr(whole, name)[falls].tolist()), name
