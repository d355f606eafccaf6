"""Least squares with errors that are honest about time and about groups.

A day resembles the day before, and a person resembles himself; plain standard errors do not know that and are too
small. Here the coefficients are those of ordinary least squares, and the covariance is the caller's choice: `plain`,
`hac` (Newey & West 1987, Econometrica 55:703-708), `clustered` (Liang & Zeger 1986, Biometrika 73:13-22) or `ar1`
(errors that each carry a part of the one before).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError

Floats = NDArray[np.float64]
MOST_CARRIED = 0.99


@dataclass(frozen=True, slots=True)
class Fit:
    """Least squares of `y` (n) on the columns of `x` (n by k): coefficients `beta`, what is left over, and r2."""

    x: Floats
    y: Floats
    beta: Floats
    residuals: Floats
    inverse: Floats
    """(x'x) to the power -1."""

    @property
    def freedom(self) -> int:
        """How many rows there are more than columns."""
        return int(self.x.shape[0] - self.x.shape[1])

    @property
    def variance(self) -> float:
        """The variance of the errors."""
        return float(self.residuals @ self.residuals) / self.freedom

    @property
    def r2(self) -> float:
        """The share of the variance of y that the columns tell; 0 when y never moves."""
        around = self.y - self.y.mean()
        total = float(around @ around)
        return 1 - float(self.residuals @ self.residuals) / total if total > 0 else 0.0


def fit(y: Floats, x: Floats) -> Fit:
    """Returns the least-squares fit of `y` on the columns of `x`, which holds its own constant.

    Raises OptionError when there are not more rows than columns, or a column is a sum of others.
    """
    if x.shape[0] <= x.shape[1]:
        raise OptionError(
            f"{x.shape[0]} moments cannot tell {x.shape[1]} things apart.", mend="Give a longer series, or ask less."
        )
    scale = np.sqrt((x * x).sum(axis=0))
    if np.any(scale == 0) or np.linalg.matrix_rank(x / scale) < x.shape[1]:
        raise OptionError("A column is a sum of others, so none of them can be told apart.", mend="Leave one out.")
    q, r = np.linalg.qr(x / scale)
    back = np.linalg.inv(r)
    beta = (back @ (q.T @ y)) / scale
    inverse = (back @ back.T) / np.outer(scale, scale)
    return Fit(x, y, beta, y - x @ beta, inverse)


def plain(of: Fit) -> Floats:
    """Returns the covariance of the coefficients when errors are independent and alike; statsmodels' 'nonrobust'."""
    return of.variance * of.inverse


def hac(of: Fit, lag: int, *, small: bool = False) -> Floats:
    """Returns the covariance of Newey & West with Bartlett weights up to `lag` moments apart; `small`: times n/(n-k).

    statsmodels: `fit(cov_type='HAC', cov_kwds={'maxlags': lag, 'use_correction': small})`.
    """
    scores = of.x * of.residuals[:, None]
    middle = scores.T @ scores
    for apart in range(1, min(lag, len(scores) - 1) + 1):
        across = scores[apart:].T @ scores[:-apart]
        middle += (1 - apart / (lag + 1)) * (across + across.T)
    factor = len(scores) / of.freedom if small else 1.0
    return factor * of.inverse @ middle @ of.inverse


def clustered(of: Fit, cluster: Sequence[int] | NDArray[np.int64]) -> Floats:
    """Returns the covariance that lets errors within a cluster be alike, with the small-sample factor of statsmodels.

    statsmodels: `fit(cov_type='cluster', cov_kwds={'groups': cluster})`. Raises OptionError below two clusters.
    """
    _, place = np.unique(np.asarray(cluster), return_inverse=True)
    groups, (n, k) = int(place.max()) + 1, of.x.shape
    if groups < 2:
        raise OptionError("One cluster tells nothing of how clusters differ.", mend="Give at least two.")
    scores = np.zeros((groups, k))
    np.add.at(scores, place, of.x * of.residuals[:, None])
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    spread: Floats = factor * of.inverse @ (scores.T @ scores) @ of.inverse
    return spread


@dataclass(frozen=True, slots=True)
class Carried:
    """Errors that carry a part `rho` (0 to 1) of the one before: their variance, and the freedom that is left."""

    rho: float
    variance: float
    freedom: float


def carried(of: Fit) -> Carried:
    """Returns how much an error carries over to the next, freed from the pull that fitting has on it.

    Residuals look less alike than errors are, because the fit bends towards them. So `rho` is the one under which
    residuals as alike as these are what one expects (matching of the first autocorrelation, by bisection); below 0 it
    is taken as 0, which only widens intervals. Few moments that are alike are worth fewer: (n - k) (1 - rho) /
    (1 + rho) degrees of freedom.
    """
    n = len(of.y)
    residuals = of.residuals
    total = float(residuals @ residuals)
    if total <= 1e-24 * float(of.y @ of.y):
        return Carried(0.0, 0.0, float(of.freedom))
    alike = float(residuals[1:] @ residuals[:-1]) / total
    maker = np.eye(n) - of.x @ of.inverse @ of.x.T
    steps = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))

    def left(rho: float) -> tuple[float, float]:
        spread = maker @ np.power(rho, steps) @ maker
        return float(np.trace(spread)), float(np.trace(spread[1:, :-1]))

    low, high = 0.0, MOST_CARRIED
    for _ in range(20):
        middle = (low + high) / 2
        whole, next_to = left(middle)
        low, high = (middle, high) if next_to / whole < alike else (low, middle)
    rho = low
    return Carried(rho, total / left(rho)[0], max(1.0, of.freedom * (1 - rho) / (1 + rho)))


def spread_of(weights: Floats, errors: Carried) -> float:
    """Returns the standard error of `weights` times y, when y's errors carry over as told."""
    total, state = 0.0, 0.0
    for weight in weights:
        total += weight * (weight + 2 * errors.rho * state)
        state = weight + errors.rho * state
    return math.sqrt(max(0.0, errors.variance * total))
