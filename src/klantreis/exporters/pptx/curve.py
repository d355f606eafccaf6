"""The curve of feeling on a slide: its axis, solid where it was measured and dashed where it is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN

from klantreis.exporters.pptx.slide import EDGE, RAIL, Slide
from klantreis.exporters.pptx.told import WORDS, Told
from klantreis.labels import Language
from klantreis.map.sketch import Stop
from klantreis.scenes.feeling import role_of, shape_of
from klantreis.scenes.numbers import decimal, score
from klantreis.scenes.pen import Rect
from klantreis.scenes.placing import Spots, place, spots
from klantreis.scenes.smooth import sampled, smooth
from klantreis.scenes.text import Style, width

NAMED, VALUED = 46.0, 27.0
"""Points a step must have on a slide for its name, and for its value; the notes and the other slides have all."""

KINDS = {"up": MSO_SHAPE.ISOSCELES_TRIANGLE, "down": MSO_SHAPE.FLOWCHART_MERGE, "circle": MSO_SHAPE.OVAL}


def axis(slide: Slide, left: float, right: float, span: tuple[float, float]) -> None:
    """Draws the lines of +2, neutral and -2 between two spots; `span` is where +2 and -2 are, in points."""
    for value in (2, 0, -2):
        y = _y(value, span)
        slide.line(left, y, right, y, "strong" if value == 0 else "hairline")
        slide.text(
            [score(value, slide.language, 0)], (EDGE, y - 8, RAIL - 12, 16), 11, role="muted", align=PP_ALIGN.RIGHT
        )


def curve(slide: Slide, stops: Sequence[Stop], places: dict[str, float], span: tuple[float, float], told: Told) -> None:
    """Draws the assumed feelings dashed and open; over them the measured ones solid and filled, with n."""
    felt = [(stop, stop.feel) for stop in stops if stop.feel is not None]
    alt = WORDS["curve"].text(slide.language).format(n=len(felt), said=told.described)
    assumed = [(places[stop.id], _y(feel, span)) for stop, feel in felt]
    slide.curve(assumed, alt)
    runs = [[(places[id_], _y(told.measured[id_][0], span)) for id_ in run] for run in _runs(stops, told.measured)]
    for run in runs:
        slide.curve(run, "", measured=True)
    points = [one for stop in stops if (one := _known(stop, told, places, span)) is not None]
    if not points:
        return
    values = [one.value for one in points]
    ends = {0, len(points) - 1, values.index(min(values)), values.index(max(values))}
    xs = sorted(places.values())
    room = min((after - before for before, after in pairwise(xs)), default=100.0)
    taken = [own for one in points for own in _mark(slide, one, room)]
    inside = Rect(xs[0] - 40, span[0] - 40, xs[-1] - xs[0] + 80, span[1] - span[0] + 64)
    rules = spots((float(x), y) for x in range(int(inside.x), int(inside.right), 8) for y in span)
    lines = spots(spot for path in (assumed, *runs) if len(path) > 1 for spot in sampled(smooth(path)))
    for number, one in enumerate(points):
        if room >= VALUED or number in ends:
            taken.append(_value(slide, one, room, _Around(lines, rules, taken, inside)))


@dataclass(frozen=True, slots=True)
class _Point:
    """A step whose feeling is known: where it stands on the slide, and on how many answers (0: assumed)."""

    stop: Stop
    x: float
    y: float
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class _Around:
    """What the words of a point must not cover, and the room they may be in."""

    lines: Spots
    rules: Spots
    taken: Sequence[Rect]
    inside: Rect


def _known(stop: Stop, told: Told, places: Mapping[str, float], span: tuple[float, float]) -> _Point | None:
    value, n = told.measured.get(stop.id, (stop.feel, 0))
    return None if value is None else _Point(stop, places[stop.id], _y(value, span), value, n)


def _mark(slide: Slide, one: _Point, room: float) -> list[Rect]:
    """Draws the mark of a point, of the same shape as on the map, and its star; returns the rooms they take."""
    answers = f" (n\u00a0=\u00a0{decimal(one.n, slide.language)})" if one.n else ""
    heard = (
        WORDS["point"].text(slide.language).format(step=one.stop.label, value=f"{_shown(one, slide.language)}{answers}")
    )
    size = min(11.0, max(5.0, room * 0.8))
    slide.mark(KINDS[shape_of(one.value)], (one.x, one.y), size, heard, role=role_of(one.value) if one.n else None)
    own = Rect(one.x - size / 2, one.y - size / 2, size, size)
    if one.stop.mot == "none":
        return [own]
    down = 13 if one.value >= 0 else -13
    star = (one.x + 15, one.y) if room >= NAMED else (one.x, one.y + down)
    slide.mark(MSO_SHAPE.STAR_5_POINT, star, 11, WORDS[f"mot-{one.stop.mot}"].text(slide.language), role="decision")
    return [own, Rect(star[0] - 6, star[1] - 6, 12, 12)]


def _value(slide: Slide, one: _Point, room: float, around: _Around) -> Rect:
    """Puts the value of a point, and how many answers where there is room, beside the lines and marks."""
    shown = _shown(one, slide.language)
    answers = f"n\u00a0=\u00a0{decimal(one.n, slide.language)}" if one.n and room >= NAMED else ""
    wide = max(width(shown, Style(11, 700)), width(answers, Style(9))) + 4
    size = (wide, 27.0 if answers else 14.0)
    at = _beside(one, size, around)
    if at is None:
        at = place(
            (one.x, one.y), size, above=one.value >= 0, lines=around.lines, soft=around.rules, taken=around.taken,
            inside=around.inside,
        )  # fmt: skip
        _led(slide, one, at)
    slide.text([shown], (at.x, at.y, at.width, 14), 11, bold=True, align=PP_ALIGN.CENTER,
               role=role_of(one.value) if one.n else "ink")  # fmt: skip
    if answers:
        slide.text([answers], (at.x, at.y + 14, at.width, 12), 9, role="muted", align=PP_ALIGN.CENTER)
    return at


def _beside(one: _Point, size: tuple[float, float], around: _Around) -> Rect | None:
    """The room for a value right beside its mark, rather not on the lines of the axis; None when none is free."""
    wide, high = size
    way = -1 if one.value >= 0 else 1
    sides = ((0, way), (1, way), (-1, way), (1, 0), (-1, 0), (0, -way), (1, -way), (-1, -way))
    rooms = [
        Rect(one.x - wide / 2 + across * (wide / 2 + (9 if not down else 3)),
             one.y - high / 2 + down * (high / 2 + 9), wide, high)
        for across, down in sides
    ]  # fmt: skip
    free = [
        room for room in rooms
        if _held(room, around.inside) and not any(room.meets(other, 1) for other in around.taken)
        and not around.lines.within(room, 1)
    ]  # fmt: skip
    return next((room for room in free if not around.rules.within(room)), free[0] if free else None)


def _held(room: Rect, inside: Rect) -> bool:
    return inside.x <= room.x and room.right <= inside.right and inside.y <= room.y and room.bottom <= inside.bottom


def _led(slide: Slide, one: _Point, at: Rect) -> None:
    """A thin line from a mark to its value, where that could not stand beside it."""
    below = at.y > one.y
    slide.line(one.x, one.y + (7 if below else -7), at.x + at.width / 2, at.y if below else at.bottom, "strong")


def _shown(one: _Point, language: Language) -> str:
    return score(one.value, language, 0 if one.value == round(one.value) and not one.n else 1)


def _runs(stops: Sequence[Stop], measured: Mapping[str, tuple[float, int]]) -> list[list[str]]:
    """Measured steps that follow one another; a step in between that was not measured breaks the line."""
    runs: list[list[str]] = [[]]
    for stop in stops:
        if stop.id in measured:
            runs[-1].append(stop.id)
        elif runs[-1]:
            runs.append([])
    return runs


def _y(feel: float, span: tuple[float, float]) -> float:
    return span[0] + (2 - min(2.0, max(-2.0, feel))) / 4 * (span[1] - span[0])
