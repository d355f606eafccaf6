"""Moments of contact: touchpoints, how the ones without data are counted, and how often one may come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.labels import Label
from klantreis.map.kinds import Origin, Provenance
from klantreis.map.matching import Condition, Matcher


@dataclass(frozen=True, slots=True)
class Plan:
    """How a contact outside the web is counted: a QR code, a discount code, a counter, or by asking people."""

    how: Literal["qr", "code", "counter", "asked", "none"]
    code: str | None = None
    note: Label = field(default_factory=Label)
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `times` in `seconds`, for what a firm sends by itself; `text` as it was written."""

    times: int
    seconds: float
    text: str


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
    origin: Origin | None = None
    plan: Plan | None = None
    cap: Cap | None = None
    consent: bool = False
    """Whether the customer has to agree first."""
    content: str | None = None
    """The asset or https address that is shown or sent."""
    personas: tuple[str, ...] = ()
    """Whom it is for: a variant that only these get. Empty: everybody."""
