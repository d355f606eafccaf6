"""`Row`: one strip of a journey map, laid out from 0 downwards, with its name for the rail on the left."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.map.kinds import Band
from klantreis.scenes.journey.grid import MARGIN, RAIL, Grid
from klantreis.scenes.model import Element, Group, Line
from klantreis.scenes.pen import NOTE, STRONG, moved, tall, words

USUAL = 4
"""How many lines a note in the rail may take; on a compact sheet two. A row that says a number of its own keeps it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a strip holds and how high it is. `title` '' leaves the rail empty; `rule` draws a hairline above
    it; phase borders stop `clear` pixels before its end, where text runs across phases. `band` is where it stands in a
    blueprint. `lines` is the most that its note may take in the rail.
    """

    kind: str
    height: float
    elements: tuple[Element, ...]
    title: str = ""
    note: str = ""
    rule: bool = True
    clear: float = 0.0
    band: Band = "customer"
    lines: int = USUAL


def placed(row: Row, grid: Grid, top: float) -> Group:
    """Returns the row as a group with its name in the rail and a hairline above."""
    children: list[Element] = []
    if row.rule:
        children.append(Line(grid.left, top, grid.right, top))
    if row.title:
        name = words(row.title, MARGIN, top + 10, STRONG, room=RAIL - 14, most=2)
        children.append(name)
        if row.note:
            under = top + 10 + tall(name)
            children.append(words(row.note, MARGIN, under, NOTE, room=RAIL - 14, most=row.lines))
    own = tuple(moved(element, top) for element in row.elements)
    return Group("lane", (*children, *own), id=row.kind, label=row.title)


def rail_height(row: Row) -> float:
    """Returns the height the row's name and note need in the rail."""
    name = words(row.title, 0, 0, STRONG, room=RAIL - 14, most=2)
    note = words(row.note, 0, 0, NOTE, room=RAIL - 14, most=row.lines)
    return 20 + tall(name) + tall(note) if row.title else 0.0
