"""Lanes about what a team brings to the journey: images, its playbook, owners and evidence."""

from __future__ import annotations

from klantreis.map.images import Image
from klantreis.map.model import Step
from klantreis.map.naming import titled
from klantreis.map.proof import Evidence
from klantreis.map.stages import Action
from klantreis.scenes.journey.cards import Card, card_row, carded, phase_ends
from klantreis.scenes.journey.course import approaches
from klantreis.scenes.journey.grid import GAP, PAD, Grid, Span
from klantreis.scenes.journey.quotes import spoken
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Line, Mark, Picture
from klantreis.scenes.numbers import decimal, money, written_day
from klantreis.scenes.pen import BODY, NOTE, NOTE_STRONG, one_line, tall, words
from klantreis.scenes.words import named

FRAME, PICTURE = 52.0, 96.0
"""How high a frame is when no image can be shown, and when any can."""


FOUND = 2
"""How much evidence one column names; the rest is counted."""


def images(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns each step's image with its description; None when no step has one.

    An image that cannot be shown is an empty frame: its words are what everybody can read.
    """
    if sheet.density.brief:
        return None
    assets = {asset.id: asset for asset in sheet.map.assets}
    shown: list[Element] = []
    high, frame = 0.0, PICTURE if sheet.images else FRAME
    for column, span in zip(sheet.columns, grid.columns, strict=True):
        if column.step is None or not column.step.image:
            continue
        asset = assets.get(column.step.image)
        alt = (sheet.text(asset.alt) or sheet.text(asset.label)) if asset else ""
        text = alt or sheet.say("image-no-alt")
        x, wide, top = span.x + GAP + 4, span.width - 2 * GAP - 8, sheet.density.pad
        said = words(text, x + 6, top + frame + 3, NOTE, room=wide - 8, most=3)
        image = sheet.images.get(column.step.image)
        inside = _frame(x, top, wide, frame) if image is None else _picture(image, Box(x, top, wide, frame), text)
        group = Group("image", (*inside, said), column.step.image, f"{sheet.say('image')}: {text}")
        shown.append(group)
        high = max(high, top + frame + 3 + tall(said))
    return Row("image", high + 6, tuple(shown), sheet.say("image")) if shown else None


def _picture(image: Image, room: Box, alt: str) -> tuple[Element, ...]:
    """An image as large as it fits, whole and in its own shape, with a hairline around it."""
    scale = min(room.width / image.width, room.height / image.height)
    wide, high = image.width * scale, image.height * scale
    x, y = room.x + (room.width - wide) / 2, room.y + (room.height - high) / 2
    return Picture(x, y, wide, high, image, alt), Box(x, y, wide, high, None, "border", 1)


def _frame(x: float, top: float, wide: float, high: float) -> tuple[Element, ...]:
    """An empty picture frame: a sun and two hills, so that nobody takes it for an empty cell."""
    low = top + high / 2 + FRAME / 2 - 6
    middle = x + wide / 2
    hills = (Line(middle - 24, low, middle - 6, low - 18), Line(middle - 6, low - 18, middle + 6, low - 6))
    more = (Line(middle, low - 12, middle + 10, low - 24), Line(middle + 10, low - 24, middle + 26, low))
    strokes = tuple(Line(h.x1, h.y1, h.x2, h.y2, "strong", 1.4) for h in (*hills, *more))
    sun = Mark("circle", middle - 16, low - 30, 9, None, "strong", 1.4)
    return (Box(x, top, wide, high, "panel", "border", 1, radius=3), *strokes, sun)


def actions(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the playbook: the approach of each phase, and what the firm does there, by whom, at what cost a month."""
    cards = approaches(sheet)
    for phase in sheet.map.phases:
        first, last = phase_ends(sheet, phase.id) or (None, None)
        for action in phase.actions:
            told = [sheet.text(action.insight), _means(sheet, action)]
            lines = [(line, NOTE, 3) for line in told] if not sheet.density.brief else []
            title, effort = sheet.text(action.label) or action.id, _effort(sheet, action)
            draw = carded(title, lines, effort or " ", "observed", "muted")
            heard = ". ".join(filter(None, (f"{sheet.say('action')}: {title}", *told, effort)))
            cards.append(Card("action", action.id, first, heard, draw, last, phase.id))
    costs = any(a.hours is not None or a.cost is not None for phase in sheet.map.phases for a in phase.actions)
    return card_row(sheet, grid, "action", cards, note=sheet.say("action-note") if costs else "")


def _means(sheet: Sheet, action: Action) -> str:
    """What an action is done with: 'with: The blue box'; '' without an asset."""
    names = {asset.id: sheet.text(asset.label) or asset.id for asset in sheet.map.assets}
    return sheet.say("action-asset", asset=names[action.asset]) if action.asset in names else ""


def _effort(sheet: Sheet, action: Action) -> str:
    parts = [action.owner or ""]
    if action.hours is not None:
        parts.append(sheet.say("action-hours", hours=decimal(action.hours, sheet.language, int(action.hours % 1 > 0))))
    if action.cost is not None:
        parts.append(money(action.cost, sheet.currency, sheet.language))
    return " · ".join(filter(None, parts))


def owners(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns who answers for each step, once over neighbouring steps of one owner; None when no step says so."""
    names = {actor.id: sheet.text(actor.label) or actor.id for actor in sheet.map.actors}
    shown: list[Element] = []
    high = 0.0
    for owner, first, last in _runs(sheet):
        span = Span(grid.columns[first].x, grid.columns[last].right - grid.columns[first].x)
        name = names.get(owner, owner)
        top = sheet.density.pad
        said = words(name, span.x + GAP + PAD + 16, top, BODY, room=span.width - 2 * (GAP + PAD) - 12, most=2)
        mark = Mark("person", span.x + GAP + PAD + 4, top + 8, 11, None, "muted", 1.3)
        rule = Line(span.x + GAP + 4, top - 4, span.right - GAP - 4, top - 4, "strong", 1.6)
        shown.append(Group("owner", (rule, mark, said), f"{owner}-{first}", f"{sheet.say('owner')}: {name}"))
        high = max(high, top + tall(said))
    return Row("owner", high + sheet.density.pad, tuple(shown), sheet.say("owner")) if shown else None


def _runs(sheet: Sheet) -> list[tuple[str, int, int]]:
    """Neighbouring columns of one phase with one owner, those without a step in between: (owner, first, last).

    Where a new sheet of paper begins a run begins anew, so that no sheet has its line without its name.
    """
    runs: list[tuple[str, int, int]] = []
    for number, column in enumerate(sheet.columns):
        owner = column.step.owner if column.step else None
        if not owner:
            continue
        between = sheet.columns[runs[-1][2] + 1 : number] if runs else ()
        cut = bool(runs) and not sheet.cuts.isdisjoint(range(runs[-1][2] + 1, number + 1))
        same = runs and not cut and runs[-1][0] == owner and all(other.step is None for other in between)
        if same and sheet.columns[runs[-1][2]].phase == column.phase:
            runs[-1] = (owner, runs[-1][1], number)
        else:
            runs.append((owner, number, number))
    return runs


def known_as(sheet: Sheet, found: Evidence) -> str:
    """Returns how evidence is called: its label, or its source when the label only repeats the id."""
    name = "" if found.label == titled(found.id) else sheet.text(found.label)
    return name or found.source or sheet.text(found.label) or found.id


def evidence(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns what each step leans on: kind, source, date and size of sample; None when no step names any.

    Testimonials with words stand in the lane of quotes.
    """
    if sheet.density.brief:
        return None
    told = spoken(sheet)
    known = {found.id: found for found in sheet.map.evidence if found.id not in told}
    cells: list[Element] = []
    high = 0.0
    for column, span in zip(sheet.columns, grid.columns, strict=True):
        ids = [id_ for id_ in _named(column.step) if id_ in known]
        y = sheet.density.pad
        for id_ in ids[:FOUND]:
            found = known[id_]
            room = span.width - 2 * (GAP + PAD) + 6
            kind = words(
                named("evidence", found.kind, sheet.language), span.x + GAP + PAD, y, NOTE_STRONG, room=room, most=2
            )
            parts = (
                known_as(sheet, found),
                written_day(found.date, sheet.language) if found.date else "",
                f"n = {found.sample}" if found.sample else "",
            )
            text = words(" · ".join(filter(None, parts)), span.x + GAP + PAD, y + tall(kind), NOTE, room=room, most=3)
            heard = f"{sheet.say('evidence')}: {' '.join(kind.lines)}, {' '.join(text.lines)}"
            cells.append(Group("evidence", (kind, text), f"{id_}-{column.id}", heard, link=found.url))
            y += tall(kind) + tall(text) + 3
        if len(ids) > FOUND:
            more = sheet.say("more", n=str(len(ids) - FOUND))
            cells.append(one_line(more, span.x + GAP + PAD, y, NOTE))
            y += 15
        high = max(high, y)
    return Row("evidence", high + 5, tuple(cells), sheet.say("evidence")) if cells else None


def _named(step: Step | None) -> tuple[str, ...]:
    return step.evidence if step else ()
