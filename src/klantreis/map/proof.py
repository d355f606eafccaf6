"""What the map leans on: evidence, claims that need it, and how sure each cell is."""

from __future__ import annotations

from dataclasses import dataclass, field

from klantreis.labels import Label
from klantreis.map.kinds import EvidenceKind, Origin, Provenance


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim on the map comes from.

    `date` is a day, month or year (2026-05-01, 2026-05, 2026). `fresh_seconds` is how long it holds from then on,
    None when nobody said. A testimonial has a `person`, perhaps a `firm`, a `quote` and `consent`.
    """

    id: str
    kind: EvidenceKind = "observation"
    source: str = ""
    label: Label = field(default_factory=Label)
    date: str | None = None
    sample: int | None = None
    consent: str | None = None
    fresh_seconds: float | None = None
    person: str | None = None
    firm: str | None = None
    quote: Label = field(default_factory=Label)
    url: str | None = None

    @property
    def agreed(self) -> bool:
        """Says whether the person agreed to be named: somebody wrote how, and not that they did not."""
        return (self.consent or "no").strip().casefold() not in REFUSED


REFUSED = frozenset({"", "no", "nee", "false", "geen", "none", "onbekend", "unknown"})
"""What stands at `consent` when nobody agreed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How sure one cell of a step or phase is; `name` is the key of the cell: do, think, feel ..."""

    name: str
    provenance: Provenance = "assumed"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said to customers that needs a source, such as "9,000 owners went before you"."""

    id: str
    label: Label
    at: str | None = None
    evidence: tuple[str, ...] = ()
