"""The way of an arrow through a layered graph: upright where it leaves, bends and arrives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from klantreis.scenes.layers import Layout, Pair
from klantreis.scenes.model import Command, Path

HEAD = 8.0
"""How long the head of an arrow is, at least."""


def route(layout: Layout, tops: Mapping[str, tuple[float, float]], pair: Pair, *, left: float, node: float) -> Path:
    """Returns the line of an edge: from the underside of one box to the top of the next, upright at every box and bend.

    `tops` holds (top, bottom) of each node and bend, `node` is how wide a box is; edges that go back run upwards.
    """
    chain = layout.chains[pair]
    up = pair in layout.back
    way = tuple(reversed(chain)) if up else chain
    x = {name: left + layout.x[name] for name in way}
    x[way[0]], x[way[-1]] = (
        _port(layout, way[0], way[1], x[way[0]], node),
        _port(layout, way[-1], way[-2], x[way[-1]], node),
    )
    aside = 16.0 if up else 0.0
    x = {name: value + aside for name, value in x.items()}
    y = tops[way[0]][1] + (HEAD if up else 0.0)
    path: list[tuple[Command, tuple[float, ...]]] = [("M", (x[way[0]], y))]
    for one, other in pairwise(way):
        top, bottom = tops[other]
        top -= HEAD if other == way[-1] and not up else 0.0
        half = (y + top) / 2
        path.append(("C", (x[one], half, x[other], half, x[other], top)))
        y = top
        if other != way[-1]:
            path.append(("L", (x[other], bottom)))
            y = bottom
    return _turned(path) if up else tuple(path)


def _port(layout: Layout, name: str, towards: str, x: float, node: float) -> float:
    """Where an edge meets its box: a little to the side it comes from, so that arrows do not share one spot."""
    away = layout.x[towards] - layout.x[name]
    return x + max(-node * 0.36, min(node * 0.36, away * 0.28))


def _turned(path: Sequence[tuple[Command, tuple[float, ...]]]) -> Path:
    ends = [values[-2:] for _, values in path]
    found: list[tuple[Command, tuple[float, ...]]] = [("M", ends[-1])]
    for spot in range(len(path) - 1, 0, -1):
        command, values = path[spot]
        if command == "C":
            x1, y1, x2, y2 = values[:4]
            found.append(("C", (x2, y2, x1, y1, *ends[spot - 1])))
        else:
            found.append(("L", ends[spot - 1]))
    return tuple(found)
