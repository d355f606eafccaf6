"""The step matrix as a picture: a row per touchpoint, a column per step, darker where more journeys are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.steps import Cell, StepMatrix
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Pattern, Role, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, estimated, percent
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, bounds, moved, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say
from klantreis.stats.intervals import Estimate

NAME, CELL, ROW, HEAD = 200.0, 44.0, 27.0, 24.0
MOST_ROWS, MOST_STEPS = 24, 24
TINTS: tuple[tuple[float, Role], ...] = (
    (0.6, "measured"), (0.3, "stream"), (0.15, "band"), (0.05, "left"), (0.01, "panel"),
)  # fmt: skip
"""From this share on a cell has this tint."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell of a heat map: its text, what a listener hears, and how it is filled; `bare` has no outline."""

    text: str
    heard: str
    tint: Role | None = None
    pattern: Pattern = "plain"
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a heat map: what it is called, and its tiles."""

    id: str
    name: str
    cells: tuple[Tile, ...]
    apart: bool = False
    """A little below the others."""


def steps_scene(matrix: StepMatrix, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns the matrix as a heat map, at most 24 touchpoints and 24 steps; wider than `width` when it must be.

    The steps around the anchor are kept, the table holds them all. An anchor that nobody met is said.
    """
    names = {**names_of(map_, language), matrix.start: say("not-begun", language), matrix.end: say("over", language)}
    title, twin = say("steps", language), _table(matrix, names, language)
    if not matrix.of:
        why = "nothing" if matrix.anchor == matrix.start else "anchor-none"
        told = say(why, language, anchor=anchor_words(matrix.anchor, matrix.start, names, language))
        return nothing("steps", title, told, width=width, table=twin, language=language)
    shown = nearest(matrix.steps)
    ends = {matrix.start, matrix.end}
    kept = [*[row for row in matrix.table if row.id not in ends][:MOST_ROWS],
            *[row for row in matrix.table if row.id in ends]]  # fmt: skip
    rows = [
        Row(
            row.id, names.get(row.id, row.id),
            tuple(_cell(cell, names.get(row.id, row.id), language) for cell in row.cells if cell.step in shown),
            row.id in ends,
        )
        for row in kept
    ]  # fmt: skip
    body, size = heat(rows, [signed(step) for step in shown], width)
    notes = [say("steps-legend", language)]
    if len(matrix.table) > len(kept):
        notes.append(say("rows-left-out", language, n=str(len(matrix.table) - len(kept))))
    if len(shown) < len(matrix.steps):
        notes.append(say("steps-left-out", language, shown=str(len(shown)), all=str(len(matrix.steps))))
    return framed(
        "steps", title, _under(matrix, names, language), body, size=size, table=twin, language=language,
        about=matrix.about, notes=notes,
    )  # fmt: skip


def heat(rows: Sequence[Row], heads: Sequence[str], least: float) -> tuple[list[Element], tuple[float, float]]:
    """Returns a heat map and its size: a head per column, a name per row, cells as wide as there is room for."""
    cell = max(CELL, min(96.0, (least - 2 * MARGIN - NAME) / max(1, len(heads))))
    left = MARGIN + NAME
    wide = max(least, left + cell * len(heads) + MARGIN)
    found: list[Element] = [
        one_line(head, left + cell * (spot + 0.5), 0, NOTE_STRONG, anchor="middle") for spot, head in enumerate(heads)
    ]
    y = HEAD
    for row in rows:
        if row.apart and (row is rows[0] or not rows[rows.index(row) - 1].apart):
            found.append(Line(MARGIN, y + 4, left + cell * len(heads), y + 4, "border"))
            y += 9
        name = words(row.name, MARGIN, 0, STRONG, room=NAME - 12, most=1)
        found.append(moved(name, y + (ROW - tall(name)) / 2))
        found += [_drawn(row, spot, left + cell * spot, y, cell) for spot in range(len(row.cells))]
        y += ROW
    return found, (wide, y + 6)


def _drawn(row: Row, spot: int, x: float, y: float, wide: float) -> Element:
    tile = row.cells[spot]
    ink = NOTE if tile.tint is None else NOTE.as_("on-strong" if tile.tint == "measured" else "ink")
    hatched = tile.pattern == "hatch"
    number = one_line(tile.text, x + wide / 2, y + (ROW - 15) / 2, ink, anchor="middle")
    edge: Role | None = "strong" if hatched else None if tile.tint or tile.bare else "hairline"
    box = Box(x + 1, y + 1, wide - 2, ROW - 2, tile.tint, edge, radius=2, pattern=tile.pattern)
    if hatched:  # a figure on hatching cannot be read
        room = bounds(number)
        clear = Box(room.x - 4, y + 5, room.width + 8, ROW - 10, "paper", radius=2)
        return Group("cell", (box, clear, number), f"{row.id}@{spot}", tile.heard)
    return Group("cell", (number,) if tile.bare else (box, number), f"{row.id}@{spot}", tile.heard)


def tint(share: float | None) -> Role | None:
    """Returns the tint of a share, None for next to nothing."""
    return next((role for least, role in TINTS if share is not None and share >= least), None)


def nearest(steps: Sequence[int]) -> tuple[int, ...]:
    """Returns the steps nearest to the anchor, at most as many as are drawn."""
    return tuple(sorted(sorted(steps, key=lambda step: (abs(step), -step))[:MOST_STEPS]))


def signed(step: int) -> str:
    """Returns a step with its sign: −2, 0, +1."""
    return f"+{step}" if step > 0 else str(step).replace("-", "−")


def whole(share: Estimate, language: Language) -> str:
    """Returns a share as a bare figure for a cell: '34', '<1', '·' for nobody."""
    return percent(share.value, language).rstrip("%") if share.value else "·"


def anchor_words(anchor: str, start: str, names: Mapping[str, str], language: Language) -> str:
    """Returns what an anchor is called: names of touchpoints, or the start of the journey."""
    if anchor == start:
        return say("the-start", language)
    rows = [[names.get(one, one) for one in place.split("|")] for place in anchor.split(" > ")]
    return " > ".join(" / ".join(row) for row in rows)


def people(n: int, language: Language) -> str:
    """Returns how many people, in words."""
    return say("one-person", language) if n == 1 else say("people", language, n=decimal(n, language))


def _cell(cell: Cell, name: str, language: Language) -> Tile:
    heard = say(
        "heard-cell", language, name=name, step=signed(cell.step), share=estimated(cell.share, "share", language)
    )
    return Tile(whole(cell.share, language), heard, tint(cell.share.value), bare=not cell.count)


def _under(matrix: StepMatrix, names: Mapping[str, str], language: Language) -> str:
    of = decimal(matrix.of, language)
    return say(
        "steps-under",
        language,
        of=say("windows", language, n=of) if matrix.occurrence == "every" else say("journeys", language, n=of),
        anchor=anchor_words(matrix.anchor, matrix.start, names, language),
        journeys=decimal(matrix.journeys, language),
        all=decimal(matrix.all_journeys, language),
        people=people(matrix.people, language),
    )


def _table(matrix: StepMatrix, names: Mapping[str, str], language: Language) -> Table:
    header = [say("contact", language), *(say("at-step", language, step=signed(step)) for step in matrix.steps)]
    rows = [
        (names.get(row.id, row.id), *(estimated(cell.share, "share", language) for cell in row.cells))
        for row in matrix.table
    ]
    return table(say("steps", language), header, rows)
