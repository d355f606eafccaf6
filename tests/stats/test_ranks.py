"""Ranks that bound a quantile, against scipy's binomial distribution."""

import pytest
from scipy import stats

from klantreis.stats.ranks import bounding_ranks


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
