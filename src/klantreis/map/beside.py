"""The maps around one map: what they are called, where they are drawn, and which of their steps opens this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from klantreis.labels import Label
from klantreis.map.model import JourneyMap


@dataclass(frozen=True, slots=True)
class Beside:
    """Another map as this one sees it.

    `file` is the name of the file beside this one where it is drawn; None: it was not drawn together with this one, so
    nothing may lead to it. `step` is the id of its step that opens this map, with its words; '' when none does.
    """

    title: Label
    file: str | None = None
    step: str = ""
    said: Label = field(default_factory=Label)


ALONE: Mapping[str, Beside] = MappingProxyType({})


def beside(map_: JourneyMap, maps: Sequence[JourneyMap], files: Mapping[str, str]) -> Mapping[str, Beside]:
    """Returns the other maps by their id; `files` says which are drawn together with this one, and where."""
    return {other.id: _seen(map_, other, files.get(other.id)) for other in maps if other.id != map_.id}


def above(map_: JourneyMap, around: Mapping[str, Beside]) -> tuple[str, Beside] | None:
    """Returns the id of the map that this one is a part of, with what it is: as it says itself, or as a step does."""
    named = map_.parent.map if map_.parent else None
    if named is not None and named in around:
        return named, around[named]
    return next(((id_, one) for id_, one in around.items() if one.step), None)


def _seen(map_: JourneyMap, other: JourneyMap, file: str | None) -> Beside:
    wanted = map_.parent.step if map_.parent and map_.parent.map == other.id else None
    steps = [step for _, step in other.steps()]
    opening = next((step for step in steps if step.opens == map_.id or (wanted and step.id == wanted)), None)
    return Beside(other.title, file, opening.id if opening else "", opening.label if opening else Label())
