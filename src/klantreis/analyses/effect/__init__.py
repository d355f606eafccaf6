"""Effect: whether a change worked, on the rung of proof that its design allows.

A change of the map names beforehand what decides (`metric`), for how long (`window`) and what must not get worse
(`guardrail`). It is judged on the ladder of proof:

- **A**, `ab` and `holdout`: chance decided who has it. Two groups are compared person by person, from the moment each
  came into the group, whatever they then did (intention to treat).
- **B**, `rollout`: some have it earlier than others. How much more did they change (difference in differences), and
  does that hold however the groups would have gone on?
- **C**, `before_after` with at least 14 days before it and 7 after: an interrupted time series, with placebo dates.
- **D**, `before_after` with less: plain before and after. No causal claim.

What counts is what the KPI counts, with one difference: a share needs a window, so that late entries get as much time
as early ones; when the KPI names none (`within`), that of the journey is taken, else its timeout. Counts are per
person.

Example: 2,431 of 8,102 with the change used the filter, 2,190 of 8,056 without: a difference of 2.8 points (1.4 to
4.2), *improved*. Had the interval been -0.9 to 1.1 with a band of ±2.7, *no difference*.

See `judge` for what a verdict means, `compare` for the arithmetic.
"""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses.effect import words
from klantreis.analyses.effect.compare import Compared, compared
from klantreis.analyses.effect.judge import Facts, error_of, judged, needed
from klantreis.analyses.effect.options import (
    MIN_LIFT,
    Options,
    Trial,
    asked_by,
    aware,
    endless,
    of_map,
    ripens,
    trials,
    unit,
)
from klantreis.analyses.effect.part import Part, Tried, days_of, measured, merged, traded
from klantreis.analyses.effect.result import NONE, Day, Effect, Effects, Guard, Reason
from klantreis.journeys.model import About, Bucket
from klantreis.labels import Label, plain
from klantreis.stats.calendar import DAY
from klantreis.stats.split import split

__all__ = [
    "Day", "Effect", "Effects", "Guard", "Options", "Part", "Reason", "asked_by", "aware", "exchange", "finish",
    "measure", "merge", "name", "of_map", "ripens",
]  # fmt: skip

name = "effect"
verb = "prove"
SPLITS = {"ab": 0.5, "holdout": 0.9}
LESS_IS_BETTER = {"<", "<="}


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds: sums per group, and per day."""
    return measured(bucket, options)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return merged(one, other)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return traded(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Effects:
    """Returns the effect of each change; a change that cannot be judged says why."""
    asked = trials(options, about.names.touchpoints)
    return Effects(
        about, tuple(_effect(trial, tried, options, about) for trial, tried in zip(asked, part.tried, strict=True))
    )


def _effect(trial: Trial, tried: Tried, options: Options, about: About) -> Effect:
    change = trial.change
    shown = _shown(trial, options)
    refused = _refused(trial, options, about)
    if refused:
        return replace(shown, verdict="too_soon", reasons=refused)
    assert not isinstance(trial.metric, Label)
    days = days_of(options)
    found = compared(trial, trial.metric, tried.counted[0], options, days)
    contrast = found.contrast
    min_lift = change.min_lift or MIN_LIFT
    smallest = 0.0 if contrast is None else abs(contrast.control) * min_lift
    left = _days_left(trial, options)
    aims = change.split or SPLITS.get(change.design, 0.5)
    divided = split(tried.people, (aims, 1 - aims)) if trial.randomised else None
    guard = _guard(trial, tried, options, over=left == 0)
    facts = Facts(
        trial=trial, found=found, sign=_sign(trial, options), smallest=smallest, days_left=left,
        per_day=_per_day(trial, found, options), split=divided, guard=guard,
        guard_label=_guard_label(trial, options), any_time=options.looks == "any" and trial.randomised,
    )  # fmt: skip
    verdict, reasons = judged(facts)
    if contrast is not None:
        shown = replace(
            shown, method=contrast.method, treated=contrast.treated, control=contrast.control, gap=contrast.gap,
            lift=contrast.lift, p=contrast.p, kept=contrast.kept, smallest=smallest,
            need=needed(sum(found.n), error_of(contrast, found.gone_on), smallest),
        )  # fmt: skip
    return replace(
        shown, rung=found.rung, verdict=verdict, reasons=reasons, always=found.always, n=found.n, days_left=left,
        split=divided, both=tried.both, guard=guard, trend=found.trend, gone_on=found.gone_on,
        gone_on_lately=found.gone_on_lately, placebos=found.placebos, days=found.days,
    )  # fmt: skip


def _shown(trial: Trial, options: Options) -> Effect:
    change = trial.change
    kpi = next((one for one in options.kpis if one.id == change.metric), None)
    window = change.window_seconds
    return Effect(
        change=change.id,
        kpi=change.metric,
        design=change.design,
        rung="A" if trial.randomised else "B" if trial.compared else "D",
        verdict="too_soon",
        reasons=(),
        label=change.label,
        kpi_label=Label() if kpi is None else kpi.label,
        unit="share" if isinstance(trial.metric, Label) else unit(trial.metric),
        better="more" if _sign(trial, options) > 0 else "less",
        min_lift=change.min_lift or MIN_LIFT,
        starts=change.starts or "",
        window_days=None if window is None else window / 86_400,
    )


def _refused(trial: Trial, options: Options, about: About) -> tuple[Reason, ...]:
    change = trial.change
    if trial.begins > options.last:
        return (words.not_started(change.starts or ""),)
    if isinstance(trial.metric, Label):
        return (words.unmeasured(trial.metric),)
    if endless(change, options):
        return (words.no_window(),)
    return _groups_refused(trial, about) if trial.compared else ()


def _groups_refused(trial: Trial, about: About) -> tuple[Reason, ...]:
    treated, control = trial.arms
    if treated is None:
        return (words.no_groups(),)
    known = {*about.names.segments, *about.names.touchpoints}
    for arm in (treated, control):
        if arm is not None and arm not in known:
            return (words.unknown_group(arm),)
    if control is None and treated not in about.names.segments:
        return (words.no_control(),)
    return ()


def _days_left(trial: Trial, options: Options) -> int:
    """Returns how many whole days it takes until the last case of the window is known; 0: it is."""
    within = 0 if isinstance(trial.metric, Label) else trial.metric.within or 0
    return max(0, (trial.ends + within - options.last) // DAY)


def _per_day(trial: Trial, found: Compared, options: Options) -> float:
    """Returns how many people (of both groups) come in on a day."""
    elapsed = (min(options.last, trial.ends) - trial.begins) / DAY
    return sum(found.n) / elapsed if elapsed > 0 else 0.0


def _guard(trial: Trial, tried: Tried, options: Options, *, over: bool) -> Guard | None:
    """Returns how the guardrail moved; while the window runs, only on an interval that may be looked at any day."""
    if trial.guardrail is None:
        return None
    id_, label = trial.change.guardrail or "", _guard_label(trial, options)
    if isinstance(trial.guardrail, Label):
        return Guard(id_, NONE, "share", None, label)
    found = compared(trial, trial.guardrail, tried.counted[1], options, days_of(options))
    if found.contrast is None:
        return Guard(id_, NONE, unit(trial.guardrail), None, label)
    interval = found.contrast.gap if over or not trial.randomised else found.always
    if found.rung == "B":
        interval = found.gone_on
    broken = None
    if interval.low is not None and interval.high is not None and min(found.n) >= 30:
        broken = interval.high < 0 if _direction(id_, options) > 0 else interval.low > 0
    return Guard(id_, interval, unit(trial.guardrail), broken, label)


def _guard_label(trial: Trial, options: Options) -> Label:
    kpi = next((one for one in options.kpis if one.id == trial.change.guardrail), None)
    return plain(trial.change.guardrail or "") if kpi is None else kpi.label or plain(kpi.id)


def _sign(trial: Trial, options: Options) -> int:
    return _direction(trial.change.metric, options)


def _direction(id_: str | None, options: Options) -> int:
    """Returns 1 when more of a KPI is better and -1 when less is: by its target, else by what it measures."""
    kpi = next((one for one in options.kpis if one.id == id_), None)
    if kpi is None:
        return 1
    if kpi.target is not None and kpi.target.comparison != "=":
        return -1 if kpi.target.comparison in LESS_IS_BETTER else 1
    if kpi.metric.partition("_")[0] in {"median", "p90"}:
        return -1
    survey = next((one for one in options.surveys if one.id == kpi.survey), None)
    return -1 if survey is not None and survey.reverse and kpi.metric == "survey_mean" else 1
