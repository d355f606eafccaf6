"""Two groups beside each other: the difference of two ratios of means, with its interval, sharpened by earlier days.

Every measure of a group is a ratio of two sums over people: orders per journey, euros per person (then every person
counts 1 below the line). A person's journeys belong together, so people are the cases, and the variance of the ratio
is that of the delta method (Deng, Knoblich & Lu 2018, KDD, "Applying the Delta Method in Metric Analytics").
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate
from klantreis.stats.quantiles import normal_tails, student_quantile, student_tails
from klantreis.stats.sums import Sums

ABOVE, BELOW, ABOVE_BEFORE, BELOW_BEFORE = 0, 1, 2, 3
"""Columns of `Sums`: what is counted, per what, and both again in the days before the change."""

ROUNDING = 1e-12
"""A variance below this part of what it is the rest of is nothing but rounding."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a group with the change has more than one without: `gap` (in the unit of the measure) with its 95 %
    interval and standard error, `lift` the same relative to the group without, and `p` of no difference.

    `treated` and `control` are the measure in each group, after adjustment; `kept` the share of the variance that is
    left after using earlier days (1: not used); `alike` the standard error if both groups spread alike (0: not told).
    """

    treated: float
    control: float
    gap: Estimate
    error: float
    p: float
    lift: Estimate
    method: str
    kept: float = 1.0
    alike: float = 0.0


def compare_ratios(
    treated: Sums, control: Sums, *, cuped: bool = False, wary: bool = False, level: float = 0.95
) -> Contrast | None:
    """Returns the treated minus the control ratio of column ABOVE to BELOW; None when there is nothing to compare.

    Welch's t (1947, Biometrika 34:28-35) on delta-method variances. `cuped` takes out what the same people did before
    (Deng, Xu, Kohavi & Walker 2013, WSDM): its weight is the covariance over the variance of both groups together;
    nothing is taken out where a group has no earlier days, or where all of these are alike. `wary` takes the variance
    of both groups together where that tells a larger error: a small group beside a large one may hold nobody who spends
    much, and its own variance is then far too small (Welch would find something in one test of nothing in five). The
    lift's interval is that of the log of the ratio. Nothing to compare: a group below two people, or a sum below the
    line that is 0. Equal to tea-tasting's `RatioOfMeans` with a covariate, and to its `Mean`, but for `wary`.
    """
    if min(treated.n, control.n) < 2 or treated.totals[BELOW] <= 0 or control.totals[BELOW] <= 0:
        return None
    both = treated + control
    weight = _weight(treated, control) if cuped else 0.0
    sides = [_adjusted(side, both, weight) for side in (treated, control)]
    (one, one_var), (other, other_var) = sides
    plain, freedom = _welch((one_var, treated.n), (other_var, control.n))
    gap, error = one - other, plain
    alike = math.sqrt(_adjusted(both, both, weight)[1] * (1 / treated.n + 1 / control.n))
    if wary and alike > plain:
        error, freedom = alike, both.n - 2.0
    half, wider = student_quantile((1 + level) / 2, freedom) * error, error / plain if plain > 0 else 1.0
    return Contrast(
        treated=one,
        control=other,
        gap=Estimate(gap, min(treated.n, control.n), gap - half, gap + half),
        error=error,
        p=student_tails(gap / error, freedom) if error > 0 else float(gap == 0),
        lift=_lift((one, one_var, treated.n), (other, other_var, control.n), level, wider),
        method="cuped" if weight else "welch",
        kept=_kept(treated, control, plain) if weight else 1.0,
        alike=alike,
    )


def compare_shares(treated: tuple[int, int], control: tuple[int, int]) -> Contrast | None:
    """Returns the first share minus the second, each `(count, of)`; None when a group is empty.

    Newcombe's interval (1998, method 10), which holds for small and for extreme shares; `p` of the pooled z-test, as
    statsmodels' `proportions_ztest`.
    """
    gap = difference(treated, control)
    if gap.value is None:
        return None
    (a, n), (b, m) = treated, control
    one, other, pooled = a / n, b / m, (a + b) / (n + m)
    error = math.sqrt(one * (1 - one) / n + other * (1 - other) / m)
    level = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    lift = _lift((one, one * (1 - one), n), (other, other * (1 - other), m), 0.95)
    p = normal_tails(gap.value / level) if level > 0 else 1.0
    return Contrast(one, other, gap, error, p, lift, "newcombe", alike=level)


def compare_estimates(treated: Estimate, control: Estimate) -> Contrast | None:
    """Returns the first minus the second of two independent estimates that each have a 95 % interval, such as medians.

    The limits are combined by squares, each on its own side (MOVER: Zou & Donner 2008, Statistics in Medicine
    27:1693-1702). None when one has no value or no interval.
    """
    ends = (treated.value, treated.low, treated.high, control.value, control.low, control.high)
    if any(end is None for end in ends):
        return None
    one, one_low, one_high, other, other_low, other_high = (float(end) for end in ends if end is not None)
    gap = one - other
    low = gap - math.hypot(one - one_low, other_high - other)
    high = gap + math.hypot(one_high - one, other - other_low)
    error = (high - low) / (2 * student_quantile(0.975, math.inf))
    lift = Estimate(None, 0) if other <= 0 else Estimate(gap / other, treated.n, low / other, high / other)
    p = normal_tails(gap / error) if error > 0 else float(gap == 0)
    return Contrast(one, other, Estimate(gap, min(treated.n, control.n), low, high), error, p, lift, "mover")


def changed_more(treated: Sums, control: Sums, *, level: float = 0.95) -> Contrast | None:
    """Returns the difference in differences: how much more the treated ratio rose since before than the control's.

    The variance is clustered by person: somebody who is there before and after counts in both, with the covariance.
    None when a group has nobody, before or after. Its `treated` is the ratio afterwards, `control` what it would have
    been had it moved as the control did.
    """
    moves = [_moved(side) for side in (treated, control)]
    if moves[0] is None or moves[1] is None:
        return None
    (one, one_var), (other, other_var) = moves[0], moves[1]
    error, freedom = _welch((one_var, treated.n), (other_var, control.n))
    gap, after = one - other, treated.totals[ABOVE] / treated.totals[BELOW]
    half = student_quantile((1 + level) / 2, freedom) * error
    expected = after - gap
    spread = Estimate(gap, min(treated.n, control.n), gap - half, gap + half)
    lift = Estimate(None, 0) if expected <= 0 else _over(spread, expected)
    p = student_tails(gap / error, freedom) if error > 0 else float(gap == 0)
    return Contrast(after, expected, spread, error, p, lift, "did")


def since_before(side: Sums, *, level: float = 0.95) -> Contrast | None:
    """Returns the ratio since a moment minus that before it, of the same crowd, clustered by person.

    Its `control` is the ratio before. None when there is nothing on one side of the moment. A difference in time is not
    an effect: whatever else changed is in it.
    """
    moved = _moved(side)
    if moved is None:
        return None
    gap, variance = moved
    error, freedom = math.sqrt(max(0.0, variance) / side.n), side.n - 1
    half = student_quantile((1 + level) / 2, freedom) * error
    before = side.totals[ABOVE_BEFORE] / side.totals[BELOW_BEFORE]
    spread = Estimate(gap, side.n, gap - half, gap + half)
    p = student_tails(gap / error, freedom) if error > 0 else float(gap == 0)
    return Contrast(
        before + gap,
        before,
        spread,
        error,
        p,
        Estimate(None, 0) if before <= 0 else _over(spread, before),
        "before_after",
    )


def is_share(*sides: Sums) -> bool:
    """Says whether every person counts for at most one case of 0 or 1, so that the ratio is a plain share."""
    width = len(sides[0].totals)
    return all(side.products[0] == side.totals[ABOVE] and side.products[width] == side.totals[BELOW] for side in sides)


def _over(gap: Estimate, base: float) -> Estimate:
    assert gap.value is not None
    assert gap.low is not None
    assert gap.high is not None
    return Estimate(gap.value / base, gap.n, gap.low / base, gap.high / base)


def _moved(side: Sums) -> tuple[float, float] | None:
    if side.n < 2 or side.totals[BELOW] <= 0 or side.totals[BELOW_BEFORE] <= 0:
        return None
    after, before = side.totals[ABOVE] / side.totals[BELOW], side.totals[ABOVE_BEFORE] / side.totals[BELOW_BEFORE]
    return after - before, _variance(side) + _variance_before(side) - 2 * _covariance(side)


def _weight(treated: Sums, control: Sums) -> float:
    """Returns how much of an earlier difference to take out; 0 when earlier days tell nothing."""
    if treated.totals[BELOW_BEFORE] <= 0 or control.totals[BELOW_BEFORE] <= 0:
        return 0.0
    both = treated + control
    spread = _variance_before(both)
    alone = both.covariance(ABOVE_BEFORE, ABOVE_BEFORE) / both.mean(BELOW_BEFORE) ** 2
    return _covariance(both) / spread if spread > ROUNDING * alone else 0.0


def _adjusted(side: Sums, both: Sums, weight: float) -> tuple[float, float]:
    value, variance = side.totals[ABOVE] / side.totals[BELOW], _variance(side)
    if not weight:
        return value, variance
    before = side.totals[ABOVE_BEFORE] / side.totals[BELOW_BEFORE]
    usual = both.totals[ABOVE_BEFORE] / both.totals[BELOW_BEFORE]
    sharper = variance + weight * weight * _variance_before(side) - 2 * weight * _covariance(side)
    return value - weight * (before - usual), max(0.0, sharper)


def _kept(treated: Sums, control: Sums, error: float) -> float:
    plain = math.sqrt(_variance(treated) / treated.n + _variance(control) / control.n)
    return (error / plain) ** 2 if plain > 0 else 1.0


def _variance(side: Sums) -> float:
    """Returns n times the variance of a ratio; what rounding left below nothing (all alike) is nothing."""
    return max(0.0, _ratio_covariance(side, (ABOVE, BELOW), (ABOVE, BELOW)))


def _variance_before(side: Sums) -> float:
    return max(0.0, _ratio_covariance(side, (ABOVE_BEFORE, BELOW_BEFORE), (ABOVE_BEFORE, BELOW_BEFORE)))


def _covariance(side: Sums) -> float:
    return _ratio_covariance(side, (ABOVE, BELOW), (ABOVE_BEFORE, BELOW_BEFORE))


def _ratio_covariance(side: Sums, one: tuple[int, int], other: tuple[int, int]) -> float:
    """Returns n times the covariance of two ratios of means, each (above, below), by the delta method."""
    (a, b), (c, d) = one, other
    ratio, second = side.mean(a) / side.mean(b), side.mean(c) / side.mean(d)
    whole = (
        side.covariance(a, c)
        - second * side.covariance(a, d)
        - ratio * side.covariance(b, c)
        + ratio * second * side.covariance(b, d)
    )
    return whole / (side.mean(b) * side.mean(d))


def _welch(one: tuple[float, int], other: tuple[float, int]) -> tuple[float, float]:
    """Returns the standard error of the difference, and Welch's degrees of freedom, from (variance, n) twice."""
    a, b = one[0] / one[1], other[0] / other[1]
    if a + b <= 0:
        return 0.0, math.inf
    return math.sqrt(a + b), (a + b) ** 2 / (a * a / (one[1] - 1) + b * b / (other[1] - 1))


def _lift(one: tuple[float, float, int], other: tuple[float, float, int], level: float, wider: float = 1.0) -> Estimate:
    """Returns the relative difference from (value, variance, n) twice, with an interval so many times as wide; no value
    when the control is not above 0.
    """
    (a, a_var, n), (b, b_var, m) = one, other
    if b <= 0:
        return Estimate(None, 0)
    if a <= 0 or min(n, m) < 2:
        return Estimate(a / b - 1, min(n, m))
    error, freedom = _welch((a_var / a / a, n), (b_var / b / b, m))
    factor = math.exp(min(student_quantile((1 + level) / 2, freedom) * error * wider, 500.0))
    return Estimate(a / b - 1, min(n, m), a / b / factor - 1, a / b * factor - 1)
