"""A journey map becomes one picture: rows under each other, the curve as the hero, nothing that decorates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.journey import contact, feel, lanes, phases, problems, steps
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.journey.footer import footer
from klantreis.scenes.journey.grid import MARGIN, RAIL, Grid, grid_of
from klantreis.scenes.journey.header import header
from klantreis.scenes.journey.kpis import kpis
from klantreis.scenes.journey.row import Row, placed, rail_height
from klantreis.scenes.journey.rows import rows
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group, Line, Scene

HERO = 0.235
"""The share of the height that the curve takes, in a map that fills a sheet."""


def journey_scene(
    map_: JourneyMap,
    results: Results | None,
    findings: Sequence[Finding],
    *,
    language: Language,
    width: float = 1680,
    persona: str | None = None,
    made: datetime | None = None,
    time_zone: str = "Europe/Amsterdam",
    currency: str = "EUR",
    ideal: Mapping[str, float] | None = None,
    links: Mapping[str, str] | None = None,
) -> Scene:
    """Returns the map as a picture about `width` pixels wide: wider when its words need it, as high as it must be.

    `results` None draws the map alone, all of it assumed. `findings` come ranked; the first three insights open the
    map and are numbered on it, and those that propose a touchpoint get a dashed column. `persona` is the id of whom it
    is about; `made` and `time_zone` date the footer. `ideal` holds a feeling (-2 to +2) per step or touchpoint id for
    a thin line. `links` says where an id (of the map or a finding) leads. A map without phases gives its header only.
    """
    ranked = tuple(findings)
    first = first_of(ranked) if results is not None else ()
    sheet = Sheet(
        map_, results, ranked, first, columns_of(map_, results, ranked), language, persona, made, time_zone, currency,
        ideal or {}, links or {},
    )  # fmt: skip
    grid = grid_of(sheet, width)
    stacked, below = _stack(sheet, grid, header(sheet, grid.width))
    end = footer(sheet, grid, below)
    said = feel.summary(sheet, feel.feelings(sheet, grid))
    return Scene(
        name=f"map-{map_.id}",
        width=grid.width,
        height=end.height + below,
        title=sheet.text(map_.title) or sheet.say("no-title"),
        description=sheet.say(
            "map-described", phases=str(len(map_.phases)), steps=str(len(sheet.columns)), summary=said
        ).strip(),
        language=language,
        elements=(*stacked, placed(end, grid, below)),
        table=rows(sheet),
        rail=MARGIN + RAIL,
        breaks=tuple(span.x for _, span in grid.phases),
    )


def first_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Returns the three findings to look at first: insights and warnings, most important first."""
    return tuple(found for found in findings if found.level in {"insight", "warning"})[:3]


def _stack(sheet: Sheet, grid: Grid, head: Row) -> tuple[list[Element], float]:
    """All rows under each other, phase borders behind them, and where they end."""
    makers: tuple[Callable[[Sheet, Grid], Row | None], ...] = (
        lanes.think, lanes.expect, contact.contact, lanes.deviations, problems.barriers, problems.opportunities,
        problems.changes, kpis,
    )  # fmt: skip
    upper = (
        [phases.phases(sheet, grid), phases.stream(sheet, grid), steps.steps(sheet, grid)] if sheet.map.phases else []
    )
    lower = [make(sheet, grid) for make in makers] if sheet.columns else []
    rest = sum(_high(row) for row in (head, *upper, *lower) if row)
    hero = min(330.0, max(190.0, rest * HERO / (1 - HERO) - feel.HEAD - feel.FOOT))
    curve = feel.feel(sheet, grid, hero) if sheet.columns else None
    stacked: list[Element] = [placed(head, grid, 0)]
    top = head.height
    borders: list[Element] = []
    for row in (*upper, curve, *lower):
        if row is None:
            continue
        stacked.append(placed(row, grid, top))
        if row.kind not in {"phases", "stream"}:
            borders += _borders(grid, top, top + _high(row) - row.clear)
        top += _high(row)
    return [Group("borders", tuple(borders)), *stacked], top


def _high(row: Row) -> float:
    return max(row.height, rail_height(row))


def _borders(grid: Grid, top: float, bottom: float) -> list[Element]:
    """A line at each phase border, stronger than the lines between rows, so that structure reads before cells."""
    return [Line(span.x, top, span.x, bottom, "border") for _, span in grid.phases[1:]]
