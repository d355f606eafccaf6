"""What a map asks of drift: its ideal scenarios and the KPIs that are an estimate, week by week."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses import fit, kpis
from klantreis.analyses.drift.options import DAY, Options
from klantreis.analyses.kpi_asked import COUNTED, FAMILIES
from klantreis.map.model import JourneyMap, Kpi
from klantreis.spans import span
from klantreis.stats.spread import SECOND

USUAL = 7 * DAY
"""How long a journey is looked at when its map names no window."""


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what to follow of a map; None when it has neither an ideal scenario nor a KPI to follow."""
    order = {phase.id: place for place, phase in enumerate(map_.phases)}
    seen = sorted((one for one in map_.touchpoints if one.matcher is not None), key=lambda one: order.get(one.phase, 0))
    phases = tuple((touch.id, touch.phase) for touch in seen)
    unseen = tuple(touch.id for touch in map_.touchpoints if touch.matcher is None)
    fits = tuple(
        fit.Options(path=one.path, scenario=one.id, phases=phases, unseen=unseen)
        for one in map_.scenarios
        if one.kind == "ideal"
    )
    followed = tuple(replace(kpi, by=(), target=None) for kpi in map_.kpis if follows(kpi))
    if not fits and not followed:
        return None
    surveys = tuple(replace(survey, n_min=2) for survey in map_.surveys)
    steps = tuple((touch, step.id) for _, step in map_.steps() for touch in step.touchpoints)
    return Options(within=window(map_), fits=fits, kpis=kpis.Options(followed, surveys, phases, steps))


def follows(kpi: Kpi) -> bool:
    """Returns whether a KPI can be followed per period: an estimate over journeys, not a count of all or of people."""
    return kpi.metric in FAMILIES and kpi.metric not in COUNTED and FAMILIES[kpi.metric] != "again"


def window(map_: JourneyMap) -> int:
    """Returns how long a journey is looked at, in microseconds: the longest window that the map and its KPIs name."""
    named = [round(map_.journey.within_seconds * SECOND)] if map_.journey.within_seconds else []
    for kpi in map_.kpis:
        try:
            named += [span(kpi.within)] if kpi.within and follows(kpi) else []
        except ValueError:
            continue
    return max(named, default=USUAL)
