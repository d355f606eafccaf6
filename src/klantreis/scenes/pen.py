"""Setting text: from words and room to a `Words` element, and the room any element takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from klantreis.labels import tongue
from klantreis.scenes.model import Anchor, Area, Box, Curve, Element, Group, Line, Mark, Path, Picture, Role, Words
from klantreis.scenes.text import ASCENT, DESCENT, Style, balanced, clean, cut, width, wrap


@dataclass(frozen=True, slots=True)
class Ink:
    """How a piece of text looks: size in pixels, weight, role, slant, distance between lines."""

    size: float = 12
    weight: Literal[400, 600, 700] = 400
    role: Role = "ink"
    italic: bool = False
    leading: float = 16

    @property
    def style(self) -> Style:
        """What measuring needs."""
        return Style(self.size, self.weight, self.italic, self.leading)

    def as_(self, role: Role) -> Ink:
        """Returns the same ink in another role."""
        return replace(self, role=role)


TITLE = Ink(26, 700, "ink", leading=32)
SECTION = Ink(14, 700, "ink", leading=19)
BODY = Ink(12, 400, "ink", leading=16)
STRONG = Ink(12, 600, "ink", leading=16)
NOTE = Ink(11, 400, "muted", leading=15)
NOTE_STRONG = Ink(11, 600, "muted", leading=15)
SPOKEN = Ink(12, 400, "ink", italic=True, leading=16)
FIGURE = Ink(19, 700, "ink", leading=24)


@dataclass(frozen=True, slots=True)
class Rect:
    """The room something takes."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its underside."""
        return self.y + self.height

    def meets(self, other: Rect, gap: float = 0) -> bool:
        """Says whether two rooms overlap, or come nearer than `gap`."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


def words(
    text: str, x: float, top: float, ink: Ink, *, room: float = 1e9, most: int | None = None, anchor: Anchor = "start",
    even: bool = False, halo: bool = False,
) -> Words:  # fmt: skip
    """Returns text set from `top` down in at most `room` pixels and `most` lines; `even` balances the lines."""
    lay = balanced if even else wrap
    lines = lay(text, room, ink.style, most=most)
    return lined(lines, x, top, ink, anchor=anchor, full=_left_out(text, lines), halo=halo)


def one_line(text: str, x: float, top: float, ink: Ink, *, room: float = 1e9, anchor: Anchor = "start") -> Words:
    """Returns text on one line, cut with … when it does not fit."""
    line = cut(text, room, ink.style)
    full = clean(text) if line.endswith("…") and line != text else None
    return lined((line,), x, top, ink, anchor=anchor, full=full)


def lined(
    lines: tuple[str, ...], x: float, top: float, ink: Ink, *, anchor: Anchor = "start", full: str | None = None,
    halo: bool = False,
) -> Words:  # fmt: skip
    """Returns lines that are already broken, set from `top` down."""
    baseline = top + ink.leading / 2 + ink.size * 0.36
    return Words(
        x, baseline, lines, ink.size, ink.weight, ink.role, anchor, ink.leading, ink.italic, full, halo,
        tongue(lines[0]) if lines else None,
    )  # fmt: skip


def tall(text: Words) -> float:
    """Returns the height of set text, from its top to the top of what may follow."""
    return len(text.lines) * text.leading


def pill(text: str, x: float, top: float, *, fill: Role | None, role: Role, stroke: Role | None = None) -> Group:
    """Returns a small badge with its text; `pill_width` tells how wide it is."""
    box = Box(x, top, pill_width(text), 17, fill, stroke, 1, radius=8.5)
    return Group("badge", (box, one_line(text, x + box.width / 2, top + 1, NOTE_STRONG.as_(role), anchor="middle")))


def pill_width(text: str) -> float:
    """Returns how wide a badge with this text is."""
    return width(text, NOTE_STRONG.style) + 14


def bounds(element: Element) -> Rect:
    """Returns the room an element takes; of a group, the room around all that is in it."""
    match element:
        case Words():
            wide = max((width(line, _style(element)) for line in element.lines), default=0)
            x = element.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[element.anchor] * wide
            rows = max(0, len(element.lines) - 1) * element.leading
            return Rect(x, element.y - ASCENT * element.size, wide, rows + (ASCENT + DESCENT) * element.size)
        case Box() | Picture():
            return Rect(element.x, element.y, element.width, element.height)
        case Line():
            return _around([(element.x1, element.y1), (element.x2, element.y2)])
        case Mark():
            return Rect(element.x - element.size / 2, element.y - element.size / 2, element.size, element.size)
        case Curve() | Area():
            return _around(pair for _, values in element.path for pair in zip(values[::2], values[1::2], strict=True))
        case Group():
            rooms = [bounds(child) for child in element.children]
            return _around([spot for room in rooms for spot in ((room.x, room.y), (room.right, room.bottom))])


def _around(spots: Iterable[tuple[float, float]]) -> Rect:
    listed = list(spots) or [(0.0, 0.0)]
    x, y = min(spot[0] for spot in listed), min(spot[1] for spot in listed)
    return Rect(x, y, max(spot[0] for spot in listed) - x, max(spot[1] for spot in listed) - y)


def _style(text: Words) -> Style:
    return Style(text.size, text.weight, text.italic, text.leading)


def _left_out(text: str, lines: tuple[str, ...]) -> str | None:
    whole = clean(text)
    return whole if lines and lines[-1].endswith("…") and not whole.rstrip().endswith(lines[-1][-2:]) else None


def moved(element: Element, down: float) -> Element:
    """Returns an element `down` pixels lower, with all that is in it."""
    match element:
        case Words() | Box() | Mark() | Picture():
            return replace(element, y=element.y + down)
        case Line():
            return replace(element, y1=element.y1 + down, y2=element.y2 + down)
        case Curve() | Area():
            return replace(element, path=_lower(element.path, down))
        case Group():
            return replace(element, children=tuple(moved(child, down) for child in element.children))


def _lower(path: Path, down: float) -> Path:
    return tuple(
        (command, tuple(value + down if spot % 2 else value for spot, value in enumerate(values)))
        for command, values in path
    )
