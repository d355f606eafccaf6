"""The lane of quotes: what customers said of us, with who said it, of which firm and when."""

from __future__ import annotations

from klantreis.labels import Language
from klantreis.map.proof import Evidence
from klantreis.map.testimonials import testimonials
from klantreis.scenes.journey.cards import Card, Draw, card_row, column_at, phase_ends
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element
from klantreis.scenes.numbers import written_day
from klantreis.scenes.pen import NOTE, SPOKEN, tall, words
from klantreis.scenes.words import say


def quotes(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the testimonials at the first step, touchpoint or phase that names them; None when none is named.

    Who did not agree to be named is not named. A brief map leaves them to the table.
    """
    if sheet.density.brief:
        return None
    cards = []
    for spot, found in testimonials(sheet.map):
        at = column_at(sheet, spot)
        last = (phase_ends(sheet, spot) or (None, None))[1] if sheet.column_with(spot) is None else None
        text, source = quoted(sheet.text(found.quote)), source_of(found, sheet.language)
        heard = f"{sheet.say('quote')}: {text} {source}"
        cards.append(Card("quote", found.id, at, heard, _drawn(text, source), last, spot))
    return card_row(sheet, grid, "quote", cards)


def quoted_at(sheet: Sheet) -> list[tuple[int | None, str]]:
    """Returns the same in words: at which column, and the quote with who said it."""
    return [
        (column_at(sheet, spot), f"{quoted(sheet.text(found.quote))} {source_of(found, sheet.language)}")
        for spot, found in testimonials(sheet.map)
    ]


def spoken(sheet: Sheet) -> frozenset[str]:
    """Returns the evidence that the lane of quotes tells in full."""
    return frozenset(found.id for _, found in testimonials(sheet.map))


def source_of(found: Evidence, language: Language) -> str:
    """Returns who said it, of which firm and when: 'Piet Smid, Garage Smid · 2 mei 2026'."""
    who = ", ".join(filter(None, (found.person, found.firm)))
    if not found.agreed:
        who = say("quote-unnamed", language)
    parts = (who or found.source, written_day(found.date, language) if found.date else "")
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
