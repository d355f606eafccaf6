"""`Results`: everything that was measured for one map, for everybody or for one segment or period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from klantreis.analyses.coverage import Coverage
from klantreis.analyses.emotion import Emotion
from klantreis.analyses.fit import Fit
from klantreis.analyses.funnel import Funnel
from klantreis.analyses.kpis import Kpis
from klantreis.analyses.paths import Paths
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
    """Average order value and the like, where events carry values: 'per_success' in the currency; empty when unknown."""
