"""Which stretch of a journey is meant: from the problem to paying, from paying on, or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Phase

Stretch = Literal["whole", "to_purchase", "from_purchase"]
OfferKind = Literal["product", "service"]
SAID = {
    "to_purchase": Label("van het probleem tot en met betalen", "from the problem to paying"),
    "from_purchase": Label("vanaf het betalen", "from paying on"),
}


def inside(phases: Sequence[Phase], stretch: str) -> tuple[Phase, ...] | None:
    """Returns the phases within a stretch, the one of the purchase (class BU) included; all of them for other words.

    None when no phase is of the purchase, so that it cannot be told where a stretch ends.
    """
    if stretch not in SAID:
        return tuple(phases)
    bought = [place for place, phase in enumerate(phases) if "BU" in phase.classes]
    if not bought:
        return None
    return tuple(phases[: bought[-1] + 1] if stretch == "to_purchase" else phases[bought[0] :])


def kept_phases(map_: JourneyMap, stretch: str) -> frozenset[str]:
    """Returns the ids of the phases within a stretch of a map. Raises OptionError when it has no purchase."""
    found = inside(map_.phases, stretch)
    if found is None:
        raise OptionError(
            Label(
                f"De kaart {map_.id} heeft geen fase van de aankoop, dus is niet duidelijk waar betaald wordt.",
                f"The map {map_.id} has no phase of the purchase, so it is not clear where paying is.",
            ),
            mend=Label(
                "Geef de fase waarin mensen betalen haar klasse: 'aankoop: {class: BU}'.",
                "Give the phase in which people pay its class: 'aankoop: {class: BU}'.",
            ),
        )
    return frozenset(phase.id for phase in found)


def trimmed(map_: JourneyMap) -> JourneyMap:
    """Returns a map without the phases of its template that lie outside its scope and hold nothing."""
    meant = inside(map_.phases, map_.scope.preset)
    if meant is None or map_.scope.preset not in SAID:
        return map_
    used = _used(map_)

    def stays(phase: Phase) -> bool:
        empty = phase.origin == "template" and not phase.steps and phase.id not in used
        return phase in meant or not empty

    return replace(map_, phases=tuple(phase for phase in map_.phases if stays(phase)))


def _used(map_: JourneyMap) -> set[str | None]:
    """Every phase that something stands in."""
    spots: set[str | None] = {touch.phase for touch in map_.touchpoints}
    spots |= {spot for kpi in map_.kpis for spot in (kpi.phase, kpi.at, kpi.start, kpi.end)}
    spots |= {one.at for one in map_.barriers} | {one.at for one in map_.claims} | {one.at for one in map_.comments}
    spots |= {one.phase for one in map_.alternatives}
    spots |= {cell.phase for persona in map_.personas for cell in persona.per_phase}
    spots |= {spot for lane in map_.lanes for cell in lane.cells for spot in (cell.start, cell.end)}
    return spots
