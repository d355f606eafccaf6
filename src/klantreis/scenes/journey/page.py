"""A journey map becomes one picture: rows under each other, the curve as the hero, nothing that decorates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.journeys.trail import Trail
from klantreis.labels import Language
from klantreis.map.beside import ALONE, Beside
from klantreis.map.focus import WHOLE, Focus
from klantreis.map.images import Image
from klantreis.map.model import JourneyMap
from klantreis.map.votes import NONE, Recognised
from klantreis.scenes.journey import choices, course, feel, lanes, loyal, phases, problems, shared, steps
from klantreis.scenes.journey.bands import banded
from klantreis.scenes.journey.changes import changes
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.journey.contact import contact
from klantreis.scenes.journey.density import DENSITIES, DensityName
from klantreis.scenes.journey.grid import MARGIN, RAIL, grid_of
from klantreis.scenes.journey.kpis import kpis
from klantreis.scenes.journey.needs import needs
from klantreis.scenes.journey.quotes import quotes
from klantreis.scenes.journey.rows import rows
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.journey.spells import spells_of
from klantreis.scenes.journey.stack import Plan, Stack, height_of, laid, piled, stacked
from klantreis.scenes.journey.time import time
from klantreis.scenes.journey.trail import trail as one_trail
from klantreis.scenes.journey.votes import votes as votes_
from klantreis.scenes.model import Scene

SMALLEST = 2014.0
"""How wide a map may be before its smallest text (11 pixels) is under 6.5 points on A3, which is 1190.6 points wide."""

LOOSE = 0.8
"""A page that is filled for less than this gets a narrower map, so that its words print larger."""

MAP = Plan(
    upper=(phases.phases, time, phases.stream, steps.steps, one_trail),
    lower=(
        shared.images, lanes.think, lanes.expect, course.wishes, needs, contact, lanes.deviations, loyal.loyal,
        problems.barriers, problems.opportunities, shared.actions, course.offers,
        changes, kpis, choices.alternatives, shared.owners, quotes, votes_, shared.evidence, banded,
    ),
)  # fmt: skip


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
    density: DensityName = "comfortable",
    columns: Literal["even", "time"] = "even",
    page: tuple[int, int] = (1, 1),
    images: Mapping[str, Image] | None = None,
    cuts: frozenset[int] = frozenset(),
    focus: Focus = WHOLE,
    around: Mapping[str, Beside] = ALONE,
    trail: Trail | None = None,
    votes: Mapping[str, Recognised] = NONE,
) -> Scene:
    """Returns the map as a picture about `width` pixels wide: wider when its words need it, as high as it must be.

    `results` None draws the map alone, all of it assumed. `findings` come ranked; the first three insights open the
    map and are numbered on it, and those that propose a touchpoint get a dashed column. `persona` is the id of whom it
    is about: the assumed feelings are theirs. `made` and `time_zone` date the footer. `ideal` holds a feeling (-2 to
    +2) per step or touchpoint id for a thin line. `links` says where an id (of the map or a finding) leads. `images`
    are the pictures of steps; a step whose picture is not among them has a frame with its text.

    `density` print fits one sheet of A3 lying down: its width is sought so that the whole map has that shape.
    `columns` time sets phases as wide as they last. `page` is which sheet of how many this is; `cuts` are the columns,
    from 0, where a new sheet begins when it is cut into parts. `focus` shows only a part of the map and says so in the
    head. `around` are the other maps: a step that opens one leads there, and the head leads back. `trail` is one
    journey to draw on it, `votes` what viewers say of its steps by their id. Without phases it gives its header only.
    """
    whole, map_ = map_, focus.of(map_)
    ranked = focus.findings(map_, tuple(findings))
    first = first_of(ranked) if results is not None else ()
    spells = spells_of(map_, results) if columns == "time" else None
    sheet = Sheet(
        map_, results, ranked, first, columns_of(map_, results, ranked, persona=persona), language, persona, made,
        time_zone, currency, ideal or {}, links or {}, DENSITIES[density], page, spells, images=images or {}, cuts=cuts,
        shown=focus.said(whole), empty=focus.empty(whole), around=around, trail=trail, votes=votes,
    )  # fmt: skip
    return scene_of(sheet, MAP, width, name=f"map-{map_.id}")


def scene_of(sheet: Sheet, plan: Plan, width: float, *, name: str) -> Scene:
    """Returns a sheet's picture with the rows of `plan`; on a page of fixed shape it fills the page."""
    stack = _on_page(sheet, plan, width) if sheet.density.page else stacked(sheet, grid_of(sheet, width), plan)
    said = feel.summary(sheet, feel.feelings(sheet, stack.grid))
    counts = {
        "phases": str(len(sheet.map.phases)),
        "steps": str(sum(column.proposed is None for column in sheet.columns)),
    }
    return Scene(
        name=name,
        width=stack.grid.width,
        height=stack.height,
        title=sheet.text(sheet.map.title) or sheet.say("no-title"),
        description=sheet.say("map-described", summary=said, **counts).strip(),
        language=sheet.language,
        elements=stack.elements,
        table=rows(sheet),
        rail=MARGIN + RAIL,
        breaks=tuple(span.x for _, span in stack.grid.phases),
        stops=tuple(span.x for span in stack.grid.columns),
    )


def first_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Returns the three findings to look at first: insights and warnings, most important first."""
    return tuple(found for found in findings if found.level in {"insight", "warning"})[:3]


def _on_page(sheet: Sheet, plan: Plan, width: float) -> Stack:
    """The map on a page; without its lesser words when they would make it too small to read."""
    if sheet.density.whole:
        return _fitted(sheet, plan, width)
    limit = grid_of(sheet, SMALLEST)
    room = limit.width * sheet.density.page
    if limit.width < SMALLEST + 1 and height_of(sheet, laid(sheet, limit, plan)) > room:
        sheet = replace(sheet, density=replace(sheet.density, brief=True, lines=2))
    return _fitted(sheet, plan, width)


def _fitted(sheet: Sheet, plan: Plan, width: float) -> Stack:
    """The map as wide as its height needs for the shape of the page; the curve grows to fill what is left.

    Text keeps its area more or less, so the wanted width is the root of what width × height would be in that shape.
    """
    share = sheet.density.page
    rows = laid(sheet, grid_of(sheet, width), plan)
    for attempt in range(6):
        full = height_of(sheet, rows) / (rows.grid.width * share)
        if full <= 1 and (attempt or full > LOOSE):
            break
        grid = grid_of(sheet, rows.grid.width * (full**0.5 if not attempt else full))
        if full <= 1 and grid.width >= rows.grid.width:
            break
        rows = laid(sheet, grid, plan)
    return piled(sheet, rows, height=rows.grid.width * share)
