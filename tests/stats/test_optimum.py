"""The climb: a peak whose place and width are known, a flat ridge, a peak at infinity."""

import numpy as np
import pytest

from klantreis.stats import bgnbd, gammagamma, paretonbd
from klantreis.stats.buyers import buyers
from klantreis.stats.optimum import STEP, _at, peak, spread_of
from klantreis.stats.special import log_gamma


def gamma_likelihood(values):
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


def test_a_closed_slope_equals_the_complex_step_of_the_published_formula():
    """Equation 6 of Fader, Hardie & Lee (2005), and the likelihood of their note on Gamma-Gamma, written out."""
    chance = np.random.default_rng(4)
    again = chance.integers(0, 9, 300)
    recency = np.where(again > 0, chance.uniform(0, 30, 300), 0.0)
    known = recency + chance.uniform(0, 20, 300)
    seen = buyers(again, recency, known)
    value = chance.gamma(5.0, 8.0, 300)
    bought = np.maximum(again, 1)

    def rising(x, n):
        return sum((np.log(x + i) * (n > i) for i in range(9)), start=np.zeros(len(n)))

    def bgnbd_told(logs):
        r, alpha, a, b = np.exp(logs)
        both = (alpha + known) ** -(r + again)
        left = a / (b + np.maximum(again, 1) - 1) * (alpha + recency) ** -(r + again)
        chances = rising(r, again) + r * np.log(alpha) + rising(b, again) - rising(a + b, again)
        return np.sum(chances + np.log(both + np.where(again > 0, left, 0)))

    for likelihood, told, at in (
        (bgnbd.likelihood(seen), bgnbd_told, np.log([0.7, 12.0, 0.4, 2.1])),
        (bgnbd.likelihood(seen), bgnbd_told, np.log([3.0, 0.5, 2.0, 0.3])),
    ):
        height, slope = _at(likelihood, at)
        expected = _at(told, at)
        assert height == pytest.approx(expected[0], rel=1e-12)
        assert slope == pytest.approx(expected[1], rel=1e-10)
        assert np.imag(likelihood(at + 1j * STEP * np.eye(4)[1])) / STEP == pytest.approx(slope[1])

    def spent_told(logs):
        p, q, v = np.exp(logs)
        shape = p * bought
        whole = log_gamma(shape + q) - log_gamma(shape) - log_gamma(q) + q * logs[2] + (shape - 1) * np.log(value)
        return np.sum(whole + shape * np.log(bought) - (shape + q) * np.log(bought * value + v))

    at = np.log([6.0, 4.0, 15.0])
    height, slope = _at(gammagamma.likelihood(bought, value), at)
    expected = _at(spent_told, at)
    assert height == pytest.approx(expected[0], rel=1e-12)
    assert slope == pytest.approx(expected[1], rel=1e-10)


def test_a_closed_curvature_is_how_the_slope_changes():
    chance = np.random.default_rng(8)
    again = chance.integers(0, 9, 300)
    recency = np.where(again > 0, chance.integers(0, 30, 300), 0)
    bought = bgnbd.likelihood(buyers(again, recency, recency + chance.integers(0, 20, 300)))
    spent = gammagamma.likelihood(np.maximum(again, 1), chance.gamma(5.0, 8.0, 300))
    for likelihood, at in (
        (bought, [0.7, 12.0, 0.4, 2.1]),
        (bought, [3.0, 0.5, 2.0, 0.3]),
        (spent, [6.0, 4.0, 15.0]),
    ):
        logs, steps = np.log(at), np.eye(len(at)) * 1e-5
        slopes = [(likelihood.sloped(logs + step)[1] - likelihood.sloped(logs - step)[1]) / 2e-5 for step in steps]
        found = likelihood.bend(logs)
        assert found == pytest.approx(np.array(slopes), abs=1e-8 * np.max(np.abs(found)))


@pytest.mark.parametrize("time", [0.5, 26.0, 300.0])
def test_how_far_chance_moves_purchases_is_the_sum_over_every_number_of_them(time):
    """Of BG/NBD: at least k are bought when the negative binomial number is, and nobody left at one of k - 1 chances;
    of Pareto/NBD: the mean over lives and paces, drawn.
    """
    from scipy import stats
    from scipy.special import betaln

    seen = buyers(np.array([0, 3, 20]), np.array([0, 25, 38]), np.array([39, 39, 39]))
    k = np.arange(1, 6000)[:, None]
    for r, alpha, a, b in ((0.24, 4.4, 0.79, 2.4), (4.2, 35.0, 1e-5, 2.7), (2.0, 3.0, 4.0, 0.4)):
        slow, leaving = alpha + seen.known, b + seen.again
        least = stats.nbinom.sf(k - 1, r + seen.again, slow / (slow + time))
        least = least * np.exp(betaln(a, leaving + k - 1) - betaln(a, leaving))
        still = bgnbd.alive((r, alpha, a, b), seen)
        mean = least.sum(axis=0) * still
        expected = ((2 * k - 1) * least).sum(axis=0) * still - mean**2
        assert bgnbd.variance(np.array([r, alpha, a, b]), seen, time) == pytest.approx(expected, rel=1e-7)
    chance = np.random.default_rng(2)
    for s in (0.6, 1.0, 2.0, 3.3):
        parameters = np.array([0.9, 10.5, s, 11.6])
        lived = chance.exponential(1 / (chance.gamma(s, size=(400_000, 1)) / (11.6 + seen.known)))
        ahead = chance.gamma(0.9 + seen.again, size=lived.shape) / (10.5 + seen.known) * np.minimum(lived, time)
        still = paretonbd.alive(parameters, seen)
        expected = still * (ahead**2 + ahead).mean(axis=0) - (still * ahead.mean(axis=0)) ** 2
        assert paretonbd.variance(parameters, seen, time) == pytest.approx(expected, rel=0.04)


@pytest.mark.parametrize("model", [bgnbd, paretonbd])
def test_where_a_climb_begins_shows_in_no_answer(model):
    """Nor does in how many threads its sums are taken: both only decide where the climb stops, just below the top."""
    chance = np.random.default_rng(7)
    pace, life = chance.gamma(0.8, 1 / 4, 1200), chance.exponential(1 / chance.gamma(0.6, 1 / 8, 1200))
    known = chance.integers(20, 60, 1200)
    gaps = chance.exponential(1 / pace[:, None], (1200, 60)).cumsum(axis=1)
    came = gaps < np.minimum(known, life)[:, None]
    again = came.sum(axis=1)
    recency = np.where(again > 0, np.floor(np.max(np.where(came, gaps, 0), axis=1)), 0).astype(int)
    seen = buyers(again, recency, known)
    found = [
        peak(model.likelihood(seen), [[one * by for one in start] for start in model.starts(seen)], weight=1200)
        for by in (1.0, 1.2)
    ]
    assert all(one.identified for one in found)
    assert found[1].parameters == pytest.approx(found[0].parameters, rel=1e-9)
    assert found[1].errors == pytest.approx(found[0].errors, rel=1e-7)
