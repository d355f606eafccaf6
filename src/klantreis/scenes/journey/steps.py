"""Steps of a journey map: what the customer does, as boxes; what is proposed or planned is dashed and says so."""

from __future__ import annotations

from klantreis.scenes.journey import marked
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.grid import GAP, PAD, Grid, Span
from klantreis.scenes.journey.header import headline, number_badge
from klantreis.scenes.journey.marked import framed, kinds_at, struck
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Dash, Element, Group, Role, Words
from klantreis.scenes.pen import NOTE, STRONG, pill, pill_width, tall, words
from klantreis.scenes.words import named


def steps(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the row of step boxes, as high as the longest text; None for a map without steps or touchpoints."""
    if not sheet.columns:
        return None
    texts = [_text(sheet, column, span) for column, span in zip(sheet.columns, grid.columns, strict=True)]
    badges = any(_badge(sheet, column) for column in sheet.columns)
    high = max(44.0, max(tall(text) for text in texts) + 16 + (6 if badges else 0))
    groups: list[Element] = [
        _step(sheet, number, span, texts[number], high) for number, span in enumerate(grid.columns)
    ]
    groups += [
        words(sheet.nothing(), span.middle, 10 + high / 2 - 12, NOTE, room=span.width - 8, most=3, anchor="middle")
        for phase, span in grid.phases
        if not any(column.phase == phase.id for column in sheet.columns)
    ]
    return Row("steps", high + 10 + (12 if badges else 6), tuple(groups), sheet.say("step"), rule=False)


def _text(sheet: Sheet, column: Column, span: Span) -> Words:
    label = sheet.text(column.label) or column.id
    room = span.width - 2 * GAP - 2 * PAD
    return words(label, span.x + GAP + PAD, 10 + 8, STRONG, room=room, most=4)


def _step(sheet: Sheet, number: int, span: Span, text: Words, high: float) -> Group:
    column = sheet.columns[number]
    fill, stroke, dash = _look(column)
    box = Box(span.x + GAP, 10, span.width - 2 * GAP, high, fill, stroke, 1.3, dash, radius=6)
    kinds = kinds_at(sheet, ("step", column.id), *(() if column.step else (("touchpoint", column.id),)))
    mark = marked.badge(sheet, kinds, box.x + 6, 0, box.width - 12)
    children: list[Element] = [framed(kinds, box), *struck(kinds, text), *([mark] if mark else [])]
    badge = _badge(sheet, column)
    if badge:
        role: Role = "decision" if column.proposed else "assumed"
        x = span.middle - pill_width(badge) / 2
        filled = pill(badge, x, 10 + high - 8.5, fill=role, role="on-strong")
        outlined = pill(badge, x, 10 + high - 8.5, fill="paper", role=role, stroke=role)
        children.append(filled if column.proposed else outlined)
    for spot, rank in enumerate(reversed(sheet.ranks(column))):
        children.append(number_badge(rank, span.right - GAP - 4 - 19 * spot, 11))
    return Group(
        "step",
        tuple(children),
        column.id,
        _heard(sheet, number),
        True,
        sheet.links.get(column.id),
        _more(sheet, column),
    )


def _look(column: Column) -> tuple[Role, Role, Dash]:
    if column.proposed:
        return "decision-paper", "decision", "dashed"
    return ("paper", "strong", "dashed") if column.planned else ("paper", "strong", "solid")


def _badge(sheet: Sheet, column: Column) -> str:
    if column.proposed:
        return sheet.say("proposal")
    if column.planned:
        return sheet.say("planned")
    delight = (column.step is not None and column.step.delight) or any(touch.delight for touch in column.touchpoints)
    if delight or column.step is None or column.step.influence == "own":
        return sheet.say("delight") if delight else ""
    return named("influence", column.step.influence, sheet.language)


def _heard(sheet: Sheet, number: int) -> str:
    column = sheet.columns[number]
    names = {phase.id: sheet.text(phase.label) for phase in sheet.map.phases}
    said = sheet.say(
        "heard-step",
        number=str(number + 1),
        all=str(len(sheet.columns)),
        phase=names.get(column.phase, column.phase),
        step=sheet.text(column.label) or column.id,
    )
    badge = _badge(sheet, column)
    return f"{said} ({badge})" if badge else said


def _more(sheet: Sheet, column: Column) -> str:
    if column.proposed is None:
        return ""
    return ". ".join(filter(None, (sheet.text(column.proposed.title), headline(sheet, column.proposed))))
