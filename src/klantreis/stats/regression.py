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
from klantreis.labels import Label
from klantreis.stats.quantiles import student_quantile, student_tails

Floats = NDArray[np.float64]
RHOS = np.linspace(-0.9, 0.98, 48)
"""The parts of an error that the next may carry."""
UNLIKELY = 1e-6


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
            Label(
                f"{x.shape[0]} momenten kunnen {x.shape[1]} dingen niet uit elkaar houden.",
                f"{x.shape[0]} moments cannot tell {x.shape[1]} things apart.",
            ),
            mend=Label("Geef een langere reeks, of vraag minder.", "Give a longer series, or ask less."),
        )
    scale = np.sqrt((x * x).sum(axis=0))
    if np.any(scale == 0) or np.linalg.matrix_rank(x / scale) < x.shape[1]:
        raise OptionError(
            Label(
                "Een kolom is een som van andere, dus is geen ervan apart te bekijken.",
                "A column is a sum of others, so none of them can be told apart.",
            ),
            mend=Label("Laat er een weg.", "Leave one out."),
        )
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
        raise OptionError(
            Label(
                "Eén cluster zegt niets over hoe clusters verschillen.",
                "One cluster tells nothing of how clusters differ.",
            ),
            mend=Label("Geef er minstens twee.", "Give at least two."),
        )
    scores = np.zeros((groups, k))
    np.add.at(scores, place, of.x * of.residuals[:, None])
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    spread: Floats = factor * of.inverse @ (scores.T @ scores) @ of.inverse
    return spread


@dataclass(frozen=True, slots=True)
class Carried:
    """Errors that carry a part of the one before: the parts they may carry (`rhos`), how likely each is (`chances`,
    together 1), and the variance of an error if it is so; with `freedom` degrees.
    """

    rhos: Floats
    chances: Floats
    variances: Floats
    freedom: int

    @property
    def rho(self) -> float:
        """The part that is carried over, as expected."""
        return float(self.rhos @ self.chances)


def carried(of: Fit) -> Carried:
    """Returns how much an error may carry over to the next, with how likely each part is.

    How likely: the restricted likelihood (Harville 1974, Biometrika 61:383-385), times (1 - rho)^(1/4). One estimate
    would make intervals too narrow, for nobody knows the part that well; all of them, weighed, do not (Bayesian
    averaging; the fourth root is what makes 95 % intervals hold 95 %, see `docs/why/did-it-work.md`).
    """
    total = float(of.residuals @ of.residuals)
    if total <= 1e-24 * float(of.y @ of.y):
        return Carried(np.zeros(1), np.ones(1), np.zeros(1), of.freedom)
    table = np.column_stack([of.x, of.y])
    rho = RHOS[:, None, None]
    free = np.concatenate([table[:1] * np.sqrt(1 - rho * rho), table[1:] - rho * table[:-1]], axis=1)
    rest = np.abs(np.diagonal(np.linalg.qr(free, mode="r"), axis1=1, axis2=2))
    square = np.maximum(rest[:, -1], 1e-12 * math.sqrt(total)) ** 2
    told = 0.5 * np.log1p(-(RHOS**2)) - np.log(rest[:, :-1]).sum(axis=1) - of.freedom / 2 * np.log(square)
    told += np.log1p(-RHOS) / 4
    chances = np.exp(told - told.max())
    kept = chances > UNLIKELY * chances.max()
    chances = chances[kept] / chances[kept].sum()
    return Carried(RHOS[kept], chances, square[kept] / of.freedom / (1 - RHOS[kept] ** 2), of.freedom)


def spreads_of(weights: Floats, errors: Carried) -> Floats:
    """Returns the standard error of `weights` times y, for each part that errors may carry over.

    `weights` is n, or n by m for m sums at once; the answer is by part, or by part and sum.
    """
    rho = errors.rhos.reshape(-1, *(1,) * (weights.ndim - 1))
    total = state = np.zeros((len(errors.rhos), *weights.shape[1:]))
    for weight in weights:
        total = total + weight * (weight + 2 * rho * state)
        state = weight + rho * state
    variances = errors.variances.reshape(rho.shape)
    spread: Floats = np.sqrt(np.maximum(0.0, variances * total))
    return spread


def error_of(spreads: Floats, errors: Carried) -> Floats:
    """Returns one standard error: the root of the mean square over the parts."""
    error: Floats = np.sqrt(errors.chances @ (spreads * spreads))
    return error


def tails_of(far: float, spreads: Floats, errors: Carried) -> float:
    """Returns the chance of a sum as far from 0 as `far`, on either side; `spreads` by part."""
    tails = [student_tails(far / s, errors.freedom) if s > 0 else float(far == 0) for s in spreads.tolist()]
    return float(errors.chances @ np.array(tails))


def reach_of(spreads: Floats, errors: Carried, level: float = 0.95) -> float:
    """Returns how far to either side an interval reaches that holds with chance `level`; `spreads` by part.

    By the secant method on the logarithm of the tails, which is nearly a line.
    """
    error = float(error_of(spreads, errors))
    if error <= 0:
        return 0.0

    def over(far: float) -> float:
        return math.log(tails_of(far, spreads, errors) / (1 - level))

    reach = student_quantile((1 + level) / 2, errors.freedom) * error
    last, far = over(reach), reach * 1.05
    for _ in range(50):
        now = over(far)
        if now == last or abs(far - reach) <= 1e-9 * far:
            break
        last, reach, far = now, far, max(far / 2, far - now * (far - reach) / (now - last))
    return far
