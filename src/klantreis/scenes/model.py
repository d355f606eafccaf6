"""`Scene`: a picture as boxes, lines and words, already laid out; it knows no file format.

Units are CSS pixels, x to the right, y down, (0, 0) at the top left. Colours are roles (`themes.py` says which colour a
role has in which theme). Every `Group` carries the id of the map entity it shows, so that one id runs from the YAML to
the picture. Whoever writes a format draws the elements in order, later ones on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from klantreis.labels import Language
from klantreis.map.images import Image
from klantreis.scenes.table import Table

Role = Literal[
    "paper", "ink", "muted", "hairline", "border", "strong", "panel", "phase", "stream", "left", "band", "measured",
    "observed", "assumed", "good", "problem", "decision", "decision-paper", "problem-paper", "good-paper", "on-strong",
    "one", "two", "three", "four",
]  # fmt: skip
"""What a colour means. `left` is people who left, `on-strong` text on a filled badge, `one` to `four` are curves."""

Anchor = Literal["start", "middle", "end"]
Dash = Literal["solid", "dashed", "dotted"]
Pattern = Literal["plain", "hatch"]
Command = Literal["M", "L", "C", "Z"]
Path = tuple[tuple[Command, tuple[float, ...]], ...]
"""An outline: M and L take x, y; C takes two control points and the end (6 numbers); Z closes and takes none."""

Shape = Literal[
    "up", "down", "circle", "square", "diamond", "star", "check", "cross", "dash", "arrow", "filled-circle",
    "web", "mail", "search", "phone", "chat", "person", "shop", "box", "post", "social", "advert", "card", "code",
    "event", "none",
]  # fmt: skip
"""Marks with a meaning (first rows) and icons of channels (the rest); outlines stand in `marks.py`."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text, already broken into lines. (x, y) is the anchor point on the baseline of the first line.

    `leading` is the distance between baselines. `full` holds the whole text when lines were cut with an ellipsis.
    `halo` draws the paper colour around the letters, for text that crosses a grid line.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = 12
    weight: Literal[400, 600, 700] = 400
    role: Role = "ink"
    anchor: Anchor = "start"
    leading: float = 16
    italic: bool = False
    full: str | None = None
    halo: bool = False
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or outlined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1
    dash: Dash = "solid"
    radius: float = 0
    pattern: Pattern = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Role = "hairline"
    width: float = 1
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class Curve:
    """An open line along a path."""

    path: Path
    stroke: Role = "measured"
    width: float = 2
    dash: Dash = "solid"
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled outline, such as a band of uncertainty or a stream."""

    path: Path
    fill: Role = "band"
    pattern: Pattern = "plain"


@dataclass(frozen=True, slots=True)
class Mark:
    """A small shape, centred on (x, y), `size` wide; `fill` None leaves it open."""

    shape: Shape
    x: float
    y: float
    size: float = 10
    fill: Role | None = "ink"
    stroke: Role | None = None
    stroke_width: float = 1.4


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of pixels, in its own shape, with what is on it in words."""

    x: float
    y: float
    width: float
    height: float
    image: Image
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that belong together and show one thing of the map.

    `id` is the map's own id of what is shown ('' for structure only) and `kind` what it is shown as, so that
    (kind, id) is unique in a scene. `label` is what a listener hears; with `focus` it is a stop in reading order.
    `link` is where it leads: '#anchor' or an address. `detail` is shown on hover and focus, beside the label.
    """

    kind: str
    children: tuple[Element, ...] = ()
    id: str = ""
    label: str = ""
    focus: bool = False
    link: str | None = None
    detail: str = ""


Element = Words | Box | Line | Curve | Area | Mark | Picture | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its size, its title and description for listeners, its elements, and the same content as a table.

    `breaks` are the x positions where a sheet may be cut when it is printed in parts; `rail` is the width on the left
    that is repeated on every part and may stick when scrolling. `name` is unique among the pictures of one page.
    """

    name: str
    width: float
    height: float
    title: str
    description: str
    language: Language
    elements: tuple[Element, ...]
    table: Table
    rail: float = 0
    breaks: tuple[float, ...] = field(default=())
    stops: tuple[float, ...] = field(default=())
    """Where each column begins, for a sheet that is too narrow for a whole part."""


def walk(elements: tuple[Element, ...]) -> Iterator[Element]:
    """Yields every element in drawing order, groups before what is in them."""
    for element in elements:
        yield element
        if isinstance(element, Group):
            yield from walk(element.children)
