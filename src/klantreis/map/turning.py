"""A finding turned into an opportunity: what it solves, under which id, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.work import Barrier


@dataclass(frozen=True, slots=True)
class Turned:
    """What a finding becomes on its map: an opportunity `id` that solves the barrier at `place`.

    `barrier` None: there is none yet, so one is drawn, called `slug`. `known`: the map has this opportunity already.
    """

    id: str
    slug: str
    label: Label
    place: str
    barrier: Barrier | None
    known: bool


def turned(map_: JourneyMap, finding: Finding) -> Turned | None:
    """Returns what a finding becomes; None when it is not at a step, a touchpoint or a barrier of the map."""
    place = finding.place.id or ""
    barrier = next((one for one in map_.barriers if place in (one.id, one.at)), None)
    spots = {touch.id: touch.label for touch in reversed(map_.touchpoints)}
    spots |= {step.id: step.label for _, step in map_.steps() if step.id not in spots}
    if barrier is None and place not in spots:
        return None
    slug = re.sub(r"\W+", "_", f"{finding.rule}_{place}").strip("_")
    id_ = f"kans_{slug}"
    label = _better(spots[place]) if barrier is None else _away(barrier.label)
    return Turned(id_, slug, label, place, barrier, any(one.id == id_ for one in map_.opportunities))


def may_turn(map_: JourneyMap, finding: Finding) -> bool:
    """Says whether a finding can become an opportunity: it proposes no edit of its own and is none yet."""
    made = turned(map_, finding)
    return finding.edit is None and made is not None and not made.known


def _away(barrier: Label) -> Label:
    return Label(f"Wegnemen: {barrier.text('nl')}", f"Take away: {barrier.text('en')}")


def _better(place: Label) -> Label:
    return Label(f"Verbeteren: {place.text('nl')}", f"Improve: {place.text('en')}")
