"""`JourneyMap`: the journey map as a document, in frozen values.

One `id` runs through the product: the key in the YAML, the row of a result, the place of a finding, the element in
the picture. Everything here is what a person wrote; measured values live in results, never in the map.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.findings import Place
from klantreis.labels import Label
from klantreis.map.path import Path

JourneyType = Literal["purchase", "complaint", "service", "repair", "return", "onboarding", "employee", "custom"]
Provenance = Literal["assumed", "observed", "measured", "confirmed"]
PhaseClass = Literal["AW", "OR", "CO", "DE", "BU", "US", "SE", "LO", "AD"]
BarrierKind = Literal["time", "effort", "doubt", "price", "trust", "findability", "availability", "usability", "other"]
Severity = Literal["trivial", "workaround", "abandon"]
Comparison = Literal["=", "!=", "<", "<=", ">", ">=", "~", "in"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on a property: `property comparison values`, or against another property (`$name` in the YAML).

    `~` is a regular expression found anywhere, ignoring case. `in` holds when the property equals any of `values`.
    A missing property fails every test but `!=`.
    """

    property: str
    comparison: Comparison
    values: tuple[str | float | bool, ...] = ()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """Which events mean that a touchpoint was met: an event name and conditions that must all hold."""

    event: str
    where: tuple[Condition, ...] = ()
    take: Literal["first", "any", "last"] = "any"
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim on the map comes from."""

    id: str
    kind: str = "observation"
    source: str = ""
    label: Label = field(default_factory=Label)
    date: str | None = None
    sample: int | None = None
    consent: str | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """One kind of customer, as a person."""

    id: str
    label: Label
    kind: Literal["ideal", "typical", "edge", "anti"] = "typical"
    goal: Label = field(default_factory=Label)
    needs: tuple[Label, ...] = ()
    quote: Label = field(default_factory=Label)
    tone: Label = field(default_factory=Label)
    urgency: Literal["hours", "days", "weeks", "none"] = "none"
    segment: str | None = None
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of customers by rule: any of `any_of`, each a set of conditions that must all hold.

    Conditions look at what is known of the person at the first event of the journey.
    """

    id: str
    label: Label
    rule: str
    any_of: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to meet: web, shop, mail, phone; `icon` names a drawing in the scenes."""

    id: str
    label: Label
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A moment of contact (contactmoment). `phase` is always filled; `matcher` None means no data tells of it."""

    id: str
    label: Label
    phase: str
    channel: str | None = None
    matcher: Matcher | None = None
    failed_when: tuple[Condition, ...] = ()
    survey: str | None = None
    kind: Literal["action", "communication"] = "action"
    initiator: Literal["customer", "company", "peer", "competitor"] = "customer"
    media: Literal["paid", "owned", "earned"] | None = None
    setting: Literal["digital", "physical", "phone", "post"] | None = None
    delight: bool = False
    planned: bool = False
    measurement: Literal["event", "survey", "code", "counter", "manual", "none"] = "none"
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What the customer does, thinks, expects and feels at one spot of a phase; uses touchpoints by id.

    `feel` is the assumed feeling from -2 (very bad) to +2 (very good), None when nobody said.
    """

    id: str
    label: Label
    think: Label = field(default_factory=Label)
    expect: Label = field(default_factory=Label)
    feel: float | None = None
    word: Label = field(default_factory=Label)
    touchpoints: tuple[str, ...] = ()
    delight: bool = False
    influence: Literal["own", "shared", "none"] = "own"
    mot: Literal["none", "suggested", "confirmed"] = "none"
    need: Label = field(default_factory=Label)
    survey: str | None = None
    image: str | None = None
    owner: str | None = None
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the journey (fase); `classes` place it in the crosswalk between phase models."""

    id: str
    label: Label
    classes: tuple[PhaseClass, ...] = ()
    goal: Label = field(default_factory=Label)
    strategy: Label = field(default_factory=Label)
    expected_seconds: float | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way through the journey: how it should go, how it goes, or how it will go."""

    id: str
    label: Label
    kind: Literal["ideal", "realistic", "future"]
    path: Path
    persona: str | None = None
    trigger: Label = field(default_factory=Label)
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barrier:
    """What gets in the customer's way (barrière) at a step or touchpoint `at`."""

    id: str
    label: Label
    at: str
    kind: BarrierKind = "other"
    severity: Severity = "workaround"
    quote: Label = field(default_factory=Label)
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An idea that takes a barrier away (kans). Impact, effort and confidence run from 1 to 5."""

    id: str
    label: Label
    solves: tuple[str, ...] = ()
    kind: Literal["content", "page", "message", "offer", "process", "product"] = "process"
    impact: int | None = None
    effort: int | None = None
    confidence: int | None = None
    status: Literal["idea", "planned", "testing", "shipped", "rejected"] = "idea"
    note: Label = field(default_factory=Label)
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a KPI should be: `comparison number`, e.g. `>= 0.03`; shares are 0 to 1 whatever was written."""

    comparison: Literal["<", "<=", "=", ">=", ">"]
    number: float
    text: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """A reference to a measure with a target. `metric` is one of `klantreis.map.metrics.METRICS`."""

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


@dataclass(frozen=True, slots=True)
class Survey:
    """A question put to customers. Its answers are events that carry a score.

    `low`..`high` is the scale as asked; `reverse` when low is good. `matcher` says which events are answers (None:
    any event with a score that matches a touchpoint bound to this survey). `about` lists the touchpoints an answer
    speaks of: the nearest one before the answer in the same journey, else the nearest after; the touchpoint itself
    when empty. Below `n_min` answers nothing is shown as measured.
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


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """The whole document. Order is the order of the file; phases are in the order of the journey."""

    id: str
    title: Label
    type: JourneyType = "custom"
    state: Literal["current", "future"] = "current"
    template: str | None = None
    context: tuple[tuple[str, str], ...] = ()
    owner: str | None = None
    review_every: str | None = None
    status: Literal["draft", "review", "published", "archived"] = "draft"
    languages: tuple[str, ...] = ("nl",)
    personas: tuple[Persona, ...] = ()
    segments: tuple[Segment, ...] = ()
    channels: tuple[Channel, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    phases: tuple[Phase, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    surveys: tuple[Survey, ...] = ()
    journey: JourneyRule = field(default_factory=JourneyRule)
    extra: tuple[tuple[str, object], ...] = ()
    file: str | None = None
    spots: tuple[tuple[str, int, int], ...] = field(default=(), repr=False, compare=False)
    """Where each id is written in the file: (id, line, column)."""

    def place(self, id_: str | None = None) -> Place:
        """Returns where an id is, on the map and in its file; without an id, the map as a whole.

        What comes from a template has no line of its own and gets that of the map's id.
        """
        written = {name: (line, column) for name, line, column in self.spots}
        line, column = written.get(id_ or self.id) or written.get(self.id) or (None, None)
        return Place(self.id, id_, self.file, line, column)

    def touchpoint(self, id_: str) -> Touchpoint | None:
        """Returns the touchpoint with this id, or None."""
        return next((touch for touch in self.touchpoints if touch.id == id_), None)

    def steps(self) -> tuple[tuple[Phase, Step], ...]:
        """Returns every step with its phase, in the order of the journey."""
        return tuple((phase, step) for phase in self.phases for step in phase.steps)

    def step_of(self, touchpoint: str) -> Step | None:
        """Returns the first step that uses this touchpoint, or None."""
        return next((step for _, step in self.steps() if touchpoint in step.touchpoints), None)
