"""Feeling over time as a picture: a small line for each question, with interval, on its own scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.mood import Mood, Point, Series
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Command, Curve, Dash, Element, Group, Line, Mark, Role, Scene
from klantreis.scenes.names import surveys_of
from klantreis.scenes.numbers import cases, decimal, score
from klantreis.scenes.pen import NOTE, STRONG, bounds, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_feeling import tell
from klantreis.stats.intervals import Estimate

RAIL, HIGH, FOOT, LEAST, MOST = 52.0, 110.0, 40.0, 22.0, 36


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a line stands: points are `step` apart from `left`; values run from -`most` at the bottom to +`most`."""

    left: float
    right: float
    top: float
    step: float
    most: float

    def x(self, spot: int) -> float:
        return self.left + self.step * (spot + 0.5)

    def y(self, value: float) -> float:
        inside = max(-self.most, min(self.most, value))
        return self.top + HIGH * (1 - (inside + self.most) / (2 * self.most))


def mood_scene(result: Mood, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns one small picture per question under each other; the latest periods that fit, at most 36.

    No answers: it says so. The table holds every period.
    """
    names = surveys_of(map_, language)
    title, twin = tell("mood", language), _table(result, names, language)
    if not result.series:
        return nothing("mood", title, tell("no-answers", language), width=width, table=twin, language=language)
    room = width - 2 * MARGIN - RAIL
    most = max(1, min(MOST, int(room // LEAST)))
    body: list[Element] = []
    top = 0.0
    for one in result.series:
        panel, top = _panel(one, top, (room, most), (names.get(one.survey, one.survey), result.unit, language))
        body.append(panel)
    longest = max(len(one.points) for one in result.series)
    notes = [tell("zone", language, zone=result.time_zone)]
    if longest > most:
        notes.append(tell("left-out", language, n=decimal(most, language), all=decimal(longest, language)))
    return framed(
        "mood", title, tell("mood-under", language, unit=tell(result.unit, language)), body, size=(width, top),
        table=twin, language=language, about=result.about, notes=notes,
    )  # fmt: skip


def _panel(one: Series, top: float, room: tuple[float, int], said: tuple[str, str, Language]) -> tuple[Group, float]:
    """Returns the picture of one question from `top` down, and where the next one may begin."""
    wide, most = room
    name, unit, language = said
    head = words(name, MARGIN, top, STRONG, room=wide + RAIL, most=2)
    trend = _trend(one, unit, language)
    line = words(trend, MARGIN, top + tall(head) + 1, NOTE, room=wide + RAIL, most=2)
    shown = one.points[-most:]
    begin, left = top + tall(head) + tall(line) + 12, MARGIN + RAIL
    plot = _Plot(left, left + wide, begin, wide / len(shown), 100 if one.kind == "NPS" else 2)
    body: list[Element] = [head, line]
    for value in (plot.most, 0.0, -plot.most):
        body.append(Line(left, plot.y(value), plot.right, plot.y(value), "hairline" if value else "strong", 1))
        body.append(one_line(score(value, language, 0), left - 8, plot.y(value) - 7.5, NOTE, anchor="end"))
    body += [*_line(shown, plot), *(_dot(point, spot, plot, one, language) for spot, point in enumerate(shown))]
    body += _dates(shown, plot)
    return Group("mood", tuple(body), one.survey, f"{name}. {trend}"), begin + HIGH + FOOT


def _trend(one: Series, unit: str, language: Language) -> str:
    slope = _value(one.trend, one)
    if slope.value is None or slope.low is None or slope.high is None:
        return tell("no-trend", language)
    digits = 1 if one.kind == "NPS" else 2
    value, low, high = (score(part, language, digits) for part in (slope.value, slope.low, slope.high))
    short = tell(unit, language).split(" ", maxsplit=1)[0]
    return tell("trend", language, value=value, low=low, high=high, run=decimal(one.run, language), unit=short)


def _line(shown: Sequence[Point], plot: _Plot) -> list[Element]:
    """Returns the line through points with enough answers; it stops where one has too few."""
    lines: list[Element] = []
    run: list[tuple[Command, tuple[float, float]]] = []
    for spot, point in enumerate(shown):
        value = _drawn(point).value if point.enough else None
        if value is not None:
            run.append(("L" if run else "M", (plot.x(spot), plot.y(value))))
        if value is None or spot == len(shown) - 1:
            if len(run) > 1:
                lines.append(Curve(tuple(run), "measured", 2))
            run = []
    return lines


def _dot(point: Point, spot: int, plot: _Plot, series: Series, language: Language) -> Group:
    drawn, x = _drawn(point), plot.x(spot)
    body: list[Element] = []
    if drawn.low is not None and drawn.high is not None:
        dash: Dash = "solid" if point.enough else "dotted"
        body.append(Line(x, plot.y(drawn.high), x, plot.y(drawn.low), "measured", 1.4, dash))
    if drawn.value is not None:
        fill: Role = "measured" if point.enough else "paper"
        body.append(Mark("filled-circle", x, plot.y(drawn.value), 8, fill, "measured"))
    return Group(
        "period",
        tuple(body),
        f"{series.survey} {point.period}",
        f"{point.period}: {_told(point, series, language)}",
        focus=True,
    )


def _dates(shown: Sequence[Point], plot: _Plot) -> list[Element]:
    found: list[Element] = []
    before = -1e9
    for spot, point in enumerate(shown):
        text = one_line(point.period, plot.x(spot), plot.top + HIGH + 7, NOTE, anchor="middle")
        room = bounds(text)
        if room.x > before + 8 and room.right <= plot.right + 20:
            found.append(text)
            before = room.right
    return found


def _drawn(point: Point) -> Estimate:
    """Returns what is drawn of a point: NPS from -100 to +100, else the feeling."""
    return point.feel if point.nps is None else hundred(point.nps)


def _value(estimate: Estimate, series: Series) -> Estimate:
    return hundred(estimate) if series.kind == "NPS" else estimate


def hundred(estimate: Estimate) -> Estimate:
    """Returns an NPS from -1 to 1 as people write it, from -100 to +100."""
    value, low, high = (None if one is None else 100 * one for one in (estimate.value, estimate.low, estimate.high))
    return Estimate(value, estimate.n, low, high)


def _told(point: Point, series: Series, language: Language) -> str:
    if not point.enough:
        need = decimal(series.n_min, language)
        return tell("few", language, n=decimal(point.feel.n, language), need=need) if point.feel.n else "–"
    drawn, digits = _drawn(point), 0 if series.kind == "NPS" else 2
    told = score(drawn.value or 0.0, language, digits)
    to = "tot" if language == "nl" else "to"
    if drawn.low is not None and drawn.high is not None:
        told += f" ({score(drawn.low, language, digits)} {to} {score(drawn.high, language, digits)}, "
        return f"{told}{cases(drawn.n, language)})"
    return f"{told} ({cases(drawn.n, language)})"


def _table(result: Mood, names: Mapping[str, str], language: Language) -> Table:
    header = [tell(key, language) for key in ("survey-head", "period-head", "feel-head", "nps-head", "raw-head")]
    rows = [
        (
            names.get(one.survey, one.survey),
            point.period,
            "" if one.kind == "NPS" else _told(point, one, language),
            _told(point, one, language) if one.kind == "NPS" else "",
            "" if point.raw.value is None else decimal(point.raw.value, language, 2),
        )
        for one in result.series
        for point in one.points
    ]
    return table(tell("mood", language), header, rows, keep=2)
