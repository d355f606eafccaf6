"""The axis that lines side by side share: phases and steps from left to right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.model import Box, Element, Group
from klantreis.scenes.pen import NOTE, SECTION, tall, words

RAIL, SIDE, LEAST = 128.0, 150.0, 78.0
"""Room on the left for names of the axis, on the right for names of lines, and the least of a column."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Where columns stand: their x, width, names and phases, and what is drawn in which language."""

    xs: Mapping[str, float]
    wide: float
    names: Mapping[str, str]
    phases: tuple[tuple[str, float, float], ...]
    language: Language

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return MARGIN + RAIL

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.left + self.wide * len(self.xs)


def axis_of(map_: JourneyMap, names: Mapping[str, str], width: float, language: Language) -> Axis:
    """Returns where the columns named in `names` stand on a picture of about `width` pixels; wider when they must."""
    columns = [column for column in columns_of(map_, None, ()) if column.id in names]
    wide = max(LEAST, (width - 2 * MARGIN - RAIL - SIDE) / max(1, len(columns)))
    left = MARGIN + RAIL
    xs = {column.id: left + wide * (number + 0.5) for number, column in enumerate(columns)}
    phases = []
    for phase in map_.phases:
        own = [number for number, column in enumerate(columns) if column.phase == phase.id]
        if own:
            label = phase.label.shown(language) or phase.id
            phases.append((label, left + wide * own[0], left + wide * (own[-1] + 1)))
    return Axis(xs, wide, names, tuple(phases), language)


def heads(axis: Axis) -> tuple[list[Element], float]:
    """Returns the phases with the names of the steps under them, and where they end."""
    names = [words(name, x + 8, 5, SECTION, room=right - x - 12, most=2) for name, x, right in axis.phases]
    high = max((tall(name) for name in names), default=19.0) + 10
    found: list[Element] = []
    for text, (name, x, right) in zip(names, axis.phases, strict=True):
        found.append(Group("phase", (Box(x + 1.5, 0, right - x - 3, high, "phase"), text), name, name))
    steps = [
        words(axis.names[id_], x, high + 8, NOTE, room=axis.wide - 8, most=4, anchor="middle")
        for id_, x in axis.xs.items()
    ]
    return [*found, *steps], high + 8 + max((tall(step) for step in steps), default=0) + 6
