"""The closed lists of words that more than one noun of the map uses."""

from __future__ import annotations

from typing import Literal

JourneyType = Literal["purchase", "complaint", "service", "repair", "return", "onboarding", "employee", "custom"]
Provenance = Literal["assumed", "observed", "measured", "confirmed"]
Origin = Literal["template", "imported"]
"""Where an assumption comes from when no person here wrote it."""
PhaseClass = Literal["AW", "OR", "CO", "DE", "BU", "US", "SE", "LO", "AD"]
BarrierKind = Literal["time", "effort", "doubt", "price", "trust", "findability", "availability", "usability", "other"]
Severity = Literal["trivial", "workaround", "abandon"]
GRAVEST_FIRST: tuple[Severity, ...] = ("abandon", "workaround", "trivial")
Comparison = Literal["=", "!=", "<", "<=", ">", ">=", "~", "in"]
Influence = Literal["own", "shared", "none"]
Urgency = Literal["hours", "days", "weeks", "none"]
Band = Literal["evidence", "customer", "front", "back", "support"]
ChangeKind = Literal["content", "page", "message", "offer", "process", "product"]
EvidenceKind = Literal[
    "interview", "survey", "analytics", "testimonial", "review", "video", "ticket", "observation"
]  # fmt: skip
