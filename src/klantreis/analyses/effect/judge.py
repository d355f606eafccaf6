"""The verdict: improved, no difference, worse, or too soon with the reason. Never a guess dressed as an answer.

In this order, the first that holds:

1. The change has not begun, or its metric, window or groups cannot be told: *too soon*.
2. The groups are not divided as planned (`stats.split`): *too soon*; nothing in them can be trusted.
3. The guardrail got worse, with its whole interval: *worse*, whatever the metric did.
4. A group has fewer than 30 people, or these gave fewer than 30 cases (entries, answers, values): *too soon*.
5. The window is not over: *too soon*. (With `looks='any'` the sequence may decide earlier.)
6. The groups moved apart before the start, or the difference could be theirs had they gone on as before (B), or nearly
   all of a day carries over to the next, or as many as one in twenty placebo dates show as much (C): *too soon*.
7. The whole interval lies on one side of 0: *improved* or *worse*; improved only when a named guardrail was measured.
8. The whole interval lies within the smallest effect that matters: *no difference*.
9. The test was large enough to find that effect four times in five (2.80 standard errors within it): *no difference*.
10. Else *too soon*, with how many people it takes.

What decides on B is the interval that holds however the groups would have gone on (`stats.gone_on`): level, or along a
line. When a drift that began late could explain the outcome too, it carries *no causal claim*. A verdict of C says so
too when a drift that bends or multiplies could be it (of series that only drift ever faster most show a difference),
and when the difference still grows: a change makes a step, what grows from its very day may be anything. A difference
so small beside its interval that it would be found less than four times in five says that it may be smaller.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from klantreis.analyses.effect import words
from klantreis.analyses.effect.compare import TREND_DAYS, Compared
from klantreis.analyses.effect.options import Trial
from klantreis.analyses.effect.result import Guard, Reason, Verdict
from klantreis.labels import Label
from klantreis.stats.contrast import Contrast
from klantreis.stats.intervals import Estimate
from klantreis.stats.power import reach_factor
from klantreis.stats.quantiles import normal_quantile
from klantreis.stats.split import Split

FEWEST = 30
"""People a group must have, and cases, before any interval is trusted."""

PLACEBO_SHARE = 0.05
Judged = tuple[Verdict, tuple[Reason, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a verdict is read from. `sign` 1: more is better, -1: less. `smallest` in the unit of the KPI."""

    trial: Trial
    found: Compared
    sign: int
    smallest: float
    days_left: int
    per_day: float
    split: Split | None
    guard: Guard | None
    guard_label: Label
    any_time: bool

    @property
    def interval(self) -> Estimate:
        """The interval that decides: of one look when the window is over, else (when asked) of any look."""
        assert self.found.contrast is not None
        if self.found.rung == "B":
            return self.found.gone_on
        return self.found.always if self.any_time else self.found.contrast.gap

    @property
    def error(self) -> float:
        """The standard error of what decides."""
        assert self.found.contrast is not None
        return error_of(self.found.contrast, self.found.gone_on)


def judged(facts: Facts) -> Judged:
    """Returns the verdict and its reasons."""
    contrast = facts.found.contrast
    if facts.split is not None and facts.split.alarm:
        return "too_soon", (words.alarm(facts.split.counts, facts.split.planned),)
    if contrast is None or contrast.gap.value is None:
        return "too_soon", (words.running(facts.days_left) if facts.days_left else words.nothing(),)
    if facts.guard is not None and facts.guard.broken:
        return "worse", (words.guard_broken(facts.guard_label),)
    blocked = _blocked(facts, contrast)
    if blocked:
        return "too_soon", blocked
    verdict, reasons = _read(facts, facts.interval)
    if facts.found.rung == "D":
        reasons = (*reasons, words.no_cause())
    if verdict in {"improved", "worse"} and _just_found(facts.interval):
        reasons = (*reasons, words.just_found())
    lately = facts.found.gone_on_lately
    if verdict != "too_soon" and lately.value is not None and _read(facts, lately)[0] != verdict:
        reasons = (*reasons, words.lately() if facts.found.rung == "B" else words.bent())
    growing, gap = facts.found.growing.value, contrast.gap.value
    if verdict in {"improved", "worse"} and _beside(facts.found.growing) and growing is not None and growing * gap > 0:
        reasons = (*reasons, words.growing())
    return verdict, reasons


def error_of(contrast: Contrast, gone_on: Estimate) -> float:
    """Returns the standard error of a contrast; of a rollout, that of all ways in which the groups may have gone on."""
    if gone_on.low is None or gone_on.high is None:
        return contrast.error
    return (gone_on.high - gone_on.low) / (2 * normal_quantile(0.975))


def needed(n: int, error: float, smallest: float) -> int | None:
    """Returns how many people it takes to find the smallest effect that matters four times in five; None: unknown."""
    if smallest <= 0 or n == 0:
        return None
    return math.ceil(n * (reach_factor() * error / smallest) ** 2)


def _blocked(facts: Facts, contrast: Contrast) -> tuple[Reason, ...]:
    found = facts.found
    people, cases = min(found.n), min(found.cases or found.n)
    if min(people, cases) < FEWEST:
        return (words.few(people, cases, FEWEST),)
    if facts.days_left and not (facts.any_time and _beside(found.always)):
        more = needed(sum(found.n), facts.error, facts.smallest)
        late = more is not None and more > sum(found.n) + facts.days_left * facts.per_day
        return (words.running(facts.days_left), *((_short(facts),) if late else ()))
    if found.rung == "B":
        if found.gone_on.value is None or found.trend.n < TREND_DAYS:
            return (words.trend_unknown(found.trend.n, TREND_DAYS),)
        if _beside(found.trend):
            return (words.moved_apart(),)
        if _beside(contrast.gap) and not _beside(found.gone_on):
            return (words.mostly_trend(),)
    if found.carried is not None:
        return (words.carried_over(found.carried),)
    if found.placebos is not None and _beside(contrast.gap):
        as_much, of = found.placebos
        if as_much > PLACEBO_SHARE * of:
            return (words.placebo(as_much, of),)
    return ()


def _read(facts: Facts, interval: Estimate) -> Judged:
    guard = facts.guard
    assert interval.value is not None
    if _beside(interval):
        better = interval.value * facts.sign > 0
        if better and guard is not None and guard.broken is None:
            return "too_soon", (words.guard_unknown(facts.guard_label),)
        return "improved" if better else "worse", (words.early() if facts.any_time else words.clear(),)
    if _within(interval, facts.smallest):
        return "no_difference", (words.within_band(),)
    n = sum(facts.found.n)
    if not facts.any_time and 0 < reach_factor() * facts.error <= facts.smallest:
        return "no_difference", (words.enough_power(n),)
    return "too_soon", (_short(facts),)


def _short(facts: Facts) -> Reason:
    n = sum(facts.found.n)
    need = needed(n, facts.error, facts.smallest)
    if need is None:
        return words.nothing()
    days = math.ceil((need - n) / facts.per_day) if facts.per_day > 0 and need > n else None
    return words.need_more(n, need, days)


def _beside(interval: Estimate) -> bool:
    return interval.low is not None and interval.high is not None and (interval.low > 0 or interval.high < 0)


def _just_found(interval: Estimate) -> bool:
    """Says whether a difference of this size would be found less than four times in five: then those that are found are
    mostly those that chance made large (Gelman & Carlin 2014, Perspectives on Psychological Science 9:641-651).
    """
    if interval.value is None or interval.low is None or interval.high is None:
        return False
    near = min(abs(interval.low), abs(interval.high))
    return near < abs(interval.value) * (1 - normal_quantile(0.975) / reach_factor())


def _within(interval: Estimate, smallest: float) -> bool:
    return (
        interval.low is not None and interval.high is not None and -smallest < interval.low <= interval.high < smallest
    )
