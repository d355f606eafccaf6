"""A journey as one small picture for a link or a post: its name, the curve, and the curve in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.feeling import Scale, drawn
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.journey.feel import feelings, summary
from klantreis.scenes.journey.grid import Grid, Span
from klantreis.scenes.journey.header import subtitle
from klantreis.scenes.journey.rows import rows
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Line, Scene
from klantreis.scenes.numbers import day
from klantreis.scenes.pen import BODY, NOTE, NOTE_STRONG, Ink, Rect, one_line, tall, words

WIDE, HIGH, MARGIN = 600.0, 315.0, 26.0
"""Half of 1200 × 630, the size that previews of links are shown in."""
HEAD = Ink(24, 700, "ink", leading=29)


def card_scene(
    map_: JourneyMap,
    results: Results | None,
    findings: Sequence[Finding],
    *,
    language: Language,
    made: datetime | None = None,
) -> Scene:
    """Returns the card, 600 × 315 pixels, to be drawn at twice that; without any feeling it has words only."""
    ranked = tuple(findings)
    sheet = Sheet(map_, results, ranked, (), columns_of(map_, results, ranked), language, made=made)
    title = words(sheet.text(map_.title) or sheet.say("no-title"), MARGIN, 18, HEAD, room=WIDE - 2 * MARGIN, most=2)
    under = words("  ·  ".join(subtitle(sheet)[:3]), MARGIN, 20 + tall(title), NOTE, room=WIDE - 2 * MARGIN, most=1)
    grid = _grid(sheet)
    said = summary(sheet, feelings(sheet, grid))
    end = words(said, MARGIN, 0, BODY.as_("ink"), room=WIDE - 2 * MARGIN, most=2)
    foot = HIGH - 30 - tall(end)
    lines = words(said, MARGIN, foot, BODY.as_("ink"), room=WIDE - 2 * MARGIN, most=2)
    curve = _curve(sheet, grid, 24 + tall(title) + tall(under), foot - 6)
    when = f"Klantreis  ·  {sheet.say('made', when=day(made, language))}" if made else "Klantreis"
    bar = (Box(0, 0, WIDE, 6, "measured"), one_line(when, MARGIN, HIGH - 26, NOTE_STRONG))
    return Scene(
        f"card-{map_.id}", WIDE, HIGH, sheet.text(map_.title) or sheet.say("no-title"), said, language,
        (*bar, title, under, *curve, lines), rows(sheet),
    )  # fmt: skip


def _grid(sheet: Sheet) -> Grid:
    count = max(1, len(sheet.columns))
    wide = (WIDE - 2 * MARGIN) / count
    return Grid(WIDE, tuple(Span(MARGIN + wide * number, wide) for number in range(len(sheet.columns))), ())


def _curve(sheet: Sheet, grid: Grid, top: float, bottom: float) -> tuple[Element, ...]:
    """The curve with its scores; the words of the steps would be too small to read on a card."""
    felt = feelings(sheet, grid)
    if all(one.value is None for one in felt) or bottom - top < 70:
        return ()
    scale = Scale(top + 32, bottom - top - 62)
    inside = Rect(MARGIN, top, WIDE - 2 * MARGIN, bottom - top)
    axis = [Line(MARGIN, scale.y(value), WIDE - MARGIN, scale.y(value), "hairline") for value in (2, -2)]
    zero = Line(MARGIN, scale.y(0), WIDE - MARGIN, scale.y(0), "strong", 1.2)
    bare = [replace(one, word="") for one in felt]
    return (Group("axis", (*axis, zero)), *drawn(bare, scale, inside, sheet.language))
