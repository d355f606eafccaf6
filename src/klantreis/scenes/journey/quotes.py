"""The lane of quotes: what customers said of us, with who said it, of which firm and when."""

from __future__ import annotations

from klantreis.map.proof import Evidence
from klantreis.scenes.journey.cards import Card, Draw, card_row, column_at, phase_ends
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element
from klantreis.scenes.numbers import written_day
from klantreis.scenes.pen import NOTE, SPOKEN, tall, words


def quotes(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the testimonials at the first step, touchpoint or phase that names them; None when none is named.

    Who did not agree to be named is not named. A brief map leaves them to the table.
    """
    if sheet.density.brief:
        return None
    cards = []
    for spot, found in testimonials(sheet):
        at = column_at(sheet, spot)
        last = (phase_ends(sheet, spot) or (None, None))[1] if sheet.column_with(spot) is None else None
        text, source = quoted(sheet.text(found.quote)), source_of(sheet, found)
        heard = f"{sheet.say('quote')}: {text} {source}"
        cards.append(Card("quote", found.id, at, heard, _drawn(text, source), last, spot))
    return card_row(sheet, grid, "quote", cards)


def quoted_at(sheet: Sheet) -> list[tuple[int | None, str]]:
    """Returns the same in words: at which column, and the quote with who said it."""
    return [
        (column_at(sheet, spot), f"{quoted(sheet.text(found.quote))} {source_of(sheet, found)}")
        for spot, found in testimonials(sheet)
    ]


def spoken(sheet: Sheet) -> frozenset[str]:
    """Returns the evidence that the lane of quotes tells in full."""
    return frozenset(found.id for _, found in testimonials(sheet))


def testimonials(sheet: Sheet) -> tuple[tuple[str, Evidence], ...]:
    """Returns each testimonial with words, and where what names it first stands; of a persona, where the map begins."""
    known = {one.id: one for one in sheet.map.evidence if one.kind == "testimonial" and one.quote}
    if not known:
        return ()
    named = [(step.id, id_) for _, step in sheet.map.steps() for id_ in step.evidence]
    named += [(touch.id, id_) for touch in sheet.map.touchpoints for id_ in touch.evidence]
    named += [(phase.id, id_) for phase in sheet.map.phases for id_ in phase.evidence]
    named += [(barrier.at, id_) for barrier in sheet.map.barriers for id_ in barrier.evidence]
    named += [(claim.at, id_) for claim in sheet.map.claims if claim.at for id_ in claim.evidence]
    begin = sheet.map.phases[0].id if sheet.map.phases else ""
    named += [(begin, id_) for persona in sheet.map.personas for id_ in persona.evidence]
    spots: dict[str, str] = {}
    for spot, id_ in named:
        if id_ in known:
            spots.setdefault(id_, spot)
    return tuple((spot, known[id_]) for id_, spot in spots.items())


def source_of(sheet: Sheet, found: Evidence) -> str:
    """Returns who said it, of which firm and when: 'Piet Smid, Garage Smid · 2 mei 2026'."""
    who = ", ".join(filter(None, (found.person, found.firm)))
    if not found.agreed:
        who = sheet.say("quote-unnamed")
    parts = (who or found.source, written_day(found.date, sheet.language) if found.date else "")
    return " · ".join(filter(None, parts))


def _drawn(text: str, source: str) -> Draw:
    """How a quote is drawn: what was said, and under it by whom."""

    def draw(x: float, top: float, wide: float) -> tuple[tuple[Element, ...], float]:
        room = wide - 13 - 8
        said = words(text, x + 13, top + 6, SPOKEN, room=room, most=6)
        who = words(source, x + 13, top + 7 + tall(said), NOTE, room=room, most=3)
        high = 13 + tall(said) + tall(who)
        return (Box(x, top, wide, high, "panel", radius=2), Box(x, top, 3.5, high, "observed"), said, who), high

    return draw
