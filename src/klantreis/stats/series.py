"""A series that is interrupted: what changed at a moment, against what would have been.

Two models. `interrupted`: a line with a jump (level) and a bend (slope) at the cut. `counterfactual`: what came before
the cut, and other series that the change does not touch, foretell what would have come after it; the effect is what
came instead. Neither proves a cause: something else may have happened on the same day. Placebo cuts tell how often days
on which nothing happened show as much.

Source: Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46:348-355; Brodersen et al. (2015),
Annals of Applied Statistics 9:247-274 for the counterfactual (here by least squares, not by a Bayesian model).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.stats.intervals import Estimate
from klantreis.stats.quantiles import student_tails
from klantreis.stats.regression import (
    Carried,
    Fit,
    carried,
    error_of,
    fit,
    hac,
    plain,
    reach_of,
    spreads_of,
    tails_of,
)

Floats = NDArray[np.float64]
Numbers = Sequence[float] | Floats
BEFORE, AFTER = 3, 1
"""At least so many moments before the cut more than covariates, and after it."""

ROUNDING = 1e-12
"""An effect below this part of the series is nothing but rounding."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """Coefficients by name (`const`, `time`, `level`, `trend_after`, `x1` ...) with their standard errors: plain, and
    of Newey & West when a lag was asked. `level` is the jump at the first moment after the cut, `trend_after` what the
    slope rises by, each in the unit of y, per moment.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    p: tuple[float, ...]
    hac_errors: tuple[float, ...] | None
    r2: float


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What came after the cut against what was foretold.

    `effect`: mean of actual minus foretold, with its 95 % interval; `total` the same summed; `lift` relative to the
    foretold mean. `expected` is foretold at every moment, also before the cut, with `low` and `high` after it.
    `rho` says how much one moment's error carries over to the next.
    """

    effect: Estimate
    total: Estimate
    lift: Estimate
    error: float
    p: float
    beta: tuple[float, ...]
    actual: float
    foretold: float
    expected: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rho: float
    cut: int

    @property
    def strength(self) -> float:
        """How many standard errors the effect is from nothing; 0 where nothing ever moves."""
        assert self.effect.value is not None
        return _strength(self.effect.value, self.error, self.actual)


def interrupted(
    y: Sequence[float] | Floats,
    cut: int,
    covariates: Sequence[Sequence[float] | Floats] = (),
    *,
    lag: int | None = None,
) -> Interruption:
    """Returns the interrupted time series: y on a constant, time, level, trend_after and covariates.

    Time counts moments from 0; level is 1 from index `cut` on; trend_after counts from 0 at `cut`. `lag`: also give the
    errors of Newey & West. Raises OptionError for a cut outside the series or too few moments.
    """
    values = np.asarray(y, np.float64)
    _checked(len(values), cut, covariates, before=2, after=2)
    time = np.arange(len(values), dtype=np.float64)
    after = (time >= cut).astype(np.float64)
    others = [np.asarray(column, np.float64) for column in covariates]
    found = fit(values, np.column_stack([np.ones(len(values)), time, after, after * (time - cut), *others]))
    errors = np.sqrt(np.diag(plain(found)))
    return Interruption(
        names=("const", "time", "level", "trend_after", *(f"x{number + 1}" for number in range(len(others)))),
        values=tuple(found.beta.tolist()),
        errors=tuple(errors.tolist()),
        p=tuple(
            student_tails(b / error, found.freedom) if error > 0 else 0.0
            for b, error in zip(found.beta.tolist(), errors.tolist(), strict=True)
        ),
        hac_errors=None if lag is None else tuple(np.sqrt(np.diag(hac(found, lag))).tolist()),
        r2=found.r2,
    )


def counterfactual(y: Numbers, cut: int, covariates: Sequence[Numbers] = (), *, level: float = 0.95) -> Counterfactual:
    """Returns what came from index `cut` on, against what the moments before it foretell.

    The foretelling is least squares before the cut on a constant and the covariates. The interval knows that the
    foretelling is itself uncertain, and that errors carry over from moment to moment (`regression.carried`). Raises
    OptionError for a cut outside the series or too few moments.
    """
    values, x, before = _learned(y, cut, covariates)
    errors = carried(before)
    expected = x @ before.beta
    effect = float((values[cut:] - expected[cut:]).mean())
    effect = 0.0 if abs(effect) <= ROUNDING * float(np.abs(values).max()) else effect
    spreads = spreads_of(_mean_weights(before, x, cut), errors)
    error, half = float(error_of(spreads, errors)), reach_of(spreads, errors, level)
    foretold, m = float(expected[cut:].mean()), len(values) - cut
    low, high = effect - half, effect + half
    around = (half / error if error > 0 else 0.0) * _moment_errors(before, x[cut:], errors)
    lift = Estimate(None, 0) if foretold <= 0 else Estimate(effect / foretold, m, low / foretold, high / foretold)
    return Counterfactual(
        effect=Estimate(effect, m, low, high),
        total=Estimate(effect * m, m, low * m, high * m),
        lift=lift,
        error=error,
        p=tails_of(effect, spreads, errors),
        beta=tuple(before.beta.tolist()),
        actual=float(values[cut:].mean()),
        foretold=foretold,
        expected=tuple(expected.tolist()),
        low=tuple((expected[cut:] - around).tolist()),
        high=tuple((expected[cut:] + around).tolist()),
        rho=errors.rho,
        cut=cut,
    )


def placebos(
    y: Sequence[float] | Floats,
    cut: int,
    covariates: Sequence[Sequence[float] | Floats] = (),
    *,
    after: int | None = None,
) -> tuple[tuple[int, float], ...]:
    """Returns (cut, effect / standard error) of cuts before the real one, where nothing happened.

    Each has a third of the moments before the real cut to learn from, at the least, and as many after it as the real
    one has (`after`), or as fit. Too short a series gives ().
    """
    values = np.asarray(y, np.float64)
    length = min(after or len(values) - cut, max(1, cut // 3))
    first = max(BEFORE + len(covariates), cut // 3)
    found = []
    for place in range(first, cut - length + 1):
        until = place + length
        some, x, before = _learned(values[:until], place, [np.asarray(column)[:until] for column in covariates])
        errors = carried(before)
        weights = _mean_weights(before, x, place)
        error = float(error_of(spreads_of(weights, errors), errors))
        found.append((place, _strength(float(weights @ some), error, float(some[place:].mean()))))
    return tuple(found)


def trend(y: Numbers) -> Estimate:
    """Returns the slope of a series per moment, with an interval that knows that errors carry over.

    Used to see whether two groups moved alike before a change: the slope of their difference. Below four moments: no
    value.
    """
    values = np.asarray(y, np.float64)
    if len(values) < 4:
        return Estimate(None, len(values))
    found = fit(values, np.column_stack([np.ones(len(values)), np.arange(len(values), dtype=np.float64)]))
    errors = carried(found)
    half = reach_of(spreads_of((found.inverse @ found.x.T)[1], errors), errors)
    slope = float(found.beta[1])
    return Estimate(slope, len(values), slope - half, slope + half)


def _learned(y: Numbers, cut: int, covariates: Sequence[Numbers]) -> tuple[Floats, Floats, Fit]:
    """Returns the series, its columns, and what was learned of them before the cut."""
    values = np.asarray(y, np.float64)
    _checked(len(values), cut, covariates, before=BEFORE + len(covariates), after=AFTER)
    x = np.column_stack([np.ones(len(values)), *(np.asarray(column, np.float64) for column in covariates)])
    return values, x, fit(values[:cut], x[:cut])


def _strength(effect: float, error: float, actual: float) -> float:
    if error > 0:
        return effect / error
    return 0.0 if abs(effect) <= ROUNDING * abs(actual) else math.copysign(math.inf, effect)


def _mean_weights(before: Fit, x: Floats, cut: int) -> Floats:
    """Returns the weights of y whose sum is the mean effect: what came, less what was foretold from before."""
    middle = x[cut:].mean(axis=0)
    return np.concatenate([-(before.x @ before.inverse @ middle), np.full(len(x) - cut, 1 / (len(x) - cut))])


def _moment_errors(before: Fit, rows: Floats, errors: Carried) -> Floats:
    """Returns the standard error of each moment against what was foretold of it."""
    learned = spreads_of(before.x @ before.inverse @ rows.T, errors)
    around: Floats = np.sqrt(errors.chances @ (errors.variances[:, None] + learned * learned))
    return around


def _checked(n: int, cut: int, covariates: Sequence[Numbers], *, before: int, after: int) -> None:
    if any(len(column) != n for column in covariates):
        raise OptionError(
            Label("Niet elke covariaat is zo lang als de reeks.", "Not every covariate is as long as the series."),
            mend=Label(f"Geef er {n} getallen in.", f"Give {n} numbers in each."),
        )
    if cut < before or n - cut < after:
        raise OptionError(
            Label(
                f"Met {cut} momenten voor de knip en {n - cut} erna valt er niets te zeggen.",
                f"With {cut} moments before the cut and {n - cut} after it, nothing can be told.",
            ),
            where="cut",
            mend=Label(
                f"Er zijn er minstens {before} voor en {after} na nodig.",
                f"At least {before} before and {after} after are needed.",
            ),
        )
