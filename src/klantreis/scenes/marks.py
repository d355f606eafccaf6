"""Outlines of the marks: signs with a meaning, and icons for the ways people meet a company.

All are our own drawings, on a grid of 16 by 16, centred on (8, 8), with straight lines, curves and circles only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from klantreis.scenes.model import Command, Path, Shape

FILLED: frozenset[Shape] = frozenset({"up", "down", "filled-circle", "circle", "square", "diamond", "star"})
"""Shapes that are areas; the others are strokes and are drawn as lines in the fill role."""

_KAPPA = 0.5522847498

_DRAWN: Mapping[Shape, str] = MappingProxyType({
    "up": "M 8 1.6 L 15 14 L 1 14 Z",
    "down": "M 8 14.4 L 1 2 L 15 2 Z",
    "square": "M 2 2 L 14 2 L 14 14 L 2 14 Z",
    "diamond": "M 8 0.6 L 15.4 8 L 8 15.4 L 0.6 8 Z",
    "circle": "O 8 8 6.6",
    "filled-circle": "O 8 8 6.6",
    "check": "M 2 8.6 L 6.2 12.8 L 14 3.6",
    "cross": "M 3 3 L 13 13 M 13 3 L 3 13",
    "dash": "M 2 8 L 14 8",
    "arrow": "M 1 8 L 15 8 M 9.6 2.8 L 15 8 L 9.6 13.2",
    "web": "M 1.5 2.5 L 14.5 2.5 L 14.5 13.5 L 1.5 13.5 Z M 1.5 5.8 L 14.5 5.8",
    "mail": "M 1 3 L 15 3 L 15 13 L 1 13 Z M 1 3.6 L 8 9 L 15 3.6",
    "search": "O 6.8 6.8 4.8 M 10.4 10.4 L 15 15",
    "phone": "M 4 1 L 12 1 L 12 15 L 4 15 Z M 7 12.6 L 9 12.6",
    "chat": "M 1.5 2 L 14.5 2 L 14.5 11 L 8 11 L 4.5 14.6 L 4.5 11 L 1.5 11 Z",
    "person": "O 8 4.8 3.2 M 2 15 C 2 8.6 14 8.6 14 15",
    "shop": "M 2 7 L 2 14.5 L 14 14.5 L 14 7 "
    "M 1 6.6 L 2.6 1.8 L 13.4 1.8 L 15 6.6 Z M 6.4 14.5 L 6.4 10 L 9.6 10 L 9.6 14.5",
    "box": "M 8 1 L 14.5 4.4 L 14.5 11.6 L 8 15 L 1.5 11.6 L 1.5 4.4 Z M 1.5 4.4 L 8 7.8 L 14.5 4.4 M 8 7.8 L 8 15",
    "post": "M 1 4.4 L 10 4.4 L 10 12 L 1 12 Z M 10 7 L 13 7 L 15 9.4 L 15 12 L 10 12 O 4.4 12.6 1.5 O 12 12.6 1.5",
    "social": "M 2 2 L 14 2 L 14 14 L 2 14 Z O 8 8 3 O 11.6 4.4 0.5",
    "advert": "M 1.5 6 L 6 6 L 13 2 L 13 14 L 6 10 L 1.5 10 Z M 4 10 L 5 14.4",
    "card": "M 1 3 L 15 3 L 15 13 L 1 13 Z M 1 6.4 L 15 6.4 M 3.4 10 L 7 10",
    "code": "M 2 2 L 6.5 2 L 6.5 6.5 L 2 6.5 Z M 9.5 2 L 14 2 L 14 6.5 L 9.5 6.5 Z M 2 9.5 L 6.5 9.5 L 6.5 14 L 2 14 Z "
    "M 9.5 9.5 L 11.5 11.5 M 14 9.5 L 14 14 L 10 14",
    "event": "M 2 3 L 14 3 L 14 14.5 L 2 14.5 Z M 2 6.6 L 14 6.6 M 5 1 L 5 4 M 11 1 L 11 4",
    "none": "M 4 8 L 12 8",
})  # fmt: skip


@cache
def outline(shape: Shape) -> Path:
    """Returns the outline of a shape for a mark of size 1 centred on (0, 0)."""
    if shape == "star":
        return _star()
    return tuple(_unit(_DRAWN[shape].split()))


def placed(shape: Shape, x: float, y: float, size: float) -> Path:
    """Returns the outline of a mark `size` wide, centred on (x, y)."""
    return tuple(
        (command, tuple(value * size + (y if spot % 2 else x) for spot, value in enumerate(values)))
        for command, values in outline(shape)
    )


def _unit(words: list[str]) -> list[tuple[Command, tuple[float, ...]]]:
    takes = {"M": 2, "L": 2, "C": 6, "Z": 0, "O": 3}
    found: list[tuple[Command, tuple[float, ...]]] = []
    spot = 0
    while spot < len(words):
        letter = words[spot]
        values = tuple(float(word) for word in words[spot + 1 : spot + 1 + takes[letter]])
        spot += 1 + takes[letter]
        if letter == "O":
            found.extend(circle((values[0] - 8) / 16, (values[1] - 8) / 16, values[2] / 16))
        else:
            known: Mapping[str, Command] = {"M": "M", "L": "L", "C": "C", "Z": "Z"}
            found.append((known[letter], tuple((value - 8) / 16 for value in values)))
    return found


def circle(x: float, y: float, radius: float) -> Path:
    """Returns a circle as four curves (Goldapp 1991: the handle is 0.5523 of the radius)."""
    k = _KAPPA * radius
    return (
        ("M", (x + radius, y)),
        ("C", (x + radius, y + k, x + k, y + radius, x, y + radius)),
        ("C", (x - k, y + radius, x - radius, y + k, x - radius, y)),
        ("C", (x - radius, y - k, x - k, y - radius, x, y - radius)),
        ("C", (x + k, y - radius, x + radius, y - k, x + radius, y)),
        ("Z", ()),
    )


def _star() -> Path:
    points = [
        (math.sin(turn * math.pi / 5) * reach, -math.cos(turn * math.pi / 5) * reach)
        for turn, reach in ((turn, 0.56 if turn % 2 == 0 else 0.24) for turn in range(10))
    ]
    first: Path = (("M", points[0]),)
    return first + tuple(("L", point) for point in points[1:]) + (("Z", ()),)


SHAPES: Mapping[str, Shape] = MappingProxyType({shape: shape for shape in (*_DRAWN, "star")})
"""Every shape by its name, for names that come from a document."""
