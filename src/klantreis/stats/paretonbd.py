"""Pareto/NBD: customers buy at their own pace and live for a while of their own.

Purchases are Poisson, the pace Gamma(r, alpha) over customers; a customer's life is exponential, its rate
Gamma(s, beta). Source: Schmittlein, Morrison & Colombo (1987), Management Science 33:1-24; likelihood as in Fader &
Hardie (2005), "A Note on Deriving the Pareto/NBD Model". Its 2F1 is brought to 2F1(1, b; c; z) by Euler's
transformation, whose continued fraction needs few terms also near z = 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from klantreis.stats.buyers import Buyers, Floats, dot
from klantreis.stats.optimum import Likelihood
from klantreis.stats.special import hypergeometric_one, log_rising

PARAMETERS = ("r", "alpha", "s", "beta")


def likelihood(buyers: Buyers) -> Likelihood:
    """Returns the log-likelihood as a function of the logarithms of r, alpha, s and beta."""
    x, most = buyers.again, int(buyers.again.max(initial=0))

    def summed(logs: Any) -> Any:
        r, _, s, _ = np.exp(logs)
        stayed, left = _ways(np.exp(logs), buyers)
        shared = log_rising(r, most)[x] + r * logs[1] + s * logs[3]
        return (buyers.often * (shared + stayed + np.log1p(left))).sum()

    return summed


def starts(buyers: Buyers) -> list[tuple[float, float, float, float]]:
    """Returns where to begin the climb."""
    known = max(dot(buyers.often.astype(float), buyers.known) / max(1, buyers.n), 1e-6)
    return [(0.7, known / 2, 0.7, known / 3), (1.5, known, 0.3, known)]


def alive(parameters: Floats, buyers: Buyers) -> Floats:
    """Returns the chance per kind that a customer still is one."""
    _, left = _ways(parameters, buyers)
    found: Floats = 1 / (1 + np.maximum(left, 0.0))
    return found


def expected(parameters: Floats, buyers: Buyers, time: float, still: Floats | None = None) -> Floats:
    """Returns per kind how many purchases are to be expected within `time` after the end of observation.

    `still`: what `alive` tells, where that is known.
    """
    r, alpha, s, beta = parameters
    pace = (r + buyers.again) / (alpha + buyers.known)
    ahead: Floats = pace * _lived(s, beta + buyers.known, time)
    return ahead * (alive(parameters, buyers) if still is None else still)


def variance(parameters: Floats, buyers: Buyers, time: float, still: Floats | None = None) -> Floats:
    """Returns per kind the variance over customers of how many purchases they make within `time` after the end.

    That of chance alone, were the parameters what they seem. Pace and life of who is still a customer are unrelated.
    `still`: as in `expected`.
    """
    still = alive(parameters, buyers) if still is None else still
    r, alpha, s, beta = parameters
    shape, slow, until = r + buyers.again, alpha + buyers.known, beta + buyers.known
    lived = _lived(s, until, time)
    # Twice the integral of t (beta / (beta + t))^s, with the logarithm of 1 + t / beta as the clock.
    log = np.log1p(time / until)
    squares = 2 * until * until * (_grown(2 - s, log) - _grown(1 - s, log))
    mean = shape / slow * lived
    found: Floats = still * (shape * (shape + 1) / slow**2 * squares + mean) - (still * mean) ** 2
    return found


def newcomer(parameters: Floats, times: Floats) -> Floats:
    """Returns how many repeat purchases a new customer makes within each of `times`."""
    r, alpha, s, beta = parameters
    found: Floats = r / alpha * _lived(s, beta, np.asarray(times))
    return found


def chances(parameters: Floats, known: Floats, most: int) -> Floats:
    """Returns the chance of 0, 1 ... `most` - 1 repeat purchases within each time, and last of `most` or more.

    Shape (times, most + 1): averaged over when a customer leaves, by Gauss-Legendre over the chance of having left.
    """
    r, alpha, s, beta = parameters
    points, weights = np.polynomial.legendre.leggauss(64)
    gone = -np.expm1(-s * np.log1p(known / beta))[:, None]
    share = gone * (points + 1) / 2
    lives = np.minimum(beta * np.expm1(-np.log1p(-share) / s), known[:, None])
    found = _paced(r, alpha, known, most) * (1 - gone)
    for place, weight in enumerate(weights):
        found = found + _paced(r, alpha, lives[:, place], most) * gone * weight / 2
    return np.column_stack([found, np.maximum(0.0, 1 - found.sum(axis=1))])


def _ways(parameters: Any, buyers: Buyers) -> tuple[Any, Any]:
    """Returns the logarithm of the chance (but for shared factors) of having stayed, and the odds of having left."""
    r, alpha, s, beta = parameters
    x, until, last = buyers.again, buyers.known, buyers.recency
    stayed = -(r + x) * np.log(alpha + until) - s * np.log(beta + until)
    begun = -(r + x) * np.log(alpha + last) - s * np.log(beta + last) - stayed
    here = np.exp(begun) * _tail(r + x, alpha, s, beta, last)
    return stayed, s * (here - _tail(r + x, alpha, s, beta, until))


def _tail(shape: Any, alpha: Any, s: Any, beta: Any, time: Floats) -> Any:
    """The integral from `time` on of (alpha + t)^-shape · (beta + t)^-(s + 1), over its value in closed powers."""
    c = shape + s + 1
    if np.real(alpha) >= np.real(beta):
        return hypergeometric_one(shape, c, (alpha - beta) / (alpha + time)) / (shape + s)
    ratio = (alpha + time) / (beta + time)
    return ratio * hypergeometric_one((s + 1) * np.ones_like(shape), c, (beta - alpha) / (beta + time)) / (shape + s)


def _lived(s: float, beta: Any, time: Any) -> Any:
    """The expected life within `time` of a customer with rate Gamma(s, beta); s = 1 is no exception."""
    return beta * _grown(1 - s, np.log1p(time / beta))


def _grown(pace: float, log: Any) -> Any:
    """The integral of exp(pace · t) from 0 to `log`."""
    return log if abs(pace) < 1e-9 else np.expm1(pace * log) / pace


def _paced(r: float, alpha: float, time: Floats, most: int) -> Floats:
    """The negative binomial chances of 0 to `most` - 1 purchases within each time."""
    x = np.arange(most)
    share = (time / (alpha + time))[:, None]
    logs = log_rising(r, most)[:most] - log_rising(1.0, most)[:most] + r * np.log1p(-share)
    powers = np.where((x > 0) & (share <= 0), 0.0, np.maximum(share, 1e-300) ** x)
    found: Floats = np.exp(logs) * powers
    return found
