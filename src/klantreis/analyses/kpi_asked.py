"""What a KPI of the map asks, in plain words: which touchpoints, window and survey, or why it cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from klantreis.errors import nearest
from klantreis.labels import Label
from klantreis.map.metrics import METRICS
from klantreis.map.model import Kpi, Survey, Target
from klantreis.spans import span

VISIT = span("30m")
"""The silence that ends a visit, in microseconds, unless a KPI says `within`."""
TWICE = 2
"""Who was there so often came back."""
QUANTILES = {"median": 0.5, "p90": 0.9}

FAMILIES = {
    "conversion": "share",
    "share": "share",
    "repeat_share": "again",
    "bounce_share": "bounce",
    "survey_mean": "answers",
    "survey_top2": "answers",
    "nps": "answers",
    "people": "people",
    "journeys": "journeys",
    "count": "count",
    "value_sum": "value",
    "value_mean": "value",
    "median_contacts": "contacts",
    "p90_contacts": "contacts",
} | {key: "time" for key, metric in METRICS.items() if metric.unit == "seconds"}
"""Per metric what it counts."""

COUNTED = {"people", "journeys", "count", "value_sum"}
"""Metrics that count and do not estimate, so that they have no interval."""

Places = Collection[str] | None


@dataclass(frozen=True, slots=True)
class Words:
    """What the names in a KPI may refer to: touchpoints, (touchpoint, phase) and (touchpoint, step) pairs, surveys."""

    touchpoints: Sequence[str]
    phases: Sequence[tuple[str, str]] = ()
    steps: Sequence[tuple[str, str]] = ()
    surveys: Sequence[Survey] = ()

    def places(self, name: str) -> tuple[str, ...]:
        """Returns the touchpoints that a touchpoint, step or phase stands for; empty when there is none."""
        if name in self.touchpoints:
            return (name,)
        pairs = [*self.steps, *self.phases] if any(step == name for _, step in self.steps) else self.phases
        return tuple(touch for touch, owner in pairs if owner == name)

    def later(self, phase: str) -> tuple[str, ...]:
        """Returns the touchpoints of every phase after this one."""
        order = list(dict.fromkeys(owner for _, owner in self.phases))
        return tuple(touch for touch, owner in self.phases if order.index(owner) > order.index(phase))


@dataclass(frozen=True, slots=True)
class Asked:
    """A KPI with its words made plain: touchpoints for `start`, `end` and `at` (None: not named), the window in
    microseconds, the touchpoints of every later phase, and the survey with what its answers are about. `times`: how
    often somebody who comes back was there at least.
    """

    kpi: Kpi
    family: str
    start: Places = None
    end: Places = None
    at: Places = None
    later: Places = None
    within: int | None = None
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def times(self) -> int:
        """How often whom `repeat_share` counts met the place at least; 2 when nobody says."""
        return self.kpi.least_times or TWICE


def asked(kpi: Kpi, words: Words) -> Asked | Label:
    """Returns what a KPI asks, or the reason why it cannot be answered, in both languages."""
    if kpi.metric not in FAMILIES:
        return _unknown(kpi.metric, FAMILIES)
    family = FAMILIES[kpi.metric]
    named = [name for name in (kpi.start, kpi.end, kpi.at) if name]
    if not named and kpi.phase and family != "answers":
        named = [kpi.phase]
    lost = next((name for name in named if not words.places(name)), None)
    if lost is not None:
        return _unmeasured(lost)
    within = window_of(kpi.within)
    if isinstance(within, Label):
        return within
    return _answers(kpi, words) if family == "answers" else _moments(kpi, family, words, within)


def unit_of(kpi: Kpi) -> str:
    """Returns the unit of the KPI's value; 'count' when the metric is not known."""
    return METRICS[kpi.metric].unit if kpi.metric in METRICS else "count"


def aim(kpi: Kpi) -> Target | None:
    """Returns the target in the unit of the value: times in seconds, NPS from -1 to 1."""
    if kpi.target is None or kpi.metric not in METRICS:
        return kpi.target
    number = kpi.target.number * METRICS[kpi.metric].scale
    if kpi.metric == "nps" and abs(number) > 1:
        number /= 100
    return Target(kpi.target.comparison, number, kpi.target.text)


def _moments(kpi: Kpi, family: str, words: Words, within: int | None) -> Asked | Label:
    start, end, at = (words.places(name) if name else None for name in (kpi.start, kpi.end, kpi.at))
    phase = words.places(kpi.phase) if kpi.phase else None
    if family == "share":
        goal = end or at or phase
        return Asked(kpi, family, start, goal, within=within) if goal else _no_goal()
    if family == "time":
        inside = start is None and end is None and at is None and phase is not None
        later = words.later(kpi.phase) if inside and kpi.phase else None
        return Asked(kpi, family, phase if inside else start, end, at, later)
    if family == "contacts":
        return Asked(kpi, family, start, end) if end else _no_goal()
    if family == "bounce":
        return Asked(kpi, family, at=at or start or phase, within=within or VISIT)
    return Asked(kpi, family, at=at or end or phase, within=within if family == "again" else None)


def _answers(kpi: Kpi, words: Words) -> Asked | Label:
    known = {survey.id: survey for survey in words.surveys}
    if kpi.survey is None and len(known) != 1:
        return Label(nl="Zeg met `survey` welke meetvraag dit is.", en="Say with `survey` which survey this is about.")
    chosen = kpi.survey or next(iter(known))
    if chosen not in known:
        return _unknown(chosen, known)
    place = words.places(kpi.at) if kpi.at else None
    return Asked(kpi, "answers", at=place, about={chosen: known[chosen].about})


def window_of(text: str | None) -> int | Label | None:
    """Returns a span in microseconds, None when none is named; a Label that says what is wrong when it is no span."""
    if not text:
        return None
    try:
        return span(text)
    except ValueError:
        return Label(
            nl=f"{text!r} is geen tijdsduur; schrijf bijvoorbeeld '30 min' of '14 dagen'.",
            en=f"{text!r} is not a span of time; write one such as '30 min' or '14 days'.",
        )


def _no_goal() -> Label:
    return Label(
        nl="Zeg met `to`, `at` of `phase` waar de klant moet uitkomen.",
        en="Say with `to`, `at` or `phase` where the customer should get.",
    )


def _unmeasured(name: str) -> Label:
    return Label(
        nl=f"Geen meting vertelt van {name!r}: er is geen herkenner die het ziet.",
        en=f"No data tells of {name!r}: there is no matcher that sees it.",
    )


def _unknown(word: str, known: Collection[str]) -> Label:
    near = nearest(word, known)
    if near is None:
        return Label(nl=f"{word!r} is niet bekend.", en=f"{word!r} is not known.")
    return Label(
        nl=f"{word!r} is niet bekend. Bedoel je {near!r}?", en=f"{word!r} is not known. Did you mean {near!r}?"
    )
