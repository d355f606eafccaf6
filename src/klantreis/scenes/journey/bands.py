"""Rows of a team's own, and the lines between what customers see, what happens in front of them, and behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klantreis.map.about import Lane, LaneCell
from klantreis.map.kinds import Band
from klantreis.scenes.journey.cards import column_at, phase_ends
from klantreis.scenes.journey.grid import GAP, PAD, Grid
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Line, Role
from klantreis.scenes.pen import BODY, NOTE_STRONG, tall, words
from klantreis.scenes.text import width

BANDS: tuple[Band, ...] = ("evidence", "customer", "front", "back", "support")
_LINES: dict[int, str] = {2: "line.interaction", 3: "line.visibility", 4: "line.internal"}
"""The line above each band, by its number in `BANDS` (Shostack 1984; Kingman-Brundage 1989)."""


def banded(sheet: Sheet, grid: Grid) -> list[Row]:
    """Returns the map's free lanes: those of the customer first, then in front, behind and in support of it."""
    free = [lane for lane in sheet.map.lanes if lane.kind == "free" and not lane.hidden]
    listed = sorted(enumerate(free), key=lambda pair: (BANDS.index(pair[1].band), pair[1].order or 0, pair[0]))
    rows = [_lane(sheet, grid, lane) for _, lane in listed]
    return [row for row in rows if row is not None]


def parted(sheet: Sheet, grid: Grid, rows: Sequence[Row]) -> Iterator[Row]:
    """Yields rows with a named line wherever a band further behind the scenes begins."""
    depth = 1
    for row in rows:
        here = BANDS.index(row.band)
        crossed = [number for number in _LINES if depth < number <= here]
        if crossed:
            yield _line(sheet, grid, _LINES[crossed[-1]])
        depth = max(depth, here)
        yield row


def _line(sheet: Sheet, grid: Grid, key: str) -> Row:
    """A dashed line across the map with its name; that of visibility is the strongest."""
    strong = key == "line.visibility"
    text = sheet.say(key)
    wide = width(text, NOTE_STRONG.style)
    name = words(text, grid.left + 8, 3, NOTE_STRONG.as_("ink" if strong else "muted"))
    role: Role = "ink" if strong else "strong"
    weight = 2.0 if strong else 1.2
    before = Line(grid.left - 20, 10.5, grid.left, 10.5, role, weight, "dashed")
    after = Line(grid.left + wide + 16, 10.5, grid.right, 10.5, role, weight, "dashed")
    return Row("line", 22, (Group("line", (before, name, after), key, text),), rule=False)


def _lane(sheet: Sheet, grid: Grid, lane: Lane) -> Row | None:
    """One free lane: a box for each cell, over the steps it speaks of; cells that would overlap stand lower."""
    floor = [sheet.density.pad - 2] * len(grid.columns)
    shown: list[Element] = []
    for number, cell in enumerate(lane.cells):
        ends = _ends(sheet, cell)
        text = sheet.text(cell.label)
        if ends is None or not text:
            continue
        first, last = ends
        x, right = grid.columns[first].x + GAP, grid.columns[last].right - GAP
        top = max(floor[first : last + 1])
        said = words(text, x + PAD, top + 6, BODY, room=right - x - 2 * PAD + 4, most=3 + (lane.band == "customer"))
        high = tall(said) + 12
        guess = cell.provenance == "assumed"
        panel = Box(
            x, top, right - x, high, "panel", "border" if guess else "strong", 1, "dashed" if guess else "solid"
        )
        heard = f"{sheet.text(lane.label) or lane.id}: {text}"
        shown.append(Group("lane-cell", (panel, said), f"{lane.id}-{number}", heard, focus=True))
        floor[first : last + 1] = [top + high + 6] * (last + 1 - first)
    if not shown:
        return None
    names = {actor.id: sheet.text(actor.label) or actor.id for actor in sheet.map.actors}
    note = sheet.say("by-team", actor=names.get(lane.actor, lane.actor)) if lane.actor else ""
    title = sheet.text(lane.label) or lane.id
    return Row(f"lane-{lane.id}", max(floor) + 2, tuple(shown), title, note, band=lane.band)


def _ends(sheet: Sheet, cell: LaneCell) -> tuple[int, int] | None:
    """The first and last column of a cell; a cell at a phase covers the whole phase."""
    spots = []
    for id_ in (cell.start, cell.end):
        exact = next((n for n, column in enumerate(sheet.columns) if column.shows(id_)), None)
        ends = (
            (exact, exact)
            if exact is not None
            else phase_ends(sheet, id_)
            if column_at(sheet, id_) is not None
            else None
        )
        if ends is None:
            return None
        spots.append(ends)
    first, last = spots[0][0], spots[1][1]
    return (first, last) if first is not None and last is not None and first <= last else None
