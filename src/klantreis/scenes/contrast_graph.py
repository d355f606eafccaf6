"""The difference of two groups as a process map: boxes in layers, arrows as thick as the groups differ there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.contrast import Contrast, Gap
from klantreis.labels import Language
from klantreis.scenes.frame import MARGIN
from klantreis.scenes.layers import Layout, Pair, layered, natural_order
from klantreis.scenes.model import Box, Curve, Dash, Element, Group, Mark, Path, Role
from klantreis.scenes.numbers import estimated, percent
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, Rect, bounds, lined, one_line, tall, words
from klantreis.scenes.placing import beside, spots
from klantreis.scenes.points import points, within
from klantreis.scenes.routing import HEAD, route
from klantreis.scenes.smooth import sampled
from klantreis.scenes.text import width
from klantreis.scenes.words import say

NODE, BEND, GAP, ROW = 190.0, 30.0, 26.0, 58.0
TOP = 24


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn: the ways, the touchpoints by id, what they are called, and the largest difference."""

    ways: Sequence[Gap]
    touchpoints: Mapping[str, Gap]
    names: Mapping[str, str]
    groups: tuple[str, str]
    language: Language

    @property
    def most(self) -> float:
        """The largest difference of a way."""
        return max((abs(way.difference.value or 0.0) for way in self.ways), default=0.0) or 1.0

    def name(self, id_: str) -> str:
        """What a touchpoint is called."""
        return self.names.get(id_, id_)


def graph(
    contrast: Contrast, names: Mapping[str, str], language: Language, least: float
) -> tuple[list[Element], tuple[float, float], str]:
    """Returns the map of the 24 ways that differ most, sure ones first, its size, and its legend."""
    every = [cell for cell in contrast.gaps if cell.target is not None]
    ranked = sorted(every, key=lambda cell: (not cell.sure, -abs(cell.difference.value or 0.0), _pair(cell)))
    one, other = (names.get(name, name) for name in contrast.names)
    met = {cell.touchpoint: cell for cell in contrast.gaps if cell.target is None}
    drawn = _Drawn(ranked[:TOP], met, names, (one, other), language)
    legend = say("graph-legend", language, one=one, other=other, shown=str(len(drawn.ways)), all=str(len(every)))
    body, size = _body(drawn, every, least)
    return body, size, legend


def _body(drawn: _Drawn, every: Sequence[Gap], least: float) -> tuple[list[Element], tuple[float, float]]:
    pairs = {_pair(way): _both(way) for way in drawn.ways}
    found = dict.fromkeys(name for pair in pairs for name in pair) or dict.fromkeys(drawn.touchpoints)
    known = list(drawn.names)
    start = sorted(found, key=lambda name: (known.index(name) if name in known else len(known), name))
    order = natural_order(start, {_pair(way): _both(way) for way in every if set(_pair(way)) <= set(found)})
    layout = layered(order, pairs, node=NODE, bend=BEND, gap=GAP)
    wide = max(least, layout.width + 2 * MARGIN)
    left = (wide - layout.width) / 2
    boxes, tops, high = _boxes(drawn, order, layout, left)
    lines = {pair: route(layout, tops, pair, left=left, node=NODE) for pair in pairs if pair[0] != pair[1]}
    arrows = [_arrow(drawn, way, lines[_pair(way)], layout) for way in reversed(drawn.ways) if _pair(way) in lines]
    labels = _labels(drawn, lines, boxes, Rect(2, 0, wide - 4, high))
    return [*arrows, *boxes, *labels], (wide, high)


def _pair(way: Gap) -> Pair:
    return way.touchpoint, way.target or ""


def _both(way: Gap) -> float:
    return (way.one.value or 0.0) + (way.other.value or 0.0)


def _boxes(
    drawn: _Drawn, order: Sequence[str], layout: Layout, left: float
) -> tuple[list[Group], dict[str, tuple[float, float]], float]:
    made = {name: _box(drawn, name, left + layout.x[name], 0.0) for name in order}
    rows = range(max(layout.rank.values()) + 1)
    heights = [max(bounds(made[name]).height for name in order if layout.rank[name] == row) for row in rows]
    starts = [sum(heights[:row]) + ROW * row for row in rows]
    groups, tops = [], dict[str, tuple[float, float]]()
    for name in order:
        start = starts[layout.rank[name]]
        groups.append(_box(drawn, name, left + layout.x[name], start))
        tops[name] = (start, start + bounds(groups[-1]).height)
    for chain in layout.chains.values():
        for name in chain[1:-1]:
            row = int(name.rsplit("\x00", 1)[1])
            tops[name] = (starts[row], starts[row] + heights[row])
    return groups, tops, starts[-1] + heights[-1]


def _box(drawn: _Drawn, name: str, x: float, top: float) -> Group:
    language, cell = drawn.language, drawn.touchpoints.get(name)
    text = words(drawn.name(name), x, top + 7, STRONG, room=NODE - 20, most=2, anchor="middle")
    y = top + 7 + tall(text)
    parts: list[Element] = [text]
    heard = drawn.name(name)
    if cell is not None:
        shares = say(
            "both-shares", language, one=percent(cell.one.value or 0.0, language),
            other=percent(cell.other.value or 0.0, language),
        )  # fmt: skip
        parts.append(one_line(shares, x, y, NOTE, room=NODE - 12, anchor="middle"))
        heard = _heard(drawn, cell, heard)
        y += 15
    loop = next((way for way in drawn.ways if _pair(way) == (name, name)), None)
    if loop is not None:
        told = f"↺ {points(loop.difference.value or 0.0, language)}"
        parts.append(one_line(told, x, y, NOTE_STRONG if loop.sure else NOTE, room=NODE - 12, anchor="middle"))
        y += 15
    sure = cell is not None and cell.sure
    box = Box(x - NODE / 2, top, NODE, y + 6 - top, "paper", "measured" if sure else "border", 1.5 if sure else 1,
              radius=6)  # fmt: skip
    return Group("node", (box, *parts), name, heard, focus=True)


def _arrow(drawn: _Drawn, way: Gap, path: Path, layout: Layout) -> Element:
    value = way.difference.value or 0.0
    role: Role = "border"
    thick, dash = 1.2, "solid"
    if way.sure:
        role, dash = ("measured", "solid") if value > 0 else ("good", "dashed")
        thick = 1.5 + 6.0 * (abs(value) / drawn.most) ** 0.7
    shown: Dash = "dashed" if dash == "dashed" else "solid"
    back = _pair(way) in layout.back
    x, y = path[-1][1][-2:]
    size = HEAD + thick * 0.55
    tip = Mark("up" if back else "down", x, y + (-1 if back else 1) * (HEAD - size / 2 * 0.8), size, role)
    name = f"{drawn.name(way.touchpoint)} → {drawn.name(way.target or '')}"
    return Group(
        "edge", (Curve(path, role, thick, shown), tip), ">".join(_pair(way)), _heard(drawn, way, name), focus=True
    )


def _heard(drawn: _Drawn, cell: Gap, name: str) -> str:
    shares = (f"{group} {estimated(one, 'share', drawn.language)}" for group, one in zip(
        drawn.groups, (cell.one, cell.other), strict=True))  # fmt: skip
    one, other = shares
    return say(
        "heard-gap", drawn.language, name=name, one=one, other=other, gap=within(cell.difference, drawn.language)
    )


def _labels(drawn: _Drawn, lines: Mapping[Pair, Path], boxes: Sequence[Group], inside: Rect) -> list[Element]:
    """The difference beside each arrow, covering no box, no other label and, where it can, no arrow."""
    taken = [bounds(box) for box in boxes]
    trails = {pair: sampled(path, 5) for pair, path in lines.items()}
    free = {pair: spots([spot for near, trail in trails.items() if near != pair for spot in trail]) for pair in lines}
    found: list[Element] = []
    for way in drawn.ways:
        pair = _pair(way)
        if pair not in lines:
            continue
        text, ink = points(way.difference.value or 0.0, drawn.language), NOTE_STRONG.as_("ink") if way.sure else NOTE
        room = beside(
            trails[pair], (width(text, ink.style) + 4, 15.0), side=1, lines=free[pair], taken=taken, inside=inside
        )
        taken.append(room)
        found.append(lined((text,), room.x + room.width / 2, room.y, ink, anchor="middle", halo=True))
    return found
