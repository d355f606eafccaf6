"""The curve of feeling on a slide: its axis, solid where it was measured and dashed where it is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN

from klantreis.exporters.pptx.slide import EDGE, RAIL, Slide
from klantreis.exporters.pptx.told import WORDS, Told
from klantreis.map.sketch import Stop
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import decimal, score

NAMED, VALUED = 46.0, 27.0
"""Points a step must have on a slide for its name, and for its value; the notes and the other slides have all."""


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
    slide.curve([(places[stop.id], _y(feel, span)) for stop, feel in felt], alt)
    for run in _runs(stops, told.measured):
        slide.curve([(places[id_], _y(told.measured[id_][0], span)) for id_ in run], "", measured=True)
    values = {stop.id: told.measured.get(stop.id, (stop.feel, 0)) for stop in stops}
    known = [(value, stop.id) for stop in stops if (value := values[stop.id][0]) is not None]
    ends = {min(known)[1], max(known)[1], known[0][1], known[-1][1]} if known else set()
    spots = sorted(places.values())
    room = min((after - before for before, after in pairwise(spots)), default=100.0)
    for stop in stops:
        value, n = values[stop.id]
        if value is not None:
            at = (places[stop.id], _y(value, span), room if room >= VALUED or stop.id not in ends else VALUED)
            _point(slide, stop, at, value, n)


def _point(slide: Slide, stop: Stop, at: tuple[float, float, float], value: float, n: int) -> None:
    """A mark with its value and how many answers, as far as `at` (x, y, room in points) leaves room for words."""
    x, y, room = at
    kind = (
        MSO_SHAPE.ISOSCELES_TRIANGLE if value > 0.25 else MSO_SHAPE.FLOWCHART_MERGE if value < -0.25 else MSO_SHAPE.OVAL
    )
    shown = score(value, slide.language, 0 if value == round(value) and not n else 1)
    answers = f" (n\u00a0=\u00a0{decimal(n, slide.language)})" if n else ""
    heard = WORDS["point"].text(slide.language).format(step=stop.label, value=f"{shown}{answers}")
    role: Role = "good" if value > 0 else "problem"
    slide.mark(kind, (x, y), min(11.0, max(5.0, room * 0.8)), heard, role=role if n else None)
    above = value >= 0
    if stop.mot != "none":
        star = (x + 15, y) if room >= NAMED else (x, y + 13 if above else y - 13)
        slide.mark(MSO_SHAPE.STAR_5_POINT, star, 11, WORDS["mot"].text(slide.language), role="decision")
    if room < VALUED:
        return
    slide.text([shown], (x - 24, y - 24 if above else y + 9, 48, 14), 11, bold=True, align=PP_ALIGN.CENTER,
               role=role if n else "ink")  # fmt: skip
    if n and room >= NAMED:
        note = (x - 36, y - 37 if above else y + 22, 72, 12)
        slide.text([answers.strip(" ()")], note, 9, role="muted", align=PP_ALIGN.CENTER)


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
