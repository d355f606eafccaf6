"""`Report`: a map, what was measured, what was found: which data, which version, made when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.journeys.trail import Trail
from klantreis.map.beside import Beside
from klantreis.map.images import Image
from klantreis.map.model import JourneyMap
from klantreis.map.votes import Recognised


@dataclass(frozen=True, slots=True)
class Report:
    """All that a reader sees of one map. `results` None: the map was drawn but nothing was measured yet.

    `findings` come ranked, most important first. `made` is handed in by the caller, never read from a clock here.
    """

    map: JourneyMap
    results: Results | None
    findings: tuple[Finding, ...]
    made: datetime
    workspace: str = ""
    currency: str = "EUR"
    time_zone: str = "Europe/Amsterdam"
    images: Mapping[str, Image] = field(default_factory=dict)
    """The pictures of its steps, by the name the step gives them."""
    beside: Mapping[str, Beside] = field(default_factory=dict)
    """The other maps, by their id; those with a file were written together with this one."""
    votes: Mapping[str, Recognised] = field(default_factory=dict)
    """What viewers of a shared page say of its steps, by their id: observed, and never of customers' data."""
    trail: Trail | None = None
    """One journey to draw on the map; what is written for others has none."""

    def __repr__(self) -> str:
        measured = "nothing measured" if self.results is None else f"{len(self.findings)} findings"
        return f"Report of {self.map.id!r}: {measured}, made {self.made:%Y-%m-%d}"
