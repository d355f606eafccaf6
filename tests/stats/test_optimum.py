"""The climb: a peak whose place and width are known, a flat ridge, a peak at infinity."""

import numpy as np
import pytest

from klantreis.stats.optimum import peak, spread_of


def gamma_likelihood(values):
    from klantreis.stats.special import log_gamma

    def summed(logs):
        shape, rate = np.exp(logs)
        return np.sum(shape * logs[1] - log_gamma(shape + 0 * values) + (shape - 1) * np.log(values) - rate * values)

    return summed


def test_a_gamma_distribution_is_found_as_scipy_finds_it():
    from scipy import stats

    values = np.random.default_rng(3).gamma(2.5, 1 / 0.7, 800)
    found = peak(gamma_likelihood(values), [(1.0, 1.0)], weight=800)
    shape, _, scale = stats.gamma.fit(values, floc=0)
    assert found.identified
    assert found.parameters == pytest.approx([shape, 1 / scale], rel=1e-5)
    # The information of a gamma's shape: n · (trigamma(shape) - 1 / shape).
    from scipy.special import polygamma

    assert found.errors[0] == pytest.approx((800 * (polygamma(1, shape) - 1 / shape)) ** -0.5, rel=1e-4)
    assert spread_of(lambda p: float(p[0] / p[1]), found) == pytest.approx(
        np.sqrt(shape) * scale / np.sqrt(800), rel=1e-3
    )


def test_a_ridge_is_not_identified():
    found = peak(lambda logs: -100 * (logs[0] + logs[1]) ** 2, [(3.0, 3.0)], weight=100)
    assert found.loose == (0, 1)
    assert not found.identified


def test_a_parameter_that_runs_away_is_loose():
    found = peak(lambda logs: -np.exp(-logs[0]) - 50 * (logs[1] - 1) ** 2, [(1.0, 1.0)], weight=10)
    assert found.loose == (0,)
    assert found.parameters[1] == pytest.approx(np.e, rel=1e-3)
