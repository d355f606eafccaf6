"""Curves of feeling side by side: everybody and each segment on the same scale, as small pictures in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.emotion import Feeling
from klantreis.analyses.results import Results
from klantreis.labels import Language, mentioned
from klantreis.map.model import JourneyMap
from klantreis.scenes.feeling import Felt, Scale, drawn
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Element, Group, Line, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import between, cases, decimal, estimated, score
from klantreis.scenes.pen import NOTE, STRONG, Rect, one_line, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

RAIL, HEAD, HIGH, FOOT = 136.0, 44.0, 92.0, 36.0


@dataclass(frozen=True, slots=True)
class _Curve:
    name: str
    people: int
    felt: tuple[Felt, ...]


def curve_scene(map_: JourneyMap, results: Results, *, language: Language, width: float = 960) -> Scene:
    """Returns one curve for everybody and one per segment, under each other, over the touchpoints that were measured.

    Only measured points with enough answers are drawn. Nothing measured: it says so.
    """
    names = names_of(map_, language)
    order = _order(map_, results)
    room = width - 2 * MARGIN - RAIL
    xs = {id_: MARGIN + RAIL + room * (spot + 0.5) / max(1, len(order)) for spot, id_ in enumerate(order)}
    axis = _Axis(xs, names, language)
    curves = [_curve(say("everybody", language).capitalize(), results, axis)]
    drawn_first = [segment.id for segment in map_.segments if segment.id in results.segments]
    for id_ in dict.fromkeys([*drawn_first, *sorted(results.segments)]):
        curves.append(_curve(names.get(id_, id_), results.segments[id_], axis))
    rows = _table(curves, names, language)
    title = say("curves", language)
    if not order:
        return nothing("curves", title, say("nothing", language), width=width, table=rows, language=language)
    body: list[Element] = []
    top = 0.0
    for curve in curves:
        body.append(_panel(curve, top, width, language))
        top += HEAD + HIGH + FOOT
    wide = room / len(order) - 6
    body += [words(names.get(id_, id_), xs[id_], top + 2, NOTE, room=wide, most=3, anchor="middle") for id_ in order]
    return framed(
        "curves", title, say("curves-under", language), body, size=(width, top + 3 * 15 + 6), table=rows,
        language=language, about=results.about,
    )  # fmt: skip


def _order(map_: JourneyMap, results: Results) -> list[str]:
    known = {f.touchpoint for own in (results, *results.segments.values()) for f in _shown(own)}
    inside = [name for _, step in map_.steps() for name in step.touchpoints]
    phases = {phase.id: spot for spot, phase in enumerate(map_.phases)}
    loose = sorted(map_.touchpoints, key=lambda touch: phases.get(touch.phase, 99))
    return [name for name in dict.fromkeys([*inside, *(touch.id for touch in loose)]) if name in known]


def _shown(results: Results) -> list[Feeling]:
    return [f for f in results.emotion.feelings if f.enough and f.on_curve and f.feel.value is not None]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The x of each touchpoint in order, what they are called, and the language."""

    xs: Mapping[str, float]
    names: Mapping[str, str]
    language: Language


def _curve(name: str, results: Results, axis: _Axis) -> _Curve:
    language, names = axis.language, axis.names
    best: dict[str, Feeling] = {}
    for feeling in sorted(_shown(results), key=lambda feeling: feeling.feel.n):
        best[feeling.touchpoint] = feeling
    felt = []
    for spot, id_ in enumerate(axis.xs):
        found = best.get(id_)
        heard = ""
        if found is not None and found.feel.value is not None:
            within = ", ".join(
                filter(
                    None, (between(found.feel.low, found.feel.high, "score", language), cases(found.feel.n, language))
                )
            )
            value = score(found.feel.value, language)
            step = mentioned(names.get(id_, id_))
            heard = f"{name}. {say('heard-feel', language, step=step, value=value, within=within)}"
        felt.append(Felt(id_, axis.xs[id_], spot, found.feel if found else None, heard=heard))
    return _Curve(name, results.coverage.people, tuple(felt))


def _panel(curve: _Curve, top: float, wide: float, language: Language) -> Group:
    left, right = MARGIN + RAIL, wide - MARGIN
    scale = Scale(top + HEAD, HIGH)
    lines: list[Element] = [Line(left, scale.y(v), right, scale.y(v)) for v in (2, -2)]
    lines.append(Line(left, scale.y(0), right, scale.y(0), "strong", 1.1))
    texts = [words(curve.name, MARGIN, top + 8, STRONG, room=RAIL - 12, most=2)]
    people = say("people", language, n=decimal(curve.people, language))
    texts.append(one_line(people, MARGIN, top + HEAD + HIGH - 18, NOTE, room=RAIL - 40))
    for value in (2, 0, -2):
        texts.append(one_line(score(value, language, 0), left - 8, scale.y(value) - 7.5, NOTE, anchor="end"))
    inside = Rect(left, top + 1, right - left, HEAD + HIGH + FOOT - 2)
    points = drawn(curve.felt, scale, inside, language)
    if all(one.measured is None for one in curve.felt):
        texts.append(one_line(say("curve-empty", language), left + 8, scale.y(0) - 20, NOTE))
    return Group("curve", (*lines, *texts, *points), curve.name, f"{curve.name}, {people}")


def _table(curves: Sequence[_Curve], names: Mapping[str, str], language: Language) -> Table:
    header = [say("segment-head", language), say("contact", language), say("feel-measured", language)]
    rows = [
        (curve.name, names.get(f.id, f.id), estimated(f.measured, "score", language))
        for curve in curves
        for f in curve.felt
        if f.measured is not None
    ]
    return table(say("curves", language), header, rows)
