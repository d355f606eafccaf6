"""Which KPIs judge a phase, and whether the map is complete: at least one with a target in every phase."""

from __future__ import annotations

from klantreis.map.model import JourneyMap, Kpi
from klantreis.map.stages import Phase


def judged(map_: JourneyMap) -> dict[str, tuple[Kpi, ...]]:
    """Returns the KPIs of each phase that has any, by its id: the phase a KPI names, or that of the place it names."""
    homes = {touch.id: touch.phase for touch in map_.touchpoints}
    homes |= {step.id: phase.id for phase, step in map_.steps()} | {phase.id: phase.id for phase in map_.phases}
    found: dict[str, tuple[Kpi, ...]] = {}
    for kpi in map_.kpis:
        home = kpi.phase or homes.get(kpi.at or kpi.end or kpi.start or "")
        if home is not None:
            found[home] = (*found.get(home, ()), kpi)
    return found


def without_target(map_: JourneyMap) -> tuple[Phase, ...]:
    """Returns the phases in which no KPI has a target; () when the map is complete."""
    aimed = {home for home, kpis in judged(map_).items() if any(kpi.target is not None for kpi in kpis)}
    return tuple(phase for phase in map_.phases if phase.id not in aimed)
