"""Cards under the columns: barriers, the opportunities that answer them, the changes that test those, and KPIs.

A card stands under the column it is about and widens to the right over columns of its phase without a card of their
own. Cards of one column stand under each other; each finds the highest free spot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klantreis.scenes.journey.grid import GAP, Grid
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group

WISH = 205.0
"""The width from which a card needs no more columns."""

Draw = Callable[[float, float, float], tuple[tuple[Element, ...], float]]


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: `draw(x, top, width)` returns its elements and its height. `column` is where it stands."""

    kind: str
    id: str
    column: int
    heard: str
    draw: Draw


def card_row(sheet: Sheet, grid: Grid, kind: str, cards: Sequence[Card], *, note: str = "") -> Row | None:
    """Returns a lane of cards; None when there are none."""
    if not cards:
        return None
    floor = [9.0] * len(grid.columns)
    groups: list[Element] = []
    busy = {card.column for card in cards}
    for card in sorted(cards, key=lambda card: card.column):
        end = _reach(sheet, grid, card.column, busy)
        x, right = grid.columns[card.column].x + GAP, grid.columns[end].right - GAP
        top = max(floor[card.column : end + 1])
        elements, high = card.draw(x, top, right - x)
        floor[card.column : end + 1] = [top + high + 6] * (end + 1 - card.column)
        groups.append(Group(card.kind, elements, card.id, card.heard, focus=True, link=sheet.links.get(card.id)))
    return Row(kind, max(floor) + 3, tuple(groups), sheet.say(kind), note)


def _reach(sheet: Sheet, grid: Grid, start: int, busy: set[int]) -> int:
    """The last column a card covers."""
    end = start
    while end + 1 < len(grid.columns):
        wide = grid.columns[end].right - grid.columns[start].x
        if wide >= WISH or end + 1 in busy or sheet.columns[end + 1].phase != sheet.columns[start].phase:
            break
        end += 1
    return end


def column_at(sheet: Sheet, spot: str | None, phase: str | None = None) -> int | None:
    """Returns the number of the column with this step or touchpoint, else the first of the phase, else None."""
    for number, column in enumerate(sheet.columns):
        if spot and column.shows(spot):
            return number
    wanted = phase or spot
    return next((number for number, column in enumerate(sheet.columns) if column.phase == wanted), None)
