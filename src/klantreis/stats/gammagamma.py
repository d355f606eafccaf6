"""Gamma-Gamma: what a customer spends per order, from the average of the orders seen.

Orders vary around a customer's own mean, means vary over customers. Assumes that how much somebody spends does not go
with how often. Source: Fader, Hardie & Lee (2005), "RFM and CLV", Journal of Marketing Research 42:415-430.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantreis.stats.buyers import Floats, Ints, distinct, dot
from klantreis.stats.optimum import Closed
from klantreis.stats.special import log_gamma, log_gamma_slopes

PARAMETERS = ("p", "q", "v")


def likelihood(again: Ints, mean: Floats) -> Closed:
    """Returns the log-likelihood as a function of the logarithms of p, q and v.

    `again` (1 or more) repeat orders of each customer and their `mean` value (above 0).
    """
    known, place = distinct(again)
    often = np.bincount(place, minlength=len(known)).astype(float)
    n, log_mean = len(again), np.log(mean)
    weighted, logs_again = again * (np.log(again) + log_mean), float(log_mean.sum())
    total, tilted, times = again * mean, float(weighted.sum()), again.astype(float)

    def sloped(logs: Floats) -> tuple[float, Floats]:
        p, q, v = np.exp(logs)
        above = total + v
        money = np.log(above)
        of_again, all_money = dot(times, money), float(money.sum())
        shapes = float(often @ (log_gamma(p * known + q) - log_gamma(p * known))) - n * float(log_gamma(q))
        height = float(shapes + n * q * logs[2] + p * (tilted - of_again) - q * all_money - logs_again)
        both, own = log_gamma_slopes(p * known + q)[0], log_gamma_slopes(p * known)[0]
        steep_p = p * (often @ (known * (both - own)) + tilted - of_again)
        steep_q = q * (often @ both - n * _slopes(q)[0] + n * logs[2] - all_money)
        return height, np.array([steep_p, steep_q, n * q - v * dot(p * times + q, 1 / above)])

    def bend(logs: Floats) -> Floats:
        p, q, v = np.exp(logs)
        share = v / (total + v)
        (_, both), (_, own), (_, alone) = log_gamma_slopes(p * known + q), log_gamma_slopes(p * known), _slopes(q)
        _, (steep_p, steep_q, _) = sloped(logs)
        pp = steep_p + p * p * (often @ (known * known * (both - own)))
        pq, pv = p * q * (often @ (known * both)), -p * dot(times, share)
        qq, qv = steep_q + q * q * (often @ both - n * alone), q * (n - share.sum())
        vv = -dot(p * times + q, share * (1 - share))
        return np.array([[pp, pq, pv], [pq, qq, qv], [pv, qv, vv]])

    return Closed(sloped, bend)


def starts(mean: Floats) -> list[tuple[float, float, float]]:
    """Returns where to begin the climb."""
    typical = float(np.median(mean))
    return [(2.0, 3.0, typical), (6.0, 4.0, typical / 2)]


def spent(parameters: Floats, again: Ints, mean: Floats) -> Floats:
    """Returns what each customer is expected to spend per order; who bought once gets the mean of all customers.

    NaN where q + p · again <= 1: the model gives that customer no finite mean.
    """
    p, q, v = parameters
    below = p * again + q - 1
    total = np.where(again > 0, again * mean, 0.0)
    found: Floats = np.where(below > 0, p * (v + total) / np.where(below > 0, below, 1.0), np.nan)
    return found


def squared(parameters: Floats, again: Ints, mean: Floats) -> Floats:
    """Returns the mean square of what each customer, whose own mean is not known, may spend per order.

    That mean is p over a rate with distribution Gamma(q + p · again, v + again · mean). Infinity where q + p · again
    <= 2: the model gives that customer no finite variance.
    """
    p, q, v = parameters
    shape = p * again + q
    total = p * (v + np.where(again > 0, again * mean, 0.0))
    known = np.where(shape > 2, (shape - 1) * (shape - 2), 1.0)
    found: Floats = np.where(shape > 2, total * total / known, np.inf)
    return found


def summed(again: Ints, mean: Floats, weights: Floats) -> Callable[[Floats], float]:
    """Returns the sum of what `spent` tells of all customers, each `weights` times, as a function of the parameters.

    Who bought as often is one group: of that only how many there are and what they spent matters.
    """
    known, place = distinct(again)
    many = np.bincount(place, weights, len(known))
    money = np.bincount(place, weights * np.where(again > 0, again * mean, 0.0), len(known))

    def total(parameters: Floats) -> float:
        v = parameters[2]
        each = spent(parameters, known, np.zeros(len(known)))
        return float(many @ each + (each / v) @ money)

    return total


def _slopes(q: float) -> tuple[float, float]:
    first, second = log_gamma_slopes(np.array([q]))
    return float(first[0]), float(second[0])
