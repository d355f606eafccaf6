"""Gamma-Gamma: what a customer spends per order, from the average of the orders seen.

Orders vary around a customer's own mean, means vary over customers. Assumes that how much somebody spends does not go
with how often. Source: Fader, Hardie & Lee (2005), "RFM and CLV", Journal of Marketing Research 42:415-430.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from klantreis.stats.buyers import Floats, Ints, distinct, dot
from klantreis.stats.optimum import Likelihood, Split
from klantreis.stats.special import log_gamma

PARAMETERS = ("p", "q", "v")


def likelihood(again: Ints, mean: Floats) -> Likelihood:
    """Returns the log-likelihood as a function of the logarithms of p, q and v.

    `again` (1 or more) repeat orders of each customer and their `mean` value (above 0).
    """
    known, place = distinct(again)
    often = np.bincount(place, minlength=len(known)).astype(float)
    log_mean, log_total = np.log(mean), np.log(again) + np.log(mean)
    weighted, logs_again = again * (np.log(again) + log_mean), log_mean.sum()
    total, tilted, times = np.exp(log_total), float(weighted.sum()), again.astype(float)

    def small(logs: Any) -> Any:
        p, q, _ = np.exp(logs)
        shapes = often @ (log_gamma(p * known + q) - log_gamma(p * known)) - len(again) * log_gamma(q)
        return shapes + len(again) * q * logs[2] + p * tilted - logs_again

    def large(logs: Floats) -> tuple[float, Floats]:
        p, q, v = np.exp(logs)
        above = total + v
        money = np.log(above)
        of_again, all_money = dot(times, money), float(money.sum())
        slope = [-p * of_again, -q * all_money, -v * dot(p * times + q, 1 / above)]
        return -p * of_again - q * all_money, np.array(slope)

    return Split(small, large)


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
