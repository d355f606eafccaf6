"""Paths as a picture: touchpoints as boxes, what follows what as arrows as thick as the people who go that way.

Only the heaviest transitions are drawn; what the others carry is written in the boxes as 'overig' (other), so that what
comes in and what goes out of a box can still be added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.paths import Edge, Node, Paths
from klantreis.labels import Language, mentioned
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.layers import Layout, Pair, layered, natural_order
from klantreis.scenes.model import Box, Curve, Element, Group, Mark, Path, Role, Scene, Words
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, duration, percent
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, Rect, bounds, lined, one_line, tall, words
from klantreis.scenes.placing import beside, spots
from klantreis.scenes.routing import HEAD, route
from klantreis.scenes.smooth import sampled
from klantreis.scenes.table import Table, table
from klantreis.scenes.text import width
from klantreis.scenes.words import say

NODE, BEND, GAP, ROW = 196.0, 30.0, 26.0, 58.0


@dataclass(frozen=True, slots=True)
class _Graph:
    """What is drawn: the kept edges, the nodes they touch, names, and how high each box is."""

    paths: Paths
    edges: tuple[Edge, ...]
    nodes: Mapping[str, Node]
    names: Mapping[str, str]
    language: Language

    def name(self, id_: str) -> str:
        """What a node is called."""
        return self.names.get(id_, id_)


def paths_scene(
    paths: Paths, *, language: Language, map_: JourneyMap | None = None, width: float = 960, top: int = 24
) -> Scene:
    """Returns the directly-follows graph with its `top` heaviest transitions; wider than `width` when it must be.

    Rows follow the order in which people mostly go; arrows back are dotted. Without journeys it says so.
    """
    names = names_of(map_, language, ends=(paths.start, paths.end))
    rows = _table(paths, names, language)
    title = say("paths", language)
    edges = kept(paths, top)
    if not edges:
        return nothing("paths", title, say("nothing", language), width=width, table=rows, language=language)
    graph = _Graph(paths, edges, {node.id: node for node in paths.nodes}, names, language)
    body, size = _body(graph, width)
    return framed(
        "paths", title, _under(graph), body, size=size, table=rows, language=language, about=paths.about,
        notes=(say("paths-legend", language),),
    )  # fmt: skip


def kept(paths: Paths, top: int) -> tuple[Edge, ...]:
    """Returns the heaviest transitions between touchpoints; what starts and ends at one is written in its box."""
    return tuple(sorted(paths.between, key=lambda edge: (-edge.people, edge.source, edge.target))[:top])


def _under(graph: _Graph) -> str:
    paths, language = graph.paths, graph.language
    whole = paths.transitions or 1
    return say(
        "paths-under",
        language,
        journeys=say("journeys", language, n=decimal(paths.journeys, language)),
        events=decimal(whole, language),
        shown=str(len(graph.edges)),
        all=str(len(paths.between)),
        share=percent(sum(edge.count for edge in graph.edges) / whole, language),
    )


def _body(graph: _Graph, least: float) -> tuple[list[Element], tuple[float, float]]:
    weights = {(edge.source, edge.target): float(edge.people) for edge in graph.edges}
    found = dict.fromkeys(name for pair in weights for name in pair)
    order = natural_order(sorted(found, key=lambda name: _likely(graph, name)), weights)
    layout = layered(order, weights, node=NODE, bend=BEND, gap=GAP)
    wide = max(least, layout.width + 2 * MARGIN)
    left = (wide - layout.width) / 2
    boxes, tops, high = _boxes(graph, order, layout, left)
    lines = {
        (edge.source, edge.target): route(layout, tops, (edge.source, edge.target), left=left, node=NODE)
        for edge in graph.edges
        if edge.source != edge.target
    }
    arrows = [
        _arrow(graph, edge, lines[edge.source, edge.target], layout)
        for edge in reversed(graph.edges)
        if edge.source != edge.target
    ]
    labels = _labels(graph, lines, boxes, Rect(2, 0, wide - 4, high), back=layout.back)
    return [*arrows, *boxes, *labels], (wide, high)


def _likely(graph: _Graph, name: str) -> tuple[float, str]:
    """Where a node likely stands: the place it has on the map, else by whether journeys start or end there."""
    known = list(graph.names)
    if name in known:
        return known.index(name), name
    edges = graph.paths.edges
    lead = sum(e.count for e in edges if (e.source, e.target) == (name, graph.paths.end))
    lead -= sum(e.count for e in edges if (e.source, e.target) == (graph.paths.start, name))
    return len(known) + lead / (1 + sum(e.count for e in edges)), name


def _boxes(
    graph: _Graph, order: Sequence[str], layout: Layout, left: float
) -> tuple[list[Group], dict[str, tuple[float, float]], float]:
    """The boxes, (top, bottom) per node and bend, and the height of all."""
    drawn = {name: _box(graph, name, left + layout.x[name]) for name in order}
    heights = [
        max((bounds(drawn[name]).height for name in order if layout.rank[name] == row), default=0.0)
        for row in range(max(layout.rank.values()) + 1)
    ]
    starts = [sum(heights[:row]) + ROW * row for row in range(len(heights))]
    tops: dict[str, tuple[float, float]] = {}
    groups = []
    for name in order:
        start = starts[layout.rank[name]]
        group = _box(graph, name, left + layout.x[name], start)
        groups.append(group)
        tops[name] = (start, start + bounds(group).height)
    for chain in layout.chains.values():
        for name in chain[1:-1]:
            row = int(name.rsplit("\x00", 1)[1])
            tops[name] = (starts[row], starts[row] + heights[row])
    return groups, tops, starts[-1] + heights[-1]


def _box(graph: _Graph, name: str, x: float, top: float = 0.0) -> Group:
    language, node = graph.language, graph.nodes.get(name)
    text = words(graph.name(name), x, top + 7, STRONG, room=NODE - 20, most=2, anchor="middle")
    y = top + 7 + tall(text)
    texts = [text]
    if node is not None:
        loops = next((e.people for e in graph.edges if e.source == e.target == name), 0)
        count = (
            say("one-person", language)
            if node.people == 1
            else say("people", language, n=decimal(node.people, language))
        )
        count += f" · ↺ {decimal(loops, language)}" if loops else ""
        texts.append(one_line(count, x, y, NOTE, room=NODE - 12, anchor="middle"))
        y += 15
    ways = _other(graph, name)
    for pair in (("starts", "ends"), ("other-in", "other-out")):
        for key, side in zip(pair, ("start", "end"), strict=True):
            if key in ways:
                texts.append(_aside(ways[key], x, y, left=side == "start"))
        y += 16 if any(key in ways for key in pair) else 0
    box = Box(x - NODE / 2, top, NODE, y + 10 - top, "paper", "strong", 1.3, radius=6)
    most = max((node.people for node in graph.nodes.values()), default=0)
    share = node.people / most if node is not None and most else 0.0
    bar = Box(x - NODE / 2 + 8, y + 3, (NODE - 16) * share, 3, "stream", radius=1.5)
    heard = graph.name(name)
    if node is not None:
        people = say("people", language, n=decimal(node.people, language))
        heard = say("heard-node", language, name=heard, people=people, times=decimal(node.count, language))
    return Group(
        "node", (box, *((bar,) if share else ()), *texts), name, ". ".join((heard, *ways.values())), focus=True
    )


def _aside(text: str, x: float, y: float, *, left: bool) -> Words:
    """What starts, or comes in unseen, stands left in a box; what ends, or goes out unseen, right."""
    if left:
        return one_line(text, x - NODE / 2 + 10, y, NOTE, room=NODE / 2 - 8)
    return one_line(text, x + NODE / 2 - 10, y, NOTE, room=NODE / 2 - 8, anchor="end")


def _other(graph: _Graph, name: str) -> dict[str, str]:
    """Journeys that start and end at a node, and what the transitions that are not drawn carry in and out of it."""
    drawn = {(edge.source, edge.target) for edge in graph.edges}
    counts = {"starts": 0, "other-in": 0, "other-out": 0, "ends": 0}
    for edge in graph.paths.edges:
        if edge.target == name and (edge.source, edge.target) not in drawn:
            counts["starts" if edge.source == graph.paths.start else "other-in"] += edge.count
        if edge.source == name and (edge.source, edge.target) not in drawn:
            counts["ends" if edge.target == graph.paths.end else "other-out"] += edge.count
    return {key: say(key, graph.language, n=decimal(count, graph.language)) for key, count in counts.items() if count}


def _arrow(graph: _Graph, edge: Edge, path: Path, layout: Layout) -> Element:
    back = (edge.source, edge.target) in layout.back
    thick = _thick(graph, edge)
    role: Role = "muted" if back else "observed"
    curve = Curve(path, role, min(thick, 2.2) if back else thick, "dotted" if back else "solid")
    x, y = path[-1][1][-2:]
    size = HEAD + thick * 0.55
    tip = Mark("up" if back else "down", x, y + (-1 if back else 1) * (HEAD - size / 2 * 0.8), size, role)
    return Group("edge", (curve, tip), f"{edge.source}>{edge.target}", _heard(graph, edge), focus=True)


def _thick(graph: _Graph, edge: Edge) -> float:
    """How thick an arrow is, in pixels."""
    most = max(edge.people for edge in graph.edges)
    return 1.0 + 7.0 * float((edge.people / most if most else 0) ** 0.6)


def _heard(graph: _Graph, edge: Edge) -> str:
    people = say("people", graph.language, n=decimal(edge.people, graph.language))
    said = say(
        "heard-edge",
        graph.language,
        one=mentioned(graph.name(edge.source)),
        other=mentioned(graph.name(edge.target)),
        people=people,
        share=percent(edge.share, graph.language),
    )
    if edge.median_seconds is None:
        return said
    return f"{said}, {say('median', graph.language, time=duration(edge.median_seconds, graph.language))}"


def _labels(
    graph: _Graph, lines: Mapping[Pair, Path], boxes: Sequence[Group], inside: Rect, *, back: frozenset[Pair]
) -> list[Element]:
    """People and median wait beside each arrow, covering no box, no other label and, where it can, no arrow."""
    taken = [bounds(box) for box in boxes]
    trails = {pair: sampled(path, 5) for pair, path in lines.items()}
    thick = {(edge.source, edge.target): _thick(graph, edge) for edge in graph.edges}
    covered = {pair: _broad(trail, thick[pair] / 2) for pair, trail in trails.items()}
    free = {pair: spots([spot for near, own in covered.items() if near != pair for spot in own]) for pair in lines}
    found: list[Element] = []
    for edge in graph.edges:
        pair = edge.source, edge.target
        if pair not in lines:
            continue
        texts = [(decimal(edge.people, graph.language), NOTE_STRONG.as_("ink"))]
        if edge.median_seconds is not None:
            texts.append((duration(edge.median_seconds, graph.language), NOTE))
        size = (max(width(text, ink.style) for text, ink in texts) + 4, 14.0 * len(texts) + 1)
        side = -1 if (edge.target, edge.source) in lines and pair not in back else 1
        room = beside(trails[pair], size, side=side, lines=free[pair], taken=taken, inside=inside, thick=thick[pair])
        taken.append(room)
        found += [
            lined((text,), room.x + room.width / 2, room.y + 14 * row, ink, anchor="middle", halo=True)
            for row, (text, ink) in enumerate(texts)
        ]
    return found


def _broad(trail: Sequence[tuple[float, float]], half: float) -> list[tuple[float, float]]:
    """What a line covers that is twice `half` thick: points along both its sides."""
    return [(x + dx, y + dy) for x, y in trail for dx, dy in ((half, 0), (-half, 0), (0, half), (0, -half))]


def _table(paths: Paths, names: Mapping[str, str], language: Language) -> Table:
    header = [
        say(key, language) for key in ("from", "to", "people-head", "times-word", "share-of-leaving", "median-time")
    ]
    ranked = sorted(paths.edges, key=lambda edge: (-edge.people, edge.source, edge.target))
    rows = [
        (
            names.get(edge.source, edge.source),
            names.get(edge.target, edge.target),
            decimal(edge.people, language),
            decimal(edge.count, language),
            percent(edge.share, language),
            duration(edge.median_seconds, language) if edge.median_seconds is not None else "",
        )
        for edge in ranked
    ]
    return table(say("paths", language), header, rows, keep=2)
