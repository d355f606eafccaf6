"""Drawing feelings: measured and assumed points, lines between them, and labels that cover nothing.

Measured is a solid line with its 95 % band and filled marks; where a column in between was not measured the line goes
on thin and dotted. Assumed is dashed with open marks. The mark's shape tells the valence: up, level, down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from klantreis.labels import Language
from klantreis.scenes.model import Area, Curve, Element, Group, Line, Mark, Role, Shape, Words
from klantreis.scenes.numbers import cases, score
from klantreis.scenes.pen import NOTE, Ink, Rect, lined
from klantreis.scenes.placing import Spots, place, spots
from klantreis.scenes.smooth import Point, ribbon, sampled, smooth
from klantreis.scenes.text import width, wrap
from klantreis.stats.intervals import Estimate

VALUE = Ink(13, 700, "ink", leading=16)
BRIDGED = 2
"""Over how many columns without a measurement the measured line is carried on, dotted."""

GUESS = Ink(12, 600, "muted", leading=15)
OPEN, FILLED = 13.0, 17.0
"""The sizes of an assumed and a measured mark; a filled one lies in a pale edge, which takes some of it."""

Mot = Literal["none", "suggested", "confirmed"]
"""Whether a step is a moment of truth."""


@dataclass(frozen=True, slots=True)
class Felt:
    """The feeling at one column: measured, assumed or both. `x` is its place, `order` its number among the columns.

    `word` is the customer's word for it; `heard` the sentence for listeners; `mot` marks a moment of truth.
    """

    id: str
    x: float
    order: int
    measured: Estimate | None = None
    assumed: float | None = None
    word: str = ""
    heard: str = ""
    mot: Mot = "none"
    few: str = ""
    room: float = 200.0

    @property
    def value(self) -> float | None:
        """The measured feeling, else the assumed one."""
        return self.measured.value if self.measured is not None else self.assumed


@dataclass(frozen=True, slots=True)
class Scale:
    """Where feelings from -2 to +2 stand: `top` is the y of +2, `height` the distance down to -2."""

    top: float
    height: float

    def y(self, feel: float) -> float:
        """Returns the y of a feeling; beyond the scale it stays on its edge."""
        return self.top + (2 - min(2.0, max(-2.0, feel))) / 4 * self.height


@dataclass(frozen=True, slots=True)
class _Avoid:
    lines: Spots
    bands: Spots
    marks: tuple[Rect, ...]


def drawn(
    felt: Sequence[Felt], scale: Scale, inside: Rect, language: Language, *, borders: Sequence[float] = ()
) -> tuple[Element, ...]:
    """Returns lines, marks and labels for feelings, all inside `inside`; points are groups in reading order.

    Labels keep clear of the upright lines at the x positions `borders`.
    """
    measured = [(f.x, scale.y(f.measured.value)) for f in felt if f.measured and f.measured.value is not None]
    orders = [f.order for f in felt if f.measured]
    assumed = [(f.x, scale.y(f.assumed)) for f in felt if f.assumed is not None]
    bands, edges = _bands(felt, scale)
    lines = _lines(measured, orders)
    guess = Curve(smooth(assumed), "assumed", 1.5, "dashed")
    free = spots([spot for line in (*lines, guess) for spot in sampled(line.path)])
    soft = spots([spot for edge in edges for spot in sampled(smooth(edge), 6)])
    marks = [Rect(f.x - 9, scale.y(f.value) - 8, 18 + 14 * (f.mot != "none"), 16) for f in felt if f.value is not None]
    walls = [Rect(x - 1, inside.y, 2, inside.height) for x in borders]
    labels = _labels(felt, scale, inside, _Avoid(free, soft, (*marks, *walls)), language)
    points = [_point(f, scale, words) for f, words in zip(felt, labels, strict=True)]
    return (*bands, *((guess,) if len(assumed) > 1 else ()), *lines, *points)


def _bands(felt: Sequence[Felt], scale: Scale) -> tuple[list[Element], list[list[Point]]]:
    """A band per run of neighbouring measured columns; a lone one gets a small bar of its own."""
    areas: list[Element] = []
    edges: list[list[Point]] = []
    for run in _runs(felt):
        upper = [(f.x, scale.y(high)) for f in run if f.measured and (high := f.measured.high) is not None]
        lower = [(f.x, scale.y(low)) for f in run if f.measured and (low := f.measured.low) is not None]
        if len(upper) == 1:
            areas += _whisker(upper[0], lower[0])
        elif upper:
            areas.append(Area(ribbon(upper, lower), "band"))
        edges += [upper, lower]
    return areas, edges


def _whisker(upper: Point, lower: Point) -> list[Element]:
    """The interval of a point that stands alone: an upright line with two caps."""
    (x, up), (_, down) = upper, lower
    caps = [Line(x - 6, y, x + 6, y, "observed", 1.6) for y in (up, down)]
    return [Line(x, up, x, down, "observed", 1.6), *caps]


def _runs(felt: Sequence[Felt]) -> list[list[Felt]]:
    runs: list[list[Felt]] = []
    for f in felt:
        if f.measured is None or f.measured.low is None:
            continue
        if runs and runs[-1][-1].order == f.order - 1:
            runs[-1].append(f)
        else:
            runs.append([f])
    return runs


def _lines(points: Sequence[Point], orders: Sequence[int]) -> list[Curve]:
    """The measured line: solid between neighbouring columns, thin and dotted where one in between is not measured."""
    found = []
    start = 0
    for spot, (one, other) in enumerate(pairwise(orders)):
        if other != one + 1:
            if spot > start:
                found.append(Curve(smooth(points, first=start, last=spot), "measured", 2.6))
            if other - one <= BRIDGED + 1:
                found.append(Curve(smooth(points, first=spot, last=spot + 1), "measured", 1.4, "dotted"))
            start = spot + 1
    if len(points) - 1 > start:
        found.append(Curve(smooth(points, first=start), "measured", 2.6))
    return found


def _labels(
    felt: Sequence[Felt], scale: Scale, inside: Rect, avoid: _Avoid, language: Language
) -> list[tuple[Words, ...]]:
    taken = list(avoid.marks)
    found: list[tuple[Words, ...]] = [()] * len(felt)
    for spot in sorted(range(len(felt)), key=lambda spot: (felt[spot].measured is None, spot)):
        f = felt[spot]
        if f.value is None:
            continue
        texts = _texts(f, language)
        size = (max(width(text, ink.style) for text, ink in texts), sum(ink.leading for _, ink in texts))
        point = (f.x, scale.y(f.value))
        room = place(point, size, above=f.value >= 0, lines=avoid.lines, soft=avoid.bands, taken=taken, inside=inside)
        taken.append(room)
        found[spot] = _set(texts, room, point[1])
    return found


def _texts(f: Felt, language: Language) -> list[tuple[str, Ink]]:
    assert f.value is not None
    if f.measured is not None:
        return [(score(f.value, language), VALUE.as_(role_of(f.value))), (cases(f.measured.n, language), NOTE)]
    texts = [(score(f.value, language, 0 if f.value == round(f.value) else 1), GUESS)]
    return texts + [(line, NOTE) for extra in (f.word, f.few) for line in wrap(extra, f.room, NOTE.style, most=2)]


def _set(texts: Sequence[tuple[str, Ink]], room: Rect, mark: float) -> tuple[Words, ...]:
    """The lines in their room, the value nearest to its mark."""
    order = list(texts) if room.y > mark else [*texts[1:], texts[0]]
    top = room.y
    found = []
    for text, ink in order:
        found.append(lined((text,), room.x + room.width / 2, top, ink, anchor="middle", halo=True))
        top += ink.leading
    return tuple(found)


def _point(f: Felt, scale: Scale, labels: tuple[Words, ...]) -> Element:
    if f.value is None:
        return Group("point", ())
    y = scale.y(f.value)
    role = role_of(f.value)
    open_ = f.measured is None
    size = OPEN if open_ else FILLED
    mark = Mark(shape_of(f.value), f.x, y, size, "paper" if open_ else role, "assumed" if open_ else "paper", 1.5)
    star = () if f.mot == "none" else (star_of(f.mot, f.x + size / 2 + 9, y, 14),)
    return Group("point", (mark, *star, *labels), f.id, f.heard, focus=True)


def star_of(mot: Mot, x: float, y: float, size: float) -> Mark:
    """Returns the star of a moment of truth: full when it is confirmed, open when it is only suggested."""
    if mot == "suggested":
        return Mark("star", x, y, size, "paper", "decision", 1.2)
    return Mark("star", x, y, size, "decision")


def role_of(value: float) -> Role:
    """Returns the colour's meaning for a feeling: good above zero, a problem below, neither near zero."""
    return "good" if value >= 0.05 else "problem" if value <= -0.05 else "measured"


def shape_of(value: float) -> Shape:
    """Returns the shape that says the same as the colour."""
    return "up" if value >= 0.05 else "down" if value <= -0.05 else "circle"
