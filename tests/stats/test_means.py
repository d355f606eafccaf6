"""Student's interval, against scipy; exactness, against Python's own integers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

from klantreis.stats.means import Moments, lopsided_mean, mean, mean_by_person, moments, moments_of, t95
from klantreis.stats.regression import clustered, fit
from klantreis.stats.sums import sums_of


@pytest.mark.parametrize("freedom", [1, 2, 3, 10, 29, 100, 499, 500, 501, 5000, 10**7])
def test_t_is_the_one_scipy_gives(freedom):
    assert t95(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-9)


@given(st.lists(st.integers(-5000, 5000), min_size=2, max_size=40))
def test_the_interval_of_a_mean_is_the_one_scipy_gives(numbers):
    found = mean(moments(np.array(numbers)), 1000)
    values = np.array(numbers) / 1000
    assert found.value == pytest.approx(values.mean(), abs=1e-12)
    error = stats.sem(values)
    if error > 1e-12:
        low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), error)
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


@given(st.lists(st.integers(-(2**62), 2**62), max_size=30), st.integers(0, 30))
def test_moments_never_overflow_and_add_up_in_any_split(numbers, cut):
    whole = Moments(len(numbers), sum(numbers), sum(n * n for n in numbers), sum(n**3 for n in numbers))
    left, right = np.array(numbers[:cut], np.int64), np.array(numbers[cut:], np.int64)
    assert moments(left) + moments(right) == whole == moments(right) + moments(left)
    assert moments_of((n, 1) for n in numbers) == whole


def test_long_arrays_of_large_numbers_are_summed_in_blocks():
    numbers = np.full(10_000, 10**8, np.int64)
    assert moments(numbers) == Moments(10_000, 10**12, 10**20, 10**28)
    edge = np.full(20_000, 2**31 - 1, np.int64)
    assert moments(-edge).cubes == -20_000 * (2**31 - 1) ** 3


def test_a_lopsided_interval_is_that_of_hall_on_scipys_skewness():
    amounts = np.random.default_rng(1).lognormal(3, 1, 40).round(2)
    found, n = lopsided_mean(moments((amounts * 100).round().astype(np.int64)), 100, endless=True), 40
    freedom = round(n / (1 + 0.75 * stats.skew(amounts) ** 2))
    assert freedom < n / 3
    a, z = stats.skew(amounts) / math.sqrt(n), stats.t.ppf(0.975, freedom)
    for end, far in ((found.low, z), (found.high, -z)):
        off = brentq(lambda t, far=far: t + a / 3 * t * t + a * a / 27 * t**3 + a / 6 - far, -99, 99)
        assert end == pytest.approx(amounts.mean() - off * stats.sem(amounts), rel=1e-9)
    assert found.high > mean(moments((amounts * 100).round().astype(np.int64)), 100).high
    for few in ([1, 1, 1, 5], [4] * 40, [4], []):
        assert lopsided_mean(moments(np.array(few, np.int64))) == mean(moments(np.array(few, np.int64)))


def test_numbers_of_one_person_are_no_separate_witnesses():
    """The error is that of least squares clustered by person."""
    chance = np.random.default_rng(3)
    owner = np.repeat(np.arange(25), chance.integers(1, 9, 25))
    amount = np.round(1000 * chance.lognormal(3, 0.5, 25)[owner] * chance.lognormal(0, 0.3, len(owner))).astype(
        np.int64
    )
    people = sums_of([np.bincount(owner, amount).astype(np.int64), np.bincount(owner)])
    found = mean_by_person(moments(amount), people, 1000)
    error = math.sqrt(clustered(fit(amount / 1000, np.ones((len(owner), 1))), owner)[0, 0])
    assert found.value == pytest.approx(amount.mean() / 1000)
    assert (found.high - found.value) / error == pytest.approx(stats.t.ppf(0.975, 24), rel=1e-9)
    assert found.n == len(owner)
    alone = sums_of([amount, np.ones(len(amount), np.int64)])
    assert mean_by_person(moments(amount), alone) == lopsided_mean(moments(amount), endless=True)
    one = sums_of([np.array([amount.sum()]), np.array([len(amount)])])
    assert mean_by_person(moments(amount), one).low is None


@pytest.mark.parametrize(("chances", "n"), [((0.02, 0.03, 0.05, 0.2, 0.7), 30), ((0.1, 0.1, 0.2, 0.35, 0.25), 30)])
def test_the_mean_of_thirty_scores_lies_in_its_interval(chances, n):
    """Student's holds 91 and 94 % of them."""
    drawn = np.random.default_rng(2).multinomial(n, chances, 2500)
    truth = float(np.dot(chances, range(1, 6)))
    found = [lopsided_mean(moments_of(enumerate(map(int, row), start=1))) for row in drawn]
    assert 0.94 <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.965


@pytest.mark.parametrize(("spread", "n", "least"), [(1.0, 30, 0.935), (1.5, 100, 0.93)])
def test_the_mean_of_amounts_that_differ_much_lies_in_its_interval(spread, n, least):
    """With the degrees of freedom of numbers that have an end, 92.8 and 91.3 % do."""
    drawn = np.round(1000 * np.random.default_rng(4).lognormal(0, spread, (2500, n))).astype(np.int64)
    truth = 1000 * math.exp(spread**2 / 2)
    found = [lopsided_mean(moments(row), endless=True) for row in drawn]
    assert least <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.965


def test_no_numbers_give_no_value_and_one_number_no_interval():
    assert mean(Moments()).value is None
    assert (mean(Moments(1, 5, 25)).value, mean(Moments(1, 5, 25)).low) == (5, None)
