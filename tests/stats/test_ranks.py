"""Ranks that bound a quantile, against scipy's binomial distribution."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from klantreis.stats import spread
from klantreis.stats.intervals import Estimate
from klantreis.stats.ranks import bounding_ranks, counted_quantile, quantile


@pytest.mark.parametrize("quantile", [0.5, 0.9, 0.25])
@pytest.mark.parametrize("n", [1, 5, 6, 7, 30, 100, 1001, 100_000])
def test_the_ranks_are_the_binomial_quantiles(n, quantile):
    low, high = int(stats.binom.ppf(0.025, n, quantile)), int(stats.binom.ppf(0.975, n, quantile)) + 1
    assert bounding_ranks(n, quantile) == (low if low >= 1 else None, high if high <= n else None)


def test_a_median_needs_six_values():
    assert bounding_ranks(5, 0.5) == (None, None)
    assert bounding_ranks(6, 0.5) == (1, 6)


def test_the_interval_covers_the_median_at_least_95_in_100_times():
    for n in range(6, 60):
        low, high = bounding_ranks(n, 0.5)
        assert stats.binom.cdf(high - 1, n, 0.5) - stats.binom.cdf(low - 1, n, 0.5) >= 0.95


@pytest.mark.parametrize("limits", [spread.Limits(), spread.Limits(whole=10, group=10)])
def test_a_quantile_lies_between_its_bounding_values_exactly_or_from_a_histogram(limits):
    values = np.random.default_rng(5).permutation(np.arange(1, 102)) * spread.SECOND
    found = quantile(spread.collect(np.zeros(101, np.int64), values, np.array([7]), limits), 7, 0.5)
    # scipy.stats.binom.ppf for n = 101 gives 41 and 60: the 41st and the 61st of the values 1 to 101 seconds.
    assert (found.value, found.n) == (pytest.approx(51, rel=0.005), 101)
    assert (found.low, found.high) == (pytest.approx(41, rel=0.005), pytest.approx(61, rel=0.005))


def test_a_group_without_durations_has_no_quantile():
    assert quantile(spread.empty(), 7, 0.5).value is None


@given(st.lists(st.integers(0, 40), min_size=1, max_size=200), st.sampled_from([0.5, 0.9]))
@settings(max_examples=50)
def test_a_quantile_of_counted_numbers_is_that_of_numpy(numbers, at):
    # numpy's inverted_cdf: method 1 of Hyndman & Fan (1996).
    found = counted_quantile(Counter(numbers), at)
    assert found.value == np.quantile(numbers, at, method="inverted_cdf")
    low, high = bounding_ranks(len(numbers), at)
    row = sorted(numbers)
    assert (found.low, found.high) == (
        None if low is None else row[low - 1], None if high is None else row[high - 1],
    )  # fmt: skip


def test_nothing_counted_has_no_quantile():
    assert counted_quantile({}, 0.5) == Estimate(None, 0)
