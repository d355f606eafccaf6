"""What it means that a journey succeeded."""

from __future__ import annotations

from klantreis.map.model import JourneyMap
from klantreis.map.path import touchpoints


def goal(map_: JourneyMap) -> tuple[str, ...]:
    """Returns the touchpoints that mean a journey of this map succeeded; empty when the map does not say."""
    if map_.journey.goal or map_.journey.end:
        return map_.journey.goal or map_.journey.end
    ideal = next((scenario for scenario in map_.scenarios if scenario.kind == "ideal"), None)
    last = touchpoints(ideal.path)[-1:] if ideal else ()
    touch = map_.touchpoint(last[0]) if last else None
    return last if touch is not None and touch.matcher is not None else ()
