"""What ids of a map are called: phases, steps and touchpoints by their labels."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.words import say


def names_of(map_: JourneyMap | None, language: Language) -> Mapping[str, str]:
    """Returns the label of every phase, step, touchpoint and segment by id, and of the ends of a path."""
    found = {"start": say("start", language), "end": say("end", language)}
    if map_ is None:
        return found
    labels = [(segment.id, segment.label) for segment in map_.segments]
    labels += [(phase.id, phase.label) for phase in map_.phases]
    labels += [(step.id, step.label) for _, step in map_.steps()]
    labels += [(touch.id, touch.label) for touch in map_.touchpoints]
    return found | {id_: label.shown(language) or id_ for id_, label in labels}
