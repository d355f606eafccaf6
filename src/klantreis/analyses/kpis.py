"""KPIs: the value of each KPI on the map, against its target.

A map holds a reference to a measure and a target, never a value; here the value is computed, with its n, its 95 %
interval and a verdict that takes the interval seriously: `met` or `missed` only when the whole interval lies on one
side of the target, `unsure` when the target lies inside it.

What each metric counts (`from`, `to` and `at` name a touchpoint, a step or a phase):

- `conversion`, `share`: of the journeys that meet `from` (none named: all journeys), the share that later meets `to`
  (for `share`: `at` or the phase). Counted from the first time a journey meets `from`. Open journeys are left out,
  whatever became of them so far: to keep only those that got there would push the share up. With `within`, a journey
  counts once its window has passed before the end of the data.
- `median_…` and `p90_…` (seconds, minutes, hours, days, weeks): time from `from` to `to`; or from the first touch at
  `at` to the next touch; or in a phase, from its first touch to the first touch in a later phase, or to the last touch
  of a journey that is over. No place named: journeys that are over, from first to last touch.
- `survey_mean`, `survey_top2`, `nps`: answers on the scale of one survey; `at` narrows them.
- `repeat_share`: of the people who met `at` (or `to`) at least once, the share who met it more than once, or at least
  `times` times; no place named: who made so many journeys. Of a card of ten stamps, with an event for each, `times: 10`
  is the share of full cards. A person counts once, however many cards are full; stamps from before the data begin are
  not seen. With `within`: the share who met it so often that soon after the first time; a person counts once
  that time has passed.
- `bounce_share`: of the people who came (first at `at` or in the phase, when named), the share whose first visit had
  nothing after its first moment. A visit ends after `within` of silence, 30 minutes when nobody says.
- `people`, `journeys`, `count`: how many people met the place, in how many journeys, how often.
- `value_sum`, `value_mean`: of the values that touches at the place carry.

Options: `kpis` and `surveys` of the map; `phases` and `steps`: (touchpoint, phase) and (touchpoint, step) pairs.

Example: 30 of 400 journeys that saw `product` paid later. `conversion` is 7.5 % (5.3 to 10.5 %, n = 400). A target of
`>= 3%` is met, `>= 8%` is unsure, `>= 12%` is missed.

Shares have Wilson's interval, means Student's made lopsided, times the order statistics that bound the quantile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from klantreis.analyses.kpi_asked import COUNTED, QUANTILES, Asked, Words, aim, asked, unit_of
from klantreis.analyses.kpi_measures import Tally, cases, stretch_of, tally, told
from klantreis.analyses.kpi_sweep import Walk, walked, walks_of
from klantreis.analyses.kpi_young import ripe_people
from klantreis.analyses.result import Result, about_dict
from klantreis.journeys.answers import Scale
from klantreis.journeys.model import SCORE_UNIT, VALUE_UNIT, About, Bucket
from klantreis.labels import Label
from klantreis.map.model import Kpi, Survey, Target
from klantreis.stats import spread
from klantreis.stats.clustered import share_by_person
from klantreis.stats.exchange import exchanged
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.means import lopsided_mean, mean_by_person, moments_of
from klantreis.stats.nps import DETRACTOR, PROMOTER, nps
from klantreis.stats.ranks import counted_quantile, quantile

name = "kpis"

Verdict = Literal["met", "missed", "unsure", "unknown", "no_target"]

SLOTS = 128
"""Room for segments per KPI in the group numbers of `stats.spread`."""


@dataclass(frozen=True, slots=True)
class Options:
    """The KPIs and surveys of the map, and (touchpoint, phase) and (touchpoint, step) pairs, phases in map order.

    `unseen` are touchpoints without a matcher: what no data tells of is not 0 %, and a KPI there says so.
    """

    kpis: tuple[Kpi, ...] = ()
    surveys: tuple[Survey, ...] = ()
    phases: tuple[tuple[str, str], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiValue:
    """One KPI now. `unit` as in findings.Measured (share, seconds, score, count, money). `verdict`: 'met' or 'missed'
    when the whole interval lies on one side of the target, 'unsure' when the target lies inside it, 'unknown' when
    there is no value, 'no_target'. `segment` None: everybody. `target` is in the unit of the value. `why` (English) and
    `reason` (both languages) say why there is no value. NPS runs from -1 to 1.
    """

    kpi: str
    estimate: Estimate
    unit: str
    verdict: Verdict
    target: float | None = None
    comparison: str | None = None
    segment: str | None = None
    why: str = ""
    reason: Label = field(default_factory=Label)


@dataclass(frozen=True, slots=True)
class Kpis(Result):
    """One row per KPI, in the order of the map; after it one row per segment it is split by."""

    values: tuple[KpiValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the values as plain values, as in `schemas/kpis.schema.json`."""
        return {"about": about_dict(self.about), "kpis": [_value_dict(value) for value in self.values]}

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per KPI and segment."""
        return [
            {key: cell for key, cell in (_value_dict(value) | value.estimate.to_dict()).items() if key != "estimate"}
            for value in self.values
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """Per (KPI, segment) its tally, and the durations of all of them as groups."""

    tallies: Mapping[tuple[str, str | None], Tally] = field(default_factory=dict)
    durations: spread.Spreads = field(default_factory=spread.empty)


def measure(bucket: Bucket, options: Options, *, closed: bool = False) -> Part:
    """Returns the mergeable part of one bucket. A KPI that cannot be computed is left out; `finish` says why.

    `closed`: every case had its time, whatever the last event of the bucket is.
    """
    last = None if closed or not bucket.touches else int(bucket.at.max())
    tallies: dict[tuple[str, str | None], Tally] = {}
    walks: list[Walk] = []
    words = _words(options, bucket.names.touchpoints)
    for number, kpi in enumerate(options.kpis):
        plain = asked(kpi, words)
        if isinstance(plain, Label):
            continue
        stretch = stretch_of(plain)
        if stretch is not None:
            walks += walks_of((kpi.id, number * SLOTS), stretch, _segments(kpi), bucket.names)
            continue
        found = cases(bucket, plain)
        for segment in _segments(kpi):
            tallies[kpi.id, segment] = tally(bucket, plain, found.only(bucket, segment), last)
    reached, lasted = walked(bucket, walks, last)
    return Part(tallies | {key: told(found) for key, found in reached}, lasted)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    if not other.tallies and not other.durations.pieces:
        return one
    keys = one.tallies.keys() | other.tallies.keys()
    none = Tally()
    both = {key: one.tallies.get(key, none) + other.tallies.get(key, none) for key in keys}
    return Part(both, spread.merge(one.durations, other.durations))


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def settled(part: Part) -> Part:
    """Returns the part of all, its durations in one piece."""
    return replace(part, durations=spread.settled(part.durations))


def finish(part: Part, options: Options, about: About) -> Kpis:
    """Returns the KPIs with their verdicts."""
    values = (
        _value(part, options, about, number, slot)
        for number, kpi in enumerate(options.kpis)
        for slot in range(len(kpi.by) + 1)
    )
    return Kpis(about, tuple(values))


def verdict(estimate: Estimate, target: Target | None, *, counted: bool = False) -> Verdict:
    """Returns how a value stands to its target; `counted`: the value is a plain count that needs no interval."""
    if target is None:
        return "no_target"
    if estimate.value is None:
        return "unknown"
    low, high = (estimate.value, estimate.value) if counted else (estimate.low, estimate.high)
    low = -np.inf if low is None else low
    high = np.inf if high is None else high
    aim = target.number
    sides = {
        ">=": (low >= aim, high < aim),
        ">": (low > aim, high <= aim),
        "<=": (high <= aim, low > aim),
        "<": (high < aim, low >= aim),
        "=": (low == high == aim, high < aim or low > aim),
    }
    met, missed = sides[target.comparison]
    return "met" if met else "missed" if missed else "unsure"


def _segments(kpi: Kpi) -> tuple[str | None, ...]:
    return (None, *kpi.by)


def _words(options: Options, touchpoints: tuple[str, ...]) -> Words:
    touchpoints = tuple(touch for touch in touchpoints if touch not in options.unseen)
    known = [(touch, phase) for touch, phase in options.phases if touch in touchpoints]
    steps = [(touch, step) for touch, step in options.steps if touch in touchpoints]
    return Words(touchpoints, known, steps, options.surveys)


def _value(part: Part, options: Options, about: About, number: int, slot: int) -> KpiValue:
    kpi = options.kpis[number]
    segment, target = _segments(kpi)[slot], aim(kpi)
    plain = asked(kpi, _words(options, about.names.touchpoints))
    if isinstance(plain, Label):
        estimate, reason = Estimate(None, 0), plain
    elif plain.family == "time":
        estimate = quantile(part.durations, number * SLOTS + slot, QUANTILES[kpi.metric.partition("_")[0]])
        reason = _reason(estimate, 1)
    else:
        scored = _estimate(part.tallies.get((kpi.id, segment), Tally()), plain, options, about)
        smallest = next((s.n_min for s in options.surveys if s.id in plain.about), 1)
        reason = _reason(scored, smallest)
        estimate = Estimate(None, scored.n) if reason else scored
    return KpiValue(
        kpi=kpi.id,
        estimate=estimate,
        unit=unit_of(kpi),
        verdict=verdict(estimate, target, counted=kpi.metric in COUNTED),
        target=None if target is None else target.number,
        comparison=None if target is None else target.comparison,
        segment=segment,
        why=reason.text("en"),
        reason=reason,
    )


def _reason(estimate: Estimate, smallest: int) -> Label:
    """Returns why there is no value to show, or an empty label."""
    if estimate.n >= smallest or (estimate.value is not None and smallest <= 1):
        return Label()
    if estimate.n == 0:
        return Label(nl="Nog niets om te meten in deze gegevens.", en="Nothing to measure in these data yet.")
    return Label(
        nl=f"Te weinig antwoorden (n = {estimate.n}, nodig {smallest}).",
        en=f"Too few answers (n = {estimate.n}, need {smallest}).",
    )


def _estimate(found: Tally, plain: Asked, options: Options, about: About) -> Estimate:
    match plain.family:
        case "share" | "again" | "bounce":
            return _mature(found, plain.within or 0, about.last)
        case "answers":
            return _answered(found, plain, options)
        case "contacts":
            return counted_quantile(found.counts, QUANTILES[plain.kpi.metric.partition("_")[0]])
        case "value":
            if plain.kpi.metric == "value_mean":
                return mean_by_person(found.moments, found.people, VALUE_UNIT)
            return Estimate(found.moments.total / VALUE_UNIT if found.moments.n else None, found.moments.n)
        case _:
            return Estimate(found.moments.n, found.moments.n)


def _mature(found: Tally, within: int, last: int) -> Estimate:
    """Returns the share of the cases that had their time, by person; what has one case a person tells of nobody."""
    all_ = found.counts + found.young.ripe(within, last)
    people = found.people + ripe_people(found.young, found.again, within, last)
    if people.totals == (all_[1], all_.total()):
        return share_by_person(people)
    return share(all_[1], all_.total())


def _answered(found: Tally, plain: Asked, options: Options) -> Estimate:
    survey = next(survey for survey in options.surveys if survey.id in plain.about)
    scale = Scale(survey.low, survey.high, survey.reverse)
    good = {score: often for score, often in found.counts.items() if scale.holds(score)}
    n = sum(good.values())
    if plain.kpi.metric == "survey_mean":
        return lopsided_mean(moments_of(good.items()), SCORE_UNIT)
    if plain.kpi.metric == "survey_top2":
        return share(sum(often for score, often in good.items() if scale.in_top_two(score)), n)
    promoters = sum(often for score, often in good.items() if score >= PROMOTER * SCORE_UNIT)
    return nps(promoters, sum(often for score, often in good.items() if score < (DETRACTOR + 1) * SCORE_UNIT), n)


def _value_dict(value: KpiValue) -> dict[str, Any]:
    return {
        "kpi": value.kpi,
        "segment": value.segment,
        "estimate": value.estimate.to_dict(),
        "unit": value.unit,
        "target": value.target,
        "comparison": value.comparison,
        "verdict": value.verdict,
        "why": value.why,
    }
