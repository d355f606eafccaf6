"""Placing labels beside points so that they cover no line, no mark and no other label."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from klantreis.scenes.pen import Rect
from klantreis.scenes.smooth import Point

_SHIFTS = (0.0, -12.0, 12.0, -24.0, 24.0, -36.0, 36.0)
_STEPS = tuple(range(0, 64, 4))
_TRIES = tuple(
    sorted(
        ((far, shift, other) for far in _STEPS for shift in _SHIFTS for other in (False, True)),
        key=lambda spot: spot[0] + 1.6 * abs(spot[1]) + 22 * spot[2],
    )
)
"""How far from the point, how far aside, and whether on the other side, the tidiest first."""


_ALONG = tuple(
    (far, share, way)
    for far in (8.0, 5.0, 14.0, 22.0)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.45, 0.55, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85)
    for way in ((1, 0), (-1, 0), (0, -1), (0, 1))
)
"""How far from a line its label is tried, where along it, and on which side: right, left, above or below."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Points that labels should not cover, sorted by x for finding those nearby: their `xs` and `ys`."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def within(self, room: Rect, gap: float = 0) -> bool:
        """Says whether any spot lies in the room, or nearer to it than `gap`."""
        first = bisect.bisect_left(self.xs, room.x - gap)
        last = bisect.bisect_right(self.xs, room.right + gap)
        top, bottom = room.y - gap, room.bottom + gap
        return bool([y for y in self.ys[first:last] if top < y < bottom])  # any() takes thrice as long


def spots(points: Iterable[Point]) -> Spots:
    """Returns points, sorted."""
    listed = sorted(points)
    return Spots(tuple(x for x, _ in listed), tuple(y for _, y in listed))


def place(
    point: Point, size: tuple[float, float], *, above: bool, lines: Spots, soft: Spots, taken: Sequence[Rect],
    inside: Rect,
) -> Rect:  # fmt: skip
    """Returns where a label of `size` (width, height) goes: as near its point as is free.

    It looks on the wanted side first (`above` or below), then the other; straight first, then shifted. It never
    covers `taken` rooms or leaves `inside`; it avoids `lines`, and the `soft` spots (bands) as long as it can.
    """
    near = [other for other in taken if abs(other.x + other.width / 2 - point[0]) < other.width / 2 + size[0] + 40]
    fitting = []
    for room in _rooms(point, size, above):
        if _in(room, inside) and not _met(room, near):
            if not lines.within(room, 2.0) and not soft.within(room, 2.0):
                return room
            fitting.append(room)
    clear = (room for room in fitting if not lines.within(room, 2.0))
    found = next(clear, fitting[0] if fitting else None)
    if found is not None:
        return found
    return _free(point, size, taken, inside)


def beside(
    trail: Sequence[Point],
    size: tuple[float, float],
    *,
    side: int,
    lines: Spots,
    taken: Sequence[Rect],
    inside: Rect,
    thick: float = 0.0,
) -> Rect:
    """Returns where a label of `size` goes beside a line: near its middle, on `side` (1 right, -1 left) if it can.

    It never covers `taken` rooms unless there is no room at all. It avoids the line itself, `thick` wide, and other
    `lines`, most of all between the label and its own.
    """
    own = spots(trail)
    wide, high = size
    best: tuple[int, Rect] | None = None
    for far, share, (right, down) in _ALONG:
        x, y = trail[min(len(trail) - 1, int(len(trail) * share))]
        away = far + thick / 2
        room = Rect(
            x - wide / 2 + right * side * (away + wide / 2), y - high / 2 + down * (away - 4 + high / 2), wide, high
        )
        if not _in(room, inside) or _met(room, taken):
            continue
        gap = Rect(min(x, x + right * side * away) - 2, min(y, y + down * away) - 2, away * abs(right) + 4,
                   away * abs(down) + 4)  # fmt: skip
        crossed = 2 * lines.within(room, 2) + 3 * lines.within(gap) + own.within(room, 2 + thick / 2)
        if not crossed:
            return room
        if best is None or crossed < best[0]:
            best = crossed, room
    return best[1] if best else _free(trail[len(trail) // 2], size, taken, inside)


def _rooms(point: Point, size: tuple[float, float], above: bool) -> Iterator[Rect]:
    x, y = point
    wide, high = size
    for far, shift, other in _TRIES:
        top = y - 10 - far - high if above != other else y + 10 + far
        yield Rect(x - wide / 2 + shift, top, wide, high)


def _free(point: Point, size: tuple[float, float], taken: Sequence[Rect], inside: Rect) -> Rect:
    """Anywhere in the column above or below the point that is free, nearest first; else at the edge of the room."""
    wide, high = size
    x = min(max(point[0] - wide / 2, inside.x), max(inside.x, inside.right - wide))
    tops = sorted(
        range(int(inside.y), max(int(inside.bottom - high), int(inside.y)) + 1, 3), key=lambda y: abs(y - point[1])
    )
    rooms = (Rect(x, float(top), wide, high) for top in tops)
    return next((room for room in rooms if not _met(room, taken)), Rect(x, inside.y, wide, high))


def _in(room: Rect, inside: Rect) -> bool:
    return inside.x <= room.x and room.right <= inside.right and inside.y <= room.y and room.bottom <= inside.bottom


def _met(room: Rect, taken: Sequence[Rect]) -> bool:
    return any(room.meets(other, 2) for other in taken)
