"""Whom a journey map is about: a card for each persona in its head, with a picture or initials."""

from __future__ import annotations

import re

from klantreis.map.images import Image
from klantreis.map.people import Persona
from klantreis.scenes.journey.grid import MARGIN
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Picture
from klantreis.scenes.pen import NOTE, SECTION, STRONG, Ink, one_line, tall, words
from klantreis.scenes.text import clean
from klantreis.scenes.words import named

FACE, NARROW, WIDE, BETWEEN = 46.0, 168.0, 400.0, 14.0
"""Pixels of a picture's side, and how narrow and how wide a card may be."""
MOST = 4
QUOTE = Ink(11, 400, "muted", italic=True, leading=15)


def personas(sheet: Sheet, top: float, room: float) -> tuple[tuple[Group, ...], float]:
    """Returns the cards from `top` down in `room` pixels, and where they end; (() , top) when there are none.

    One persona when the map is drawn for one, else all of them as far as they fit; the last card says how many more
    there are. On a page of fixed shape and on a brief map there are none: their room is for the words of the map.
    """
    chosen = [one for one in sheet.map.personas if sheet.persona in {None, one.id}]
    if not chosen or not carded(sheet):
        return (), top
    fit = max(1, min(MOST, len(chosen), int((room + BETWEEN) // (NARROW + BETWEEN))))
    wide = min(WIDE, (room - BETWEEN * (fit - 1)) / fit)
    cards, bottom = [], top
    for number, persona in enumerate(chosen[:fit]):
        left = len(chosen) - fit if number == fit - 1 else 0
        card, low = _card(sheet, persona, (MARGIN + number * (wide + BETWEEN), top, wide), left)
        cards.append(card)
        bottom = max(bottom, low)
    return tuple(cards), bottom


def carded(sheet: Sheet) -> bool:
    """Says whether a map of this density has room for cards of personas."""
    return not sheet.density.brief and not sheet.density.page


def initials(name: str) -> str:
    """Returns the first letters of the first and last word of a name: 'Anne de Vries' gives AV; '' without letters."""
    found = re.findall(r"[^\W\d_]+", clean(name))
    return "".join(word[0] for word in (found[:1] + found[1:][-1:])).upper()


def _card(sheet: Sheet, persona: Persona, at: tuple[float, float, float], left: int) -> tuple[Group, float]:
    x, top, wide = at
    name = sheet.text(persona.label) or persona.id
    beside, room = x + FACE + 10, wide - FACE - 10
    kind = named("persona-kind", persona.kind, sheet.language)
    more = f" · {sheet.say('more', n=str(left))}" if left else ""
    head = words(name, beside, top, STRONG, room=room, most=1)
    told = [head, words(f"{kind}{more}", beside, top + 16, NOTE, room=room)]
    y = top + 16 + tall(told[1])
    goal, quote = sheet.text(persona.goal), quoted(sheet.text(persona.quote))
    for text, ink in ((goal, NOTE.as_("ink")), (quote, QUOTE)):
        if text:
            told.append(words(text, beside, y, ink, room=room, most=2))
            y += tall(told[-1])
    heard = ". ".join(filter(None, (f"{sheet.say('persona-card')}: {name}, {kind}", goal, quote)))
    parts = (*_face(sheet, persona, x, top + 2), *told)
    return Group("persona-card", parts, persona.id, heard, focus=True), max(y, top + FACE + 2)


def _face(sheet: Sheet, persona: Persona, x: float, top: float) -> tuple[Element, ...]:
    """The picture, whole in a square; without one the initials in a circle."""
    image = sheet.images.get(persona.picture or "")
    if image is not None:
        return _picture(image, x, top, sheet.text(persona.alt))
    disc = Box(x, top, FACE, FACE, "phase", "border", 1, radius=FACE / 2)
    letters = initials(sheet.text(persona.label) or persona.id)
    text = one_line(letters, x + FACE / 2, top + FACE / 2 - 9.5, SECTION, anchor="middle")
    return (disc, text) if letters else (disc,)


def _picture(image: Image, x: float, top: float, alt: str) -> tuple[Element, ...]:
    scale = min(FACE / image.width, FACE / image.height)
    wide, high = image.width * scale, image.height * scale
    left, up = x + (FACE - wide) / 2, top + (FACE - high) / 2
    return Picture(left, up, wide, high, image, alt), Box(left, up, wide, high, None, "border", 1)
