"""Which part of a map stands on which page: all of it on one A3, or phase by phase on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from klantreis.exporters.pdf.source import POINTS, Look, Part, drawn, page, placed
from klantreis.labels import Label
from klantreis.report import Report
from klantreis.scenes.journey.page import first_of
from klantreis.scenes.model import Element, Group, Scene, Words, walk
from klantreis.scenes.pen import BODY, NOTE, SECTION, STRONG, TITLE, Ink, bounds, one_line, tall, words
from klantreis.scenes.text import wrap
from klantreis.scenes.words import say

A3, A4 = (420.0, 297.0), (210.0, 297.0)
EDGE = 9.0
"""Millimetres of paper left free on each side; the foot of a tiled page stands in it."""

PAGE = Label("{number} van {count}", "{number} of {count}")
UPRIGHT = 1.2
"""How much larger the map must be on an upright page to be worth the extra pages."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What one A4 page shows: the map between two phase borders, in pixels."""

    start: float
    stop: float


def one_page(scene: Scene, look: Look) -> list[str]:
    """Returns the whole map on one A3 page, landscape."""
    wide, high = A3
    room = ((wide - 2 * EDGE) * POINTS, (high - 2 * EDGE) * POINTS)
    scale = min(room[0] / scene.width, room[1] / scene.height)
    x = EDGE * POINTS + (room[0] - scene.width * scale) / 2
    y = EDGE * POINTS + (room[1] - scene.height * scale) / 2
    whole = Part(scene.elements, 0, 0, scale, scene.width, scene.height)
    return [page(wide, high, [placed(x, y, drawn(whole, look))], look)]


def tiled(scene: Scene, look: Look, report: Report) -> list[str]:
    """Returns the map on A4 pages: the whole with what to look at, then its parts with the names of the rows."""
    inside, top, bottom = _inside(scene)
    wide, high, scale = _paper(scene, bottom - top)
    tiles = cut(scene, (wide - 2 * EDGE) * POINTS / scale)
    count = len(tiles) + 1
    made = [page(wide, high, [_cover(scene, look, report, (wide, high)), _foot(1, count, (wide, high), look)], look)]
    for number, tile in enumerate(tiles, start=2):
        parts = _tile(scene, inside, tile, (top, bottom, scale, (wide - 2 * EDGE) * POINTS), look)
        made.append(page(wide, high, [*parts, _foot(number, count, (wide, high), look)], look))
    return made


def cut(scene: Scene, room: float) -> list[Tile]:
    """Returns the tiles: whole phases, as few as fit in `room` pixels beside the rail, and as even as can be.

    A phase that is wider than the room has a tile of its own.
    """
    edges = [*scene.breaks, scene.width]
    if len(edges) < 2:
        return [Tile(scene.rail, scene.width)]
    widest = room - scene.rail
    fewest = len(_filled(edges, widest))
    widths = sorted(stop - start for number, start in enumerate(edges) for stop in edges[number + 1 :])
    best = next((width for width in widths if width < widest and len(_filled(edges, width)) == fewest), widest)
    return _filled(edges, best)


def _filled(edges: Sequence[float], widest: float) -> list[Tile]:
    """Tiles filled from the left, each at most `widest` pixels when its first phase is."""
    tiles: list[Tile] = []
    start = edges[0]
    for before, after in pairwise(edges):
        if after - start > widest + 0.5 and before > start:
            tiles.append(Tile(start, before))
            start = before
    return [*tiles, Tile(start, edges[-1])]


def _paper(scene: Scene, height: float) -> tuple[float, float, float]:
    """The paper upright or on its side, whichever shows the map larger: width, height, points a pixel."""
    edges = [*scene.breaks, scene.width]
    widest = max((after - before for before, after in pairwise(edges)), default=scene.width - scene.rail) + scene.rail

    def scale(size: tuple[float, float]) -> float:
        return min((size[0] - 2 * EDGE) * POINTS / widest, (size[1] - 2.6 * EDGE) * POINTS / height)

    best = A4 if scale(A4) > UPRIGHT * scale(A4[::-1]) else A4[::-1]
    return best[0], best[1], min(scale(best), 1.0)


def _inside(scene: Scene) -> tuple[tuple[Element, ...], float, float]:
    """The map without its head and foot, and where it begins and ends."""
    apart = {"header", "footer"}
    inside = tuple(one for one in scene.elements if not (isinstance(one, Group) and one.id in apart))
    rooms = [bounds(one) for one in walk(inside) if not isinstance(one, Group)]
    top = min((room.y for room in rooms), default=0.0)
    bottom = max((room.bottom for room in rooms), default=scene.height)
    return inside, top - 2, bottom + 4


def _tile(
    scene: Scene, inside: tuple[Element, ...], tile: Tile, frame: tuple[float, float, float, float], look: Look
) -> Iterator[str]:
    top, bottom, scale, paper = frame
    x, y, high = EDGE * POINTS, EDGE * POINTS, bottom - top
    rail = Part(tuple(_between(inside, -1, scene.rail - 1)), 0, -top, scale, scene.rail, high)
    again = tile.start > scene.breaks[0] if scene.breaks else False
    yield placed(x, y, drawn(replace(rail, apart=again), look))
    wide = tile.stop - tile.start
    slack = max(0.0, paper / scale - scene.rail - wide)
    shown = tuple(_between(inside, tile.start, tile.stop, slack))
    own = Part(shown, -tile.start, -top, scale, wide, high, slack=slack)
    yield placed(x + scene.rail * scale, y, drawn(own, look))


def _between(elements: Sequence[Element], start: float, stop: float, slack: float = 0) -> Iterator[Element]:
    """What begins between two borders, and the shapes that run on into it; words may run on `slack` pixels."""
    for element in elements:
        if isinstance(element, Group):
            inner = tuple(_between(element.children, start, stop, slack))
            if inner:
                yield replace(element, children=inner)
            continue
        room = bounds(element)
        begins = start - 0.5 <= room.x < stop - 0.5
        if isinstance(element, Words) and begins and start >= 0:
            yield _fitted(element, start, stop + slack)
        elif begins or (not isinstance(element, Words) and room.x < stop and room.right > start + 0.5):
            yield element


def _fitted(text: Words, start: float, stop: float) -> Words:
    """A text that runs on over the border moves to the left; one that is too wide is set anew in lines."""
    room = bounds(text)
    over = room.right - stop
    if over <= 0:
        return text
    if room.width <= stop - start - 8:
        return replace(text, x=text.x - over - 4)
    ink = Ink(text.size, text.weight, text.role, text.italic, text.leading)
    lines = wrap(" ".join(text.lines), stop - start - 8, ink.style)
    return replace(text, x=start + 4, anchor="start", lines=lines)


def _cover(scene: Scene, look: Look, report: Report, size: tuple[float, float]) -> str:
    """The first page: name, the map as a whole, the curve in a sentence, and what to look at first."""
    wide = (size[0] - 2 * EDGE) * POINTS
    texts: list[Element] = []
    title = words(scene.title, 0, 4, TITLE, room=wide)
    said = words(scene.description, 0, 10 + tall(title), BODY.as_("muted"), room=wide)
    top = 24 + tall(title) + tall(said)
    scale = min(wide / scene.width, 0.52 * size[1] * POINTS / scene.height)
    small = placed(0, top, drawn(Part(scene.elements, 0, 0, scale, scene.width, scene.height, apart=True), look))
    y = top + scene.height * scale + 22
    head = Group("lane", (title, said), id="header", label=scene.title)
    first = first_of(report.findings) if report.results is not None else ()
    if first:
        texts.append(words(say("first", look.language), 0, y, SECTION, room=wide))
        y += 26
    for number, finding in enumerate(first, start=1):
        line = words(f"{number}. {finding.title.shown(look.language)}", 0, y, STRONG, room=wide)
        more = words(finding.detail.shown(look.language), 14, y + tall(line), NOTE, room=wide - 14, most=3)
        texts += [line, more]
        y += tall(line) + tall(more) + 8
    own = Part((head, Group("first", tuple(texts))), 0, 0, 1, wide, size[1] * POINTS)
    return placed(EDGE * POINTS, EDGE * POINTS, drawn(own, look) + small)


def _foot(number: int, count: int, size: tuple[float, float], look: Look) -> str:
    text = PAGE.text(look.language).format(number=number, count=count)
    wide = (size[0] - 2 * EDGE) * POINTS
    line = (one_line(look.title, 0, 0, NOTE, room=wide - 80), one_line(text, wide, 0, NOTE, anchor="end"))
    return placed(EDGE * POINTS, (size[1] - 1.3 * EDGE) * POINTS, drawn(Part(line, 0, 0, 1, wide, 18), look))
