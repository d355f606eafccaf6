"""How a map is cut over sheets of paper so that its smallest words stay readable: by phases or steps, and by rows.

Nothing is drawn here: it says which part of the picture stands on which sheet, and how large.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from klantreis.scenes.model import Group, Scene, walk
from klantreis.scenes.pen import NOTE, bounds

POINTS = 72 / 25.4
"""Points in a millimetre."""
EDGE = 9.0
"""Millimetres of paper left free on each side; the foot of a sheet stands in it."""
SMALLEST = 6.5
"""Points: the least that the smallest words of a map may be on paper."""
LEAST = SMALLEST / NOTE.size
"""Points a pixel, at which the smallest words are that large."""
HEADS = ("phases", "steps")
"""Rows that every sheet repeats above the others."""
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of the map: its id, and where it begins and ends, in pixels."""

    id: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Tile:
    """The part of the map between two borders from left to right, in pixels."""

    start: float
    stop: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Sheets of one size: tiles from left to right, each with its rows in `bands` from top to bottom.

    `scale` is points a pixel; `heads` are the rows that are repeated above every band but the first.
    """

    paper: Size
    scale: float
    tiles: tuple[Tile, ...]
    bands: tuple[tuple[Strip, ...], ...]
    heads: tuple[Strip, ...]

    @property
    def sheets(self) -> int:
        """How many sheets that are."""
        return len(self.tiles) * len(self.bands)


def plan_of(scene: Scene, papers: Sequence[Size]) -> Plan:
    """Returns the fewest sheets on which the smallest words are readable; of these the largest words.

    `papers` are the sizes to choose from, in millimetres (width, height).
    """
    plans = [_plan(scene, paper) for paper in papers]
    return min(plans, key=lambda plan: (plan.sheets, -plan.scale))


def strips(scene: Scene) -> tuple[Strip, ...]:
    """Returns the rows of a map from top to bottom, its head and foot left out."""
    lanes = [one for one in scene.elements if isinstance(one, Group) and one.kind == "lane"]
    rooms = {one.id: [bounds(part) for part in walk(one.children) if not isinstance(part, Group)] for one in lanes}
    tops = {id_: min(room.y for room in own) for id_, own in rooms.items() if own}
    bottoms = {id_: max(room.bottom for room in own) for id_, own in rooms.items() if own}
    inside = [id_ for id_ in tops if id_ not in {"header", "footer"}]
    if not inside:
        return ()
    end = tops.get("footer", scene.height)
    starts = [tops[id_] - 2 for id_ in inside]
    found = zip(inside, starts, [*starts[1:], min(end, max(bottoms.values(), default=0) + 4)], strict=True)
    return tuple(Strip(id_, top, max(top, bottom)) for id_, top, bottom in found)


def cut(scene: Scene, room: float) -> list[Tile]:
    """Returns the tiles: whole phases, as few as fit in `room` pixels beside the rail, and as even as can be.

    A phase that is wider than the room is cut between two steps; a step that is wider has a tile of its own.
    """
    if not scene.breaks:
        return [Tile(scene.rail, scene.width)]
    widest = room - scene.rail
    edges = _edges(scene, widest)
    fewest = len(_filled(edges, widest))
    widths = sorted({stop - start for number, start in enumerate(edges) for stop in edges[number + 1 :]})
    widths = [width for width in widths if width < widest]
    spot = bisect_left(widths, True, key=lambda width: len(_filled(edges, width)) <= fewest)
    return _filled(edges, widths[spot] if spot < len(widths) else widest)


def filling(scene: Scene, plan: Plan) -> float:
    """Returns how wide the map must be drawn for its widest tile to fill a sheet."""
    room = (plan.paper[0] - 2 * EDGE) * POINTS / plan.scale - scene.rail
    widest = max(tile.stop - tile.start for tile in plan.tiles)
    return scene.rail + (scene.width - scene.rail) * max(1.0, room / max(1.0, widest))


def _plan(scene: Scene, paper: Size) -> Plan:
    """The largest words among the fewest sheets: more sheets are only taken to keep words readable."""
    rows = strips(scene)
    heads = tuple(row for row in rows if row.id in HEADS)
    high = (paper[1] - 2.6 * EDGE) * POINTS
    tallest = max((row.bottom - row.top for row in rows if row.id not in HEADS), default=1.0)
    widest = max(after - before for before, after in pairwise(sorted({*scene.breaks, *scene.stops, 0.0, scene.width})))
    most = min(1.0, (paper[0] - 2 * EDGE) * POINTS / (scene.rail + widest))
    least = min(LEAST, most, high / (tallest + sum(row.bottom - row.top for row in heads)))

    def at(scale: float) -> tuple[int, int]:
        room = (paper[0] - 2 * EDGE) * POINTS / scale
        across = len(_filled(_edges(scene, room - scene.rail), room - scene.rail)) if scene.breaks else 1
        return across, len(_bands(rows, heads, high / scale))

    fewest = at(least)
    scale = next((one for one in _scales(least, most) if at(one) == fewest), least)
    tiles = cut(scene, (paper[0] - 2 * EDGE) * POINTS / scale)
    return Plan(paper, scale, tuple(tiles), _bands(rows, heads, high / scale), heads)


def _scales(least: float, most: float) -> list[float]:
    """From the most points a pixel down to the least, by steps of a fortieth."""
    return [most - step / 40 for step in range(max(0, int((most - least) * 40)) + 1)]


def _bands(rows: Sequence[Strip], heads: Sequence[Strip], room: float) -> tuple[tuple[Strip, ...], ...]:
    """The rows in the order of the map, as many on a sheet as there is room for."""
    again = sum(row.bottom - row.top for row in heads)
    bands: list[list[Strip]] = [[]]
    left = room
    for row in rows:
        high = row.bottom - row.top
        if high > left + 0.5 and any(one.id not in HEADS for one in bands[-1]):
            bands.append([])
            left = room - again
        bands[-1].append(row)
        left -= high
    return tuple(tuple(band) for band in bands)


def _edges(scene: Scene, widest: float) -> list[float]:
    """Where the map may be cut: at phases, and between the steps of a phase that is too wide."""
    borders = [*scene.breaks, scene.width]
    found: list[float] = []
    for start, stop in pairwise(borders):
        found.append(start)
        if stop - start > widest:
            inner = [x for x in scene.stops if start + 1 < x < stop - 1]
            parts = max(2, int(-(-(stop - start) // widest)))
            wanted = [start + (stop - start) * part / parts for part in range(1, parts)]
            cuts = {max((x for x in inner if x <= want + 1), default=0.0) for want in wanted}
            even = [start, *sorted(cuts - {0.0}), stop]
            fits = all(after - before <= widest for before, after in pairwise(even))
            found += even[1:-1] if fits else inner
    return [*found, scene.width]


def _filled(edges: Sequence[float], widest: float) -> list[Tile]:
    """Tiles filled from the left, each at most `widest` pixels when its first part is."""
    tiles: list[Tile] = []
    start = edges[0]
    for before, after in pairwise(edges):
        if after - start > widest + 0.5 and before > start:
            tiles.append(Tile(start, before))
            start = before
    return [*tiles, Tile(start, edges[-1])]
