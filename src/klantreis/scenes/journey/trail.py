"""One journey drawn on the map: a line from touch to touch, downwards in time, each with its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from klantreis.journeys.trail import Stop, Trail
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Anchor, Element, Group, Line, Mark
from klantreis.scenes.numbers import brief_day, decimal, duration, local
from klantreis.scenes.pen import NOTE, NOTE_STRONG, lined, one_line
from klantreis.scenes.text import width
from klantreis.scenes.words_trail import tell, tell_many

STEP, TOP, MOST = 22.0, 16.0, 30
"""From one stop down to the next, where the first one is, and how many are drawn; the table has all of them."""
_Point = tuple[float, float]


def trail(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the journey as a line over the columns of the map; None when none was asked for.

    A stop that the map does not know hangs under the stop before it, open and grey.
    """
    found = sheet.trail
    if found is None or not sheet.columns:
        return None
    shown = found.stops[:MOST]
    points = _points(sheet, grid, shown)
    lines: list[Element] = [line for one, other in pairwise(points) for line in _way(one, other)]
    stops: list[Element] = [_stop(sheet, grid, number, points) for number in range(len(points))]
    high = TOP + STEP * len(points)
    rest = len(found.stops) - len(shown)
    if rest:
        left = one_line(tell_many("more", rest, sheet.language), points[-1][0], high - 8, NOTE)
        stops.append(left)
        high += STEP
    note = summary(sheet, found)
    group = Group("trail", (*lines, *stops), found.name, f"{tell('one-journey', sheet.language)} {found.name}: {note}")
    return Row("trail", high + 4, (group,), tell("one-journey", sheet.language), f"{found.name}: {note}")


def summary(sheet: Sheet, found: Trail) -> str:
    """Returns how many touches it has, how long it took (one took no time) and whether it is over."""
    language = sheet.language
    parts = [tell_many("touches", len(found.stops), language)]
    if len(found.stops) > 1:
        parts.append(duration((found.stops[-1].at - found.stops[0].at) / 1e6, language))
    parts.append(tell(found.state, language))
    parts += [tell("alike", language, n=decimal(found.alike, language))] if found.alike > 1 else []
    return ", ".join(parts)


def head(sheet: Sheet) -> str:
    """Returns the head of the column of a table that tells where the journey was."""
    return f"{tell('one-journey', sheet.language)} {'' if sheet.trail is None else sheet.trail.name}".strip()


def visits(sheet: Sheet) -> Mapping[int, str]:
    """Returns by column at which numbers and moments the journey was there, in words."""
    found: dict[int, list[str]] = {}
    if sheet.trail is not None:
        spots = _columns(sheet, sheet.trail.stops)
        for number, (stop, spot) in enumerate(zip(sheet.trail.stops, spots, strict=True)):
            name = "" if stop.touchpoint else f" ({stop.event})"
            found.setdefault(spot, []).append(f"{number + 1}{name}: {_when(sheet, number)}")
    return {spot: "; ".join(told) for spot, told in found.items()}


def _columns(sheet: Sheet, stops: tuple[Stop, ...]) -> list[int]:
    """The column of each stop; one that is not on the map stays where the one before it was."""
    spots, last = [], 0
    for stop in stops:
        known = sheet.column_with(stop.touchpoint) if stop.touchpoint else None
        last = last if known is None else known
        spots.append(last)
    return spots


def _points(sheet: Sheet, grid: Grid, stops: tuple[Stop, ...]) -> list[_Point]:
    return [(grid.columns[spot].middle, TOP + STEP * number) for number, spot in enumerate(_columns(sheet, stops))]


def _way(one: _Point, other: _Point) -> list[Line]:
    """From one stop down to the height of the next, and then over to it, so that no line runs through words."""
    (x1, y1), (x2, y2) = one, other
    down = Line(x1, y1, x1, y2, "measured", 2)
    return [down] if x1 == x2 else [down, Line(x1, y2, x2, y2, "measured", 2)]


def _stop(sheet: Sheet, grid: Grid, number: int, points: Sequence[_Point]) -> Group:
    assert sheet.trail is not None
    stop = sheet.trail.stops[number]
    known = stop.touchpoint is not None and sheet.column_with(stop.touchpoint) is not None
    x, y = points[number]
    back = number > 0 and points[number - 1][0] > x
    size, ink = (13.0, NOTE_STRONG.as_("ink")) if known else (9.0, NOTE)
    mark = Mark("filled-circle", x, y, size, "measured" if known else "paper", "measured" if known else "muted")
    said = _said(sheet, number)
    aside = size / 2 + 5
    wide = aside + width(said, ink.style)
    over = x - wide < grid.left if back else x + wide > grid.right
    left = back != over
    lift = 10 if over and number > 0 and points[number - 1][0] != x else 0  # the line comes from that side
    anchor: Anchor = "end" if left else "start"
    text = lined((said,), x - aside if left else x + aside, y - 8 - lift, ink, anchor=anchor, halo=True)
    return Group("stop", (mark, text), f"{sheet.trail.name}-{number + 1}", f"{number + 1}. {said}", focus=True)


def _said(sheet: Sheet, number: int) -> str:
    """What stands beside a stop: its moment, and its event when the map does not know it."""
    assert sheet.trail is not None
    stop = sheet.trail.stops[number]
    column = sheet.column_with(stop.touchpoint) if stop.touchpoint else None
    name = "" if column is not None else f" · {stop.touchpoint or stop.event}"
    wrong = f" · {tell('failed', sheet.language)}" if stop.failed else ""
    return f"{_when(sheet, number)}{name}{wrong}"


def _when(sheet: Sheet, number: int) -> str:
    """The first moment with its day, later ones as the time since the stop before."""
    assert sheet.trail is not None
    stops = sheet.trail.stops
    if number == 0:
        begun = local(stops[0].at, sheet.trail.time_zone)
        return f"{brief_day(begun, sheet.language)} {begun:%H:%M}"
    return f"+ {duration((stops[number].at - stops[number - 1].at) / 1e6, sheet.language)}"
