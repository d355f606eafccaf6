"""`Results`: everything that was measured for one map, for everybody or for one segment or period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from klantreis.analyses.coverage import Coverage
from klantreis.analyses.emotion import Emotion
from klantreis.analyses.fit import Fit
from klantreis.analyses.funnel import Funnel
from klantreis.analyses.kpis import Kpis
from klantreis.analyses.paths import Paths
from klantreis.analyses.result import Result, about_dict
from klantreis.analyses.times import Times
from klantreis.journeys.model import About


@dataclass(frozen=True, slots=True)
class Results:
    """One Result of each analysis. `funnel` has the map's phases as steps, counted per journey; `fits` is keyed by
    scenario id; `segments` holds the same for each segment of the map, keyed by segment id.
    """

    about: About
    funnel: Funnel
    paths: Paths
    fits: Mapping[str, Fit]
    times: Times
    coverage: Coverage
    emotion: Emotion
    kpis: Kpis
    segments: Mapping[str, Results] = field(default_factory=dict)
    overlaps: tuple[tuple[str, str, str, int], ...] = ()
    outside: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    """Average order value and the like, where events carry values: 'per_success' in the currency; empty: unknown."""
    more: Mapping[str, Result] = field(default_factory=dict)
    """What further analyses tell of this map, by their names; for everybody, not per segment."""

    def __repr__(self) -> str:
        told = [
            f"{self.paths.journeys:,} journeys of {self.paths.people:,} people",
            *([self.about.days] if self.about.days else []),
            f"fits of {', '.join(self.fits) or 'no scenario'}",
            f"segments {', '.join(self.segments) or 'none'}",
            f"more: {', '.join(self.more) or 'nothing'}",
        ]
        return f"Results of {self.about.map!r}: {'; '.join(told)}"

    def to_dict(self) -> dict[str, Any]:
        """Returns everything measured as plain values: one key per analysis, `fits` by scenario, `segments` by id."""
        return {
            "about": about_dict(self.about),
            "counts": dict(self.counts),
            "outside": self.outside,
            "overlaps": [list(overlap) for overlap in self.overlaps],
            "funnel": self.funnel.to_dict(),
            "paths": self.paths.to_dict(),
            "fits": {scenario: fit.to_dict() for scenario, fit in self.fits.items()},
            "times": self.times.to_dict(),
            "coverage": self.coverage.to_dict(),
            "emotion": self.emotion.to_dict(),
            "kpis": self.kpis.to_dict(),
            "values": dict(self.values),
            "more": {name: result.to_dict() for name, result in self.more.items()},
            "segments": {segment: part.to_dict() for segment, part in self.segments.items()},
        }
