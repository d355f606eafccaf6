"""Scenes as the text of a Typst document: shapes as one drawing behind, words in front as real text in reading order.

No text of a map is ever Typst: every text is a quoted string with its signs escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from unicodedata import combining

from klantreis.exporters.svg import svg
from klantreis.labels import Language
from klantreis.scenes.journey.grid import MARGIN
from klantreis.scenes.model import Area, Box, Curve, Element, Group, Line, Picture, Scene, Words, walk
from klantreis.scenes.pen import bounds
from klantreis.scenes.table import Table
from klantreis.scenes.text import FAMILY, clean, metrics
from klantreis.scenes.themes import THEMES, ThemeName

ROW = 3
"""Level of the name of a row, which stands in the rail; in the document it is a heading of level 2."""

_HEAD = """#set document(title: {title}, date: datetime(year: {at.year}, month: {at.month}, day: {at.day}))
#set text(lang: {lang}, font: {family}, fill: rgb({ink}), hyphenate: false, top-edge: "baseline",
  bottom-edge: "baseline")
#set par(spacing: 0pt, justify: false)
#set block(spacing: 0pt)
#show heading: it => block(above: 0pt, below: 0pt, it.body)
#let shift = (start: 0, middle: 0.5, end: 1)
#let side = (start: left, middle: center, end: right)
#let words(x, y, size, weight, style, ink, anchor, leading, lines, level: 0, tongue: none, apart: false) = {{
  set par(leading: leading * 1pt)
  set text(lang: tongue) if tongue != none
  let look(line) = text(size: size * 1pt, weight: weight, style: style, fill: rgb(ink), line)
  let body = lines.map(look).join(linebreak())
  let named = align(side.at(anchor), if level > 0 {{ heading(level: level, body) }} else {{ par(body) }})
  let shown = if apart {{ pdf.artifact(named) }} else {{ named }}
  place(top + left, dx: x * 1pt - shift.at(anchor) * 3000pt, dy: y * 1pt, block(width: 3000pt, shown))
}}
#let drawing(x, y, wide, high, data) = place(top + left, dx: x * 1pt, dy: y * 1pt,
  pdf.artifact(image(bytes(data), format: "svg", width: wide * 1pt, height: high * 1pt)))
#let photo(x, y, wide, high, alt, data, apart: false) = place(top + left, dx: x * 1pt, dy: y * 1pt, {{
  let told = if alt == "" {{ none }} else {{ alt }}
  let shown = image(bytes(data), format: "svg", width: wide * 1pt, height: high * 1pt, alt: told)
  if apart {{ pdf.artifact(shown) }} else {{ shown }}
}})
"""


@dataclass(frozen=True, slots=True)
class Look:
    """How the document looks and what it is called; with `signs`, any other sign becomes □."""

    theme: ThemeName
    language: Language
    title: str
    made: datetime
    signs: frozenset[str] | None = None

    def text(self, text: str) -> str:
        """Returns a text as a quoted string of Typst."""
        safe = clean(text)
        if self.signs is not None:
            signs = self.signs
            safe = "".join(sign if sign in signs or sign.isspace() else "" if combining(sign) else "□" for sign in safe)
        return '"' + safe.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'

    def colour(self, role: str) -> str:
        """Returns the colour of a role as a quoted string of Typst."""
        return f'"{dict(THEMES[self.theme])[role]}"'  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: elements of a scene, moved by (dx, dy) pixels and drawn `scale` points a pixel.

    `apart` says that what is drawn was read before, so that a listener is not told twice.
    """

    elements: tuple[Element, ...]
    dx: float
    dy: float
    scale: float
    wide: float
    high: float
    apart: bool = False
    slack: float = 0
    """Pixels beside it that its words, but not its shapes, may run on over."""
    alone: bool = False
    """Whether it is all there is of the document: its first text is the title when none is marked as one."""


@cache
def known_signs() -> frozenset[str]:
    """Returns the signs our own font can draw."""
    return frozenset(sign for face in metrics().values() for sign in face)


def document(pages: Sequence[str], look: Look) -> str:
    """Returns the whole document from the text of its pages."""
    head = _HEAD.format(
        title=look.text(look.title), at=look.made, lang=look.text(look.language), family=look.text(FAMILY),
        ink=look.colour("ink"),
    )  # fmt: skip
    return head + "#pagebreak()\n".join(pages)


def page(width: float, height: float, body: Sequence[str], look: Look) -> str:
    """Returns one page of `width` × `height` millimetres."""
    size = f"width: {_n(width)}mm, height: {_n(height)}mm, margin: 0pt, fill: rgb({look.colour('paper')})"
    return f"#set page({size})\n" + "".join(body)


def drawn(part: Part, look: Look) -> str:
    """Returns a part of a page, cut at its edges: the drawing first, its words on top."""
    scale = part.scale
    shapes = Scene(
        "p", part.wide, part.high, look.title, "", look.language,
        tuple(shifted(shape, part.dx, part.dy) for shape in _bare(part.elements)), Table("", ("",)),
    )  # fmt: skip
    picture = svg(shapes, theme=look.theme, embed_font=False)
    lines = [f"#drawing(0, 0, {_n(part.wide * scale)}, {_n(part.high * scale)}, {_raw(picture)})\n"]
    lines += [_picture(one, part, look) for one in walk(part.elements) if isinstance(one, Picture)]
    texts = list(_texts(part.elements))
    if part.alone and texts and not any(level == 1 for _, level in texts):
        texts[0] = (texts[0][0], 1)
    lines += [_words(words, level, part, look) for words, level in texts]
    size = f"width: {_n((part.wide + part.slack) * scale)}pt, height: {_n(part.high * scale)}pt"
    return f"#block({size}, clip: true)[{''.join(lines)}]"


def placed(x: float, y: float, body: str) -> str:
    """Returns a part put at (x, y) points from the corner of the page."""
    return f"#place(top + left, dx: {_n(x)}pt, dy: {_n(y)}pt)[{body}]\n"


def _words(words: Words, level: int, part: Part, look: Look) -> str:
    lines = ", ".join(look.text(line) for line in words.lines) + ","
    scale = part.scale
    spots = [(words.x + part.dx) * scale, (words.y + part.dy) * scale, words.size * scale]
    more = f", level: {level}" if level and not part.apart else ""
    more += f", tongue: {look.text(words.language)}" if words.language and words.language != look.language else ""
    more += ", apart: true" if part.apart else ""
    style = '"italic"' if words.italic else '"normal"'
    return (
        f"#words({', '.join(map(_n, spots))}, {words.weight}, {style}, {look.colour(words.role)}, "
        f'"{words.anchor}", {_n(words.leading * scale)}, ({lines}){more})\n'
    )


def _picture(picture: Picture, part: Part, look: Look) -> str:
    """An image with its alternative text; wrapped in an SVG, which can hold its bytes as text."""
    wide, high, scale = picture.width, picture.height, part.scale
    alone = Scene("p", wide, high, "", "", look.language, (replace(picture, x=0, y=0),), Table("", ("",)))
    spots = ((picture.x + part.dx) * scale, (picture.y + part.dy) * scale, wide * scale, high * scale)
    data = _raw(svg(alone, theme=look.theme, embed_font=False))
    more = ", apart: true" if part.apart or not picture.alt else ""
    return f"#photo({', '.join(map(_n, spots))}, {look.text(picture.alt)}, {data}{more})\n"


def _texts(elements: Sequence[Element], level: int = 0) -> Iterator[tuple[Words, int]]:
    """Each text in reading order with the level of heading it is: the title 1, names of rows, phases and panels 2."""
    first = True
    for element in elements:
        if isinstance(element, Words) and any(line.strip() for line in element.lines):
            heads = first and element.anchor == "start" and (level != ROW or element.x <= MARGIN)
            yield element, min(level, 2) if heads else 0
            first = first and not heads
        elif isinstance(element, Group):
            yield from _texts(element.children, _level(element))


def _level(group: Group) -> int:
    if group.kind == "lane":
        return 1 if group.id == "header" else ROW if group.label else 0
    return 2 if group.kind in {"phase", "first"} else 0


def _bare(elements: Sequence[Element]) -> Iterator[Element]:
    """The shapes without their words; behind a word with a halo lies a box of paper."""
    for element in elements:
        if isinstance(element, Group):
            yield from _bare(element.children)
        elif not isinstance(element, Words | Picture):
            yield element
        elif isinstance(element, Words) and element.halo:
            room = bounds(element)
            yield Box(room.x - 2, room.y, room.width + 4, room.height, "paper", radius=3)


def shifted(element: Element, dx: float, dy: float) -> Element:
    """Returns a shape or text, moved by (dx, dy)."""
    match element:
        case Curve() | Area():
            path = tuple(
                (command, tuple(value + (dy if spot % 2 else dx) for spot, value in enumerate(values)))
                for command, values in element.path
            )
            return replace(element, path=path)
        case Line():
            return replace(element, x1=element.x1 + dx, x2=element.x2 + dx, y1=element.y1 + dy, y2=element.y2 + dy)
        case Group():
            return replace(element, children=tuple(shifted(child, dx, dy) for child in element.children))
    return replace(element, x=element.x + dx, y=element.y + dy)


def _raw(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
