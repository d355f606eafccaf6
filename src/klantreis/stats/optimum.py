"""The highest point of a likelihood in a few positive parameters, with how sharply it is known.

Works in the logarithms of the parameters, so none can become negative. Gradients are exact: a complex step of 1e-30
has no rounding (Squire & Trapp 1998, SIAM Review 40:110-112), so the function must be written in operations that take
complex numbers. The climb is BFGS with backtracking (Nocedal & Wright 2006, ch. 6), or Newton's where the curvature is
known in closed form (`Closed`), with one step of Newton at the end: where a climb happens to stop would else show in
the tenth of a millionth of an answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Likelihood = Callable[[NDArray[np.complex128]], complex]

FAR = 7.5
"""A parameter that is e^7.5 (1,800) times as large or small as where it began has run away."""

LOOSE = 1.0
"""A parameter whose logarithm has a standard error above this is not identified: its 95 % interval spans 50-fold."""

SLIGHT = 1e-6
"""What a last step of Newton may still climb, twice."""

BLUR = 2.0**-46
"""The part of a height that rounding may hide."""

STEP = 1e-30
LONGEST = 2.0


Sloped = Callable[[Floats], tuple[float, Floats]]
"""Gives a height and its slope at the logarithms of the parameters."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A likelihood whose slope, and whose curvature (`bend`, the second slopes), are known in closed form: each is
    worked out once a step, and the climb is Newton's.
    """

    sloped: Sloped
    bend: Callable[[Floats], Floats]

    def __call__(self, logs: NDArray[np.complex128]) -> complex:
        """Returns the height; a very slight imaginary part tells its slope, as it does for any likelihood."""
        height, slope = self.sloped(np.real(logs))
        return complex(height, float(slope @ np.imag(logs)))


@dataclass(frozen=True, slots=True)
class Peak:
    """The best parameters; `covariance` is that of their logarithms, from the observed information.

    `loose`: places of the parameters that the data do not pin down; then `covariance` is held in by a weak prior (a
    standard deviation of 3 on the logarithm), which predictions hardly feel. `climbed`: the climb came to an end.
    """

    parameters: Floats
    log_likelihood: float
    covariance: Floats
    loose: tuple[int, ...]
    climbed: bool

    @property
    def identified(self) -> bool:
        """Says whether the data pin every parameter down."""
        return self.climbed and not self.loose

    @property
    def errors(self) -> Floats:
        """Returns the standard errors of the parameters themselves (delta method)."""
        spread: Floats = self.parameters * np.sqrt(np.diag(self.covariance))
        return spread


def peak(likelihood: Likelihood, starts: Sequence[Sequence[float]], *, weight: float = 1.0) -> Peak:
    """Returns the highest peak found from any of the `starts` (positive parameters).

    `likelihood(logs)` gives the log-likelihood at the logarithms of the parameters; `weight` is the number of cases
    behind it, which says how small a slope is flat.
    """
    likelihood = _remembering(likelihood)
    climbs = [_climbed(likelihood, np.log(np.asarray(start, float)), weight) for start in starts]
    logs, height, done = max(climbs, key=lambda climb: (round(climb[1], 6), climb[2]))
    logs, height, information = _settled(likelihood, logs, height)
    far = np.min([np.abs(logs - np.log(np.asarray(start, float))) for start in starts], axis=0) >= FAR - LONGEST
    covariance, errors = _inverse(information)
    loose = tuple(int(place) for place in np.flatnonzero(far | ~(errors <= LOOSE)))
    if loose:
        covariance = np.asarray(np.linalg.inv(_raised(information) + np.eye(len(logs)) / 9), np.float64)
    return Peak(np.exp(logs), height, covariance, loose, done or bool(loose))


def _remembering(likelihood: Likelihood) -> Likelihood:
    """Returns a likelihood that does not work out again what it was asked last."""
    if not isinstance(likelihood, Closed):
        return likelihood
    sloped, bend = (lru_cache(maxsize=1)(partial(_at_logs, of)) for of in (likelihood.sloped, likelihood.bend))
    return Closed(lambda logs: sloped(*logs.tolist()), lambda logs: bend(*logs.tolist()))


def _at_logs(function: Callable[[Floats], Any], *logs: float) -> Any:
    return function(np.array(logs))


def nearer(sample: Likelihood, starts: Sequence[Sequence[float]], *, weight: float) -> Sequence[Sequence[float]]:
    """Returns where to begin the climb with all cases: at the peak of a sample of them, which is quick to find.

    `starts` themselves when the sample does not pin every parameter down.
    """
    found = peak(sample, starts, weight=weight)
    return [found.parameters.tolist()] if found.identified else starts


def spread_of(function: Callable[[Floats], float], found: Peak) -> float:
    """Returns the standard error of a number that follows from the parameters (delta method, central differences)."""
    logs, size = np.log(found.parameters), len(found.parameters)
    slope = np.empty(size)
    for place, step in enumerate(np.eye(size) * 1e-4):
        slope[place] = (function(np.exp(logs + step)) - function(np.exp(logs - step))) / 2e-4
    return math.sqrt(max(0.0, float(slope @ found.covariance @ slope)))


def _climbed(likelihood: Likelihood, logs: Floats, weight: float) -> tuple[Floats, float, bool]:
    begun, size = logs.copy(), len(logs)
    height, slope = _at(likelihood, logs)
    inverse = np.eye(size) / max(weight, 1.0)
    for turn in range(300):
        if float(np.max(np.abs(slope))) <= 1e-9 * max(weight, 1.0):
            return logs, height, True
        step = _newton(likelihood, logs, slope) if isinstance(likelihood, Closed) else None
        step = inverse @ slope if step is None else step
        if turn and float(slope @ step) <= max(1e-9, BLUR * abs(height)):
            return logs, height, True  # what is left to climb cannot be seen: also the end of a flat ridge
        step *= min(1.0, LONGEST / max(float(np.max(np.abs(step))), 1e-300))
        found = _upwards(likelihood, logs, (height, slope), step)
        if found is None:
            flat = float(np.max(np.abs(slope))) <= 1e-5 * max(weight, 1.0)
            if flat or np.array_equal(inverse, np.eye(size) / max(weight, 1.0)):
                return logs, height, flat
            inverse = np.eye(size) / max(weight, 1.0)
            continue
        moved, height, fresh = found
        if float(np.max(np.abs(moved - begun))) >= FAR:
            return moved, height, True
        inverse = _updated(inverse, moved - logs, slope - fresh)
        logs, slope = moved, fresh
    return logs, height, False


def _newton(likelihood: Closed, logs: Floats, slope: Floats) -> Floats | None:
    """Returns the step to the top of the parabola that fits here, which is turned over where it is hollow (Nocedal &
    Wright 2006, section 3.4); None where the curvature cannot be told.
    """
    information = -_hessian(likelihood, logs)
    if not np.all(np.isfinite(information)):
        return None
    values, axes = np.linalg.eigh(information)
    steep = np.maximum(np.abs(values), 1e-9 * max(float(np.max(np.abs(values))), 1e-300))
    step: Floats = axes @ (axes.T @ slope / steep)
    return step


def _curved(information: Floats) -> bool:
    values = np.linalg.eigvalsh(information)
    return bool(values[0] > 1e-6 * values[-1])


def _settled(likelihood: Likelihood, logs: Floats, height: float) -> tuple[Floats, float, Floats]:
    """Returns the end of a climb after a step of Newton, its height, and the information there.

    The end itself where the information has no inverse to speak of (a ridge), and where the step would not be small.
    """
    information = -_hessian(likelihood, logs)
    if not np.all(np.isfinite(information)) or not _curved(information):
        return logs, height, information
    slope = _at(likelihood, logs)[1]
    step = np.linalg.solve(information, slope)
    if not float(slope @ step) <= SLIGHT:
        return logs, height, information
    logs = logs + step
    return logs, _at(likelihood, logs)[0], -_hessian(likelihood, logs)


def _upwards(
    likelihood: Likelihood, logs: Floats, here: tuple[float, Floats], step: Floats
) -> tuple[Floats, float, Floats] | None:
    """Returns a point along the step that is surely higher; None when rounding hides any."""
    height, slope = here
    gain = float(slope @ step)
    if gain <= 0:
        return None
    for _ in range(40):
        there = _at(likelihood, logs + step) if isinstance(likelihood, Closed) else None
        higher = there[0] if there is not None else float(np.real(likelihood((logs + step).astype(complex))))
        if math.isfinite(higher) and higher >= height + 1e-4 * gain and higher > height:
            return logs + step, *(there if there is not None else _at(likelihood, logs + step))
        step, gain = step / 2, gain / 2
    return None


def _updated(inverse: Floats, moved: Floats, fell: Floats) -> Floats:
    """The BFGS update of the inverse curvature; left as it is where the slope did not fall along the step."""
    along = float(moved @ fell)
    if along <= 1e-12 * float(np.linalg.norm(moved) * np.linalg.norm(fell)):
        return inverse
    left = np.eye(len(moved)) - np.outer(moved, fell) / along
    updated: Floats = left @ inverse @ left.T + np.outer(moved, moved) / along
    return updated


def _at(likelihood: Likelihood, logs: Floats) -> tuple[float, Floats]:
    if isinstance(likelihood, Closed):
        return likelihood.sloped(logs)
    values = [likelihood(logs + 1j * STEP * unit) for unit in np.eye(len(logs))]
    return float(np.real(values[0])), np.array([np.imag(value) / STEP for value in values])


def _hessian(likelihood: Likelihood, logs: Floats) -> Floats:
    if isinstance(likelihood, Closed):
        return likelihood.bend(logs)
    rows = [
        (_at(likelihood, logs + unit)[1] - _at(likelihood, logs - unit)[1]) / 2e-5 for unit in np.eye(len(logs)) * 1e-5
    ]
    whole = np.array(rows)
    return (whole + whole.T) / 2


def _inverse(information: Floats) -> tuple[Floats, Floats]:
    """Returns the inverse and the roots of its diagonal; a direction without information has no end."""
    try:
        values = np.linalg.eigvalsh(information)
        covariance: Floats = np.asarray(np.linalg.inv(information), np.float64)
    except np.linalg.LinAlgError:
        return information, np.full(len(information), np.inf)
    if not values[0] > 1e-10 * max(float(values[-1]), 1e-300):
        _, vectors = np.linalg.eigh(_raised(information) + np.eye(len(information)) * 1e-9)
        wide: Floats = np.sqrt(np.einsum("ij,j,ij->i", vectors, 1 / np.maximum(values, 1e-9), vectors))
        return covariance, wide
    errors: Floats = np.sqrt(np.diag(covariance))
    return covariance, errors


def _raised(information: Floats) -> Floats:
    """Returns the information without the negative curvature that rounding leaves in flat directions."""
    values, vectors = np.linalg.eigh(information)
    raised: Floats = vectors * np.maximum(values, 0.0) @ vectors.T
    return raised
