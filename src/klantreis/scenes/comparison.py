"""Two groups on every measure, as dots on one scale of strength: right, more in the first; left, more in the second."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.comparison import Comparison, Line
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Element, Group, Mark, Role, Scene
from klantreis.scenes.model import Line as Stroke
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, duration, estimated, shown
from klantreis.scenes.pen import NOTE, NOTE_STRONG, one_line
from klantreis.scenes.points import within
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_slices import tell

ROW, NARROW, NUMBERS = 40.0, 560.0, 190.0
LEAST = 0.3
"""The scale reaches at least so many standard deviations to either side."""


def comparison_scene(
    result: Comparison, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns a row per measure: its name and both numbers, and a dot with its interval. An empty group: it says so."""
    known, groups = names(result, map_, language)
    title = tell("compare", language, one=groups[0], other=groups[1])
    twin = _table(result, known, groups, language)
    if not result.lines or not min(result.n):
        why = tell("compare-none", language)
        return nothing("comparison", title, why, width=width, table=twin, language=language)
    rail = width * 0.44 if width < NARROW else min(330.0, width * 0.34)
    left, right = MARGIN + rail, width - MARGIN - 8
    ends = [abs(end) for line in result.lines for end in (line.strength.low, line.strength.high) if end is not None]
    reach = max([LEAST, *ends]) * 1.05
    body: list[Element] = [*_axis(groups, (left, right), len(result.lines), language)]
    for place, line in enumerate(result.lines):
        body.append(_row(line, known, groups, (left, right, 26 + place * ROW, reach), language))
    under = tell(
        "compare-under", language, sure=str(sum(line.sure for line in result.lines)), all=str(len(result.lines)),
        n=decimal(result.n[0], language), m=decimal(result.n[1], language),
    )  # fmt: skip
    return framed(
        "comparison", title, under, body, size=(width, 26 + len(result.lines) * ROW + 8), table=twin,
        language=language, about=result.about, notes=(tell("compare-legend", language),),
    )  # fmt: skip


def names(
    result: Comparison, map_: JourneyMap | None, language: Language
) -> tuple[Mapping[tuple[str, str], str], tuple[str, str]]:
    """Returns what each measure is called, by (kind, id), and what the two groups are called."""
    known = dict(names_of(map_, language))
    if map_ is not None:
        named = [(one.id, one.label) for one in map_.kpis] + [(one.id, one.label) for one in map_.scenarios]
        known |= {id_: label.shown(language) or id_ for id_, label in named}
    said: dict[tuple[str, str], str] = {}
    for line in result.lines:
        what = known.get(line.id, line.id)
        whole = line.kind == "time" and line.id == "journey"
        said[line.kind, line.id] = tell(f"line.{'journey' if whole else line.kind}", language, what=what)
    one, other = result.names
    return said, (known.get(one, one), tell("everybody-else", language) if other is None else known.get(other, other))


def _axis(groups: tuple[str, str], ends: tuple[float, float], rows: int, language: Language) -> list[Element]:
    left, right = ends
    middle, half = (left + right) / 2, (right - left) / 2 - 8
    return [
        Stroke(middle, 20, middle, 26 + rows * ROW, "strong", 1),
        one_line(tell("more", language, name=groups[0]), right, 0, NOTE_STRONG, room=half, anchor="end"),
        one_line(tell("less", language, name=groups[1]), left, 0, NOTE_STRONG, room=half),
    ]


def _row(
    line: Line, known: Mapping[tuple[str, str], str], groups: tuple[str, str],
    spot: tuple[float, float, float, float], language: Language,
) -> Group:  # fmt: skip
    left, right, top, reach = spot
    name = known[line.kind, line.id]
    both = f"{_plain(line.one.value, _unit(line), language)} – {_plain(line.other.value, _unit(line), language)}"
    sure = tell("sure", language) if line.sure else (line.why.text(language) or tell("chance", language))
    shapes: list[Element] = [
        one_line(name, MARGIN, top + 3, NOTE_STRONG.as_("ink"), room=left - MARGIN - 10),
        one_line(both, MARGIN, top + 18, NOTE, room=left - MARGIN - 10),
        Stroke(MARGIN, top + ROW - 1, right, top + ROW - 1),
    ]
    middle, scale, y = (left + right) / 2, (right - left) / 2 / reach, top + ROW / 2 - 1
    strength = line.strength
    if strength.value is None:
        shapes.append(one_line(sure, middle + 8, top + 11, NOTE, room=(right - left) / 2 - 8))
    else:
        if strength.low is not None and strength.high is not None:
            ink: Role = "measured" if line.sure else "muted"
            shapes.append(Stroke(middle + strength.low * scale, y, middle + strength.high * scale, y, ink, 2.4))
        x = middle + strength.value * scale
        fill: Role = "measured" if line.sure else "paper"
        shapes.append(Mark("filled-circle" if line.sure else "circle", x, y, 10, fill, "measured", 1.6))
    numbers = [estimated(side, _unit(line), language) for side in (line.one, line.other)]
    heard = f"{name}: {groups[0]} {numbers[0]}; {groups[1]} {numbers[1]}. {sure}."
    return Group("measure", tuple(shapes), f"{line.kind}-{line.id}", heard, focus=True)


def _unit(line: Line) -> str:
    return "mean" if line.kind == "kpi" and line.unit == "score" else line.unit


def _plain(value: float | None, unit: str, language: Language) -> str:
    return "–" if value is None else shown(value, unit, language)


def _table(
    result: Comparison, known: Mapping[tuple[str, str], str], groups: tuple[str, str], language: Language
) -> Table:
    header = [tell("measure-head", language), *groups, tell("difference-head", language), tell("sure-head", language)]
    rows = [
        (
            known[line.kind, line.id],
            estimated(line.one, _unit(line), language),
            estimated(line.other, _unit(line), language),
            _difference(line, language),
            line.why.text(language) or tell("sure" if line.sure else "chance", language),
        )
        for line in result.lines
    ]
    return table(tell("compare", language, one=groups[0], other=groups[1]), header, rows)


def _difference(line: Line, language: Language) -> str:
    if line.unit == "share":
        return within(line.difference, language)
    if line.unit == "seconds" and line.difference.value is not None and line.difference.low is None:
        return duration(line.difference.value, language)
    return estimated(line.difference, "mean" if line.unit == "score" else line.unit, language)
