"""How long a phase is expected to take: by urgency, else by price band, else as a rule."""

from __future__ import annotations

from klantreis.map.kinds import Urgency
from klantreis.map.model import JourneyMap
from klantreis.map.stages import Phase


def expected_seconds(
    map_: JourneyMap, phase: Phase, *, urgency: Urgency | None = None, price_band: str | None = None
) -> float | None:
    """Returns the seconds a phase is expected to take; None when nobody said.

    `urgency` is that of a persona or scenario, `price_band` an id (left out: the one in the map's context, when that
    is one). What the phase says for this urgency comes first, then what it says for this band, then its usual
    duration, as many times as the band says.
    """
    band = price_band or dict(map_.context).get("price_band")
    said = {(one.by, one.value): one.seconds for one in phase.expected_by}
    by_urgency = said.get(("urgency", urgency or ""))
    if by_urgency is not None:
        return by_urgency
    by_band = said.get(("price_band", band or ""))
    if by_band is not None or phase.expected_seconds is None:
        return by_band
    times = next((one.times for one in map_.price_bands if one.id == band), 1)
    return phase.expected_seconds * times
