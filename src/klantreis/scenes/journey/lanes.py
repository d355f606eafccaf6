"""Lanes with a text per column: what customers think and expect, and where they leave the drawn way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from klantreis.analyses.fit import Deviation, Fit
from klantreis.labels import Label
from klantreis.rules.missed_touchpoint import skipped
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.grid import GAP, PAD, Grid
from klantreis.scenes.journey.marked import BADGE, badge, kinds_at
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group, Words
from klantreis.scenes.numbers import decimal, percent
from klantreis.scenes.pen import BODY, SPOKEN, Ink, tall, words

LEAST_SHARE = 0.02
NOTE_LINES = 7
"""Deviations that fewer journeys show are left to the list of findings."""


def think(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns what customers think, in their own words; None when no step says so."""
    return _said(sheet, grid, "think", lambda column: column.step.think if column.step else None)


def expect(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns what customers expect; None when no step says so."""
    return _said(sheet, grid, "expect", lambda column: column.step.expect if column.step else None)


def _said(sheet: Sheet, grid: Grid, kind: str, pick: Callable[[Column], Label | None]) -> Row | None:
    texts = []
    for column in sheet.columns:
        label = pick(column)
        texts.append(sheet.text(label) if label else "")
    if kind == "think":
        return _lane(sheet, grid, kind, [quoted(text) for text in texts], SPOKEN, note=_ground(sheet, pick))
    return _lane(sheet, grid, kind, texts, BODY, note=_ground(sheet, pick))


def quoted(text: str) -> str:
    """Returns a text in quotation marks, once; '' stays ''."""
    bare = text.strip().strip("\"“”„'’‘").strip()
    return f"“{bare}”" if bare else ""


def _ground(sheet: Sheet, pick: Callable[[Column], Label | None]) -> str:
    """What the lane stands on: 'aanname' when no cell of it was ever observed."""
    cells = [column.step.provenance for column in sheet.columns if column.step and pick(column)]
    known = sum(provenance != "assumed" for provenance in cells)
    return sheet.say("all-assumed") if cells and not known else ""


def _lane(sheet: Sheet, grid: Grid, kind: str, texts: Sequence[str], ink: Ink, *, note: str = "") -> Row | None:
    if not any(texts):
        return None
    pad, most = sheet.density.pad, sheet.density.lines
    cells = [
        words(text, span.x + GAP + PAD, pad, ink, room=span.width - 2 * (GAP + PAD) + 6, most=most)
        for text, span in zip(texts, grid.columns, strict=True)
    ]
    groups: list[Element] = []
    high = 0.0
    for column, span, cell, text in zip(sheet.columns, grid.columns, cells, texts, strict=True):
        mark = badge(sheet, kinds_at(sheet, (kind, column.id)), cell.x, pad + tall(cell) + 2, span.width - 2 * PAD)
        if text:
            parts = (cell, mark) if mark else (cell,)
            groups.append(Group("cell", parts, f"{column.id}-{kind}", f"{sheet.say(kind)}: {text}"))
        high = max(high, tall(cell) + (BADGE + 2 if mark else 0))
    return Row(kind, high + 2 * pad, tuple(groups), sheet.say(kind), note)


def deviations(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns where journeys leave the first ideal scenario, the two largest per column; None when none was scored."""
    ideal = next((s for s in sheet.map.scenarios if s.kind == "ideal"), None)
    fit = sheet.results.fits.get(ideal.id) if sheet.results and ideal else None
    if fit is None or ideal is None or not fit.computed:
        return None
    cells: list[Words | None] = []
    told: list[str] = []
    skips = False
    for column, span in zip(sheet.columns, grid.columns, strict=True):
        found = sorted(
            ((_share(sheet, fit, d), d) for d in fit.deviations if d.touchpoint in column.ids),
            key=lambda pair: -pair[0],
        )[:2]
        found = [(share, d) for share, d in found if share >= LEAST_SHARE]
        skips = skips or any(d.kind == "missing" for _, d in found)
        lines = [_line(sheet, column, d, share) for share, d in found]
        told.append(", ".join(lines))
        room = span.width - 2 * (GAP + PAD) + 6
        most = 8 if len(column.touchpoints) > 1 else 4
        cells.append(words("\n".join(lines), span.x + GAP + PAD, 9, BODY, room=room, most=most) if lines else None)
    if not any(told):
        return None
    groups = tuple(
        Group("deviation", (cell,), column.id, f"{sheet.say('deviation')}: {text}")
        for column, cell, text in zip(sheet.columns, cells, told, strict=True)
        if cell is not None
    )
    counts = {"conforming": decimal(fit.conforming, sheet.language), "journeys": decimal(fit.journeys, sheet.language)}
    key = "deviation-note-open" if fit.open_journeys else "deviation-note"
    note = sheet.say(key, scenario=sheet.text(ideal.label) or ideal.id, **counts)
    note += sheet.say("deviation-note-skip") if skips else ""
    high = max(tall(cell) for cell in cells if cell) + 18
    return Row("deviation", high, groups, sheet.say("deviation"), note, lines=NOTE_LINES)


def _line(sheet: Sheet, column: Column, deviation: Deviation, share: float) -> str:
    """A deviation in words; of which touchpoint, where the step has more than one."""
    said = sheet.say(f"deviation.{deviation.kind}", share=percent(share, sheet.language))
    own = next((touch for touch in column.touchpoints if touch.id == deviation.touchpoint), None)
    return f"{sheet.text(own.label) or own.id}: {said}" if own and len(column.touchpoints) > 1 else said


def _share(sheet: Sheet, fit: Fit, deviation: Deviation) -> float:
    """The share of journeys that deviate so; of a skipped touchpoint, of those who got further."""
    if deviation.kind != "missing" or sheet.results is None:
        return deviation.share.value or 0.0
    return skipped(sheet.map, sheet.results, fit, deviation).value or 0.0
