"""Cards under the columns: barriers, the opportunities that answer them, the changes that test those, and KPIs.

A card stands under the column it is about and widens over columns of its phase without a card of their own: to the
right, and when that is too little also to the left. Cards of one column stand under each other; three or more of them
stand in two files where there is room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klantreis.scenes.journey.grid import CARD, GAP, Grid, Span
from klantreis.scenes.journey.marked import BADGE, badge, framed, kinds_at
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Role, Words
from klantreis.scenes.pen import NOTE_STRONG, STRONG, Ink, tall, words

WISH = 205.0
"""The width from which a card needs no more columns; three or more cards wish for twice that."""
BETWEEN = 6.0

Draw = Callable[[float, float, float], tuple[tuple[Element, ...], float]]
_Reach = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: `draw(x, top, width)` returns its elements and its height. `column` is where it stands.

    `last` is the last column it is about, when that is more than one. `phase` is where a card stands that has no
    column: one about a phase without steps.
    """

    kind: str
    id: str
    column: int | None
    heard: str
    draw: Draw
    last: int | None = None
    phase: str | None = None


def card_row(sheet: Sheet, grid: Grid, kind: str, cards: Sequence[Card], *, note: str = "") -> Row | None:
    """Returns a lane of cards; None when there are none."""
    cards = [card for card in cards if card.column is not None or _empty(grid, card)]
    if not cards:
        return None
    floor = [sheet.density.pad] * len(grid.columns)
    groups: list[Element] = []
    for (first, last), own in _stacks(sheet, grid, cards).items():
        x, right = grid.columns[first].x + GAP, grid.columns[last].right - GAP
        many = len(own) > (1 if own[0].last is not None else 2)
        files = 2 if many and right - x >= 2 * CARD + BETWEEN else 1
        wide = (right - x - BETWEEN * (files - 1)) / files
        tops = [max(floor[first : last + 1])] * files
        for card in own:
            file = tops.index(min(tops))
            elements, high = _marked(sheet, card, x + file * (wide + BETWEEN), tops[file], wide)
            tops[file] += high + BETWEEN
            groups.append(Group(card.kind, elements, card.id, card.heard, focus=True, link=sheet.links.get(card.id)))
        floor[first : last + 1] = [max(tops)] * (last + 1 - first)
    alone, bottom = _alone(sheet, grid, cards)
    return Row(kind, max([*floor, bottom]) + 3, (*groups, *alone), sheet.say(kind), note)


def _alone(sheet: Sheet, grid: Grid, cards: Sequence[Card]) -> tuple[list[Element], float]:
    """The cards of phases without steps, under each other within their phase, and how far down they come."""
    tops: dict[str, float] = {}
    groups: list[Element] = []
    for card in cards:
        span = _empty(grid, card) if card.column is None else None
        if span is not None and card.phase is not None:
            top = tops.get(card.phase, sheet.density.pad)
            elements, high = _marked(sheet, card, span.x + GAP, top, span.width - 2 * GAP)
            tops[card.phase] = top + high + BETWEEN
            groups.append(Group(card.kind, elements, card.id, card.heard, focus=True, link=sheet.links.get(card.id)))
    return groups, max(tops.values(), default=0.0)


def _empty(grid: Grid, card: Card) -> Span | None:
    return next((span for phase, span in grid.phases if phase.id == card.phase), None)


def _marked(sheet: Sheet, card: Card, x: float, top: float, wide: float) -> tuple[tuple[Element, ...], float]:
    """A card as it is drawn, under a mark and in an outline when it became different."""
    kinds = kinds_at(sheet, (card.kind, card.id))
    mark = badge(sheet, kinds, x, top, wide)
    if mark is None:
        return card.draw(x, top, wide)
    elements, high = card.draw(x, top + BADGE, wide)
    return (*elements, framed(kinds, Box(x, top + BADGE - 2, wide, high + 5, radius=2)), mark), high + BADGE + 4


def carded(title: str, lines: list[tuple[str, Ink, int]], tag: str, bar: Role, tone: Role) -> Draw:
    """Returns how a card is drawn: a bar in its colour, title, lines, and a word that says where it stands.

    `lines` are (text, ink, most lines). `tag` may be a space to keep the room of one, or empty.
    """

    def draw(x: float, top: float, wide: float) -> tuple[tuple[Element, ...], float]:
        room = wide - 13 - 8
        texts: list[Words] = [words(title, x + 13, top + 7, STRONG, room=room, most=3)]
        y = top + 7 + tall(texts[0])
        for text, ink, most in lines:
            if text:
                texts.append(words(text, x + 13, y, ink, room=room, most=most))
                y += tall(texts[-1])
        if tag:
            texts.append(words(tag, x + 13, y + 1, NOTE_STRONG.as_(tone), room=room, most=2))
            y += 1 + tall(texts[-1])
        y += 6
        panel = Box(x, top, wide, y - top, "panel", radius=2)
        return (panel, Box(x, top, 3.5, y - top, bar), *texts), y - top

    return draw


def _stacks(sheet: Sheet, grid: Grid, cards: Sequence[Card]) -> dict[_Reach, list[Card]]:
    """The cards by the columns they cover, from left to right."""
    by_column: dict[tuple[int, int | None], list[Card]] = {}
    placed = [(card.column, card) for card in cards if card.column is not None]
    for column, card in sorted(placed, key=lambda pair: pair[0]):
        by_column.setdefault((column, _uncut(sheet, card, column)), []).append(card)
    taken = {spot for column, last in by_column for spot in range(column, (last or column) + 1)}
    found: dict[_Reach, list[Card]] = {}
    for (column, last), own in by_column.items():
        wish = WISH * 2 + BETWEEN if len(own) > 2 else WISH
        reach = _reach(sheet, grid, column, wish, taken) if last is None else (column, last)
        taken |= set(range(reach[0], reach[1] + 1))
        found.setdefault(reach, []).extend(own)
    return found


def _uncut(sheet: Sheet, card: Card, column: int) -> int | None:
    """The last column a card is about, before a new sheet of paper begins."""
    if card.last is None:
        return None
    return min((cut - 1 for cut in sheet.cuts if column < cut <= card.last), default=card.last)


def _reach(sheet: Sheet, grid: Grid, start: int, wish: float, taken: set[int]) -> _Reach:
    """The first and last column that the cards of column `start` cover."""

    def free(spot: int) -> bool:
        inside = 0 <= spot < len(grid.columns)
        return inside and spot not in taken and sheet.columns[spot].phase == sheet.columns[start].phase

    first = last = start
    while free(last + 1) and last + 1 not in sheet.cuts and grid.columns[last].right - grid.columns[first].x < wish:
        last += 1
    while free(first - 1) and first not in sheet.cuts and grid.columns[last].right - grid.columns[first].x < CARD:
        first -= 1
    return first, last


def column_at(sheet: Sheet, spot: str | None, phase: str | None = None) -> int | None:
    """Returns the number of the column with this step or touchpoint, else the first of the phase, else None."""
    known = sheet.column_with(spot) if spot else None
    if known is not None:
        return known
    wanted = phase or spot
    return next((number for number, column in enumerate(sheet.columns) if column.phase == wanted), None)


def phase_ends(sheet: Sheet, phase: str | None) -> _Reach | None:
    """Returns the first and last column of a phase, of the whole map when `phase` is None; None without columns."""
    spots = [number for number, column in enumerate(sheet.columns) if phase in {None, column.phase}]
    return (spots[0], spots[-1]) if spots else None
