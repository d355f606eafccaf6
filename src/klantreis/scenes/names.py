"""What ids of a map are called: phases, steps and touchpoints by their labels."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Language
from klantreis.map.channels import channel, channels
from klantreis.map.model import JourneyMap
from klantreis.scenes.words import say


def names_of(map_: JourneyMap | None, language: Language, *, ends: tuple[str, str] | None = None) -> Mapping[str, str]:
    """Returns the label of every phase, step, touchpoint and segment by id, and of channels by `channel_key`.

    `ends`: what a result calls the artificial start and end of a journey; they are named too. An event that is called
    `start` is no such end, and keeps its own name.
    """
    found = {} if ends is None else {ends[0]: say("start", language), ends[1]: say("end", language)}
    if map_ is None:
        return found
    labels = [(segment.id, segment.label) for segment in map_.segments]
    labels += [(phase.id, phase.label) for phase in map_.phases]
    labels += [(step.id, step.label) for _, step in map_.steps()]
    labels += [(touch.id, touch.label) for touch in map_.touchpoints]
    by_channel = {channel_key(id_): name for id_, name in channel_names(map_, language).items()}
    return found | by_channel | {id_: label.shown(language) or id_ for id_, label in labels}


def channel_key(id_: str) -> str:
    """Returns under which key `names_of` has a channel: a touchpoint may have the id of its channel."""
    return f"channel:{id_}"


def with_model(text: str, map_: JourneyMap, language: Language) -> str:
    """Returns a line about a map with in which other phase model it is shown; the line alone in its own phases."""
    return "  ·  ".join(filter(None, (text, map_.seen_as.shown(language))))


def channel_names(map_: JourneyMap | None, language: Language) -> Mapping[str, str]:
    """Returns the label of every channel that a map draws or everybody knows, by its id; {} without a map.

    Apart from `names_of`: a touchpoint and its channel may have one id.
    """
    if map_ is None:
        return {}
    labels = {one.id: one.label for one in channels()}
    labels |= {touch.channel: channel(touch.channel).label for touch in map_.touchpoints if touch.channel}
    labels |= {one.id: one.label for one in map_.channels if one.label}
    return {id_: label.shown(language) or id_ for id_, label in labels.items()}


def surveys_of(map_: JourneyMap | None, language: Language) -> Mapping[str, str]:
    """Returns the question of every survey of a map, by its id; {} without a map."""
    return {} if map_ is None else {one.id: one.label.shown(language) or one.id for one in map_.surveys}
