"""What stands on each page: the whole map on one, or a first page and then its parts, row by row and phase by phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from klantreis.exporters.pdf.sheets import EDGE, POINTS, SMALLEST, Plan, Size, Strip, Tile
from klantreis.exporters.pdf.source import Look, Part, drawn, page, placed, shifted
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.report import Report
from klantreis.scenes.journey.grid import PAD
from klantreis.scenes.journey.page import first_of
from klantreis.scenes.model import Box, Element, Group, Scene, Words, walk
from klantreis.scenes.pen import BODY, NOTE, SECTION, STRONG, TITLE, Ink, Rect, bounds, one_line, tall, words
from klantreis.scenes.text import Style, wrap
from klantreis.scenes.words import say

Drawing = tuple[Scene, Mapping[int, Rect]]
"""A picture, and the room of each of its elements by its identity."""

A3, A4 = (420.0, 297.0), (210.0, 297.0)
SLIM, HIGHEST = 7.0, 12.0
"""Millimetres free around a picture that stands alone on its page, and most above it: it has margins of its own."""
PAGE = Label("{number} van {count}", "{number} of {count}")


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first of many pages shows: the map as a whole, and what its report says to look at first."""

    report: Report
    whole: Scene


def readable(scene: Scene, size: Size, share: float = 1.0) -> bool:
    """Says whether a picture can be read whole on a page: its text of (a share of) 6.5 points, notes of 6."""
    return scale_on(scene, size) * BODY.size >= SMALLEST * share


def scale_on(scene: Scene, size: Size) -> float:
    """Returns points a pixel at which a picture fills a page up to its edge; words grow no larger than on a screen."""
    wide, high = ((side - 2 * SLIM) * POINTS for side in size)
    return min(wide / scene.width, high / scene.height, 1.0)


def one_page(scene: Scene, look: Look, size: Size) -> str:
    """Returns a whole picture as one page of this size."""
    scale = scale_on(scene, size)
    x, y = ((side * POINTS - long * scale) / 2 for side, long in zip(size, (scene.width, scene.height), strict=True))
    whole = Part(scene.elements, 0, 0, scale, scene.width, scene.height, alone=True)
    return page(*size, [placed(x, min(y, HIGHEST * POINTS), drawn(whole, look))], look)


def tiled(scene: Scene, plan: Plan, look: Look, cover: Cover) -> list[str]:
    """Returns the map on many pages: the whole with what to look at, then its parts with the names of the rows."""
    size, rooms = plan.paper, _rooms(scene.elements)
    count = plan.sheets + 1
    made = [page(*size, [_cover(cover, _cards(scene), look, size), _foot(1, count, size, look)], look)]
    for tile in plan.tiles:
        for number in range(len(plan.bands)):
            parts = _part((scene, rooms), plan, tile, number, look)
            made.append(page(*size, [*parts, _foot(len(made) + 1, count, size, look)], look))
    return made


def _part(drawing: Drawing, plan: Plan, tile: Tile, number: int, look: Look) -> Iterator[str]:
    """One sheet: the rows of a band, under the repeated ones when it is not the first, within a tile."""
    y = EDGE * POINTS
    for strip in plan.heads if number else ():
        yield from _rows(drawing, plan, tile, ((strip,), y, True), look)
        y += (strip.bottom - strip.top) * plan.scale
    yield from _rows(drawing, plan, tile, (plan.bands[number], y, False), look)


def _rows(
    drawing: Drawing, plan: Plan, tile: Tile, rows: tuple[tuple[Strip, ...], float, bool], look: Look
) -> Iterator[str]:
    """Rows that follow each other, from `y` points down, with their names in the rail; `again`: read before."""
    (scene, rooms), (strips, y, again) = drawing, rows
    if not strips:
        return
    scale, x, top = plan.scale, EDGE * POINTS, strips[0].top
    high = strips[-1].bottom - top
    ids = {strip.id for strip in strips}
    inside = tuple(one for one in scene.elements if not isinstance(one, Group) or one.kind != "lane" or one.id in ids)
    rail = Part(tuple(_between(inside, (-1, scene.rail - 1), rooms)), 0, -top, scale, scene.rail, high)
    later = again or tile.start > (scene.breaks[0] if scene.breaks else 0)
    yield placed(x, y, drawn(replace(rail, apart=later), look))
    wide = tile.stop - tile.start
    slack = max(0.0, (plan.paper[0] - 2 * EDGE) * POINTS / scale - scene.rail - wide)
    shown = tuple(_between(inside, (tile.start, tile.stop), rooms, slack))
    own = Part(shown, -tile.start, -top, scale, wide, high, slack=slack, apart=again)
    yield placed(x + scene.rail * scale, y, drawn(own, look))


def _rooms(elements: tuple[Element, ...]) -> dict[int, Rect]:
    """The room of every element of a scene by its identity: measured once, and asked for on every sheet."""
    return {id(one): bounds(one) for one in walk(elements)}


def _between(
    elements: Sequence[Element], borders: tuple[float, float], rooms: Mapping[int, Rect], slack: float = 0
) -> Iterator[Element]:
    """What begins between two borders, and the shapes that run on into it; words may run on `slack` pixels."""
    start, stop = borders
    for element in elements:
        room = rooms[id(element)]
        if room.x >= stop or room.right < start - 0.5:
            continue
        if isinstance(element, Group):
            inner = tuple(_between(element.children, borders, rooms, slack))
            if element.kind == "phase" and start > 0:
                inner = (*inner, *_name_again(element, start, stop))
            if inner:
                yield replace(element, children=inner)
            continue
        begins = start - 0.5 <= room.x < stop - 0.5
        if isinstance(element, Words) and begins and start >= 0:
            yield _fitted(element, start, stop + slack)
        elif begins or (not isinstance(element, Words) and room.x < stop and room.right > start + 0.5):
            yield element


def _name_again(phase: Group, start: float, stop: float) -> Iterator[Element]:
    """The name of a phase that began on the sheet before and goes on on this one."""
    box, name = phase.children[0], next((one for one in phase.children if isinstance(one, Words)), None)
    if isinstance(box, Box) and name and box.x < start - 4 and box.x + box.width > start + 4:
        room = min(stop, box.x + box.width) - start - 2 * PAD
        text = f"… {' '.join(name.lines)}"
        yield replace(name, x=start + PAD, lines=wrap(text, room, Style(name.size, name.weight), most=len(name.lines)))


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


def _cards(scene: Scene) -> tuple[Group, ...]:
    """The cards of the personas in the head of a map."""
    return tuple(one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "persona-card")


def _cover(cover: Cover, cards: Sequence[Group], look: Look, size: Size) -> str:
    """The first page: name, for whom, the map as a whole, the curve in a sentence, and what to look at first."""
    report, scene = cover.report, cover.whole
    wide = (size[0] - 2 * EDGE) * POINTS
    title = words(scene.title, 0, 4, TITLE, room=wide)
    said = words(scene.description, 0, 10 + tall(title), BODY.as_("muted"), room=wide)
    first = first_of(report.findings) if report.results is not None else ()
    top = 24 + tall(title) + tall(said)
    empty = not first and size[0] > size[1]  # the map leaves room on its right
    who, high = ("", 0.0) if empty else _who(cards, (0, top - 2, wide), look)
    top += high
    deep = (size[1] - 3.5 * EDGE) * POINTS - top
    beside = bool(first) and size[0] > size[1]
    texts = _first(first, look, (wide * 0.52, wide * 0.48) if beside else (0, wide))
    need = 0 if beside else max((text.y + tall(text) for text in texts), default=0) + 22
    scale = min((0.48 * wide if beside else wide) / scene.width, max(0.25 * deep, deep - need) / scene.height)
    small = placed(0, top, drawn(Part(scene.elements, 0, 0, scale, scene.width, scene.height, apart=True), look))
    if empty:
        right = scene.width * scale + 28
        who, _ = _who([_under(card, cards) for card in cards], (right, top, wide - right), look)
    y = top if beside else top + scene.height * scale + 22
    head = Group("lane", (title, said), id="header", label=scene.title)
    texts = [replace(text, y=text.y + y) for text in texts]
    own = Part((head, Group("first", tuple(texts))), 0, 0, 1, wide, size[1] * POINTS)
    return placed(EDGE * POINTS, EDGE * POINTS, drawn(own, look) + who + small)


def _who(cards: Sequence[Group], at: tuple[float, float, float], look: Look) -> tuple[str, float]:
    """The cards of the personas at (x, y, width in points), as large as there is room for, and how high they are."""
    if not cards:
        return "", 0.0
    rooms = [bounds(card) for card in cards]
    x, y = min(room.x for room in rooms), min(room.y for room in rooms)
    long, high = max(room.right for room in rooms) - x, max(room.bottom for room in rooms) - y
    scale = min(0.9, at[2] / long)
    part = Part(tuple(cards), -x, -y, scale, long + 1, high + 2)
    return placed(at[0], at[1], drawn(part, look)), high * scale + 10


def _under(card: Group, cards: Sequence[Group]) -> Group:
    """A card moved to its place when all stand under each other."""
    own, first, number = bounds(card), bounds(cards[0]), cards.index(card)
    moved = shifted(card, first.x - own.x, number * (max(bounds(one).height for one in cards) + 18))
    assert isinstance(moved, Group)
    return moved


def _first(first: Sequence[Finding], look: Look, span: tuple[float, float]) -> list[Words]:
    """What to look at first, from the top, in a column (x, width); nothing when there is nothing to look at."""
    x, wide = span
    if not first:
        return []
    texts, y = [words(say("first", look.language), x, 0, SECTION, room=wide)], 26.0
    for number, finding in enumerate(first, start=1):
        line = words(f"{number}. {finding.title.shown(look.language)}", x, y, STRONG, room=wide)
        more = words(
            finding.detail.shown(look.language), x + 14, y + tall(line), NOTE, room=wide - 14, most=6 if x else 3
        )
        texts += [line, more]
        y += tall(line) + tall(more) + 8
    return texts


def _foot(number: int, count: int, size: tuple[float, float], look: Look) -> str:
    text = PAGE.text(look.language).format(number=number, count=count)
    wide = (size[0] - 2 * EDGE) * POINTS
    line = (one_line(look.title, 0, 0, NOTE, room=wide - 80), one_line(text, wide, 0, NOTE, anchor="end"))
    return placed(EDGE * POINTS, (size[1] - 1.3 * EDGE) * POINTS, drawn(Part(line, 0, 0, 1, wide, 18), look))
