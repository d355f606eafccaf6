"""`JourneyMap`: the journey map as a document, in frozen values.

One `id` runs through the product: the key in the YAML, the row of a result, the place of a finding, the element in
the picture. Everything here is what a person wrote; measured values live in results, never in the map. The nouns of
its parts have their homes in the files beside this one; the ones that other rooms use most can be had from here too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.findings import Place
from klantreis.labels import Label
from klantreis.map.about import Alternative, Asset, Comment, Criterion, Lane, Parent, PriceBand, Scope, Version
from klantreis.map.contact import Touchpoint
from klantreis.map.kinds import BarrierKind, Comparison, JourneyType, PhaseClass, Provenance, Severity
from klantreis.map.matching import Condition, Matcher
from klantreis.map.measures import JourneyRule, Kpi, Survey, Target
from klantreis.map.people import Actor, Channel, Persona, Segment
from klantreis.map.proof import Claim, Evidence
from klantreis.map.stages import Phase, Scenario, Step
from klantreis.map.work import Barrier, Change, Need, Offer, Opportunity

__all__ = [
    "Barrier", "BarrierKind", "Change", "Channel", "Comparison", "Condition", "Evidence", "JourneyMap", "JourneyRule",
    "JourneyType", "Kpi", "Matcher", "Need", "Opportunity", "Persona", "Phase", "PhaseClass", "Provenance", "Scenario",
    "Segment", "Severity", "Step", "Survey", "Target", "Touchpoint",
]  # fmt: skip


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
    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()
    changes: tuple[Change, ...] = ()
    claims: tuple[Claim, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    assets: tuple[Asset, ...] = ()
    lanes: tuple[Lane, ...] = ()
    actors: tuple[Actor, ...] = ()
    price_bands: tuple[PriceBand, ...] = ()
    comments: tuple[Comment, ...] = ()
    scope: Scope = field(default_factory=Scope)
    parent: Parent | None = None
    version: Version = field(default_factory=Version)
    tags: tuple[str, ...] = ()
    reviewed: str | None = None
    minutes: int | None = None
    """How long walking through the map takes, when somebody timed it."""
    extra: tuple[tuple[str, object], ...] = ()
    """Keys that begin with x-: kept for other programs, never read."""
    file: str | None = None
    spots: tuple[tuple[str, int, int], ...] = field(default=(), repr=False, compare=False)
    """Where each id is written in the file: (id, line, column)."""
    seen_as: Label = field(default_factory=Label, compare=False)
    """In which other phase model it is shown, in words; empty: in its own phases."""

    def __repr__(self) -> str:
        size = f"{len(self.phases)} phases, {len(self.touchpoints)} touchpoints"
        return f"JourneyMap {self.id!r}: {self.title.text('en')!r}, {size}"

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

    def stops(self) -> tuple[tuple[Phase, Step | Touchpoint], ...]:
        """Returns what a walk through the map passes, with its phase: its steps, then the touchpoints no step uses."""
        used = {name for _, step in self.steps() for name in step.touchpoints}
        found: list[tuple[Phase, Step | Touchpoint]] = []
        for phase in self.phases:
            found += [(phase, step) for step in phase.steps]
            found += [(phase, one) for one in self.touchpoints if one.phase == phase.id and one.id not in used]
        return tuple(found)

    def step_of(self, touchpoint: str) -> Step | None:
        """Returns the first step that uses this touchpoint, or None."""
        every = (step for phase in self.phases for step in phase.steps)
        return next((step for step in every if touchpoint in step.touchpoints), None)
