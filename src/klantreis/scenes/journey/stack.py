"""Rows of a journey map under each other, with the phase borders behind them and the curve as high as suits them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from klantreis.scenes.journey import feel
from klantreis.scenes.journey.bands import parted
from klantreis.scenes.journey.footer import footer
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.header import header
from klantreis.scenes.journey.row import Row, placed, rail_height
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group, Line

HERO, MOST = 0.235, 0.42
"""The share of the height that the curve takes, and the most it grows to on a page of fixed shape."""

Make = Callable[[Sheet, Grid], "Row | Sequence[Row] | None"]

KINDS = {
    "think": "think", "expect": "expect", "feel": "feel", "touchpoint": "contact", "channel": "contact",
    "need": "need", "barrier": "barrier", "opportunity": "opportunity", "kpi": "kpi", "alternative": "alternative",
    "owner": "owner", "image": "image", "evidence": "evidence",
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


def stacked(sheet: Sheet, grid: Grid, plan: Plan, *, height: float = 0.0) -> Stack:
    """Returns all rows under each other; with a `height` the curve grows towards it and the foot stands at its end."""
    head = header(sheet, grid.width)
    upper = _made(plan.upper, sheet, grid) if sheet.map.phases else []
    lower = [*parted(sheet, grid, arranged(sheet, _made(plan.lower, sheet, grid)))] if sheet.columns else []
    rest = sum(_high(row) for row in (head, *upper, *lower))
    curve = _curve(sheet, grid, rest, height)
    body = [*upper, *([curve] if curve else []), *lower]
    rows, top = _placed(body, grid, head)
    end = footer(sheet, grid, top)
    bottom = max(top, height - end.height)
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
    return found


def _curve(sheet: Sheet, grid: Grid, rest: float, height: float) -> Row | None:
    if not sheet.columns or any(lane.kind == "feel" and lane.hidden for lane in sheet.map.lanes):
        return None
    around = feel.HEAD + feel.FOOT
    high = min(330.0, max(sheet.density.hero, rest * HERO / (1 - HERO) - around))
    if height:
        first = feel.feel(sheet, grid, high)
        missing = height - rest - (first.height if first else 0.0) - footer(sheet, grid).height
        high = min(max(high, height * MOST - around), high + max(0.0, missing))
    return feel.feel(sheet, grid, high)


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
