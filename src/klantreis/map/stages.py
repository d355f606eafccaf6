"""The course of the journey: phases, steps and the scenarios through them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.labels import Label
from klantreis.map.kinds import Influence, Origin, PhaseClass, Provenance, Urgency
from klantreis.map.path import Path
from klantreis.map.proof import Cell


@dataclass(frozen=True, slots=True)
class Feeling:
    """The assumed feeling (-2 to +2) of one persona, in one scenario, or both; None stands for all of them."""

    persona: str | None
    scenario: str | None
    value: float


@dataclass(frozen=True, slots=True)
class Step:
    """What the customer does, thinks, expects and feels at one spot of a phase; uses touchpoints by id.

    `feel` is the assumed feeling from -2 (very bad) to +2 (very good), None when nobody said; `feels` are those of a
    persona or scenario apart. `provenance` speaks of the step as a whole, `cells` of one cell apart. `opens` is the
    map of the journey that begins here. `classes` place the step apart from its phase in the crosswalk.
    """

    id: str
    label: Label
    think: Label = field(default_factory=Label)
    expect: Label = field(default_factory=Label)
    feel: float | None = None
    word: Label = field(default_factory=Label)
    touchpoints: tuple[str, ...] = ()
    delight: bool = False
    influence: Influence = "own"
    mot: Literal["none", "suggested", "confirmed"] = "none"
    need: Label = field(default_factory=Label)
    survey: str | None = None
    image: str | None = None
    owner: str | None = None
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()
    origin: Origin | None = None
    cells: tuple[Cell, ...] = ()
    feels: tuple[Feeling, ...] = ()
    opens: str | None = None
    classes: tuple[PhaseClass, ...] = ()

    def feeling(self, persona: str | None = None, scenario: str | None = None) -> float | None:
        """Returns the assumed feeling of a persona in a scenario: the one that says most about them, else `feel`."""
        for who, way in ((persona, scenario), (persona, None), (None, scenario)):
            for one in self.feels:
                if (one.persona, one.scenario) == (who, way) and (who or way):
                    return one.value
        return self.feel


@dataclass(frozen=True, slots=True)
class Expected:
    """How long a phase is expected to take for one urgency or one price band, in seconds."""

    by: Literal["urgency", "price_band"]
    value: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Action:
    """What the firm does in a phase: an insight, what is done with it, with which asset, by whom, at what cost.

    `hours` and `cost` (in the workspace's currency) are what it takes a month; None when nobody said.
    """

    id: str
    label: Label
    insight: Label = field(default_factory=Label)
    asset: str | None = None
    owner: str | None = None
    hours: float | None = None
    cost: float | None = None


Lever = Literal["offering", "addressing", "communication", "depth", "breadth", "fit"]
"""What a supplier can always pull: how it offers, addresses and communicates; how deep and broad its assortment is,
and how that fits the ideal customer."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the journey (fase); `classes` place it in the crosswalk between phase models.

    `means` help customers on to the next phase; `levers` are the ones that were thought about. `origin` is 'template'
    as long as its goal is the one of the template.
    """

    id: str
    label: Label
    classes: tuple[PhaseClass, ...] = ()
    goal: Label = field(default_factory=Label)
    strategy: Label = field(default_factory=Label)
    expected_seconds: float | None = None
    steps: tuple[Step, ...] = ()
    problem: Label = field(default_factory=Label)
    expected_by: tuple[Expected, ...] = ()
    actions: tuple[Action, ...] = ()
    means: tuple[Label, ...] = ()
    levers: tuple[Lever, ...] = ()
    provenance: Provenance = "assumed"
    origin: Origin | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way through the journey: how it should go, how it goes, or how it will go.

    `persona` is the first of `personas`. `goal` is what the customer wants of it, such as talking over their goals.
    """

    id: str
    label: Label
    kind: Literal["ideal", "realistic", "future"]
    path: Path
    persona: str | None = None
    trigger: Label = field(default_factory=Label)
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    goal: Label = field(default_factory=Label)
    urgency: Urgency | None = None
