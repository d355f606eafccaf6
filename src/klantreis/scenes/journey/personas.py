"""Whom a journey map is about: a card for each persona in its head, with a picture or initials."""

from __future__ import annotations

import re

from klantreis.labels import Label
from klantreis.map.images import Image
from klantreis.map.people import Persona
from klantreis.scenes.journey.grid import MARGIN
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Picture
from klantreis.scenes.numbers import decimal, percent
from klantreis.scenes.pen import NOTE, SECTION, STRONG, Ink, one_line, tall, words
from klantreis.scenes.text import clean
from klantreis.scenes.words import named

FACE, SMALL, NARROW, WIDE, BETWEEN = 46.0, 32.0, 168.0, 400.0, 14.0
"""Pixels of a picture's side, usual and on a brief map, and how narrow and how wide a card may be."""
MOST = 4
QUOTE = Ink(11, 400, "muted", italic=True, leading=15)


def personas(sheet: Sheet, top: float, room: float) -> tuple[tuple[Group, ...], float]:
    """Returns the cards from `top` down in `room` pixels, and where they end; (() , top) when there are none.

    One persona when the map is drawn for one, else all of them as far as they fit; the last card says how many more
    there are. On a brief map a card holds two lines: the name, and the goal. Without cards the line under the title
    says whom it is about.
    """
    chosen = [one for one in sheet.map.personas if sheet.persona in {None, one.id}]
    if not chosen or not sheet.density.cards:
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


def initials(name: str) -> str:
    """Returns the first letters of the first and last word of a name: 'Anne de Vries' gives AV; '' without letters."""
    found = re.findall(r"[^\W\d_]+", clean(name))
    return "".join(word[0] for word in (found[:1] + found[1:][-1:])).upper()


def _card(sheet: Sheet, persona: Persona, at: tuple[float, float, float], left: int) -> tuple[Group, float]:
    x, top, wide = at
    name = sheet.text(persona.label) or persona.id
    brief = sheet.density.brief
    side = SMALL if brief else FACE
    beside, room = x + side + 10, wide - side - 10
    kind = kind_of(sheet, persona)
    more = f" · {sheet.say('more', n=str(left))}" if left else ""
    goal, quote = sheet.text(persona.goal), quoted(sheet.text(persona.quote))
    head, under = (f"{name}{more}", goal or kind) if brief else (name, f"{kind}{more}")
    told = [
        words(head, beside, top, STRONG, room=room, most=1),
        words(under, beside, top + 16, NOTE, room=room, most=1),
    ]
    y = top + 16 + tall(told[1])
    size = size_of(sheet, persona)
    for text, ink in () if brief else ((goal, NOTE.as_("ink")), (size, NOTE), (quote, QUOTE)):
        if text:
            told.append(words(text, beside, y, ink, room=room, most=2))
            y += tall(told[-1])
    heard = ". ".join(filter(None, (f"{sheet.say('persona-card')}: {name}, {kind}", goal, size, quote)))
    parts = (*_face(sheet, persona, (x, top + (0 if brief else 2)), side), *told)
    return Group("persona-card", parts, persona.id, heard, focus=True), max(y, top + side + 2)


def kind_of(sheet: Sheet, persona: Persona) -> str:
    """Returns what kind of customer a persona is, and how soon they want it when they are in a hurry."""
    kind = named("persona-kind", persona.kind, sheet.language)
    if persona.urgency == "none":
        return kind
    soon = named("urgency", persona.urgency, sheet.language)
    return f"{kind} · {sheet.say('scenario-urgency', text=soon)}"


def size_of(sheet: Sheet, persona: Persona) -> str:
    """Returns how many people are like a persona: those in its segment, and which part of all; '' when not known.

    A segment too small to share is not among what was measured, so nothing is said of it.
    """
    results = sheet.results
    if results is None or persona.segment is None:
        return ""
    own = results if results.about.segment == persona.segment else results.segments.get(persona.segment)
    if own is None or not results.paths.people:
        return ""
    label = next((one.label for one in sheet.map.segments if one.id == persona.segment), Label())
    part = percent(own.paths.people / results.paths.people, sheet.language)
    people = own.paths.people
    one = sheet.say("one-person") if people == 1 else sheet.say("people", n=decimal(people, sheet.language))
    return sheet.say("persona-size", segment=sheet.text(label) or persona.segment, people=one, share=part)


def _face(sheet: Sheet, persona: Persona, at: tuple[float, float], side: float) -> tuple[Element, ...]:
    """The picture, whole in a square; without one the initials in a circle."""
    x, top = at
    image = sheet.images.get(persona.picture or "")
    if image is not None:
        return _picture(image, at, side, sheet.text(persona.alt))
    disc = Box(x, top, side, side, "phase", "border", 1, radius=side / 2)
    letters = initials(sheet.text(persona.label) or persona.id)
    ink, lift = (SECTION, 9.5) if side == FACE else (STRONG, 8.0)
    text = one_line(letters, x + side / 2, top + side / 2 - lift, ink, anchor="middle")
    return (disc, text) if letters else (disc,)


def _picture(image: Image, at: tuple[float, float], side: float, alt: str) -> tuple[Element, ...]:
    scale = min(side / image.width, side / image.height)
    wide, high = image.width * scale, image.height * scale
    left, up = at[0] + (side - wide) / 2, at[1] + (side - high) / 2
    return Picture(left, up, wide, high, image, alt), Box(left, up, wide, high, None, "border", 1)
