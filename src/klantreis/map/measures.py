"""What is measured: KPIs with targets, surveys, and when a journey begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.labels import Label
from klantreis.map.matching import Matcher


@dataclass(frozen=True, slots=True)
class Target:
    """What a KPI should be: `comparison number`, e.g. `>= 0.03`; shares are 0 to 1 whatever was written."""

    comparison: Literal["<", "<=", "=", ">=", ">"]
    number: float
    text: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """A reference to a measure with a target. `metric` is one of `klantreis.map.metrics.METRICS`.

    `least_times` is how often the place is met by whom `repeat_share` counts (None: twice): a full card of ten stamps
    is ten.
    """

    id: str
    label: Label
    metric: str
    phase: str | None = None
    at: str | None = None
    start: str | None = None
    end: str | None = None
    survey: str | None = None
    within: str | None = None
    target: Target | None = None
    by: tuple[str, ...] = ()
    owner: str | None = None
    period: str | None = None
    least_times: int | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """A question put to customers. Its answers are events that carry a score.

    `low`..`high` is the scale as asked; `reverse` when low is good. `matcher` says which events are answers (None:
    any event with a score that matches a touchpoint bound to this survey). `about` lists the touchpoints an answer
    speaks of: the nearest one before the answer in the same journey, else the nearest after; the touchpoint itself
    when empty. Below `n_min` answers nothing is shown as measured. `dimension`: what of the experience it asks for: how
    good the `service` was, how easy the `use`, which `emotion` it left; None: as its kind says.
    """

    id: str
    label: Label
    low: float = 1
    high: float = 5
    reverse: bool = False
    n_min: int = 30
    kind: Literal["CSAT", "CES", "NPS", "custom"] = "CSAT"
    matcher: Matcher | None = None
    about: tuple[str, ...] = ()
    dimension: Literal["service", "use", "emotion"] | None = None


@dataclass(frozen=True, slots=True)
class JourneyRule:
    """When a journey starts, ends and times out.

    `start`: touchpoints that open one (empty: any touchpoint). `end`: touchpoints that finish it, the finishing
    touch included (empty: only time ends it). `timeout_seconds`: a longer silence closes it (None: never).
    `by`: a column whose value names the journey (an order number); then start, end and timeout only tell its state.
    """

    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    timeout_seconds: float | None = None
    by: str | None = None
    within_seconds: float | None = None
    """The window of the phase funnel: entries later than this before the end of the data are still open."""
    goal: tuple[str, ...] = ()
    """Touchpoints that mean success (empty: `end`, else the last touchpoint of the ideal scenario)."""
