"""How long customers stay, when each renews or leaves at set times: the shifted-beta-geometric model.

Each customer leaves with a chance of their own at every interval; these chances are spread as a beta distribution. So
those who leave easily leave first, and the curve flattens although nobody changes. Fader & Hardie 2007, "How to
Project Customer Retention", Journal of Interactive Marketing 21(1):76-90.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.labels import Label
from klantreis.stats.intervals import Z95, Estimate
from klantreis.stats.optimum import Peak, peak, spread_of

Floats = NDArray[np.float64]
FEWEST_LEAVERS, FEWEST_INTERVALS = 10, 2
STARTS = ((1.0, 1.0), (0.5, 4.0), (2.0, 20.0), (10.0, 100.0))
FEW = Label(
    nl="Te weinig om door te trekken: {left} vertrokken in {intervals} tijdvakken (nodig: {most} in {least}).",
    en="Too little to go on: {left} left, in {intervals} intervals (needed: {most} in {least}).",
)
FLAT = Label(
    nl="De cijfers leggen het model niet vast: {n} klanten, {left} vertrokken; vertrek wordt niet zeldzamer.",
    en="The numbers do not pin the model down: {n} customers, {left} left; leaving does not get rarer.",
)


@dataclass(frozen=True, slots=True)
class Stay:
    """The model of who stays: `alpha` and `beta` of the chances of leaving, and the log-likelihood.

    `n` customers, `left` of them seen to leave. `why` says in words why there is no model; then there are no numbers.
    """

    n: int
    left: int
    alpha: Estimate = field(default_factory=lambda: Estimate(None, 0))
    beta: Estimate = field(default_factory=lambda: Estimate(None, 0))
    log_likelihood: float | None = None
    why: Label | None = None
    found: Peak | None = None

    def survival(self, intervals: int) -> Estimate:
        """Returns the share still there after so many intervals, with its 95 % interval; no value without a model."""
        if self.found is None:
            return Estimate(None, self.n)
        return _estimate(self.found, self.n, intervals)


@dataclass(frozen=True, slots=True)
class Projection:
    """The model with its curve: `curve[k]` is the share still there after k intervals, `seen` of them in the data."""

    model: Stay
    curve: tuple[Estimate, ...]
    seen: int

    def to_dict(self) -> dict[str, Any]:
        """Returns the projection as plain values."""
        model, why = self.model, self.model.why
        return {
            "alpha": model.alpha.to_dict(),
            "beta": model.beta.to_dict(),
            "log_likelihood": model.log_likelihood,
            "n": model.n,
            "left": model.left,
            "why": None if why is None else {"nl": why.text("nl"), "en": why.text("en")},
            "seen": self.seen,
            "curve": [point.to_dict() for point in self.curve],
        }


def stay(cohorts: Sequence[Sequence[int]]) -> Stay:
    """Returns the model of cohorts: each how many there were at the start, and after 1, 2, ... intervals.

    Cohorts may be of different lengths; who is left at the end of theirs has not left yet. With fewer than 10 leavers,
    fewer than 2 intervals with leavers, or data that do not pin both parameters down, there is no model: `why` tells.
    Raises ValueError for a cohort that grows.
    """
    stayed, gone = _counts(cohorts)
    n, left, intervals = sum(cohort[0] for cohort in cohorts if cohort), int(gone.sum()), int(np.count_nonzero(gone))
    if left < FEWEST_LEAVERS or intervals < FEWEST_INTERVALS:
        return Stay(n, left, why=_told(FEW, left, n, intervals))
    found = peak(lambda logs: _log_likelihood(logs, stayed, gone), STARTS, weight=n)
    if not found.identified:
        return Stay(n, left, why=_told(FLAT, left, n, intervals))
    alpha, beta = (_parameter(found, place, n) for place in (0, 1))
    return Stay(n, left, alpha, beta, found.log_likelihood, None, found)


def project(cohorts: Sequence[Sequence[int]], *, ahead: int) -> Projection:
    """Returns the model and its curve, from interval 0 to `ahead` beyond the last one of the longest cohort."""
    model = stay(cohorts)
    seen = max((len(cohort) for cohort in cohorts), default=1) - 1
    return Projection(model, tuple(model.survival(interval) for interval in range(seen + ahead + 1)), seen)


def _counts(cohorts: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
    """Returns per interval how many stayed in it, and how many left, of those who were there when it began."""
    size = max((len(cohort) for cohort in cohorts), default=1) - 1
    stayed, gone = np.zeros(max(size, 0)), np.zeros(max(size, 0))
    for cohort in cohorts:
        lost = -np.diff(cohort)
        if (lost < 0).any():
            raise ValueError(f"a cohort cannot grow: {list(cohort)}")
        stayed[: len(lost)] += cohort[1:]
        gone[: len(lost)] += lost
    return stayed, gone


def _log_likelihood(logs: NDArray[np.complex128], stayed: Floats, gone: Floats) -> complex:
    """Fader & Hardie's equation B3, with the chance of a life as a product of the chances of its intervals."""
    alpha, beta = np.exp(logs)
    before = np.arange(len(stayed))
    whole = np.log(alpha + beta + before)
    total: complex = np.sum(stayed * (np.log(beta + before) - whole)) + np.sum(gone * (np.log(alpha) - whole))
    return total


def _survival(both: Floats, intervals: int) -> float:
    alpha, beta = both
    before = np.arange(intervals)
    return float(np.prod((beta + before) / (alpha + beta + before)))


def _parameter(found: Peak, place: int, n: int) -> Estimate:
    value, half = float(found.parameters[place]), Z95 * math.sqrt(float(found.covariance[place, place]))
    return Estimate(value, n, value * math.exp(-half), value * math.exp(half))


def _estimate(found: Peak, n: int, intervals: int) -> Estimate:
    """The interval lies on the log-odds, so it stays between 0 and 1."""
    share = _survival(found.parameters, intervals)
    if not 0 < share < 1:
        return Estimate(share, n, share, share)
    odds, half = _log_odds(share), Z95 * spread_of(lambda both: _log_odds(_survival(both, intervals)), found)
    low, high = (1 / (1 + math.exp(-bound)) for bound in (odds - half, odds + half))
    return Estimate(share, n, low, high)


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def _told(label: Label, left: int, n: int, intervals: int) -> Label:
    gaps = {"left": left, "n": n, "intervals": intervals, "most": FEWEST_LEAVERS, "least": FEWEST_INTERVALS}
    return Label(nl=str(label.nl).format(**gaps), en=str(label.en).format(**gaps))
