"""Rows of a journey map under each other, with the phase borders behind them and the curve as high as suits them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from klantreis.scenes.journey import feel
from klantreis.scenes.journey.bands import parted
from klantreis.scenes.journey.footer import footer
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.header import header
from klantreis.scenes.journey.row import USUAL, Row, placed, rail_height
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group, Line

HERO, MOST = 0.235, 0.42
"""The share of the height that the curve takes, and the most it grows to on a page of fixed shape."""
EMPTY = 0.2
"""The most of a page that may be empty above its foot."""
TIGHT = 0.17
"""The share it begins with where many words must fit on one page; it grows into what is left."""

Make = Callable[[Sheet, Grid], "Row | Sequence[Row] | None"]

KINDS = {
    "think": "think", "expect": "expect", "feel": "feel", "touchpoint": "contact", "channel": "contact",
    "need": "need", "barrier": "barrier", "opportunity": "opportunity", "kpi": "kpi", "alternative": "alternative",
    "owner": "owner", "image": "image", "evidence": "evidence", "quote": "quote",
}  # fmt: skip
"""The row that each fixed kind of lane speaks of."""


_WHOLE = {"phases", "stream", "time", "line", "difference", "difference-beside"}
"""Rows that speak of the map as a whole: no phase border runs through them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rows a map has: above the curve and below it."""

    upper: tuple[Make, ...]
    lower: tuple[Make, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """The rows, laid out."""

    grid: Grid
    elements: tuple[Element, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows on one grid, all but the curve, before they stand under each other."""

    grid: Grid
    head: Row
    upper: tuple[Row, ...]
    lower: tuple[Row, ...]
    foot: float

    @property
    def rest(self) -> float:
        """How high they are together, the foot left out."""
        return sum(_high(row) for row in (self.head, *self.upper, *self.lower))


def stacked(sheet: Sheet, grid: Grid, plan: Plan) -> Stack:
    """Returns all rows under each other."""
    return piled(sheet, laid(sheet, grid, plan))


def laid(sheet: Sheet, grid: Grid, plan: Plan) -> Laid:
    """Returns the rows of a plan, laid out one by one."""
    upper = _made(plan.upper, sheet, grid) if sheet.map.phases else []
    lower = [*parted(sheet, grid, arranged(sheet, _made(plan.lower, sheet, grid)))] if sheet.columns else []
    return Laid(grid, header(sheet, grid.width), tuple(upper), tuple(lower), footer(sheet, grid).height)


def height_of(sheet: Sheet, rows: Laid) -> float:
    """Returns how high the rows are under each other with their curve, without drawing it."""
    drawn = sheet.columns and not _curve_hidden(sheet)
    return rows.rest + (feel.room(sheet, rows.grid, _usual(sheet, rows)) if drawn else 0.0) + rows.foot


def piled(sheet: Sheet, laid_: Laid, *, height: float = 0.0) -> Stack:
    """Returns rows under each other; with a `height` the curve grows towards it and the foot stands at its end.

    Where that would leave much of the page empty above the foot, as on a map with very many steps, the foot stands
    right under the rows, and the picture is lower than its page.
    """
    grid = laid_.grid
    curve = _curve(sheet, laid_, height)
    rows, top = _placed([*laid_.upper, *([curve] if curve else []), *laid_.lower], grid, laid_.head)
    end = footer(sheet, grid, top)
    bottom = height - end.height
    if not top <= bottom <= top + EMPTY * height:
        bottom = top
    return Stack(grid, (*rows, placed(end, grid, bottom)), bottom + end.height)


def arranged(sheet: Sheet, rows: Sequence[Row]) -> list[Row]:
    """Returns rows as the map's lanes want them: the hidden ones left out, named ones renamed, in their order."""
    lanes = {KINDS[lane.kind]: lane for lane in sheet.map.lanes if lane.kind in KINDS}
    kept: list[tuple[float, Row]] = []
    for number, row in enumerate(rows):
        lane = lanes.get(row.kind)
        if lane is None:
            kept.append((1000.0 + number, row))
        elif not lane.hidden:
            order = 1000.0 + number if lane.order is None else float(lane.order)
            kept.append((order, replace(row, title=sheet.text(lane.label) or row.title)))
    return [row for _, row in sorted(kept, key=lambda pair: pair[0])]


def _made(makers: Sequence[Make], sheet: Sheet, grid: Grid) -> list[Row]:
    found: list[Row] = []
    for make in makers:
        made = make(sheet, grid)
        found += [] if made is None else [made] if isinstance(made, Row) else made
    return [replace(row, lines=2) if row.lines == USUAL else row for row in found] if sheet.density.brief else found


def _curve(sheet: Sheet, rows: Laid, height: float) -> Row | None:
    if not sheet.columns or _curve_hidden(sheet):
        return None
    high = _usual(sheet, rows)
    if height:
        missing = height - height_of(sheet, rows)
        high = min(max(high, height * MOST - feel.HEAD - feel.FOOT), high + max(0.0, missing))
    return feel.feel(sheet, rows.grid, high)


def _usual(sheet: Sheet, rows: Laid) -> float:
    """How high the curve is from +2 to -2 on a sheet of any height: its share of the whole."""
    density = sheet.density
    share = TIGHT if density.whole or (density.page and density.brief) else HERO
    return min(330.0, max(sheet.density.hero, rows.rest * share / (1 - share) - feel.HEAD - feel.FOOT))


def _curve_hidden(sheet: Sheet) -> bool:
    return any(lane.kind == "feel" and lane.hidden for lane in sheet.map.lanes)


def _placed(rows: Sequence[Row], grid: Grid, head: Row) -> tuple[list[Element], float]:
    shown: list[Element] = [placed(head, grid, 0)]
    borders: list[Element] = []
    top = head.height
    for row in rows:
        shown.append(placed(row, grid, top))
        if row.kind not in _WHOLE:
            borders += _borders(grid, top, top + _high(row) - row.clear)
        top += _high(row)
    return [Group("borders", tuple(borders)), *shown], top


def _high(row: Row) -> float:
    return max(row.height, rail_height(row))


def _borders(grid: Grid, top: float, bottom: float) -> list[Element]:
    """A line at each phase border, stronger than the lines between rows, so that structure reads before cells."""
    return [Line(span.x, top, span.x, bottom, "border") for _, span in grid.phases[1:]]
