"""Gamma-Gamma: what a customer spends per order, from the average of the orders seen.

Orders vary around a customer's own mean, means vary over customers. Assumes that how much somebody spends does not go
with how often. Source: Fader, Hardie & Lee (2005), "RFM and CLV", Journal of Marketing Research 42:415-430.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

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
    often, size = np.bincount(place, minlength=len(known)).astype(float), len(known)
    n, log_mean = len(again), np.log(mean)
    weighted, logs_again = again * (np.log(again) + log_mean), float(log_mean.sum())
    total, tilted, times = again * mean, float(weighted.sum()), again.astype(float)
    of_total = times * total

    @lru_cache(maxsize=1)
    def ways(*logs: float) -> tuple[Any, ...]:
        """What ln Γ is of, and its slopes there, and what is told of each customer's money with v."""
        p, q, v = np.exp(logs)
        shapes = np.concatenate([p * known + q, p * known, [q]])
        first, second = log_gamma_slopes(shapes)
        above = total + v
        money, inverse = np.log(above), 1 / above
        sums = dot(times, money), float(money.sum()), dot(times, inverse), float(inverse.sum())
        steep_p = p * (often @ (known * (first[:size] - first[size:-1])) + tilted - sums[0])
        steep_q = q * (often @ first[:size] - n * first[-1] + n * logs[2] - sums[1])
        steep_v = n * q - v * (p * sums[2] + q * sums[3])
        return shapes, second, inverse, sums, np.array([steep_p, steep_q, steep_v])

    def sloped(logs: Floats) -> tuple[float, Floats]:
        (p, q, _), (shapes, _, _, sums, slope) = np.exp(logs), ways(*logs.tolist())
        each = log_gamma(shapes)
        height = often @ (each[:size] - each[size:-1]) - n * each[-1]
        return float(height + n * q * logs[2] + p * (tilted - sums[0]) - q * sums[1] - logs_again), slope

    def bend(logs: Floats) -> Floats:
        (p, q, v), (_, second, inverse, sums, slope) = np.exp(logs), ways(*logs.tolist())
        both, own, squares = second[:size], second[size:-1], inverse * inverse
        pp = slope[0] + p * p * (often @ (known * known * (both - own)))
        pq, pv = p * q * (often @ (known * both)), -p * v * sums[2]
        qq, qv = slope[1] + q * q * (often @ both - n * second[-1]), q * (n - v * sums[3])
        vv = -v * (p * dot(of_total, squares) + q * dot(total, squares))
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
