"""A service blueprint: what customers see and do, what happens in front of them, and what carries it unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Language
from klantreis.map.images import Image
from klantreis.map.kinds import Band
from klantreis.map.model import JourneyMap
from klantreis.scenes.journey import phases, problems, shared, steps
from klantreis.scenes.journey.bands import banded
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.journey.contact import contact
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.page import first_of, scene_of
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.journey.stack import Plan
from klantreis.scenes.model import Scene
from klantreis.scenes.pen import BODY, tall, words


def blueprint_scene(
    map_: JourneyMap,
    results: Results | None,
    findings: Sequence[Finding],
    *,
    language: Language,
    width: float = 1680,
    made: datetime | None = None,
    time_zone: str = "Europe/Amsterdam",
    currency: str = "EUR",
    images: Mapping[str, Image] | None = None,
) -> Scene:
    """Returns the map as a service blueprint: the rows of the map's own lanes in their bands, with the lines between.

    From top to bottom: phases, what is tangible, what the customer does, feels and meets; under the line of contact
    what the firm does in sight; under the line of visibility what happens behind; and what supports it. A map without
    lanes of its own has who answers for each step behind the line. Otherwise as `journey_scene`.
    """
    ranked = tuple(findings)
    first = first_of(ranked) if results is not None else ()
    sheet = Sheet(
        map_, results, ranked, first, columns_of(map_, results, ranked), language, None, made, time_zone, currency,
        images=images or {},
    )  # fmt: skip
    plan = Plan((phases.phases, _tangible, steps.steps), (contact, problems.barriers, _bands))
    scene = scene_of(sheet, plan, width, name=f"blueprint-{map_.id}")
    return replace(scene, title=f"{scene.title}: {sheet.say('blueprint').lower()}")


def _tangible(sheet: Sheet, grid: Grid) -> list[Row]:
    """What customers can hold or see: images, then the lanes of that band."""
    image = shared.images(sheet, grid)
    return [*([image] if image else []), *(row for row in banded(sheet, grid) if row.band == "evidence")]


def _bands(sheet: Sheet, grid: Grid) -> list[Row]:
    """The other lanes, from the customer to what supports; owners stand behind the line of visibility."""
    rows = [row for row in banded(sheet, grid) if row.band != "evidence"]
    owners = shared.owners(sheet, grid)
    if owners is not None:
        rows.append(replace(owners, band="back"))
    if all(row.band == "customer" for row in rows):
        rows.append(_none(sheet, grid))
    order: tuple[Band, ...] = ("customer", "front", "back", "support")
    return sorted(rows, key=lambda row: order.index(row.band))


def _none(sheet: Sheet, grid: Grid) -> Row:
    """Says that nothing behind the scenes is on the map yet, and how it gets there."""
    room = grid.right - grid.left - 20
    told = words(sheet.say("blueprint-none"), grid.left + 10, 10, BODY.as_("muted"), room=room, most=4)
    high = tall(told) + 20
    return Row("behind", high, (told,), sheet.say("blueprint-behind"), clear=high + 20, band="back")
