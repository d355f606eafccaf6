"""The frame around a smaller picture: a title, a line under it, a foot that says what the numbers stand on."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.journeys.model import About
from klantreis.labels import Language
from klantreis.scenes.model import Element, Scene
from klantreis.scenes.numbers import day, local
from klantreis.scenes.pen import BODY, NOTE, SECTION, Ink, moved, tall, words
from klantreis.scenes.table import Table
from klantreis.scenes.words import say

MARGIN = 24.0
HEAD = Ink(19, 700, "ink", leading=25)


def framed(
    name: str, title: str, under: str, body: Sequence[Element], *, size: tuple[float, float], table: Table,
    language: Language, about: About | None = None, notes: Sequence[str] = (),
) -> Scene:  # fmt: skip
    """Returns a scene: title, `under`, the body (laid out from 0 downwards, `size` wide and high), and a foot.

    `notes` are said in the foot, beside until when the data go and which version they are.
    """
    wide = size[0]
    head = words(title, MARGIN, 16, HEAD, room=wide - 2 * MARGIN, most=2)
    line = words(under, MARGIN, 16 + tall(head) + 1, BODY.as_("muted"), room=wide - 2 * MARGIN, most=4)
    top = 16 + tall(head) + tall(line) + 14
    shown = tuple(moved(element, top) for element in body)
    foot = words("  ·  ".join(_foot(about, language, notes)), MARGIN, top + size[1] + 8, NOTE, room=wide - 2 * MARGIN)
    height = top + size[1] + 8 + tall(foot) + 14
    return Scene(name, wide, height, title, under, language, (head, line, *shown, foot), table)


def nothing(name: str, title: str, why: str, *, width: float, table: Table, language: Language) -> Scene:
    """Returns the scene for when there is nothing to draw: it says why."""
    text = words(why, MARGIN, 0, SECTION.as_("muted"), room=width - 2 * MARGIN)
    return framed(name, title, "", (text,), size=(width, tall(text) + 10), table=table, language=language)


def _foot(about: About | None, language: Language, notes: Sequence[str]) -> list[str]:
    parts = list(notes)
    if about is not None and about.last > 0:
        parts.append(say("through", language, when=day(local(about.last, about.time_zone), language)))
    if about is not None and about.version:
        parts.append(say("version", language, version=about.version[:8]))
    return parts
