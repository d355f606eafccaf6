"""What is not ours to change: the steps marked `influence: none`, and what stands at them."""

from __future__ import annotations

from klantreis.map.model import JourneyMap


def beyond_us(map_: JourneyMap) -> frozenset[str]:
    """Returns the ids of steps without our influence, of their touchpoints and of the barriers there.

    A touchpoint that more steps use is as its first step is.
    """
    spots = {step.id for _, step in map_.steps() if step.influence == "none"}
    if not spots:
        return frozenset()
    first = {id_: step for _, step in reversed(map_.steps()) for id_ in step.touchpoints}
    spots |= {touch.id for touch in map_.touchpoints if touch.id in first and first[touch.id].influence == "none"}
    return frozenset(spots | {barrier.id for barrier in map_.barriers if barrier.at in spots})
