"""Who the journey is about and who works on it: personas, segments, channels, actors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.labels import Label
from klantreis.map.behaviour import Behaviour
from klantreis.map.kinds import Band, Provenance, Urgency
from klantreis.map.matching import Condition


@dataclass(frozen=True, slots=True)
class PhaseNeed:
    """What one persona needs in one phase, and in which tone to speak then: a cell of persona by phase."""

    phase: str
    tone: Label = field(default_factory=Label)
    need: Label = field(default_factory=Label)


@dataclass(frozen=True, slots=True)
class Persona:
    """One kind of customer, as a person. `brand` is the make preferred, `brand_preference` how strongly."""

    id: str
    label: Label
    kind: Literal["ideal", "typical", "edge", "anti"] = "typical"
    goal: Label = field(default_factory=Label)
    needs: tuple[Label, ...] = ()
    quote: Label = field(default_factory=Label)
    tone: Label = field(default_factory=Label)
    urgency: Urgency = "none"
    segment: str | None = None
    provenance: Provenance = "assumed"
    evidence: tuple[str, ...] = ()
    picture: str | None = None
    """An asset, or a file within the folder of the map."""
    alt: Label = field(default_factory=Label)
    brand: str | None = None
    brand_preference: Literal["none", "some", "strong"] = "none"
    per_phase: tuple[PhaseNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of customers by rule: any of `any_of`, each a set of conditions that must all hold.

    Conditions look at what is known of the person at the first event of the journey, behaviour at the whole journey.
    """

    id: str
    label: Label
    rule: str
    any_of: tuple[tuple[Condition | Behaviour, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to meet: web, shop, mail, phone; `icon` names a drawing in the scenes."""

    id: str
    label: Label
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A team or role that plays a part, in front of the customer or behind."""

    id: str
    label: Label
    band: Band = "back"
