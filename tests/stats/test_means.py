"""Student's interval, against scipy; exactness, against Python's own integers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klantreis.stats.means import Moments, mean, moments, moments_of, t95


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
    whole = Moments(len(numbers), sum(numbers), sum(n * n for n in numbers))
    left, right = np.array(numbers[:cut], np.int64), np.array(numbers[cut:], np.int64)
    assert moments(left) + moments(right) == whole == moments(right) + moments(left)
    assert moments_of((n, 1) for n in numbers) == whole


def test_long_arrays_of_large_numbers_are_summed_in_blocks():
    numbers = np.full(10_000, 10**8, np.int64)
    assert moments(numbers) == Moments(10_000, 10**12, 10**20)


def test_no_numbers_give_no_value_and_one_number_no_interval():
    assert mean(Moments()).value is None
    assert (mean(Moments(1, 5, 25)).value, mean(Moments(1, 5, 25)).low) == (5, None)
