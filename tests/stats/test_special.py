"""Special functions against scipy, and their slopes by complex steps."""

import numpy as np
import pytest
from scipy import special

from klantreis.stats.special import hypergeometric_one, jacobi, log_gamma, log_gamma_slopes, log_rising


def test_log_gamma_equals_scipy():
    x = np.r_[np.geomspace(1e-6, 1e6, 500), 1, 2, 9.999, 10]
    assert np.allclose(log_gamma(x), special.gammaln(x), rtol=1e-13, atol=1e-13)
    slope = np.imag(log_gamma(x + 1e-30j)) / 1e-30
    assert np.allclose(slope, special.digamma(x), rtol=1e-10, atol=1e-10)


def test_log_rising_is_a_quotient_of_gammas():
    assert np.allclose(log_rising(0.24, 50), special.gammaln(0.24 + np.arange(51)) - special.gammaln(0.24))


@pytest.mark.parametrize(("largest", "close"), [(0.5, 1e-12), (0.9, 1e-11), (0.99, 1e-10), (0.9999, 1e-8)])
def test_the_hypergeometric_function_equals_scipy(largest, close):
    chance = np.random.default_rng(1)
    b = chance.uniform(0.1, 60, 1000)
    c, z = b + chance.uniform(0.01, 30, 1000), chance.uniform(0, largest, 1000)
    assert np.allclose(hypergeometric_one(b, c, z), special.hyp2f1(1, b, c, z), rtol=close)


@pytest.mark.parametrize(("a", "b"), [(0.8, 2.4), (1, 1), (5, 200), (1e4, 1e5), (0.01, 3), (0.5, 0.5)])
def test_points_average_over_a_beta_distribution(a, b):
    points, weights = jacobi(40, a, b)
    assert weights.sum() == pytest.approx(1)
    assert points @ weights == pytest.approx(a / (a + b), rel=1e-12)
    assert np.exp(-points) @ weights == pytest.approx(special.hyp1f1(a, a + b, -1), rel=1e-11)


def test_the_slopes_of_log_gamma_are_those_of_scipy():
    from scipy.special import digamma, polygamma

    at = np.geomspace(1e-6, 1e6, 400)
    first, second = log_gamma_slopes(at)
    assert first == pytest.approx(digamma(at), rel=1e-13, abs=1e-14)
    assert second == pytest.approx(polygamma(1, at), rel=1e-13)
