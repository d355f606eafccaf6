"""The lane of what customers ask and need at each step, and whether anything answers it."""

from __future__ import annotations

from klantreis.map.work import Need
from klantreis.scenes.journey.cards import column_at
from klantreis.scenes.journey.grid import GAP, PAD, Grid
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.marked import BADGE, badge, kinds_at
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group, Mark, Role, Shape
from klantreis.scenes.pen import BODY, tall, words

_LOOKS: dict[str, tuple[Shape, Role]] = {
    "yes": ("check", "good"), "partly": ("dash", "decision"), "no": ("cross", "problem"),
    "unknown": ("circle", "assumed"),
}  # fmt: skip


def needs(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the questions and needs under their columns, each with a mark for its answer; None without any.

    A step's own need is shown where the map has no separate one for it.
    """
    floor = [sheet.density.pad] * len(grid.columns)
    shown: list[Element] = []
    for need in (*sheet.map.needs, *_of_steps(sheet)):
        at = column_at(sheet, need.at)
        text = sheet.text(need.label)
        if at is None or not text:
            continue
        span, answer = grid.columns[at], need.answered or "unknown"
        shape, role = _LOOKS[answer]
        x = span.x + GAP + PAD
        said = quoted(text) if need.kind == "question" else text
        told = words(said, x + 14, floor[at], BODY, room=span.width - 2 * (GAP + PAD) - 8, most=sheet.density.lines)
        mark = Mark(shape, x + 4, floor[at] + 8, 9, None if shape == "circle" else role, role, 1.8)
        heard = f"{sheet.say('need')}: {text}. {sheet.say(f'answered.{answer}')}"
        changed = badge(sheet, kinds_at(sheet, ("need", need.id)), x, floor[at] + tall(told), span.width - 2 * PAD)
        parts = (mark, told) if changed is None else (mark, told, changed)
        shown.append(Group("need", parts, need.id, heard, focus=True, link=sheet.links.get(need.id)))
        floor[at] += tall(told) + 4 + (BADGE if changed else 0)
    return Row("need", max(floor) + 4, tuple(shown), sheet.say("need"), sheet.say("need-note")) if shown else None


def _of_steps(sheet: Sheet) -> list[Need]:
    known = {need.at for need in sheet.map.needs}
    return [
        Need(f"{step.id}-need", step.need, step.id, "need")
        for _, step in sheet.map.steps()
        if step.need and step.id not in known
    ]
