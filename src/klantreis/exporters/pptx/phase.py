"""The slides of a phase: its steps with their feeling, thoughts, touchpoints, barriers and ideas, and images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pptx.enum.text import PP_ALIGN

from klantreis.exporters.pptx.curve import axis, curve
from klantreis.exporters.pptx.slide import EDGE, HIGH, RAIL, WIDE, Slide
from klantreis.exporters.pptx.told import WORDS, Told
from klantreis.labels import Label, Language
from klantreis.map.sketch import Stop, said
from klantreis.report import Report
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import score
from klantreis.scenes.text import Style, wrap

MOST = 5
"""Steps on one slide of a phase."""
PHOTO = 62.0
"""How high an image on the slide of a phase is, with the room below it."""

ROWS: tuple[tuple[str, Label], ...] = (
    ("think", Label("Denkt", "Thinks")),
    ("expect", Label("Verwacht", "Expects")),
    ("contact", Label("Contact", "Contact")),
    ("barrier", Label("Barrière", "Barrier")),
    ("idea", Label("Kans", "Idea")),
)


def phase(slide: Slide, stops: Sequence[Stop], report: Report, told: Told) -> None:
    """Fills one slide with at most `MOST` steps of a phase; a phase without steps says so."""
    if not stops:
        slide.text([WORDS["empty"].text(slide.language)], (EDGE, 90, 400, 30), 14, role="muted")
        return
    left = EDGE + RAIL
    wide = min(300.0, (WIDE - EDGE - left) / len(stops))
    places = {stop.id: left + wide * (spot + 0.5) for spot, stop in enumerate(stops)}
    for spot, stop in enumerate(stops):
        slide.box((left + wide * spot + 3, 78, wide - 6, 56), "paper", "strong")
        slide.text(
            wrap(stop.label, wide - 24, Style(13), most=3), (left + wide * spot + 10, 83, wide - 18, 48), 12, bold=True
        )
    down = _photos(slide, stops, report, wide)
    slide.text([WORDS["feel"].text(slide.language)], (EDGE, 146 + down, RAIL - 10, 16), 12, bold=True)
    span = (182 + down, 292 + down / 2)
    axis(slide, left, left + wide * len(stops), span)
    curve(slide, stops, places, span, Told("", told.measured))
    for stop in stops:
        if stop.word:
            fit = wrap(stop.word, wide - 10, Style(11), most=1)
            slide.text(
                fit,
                (places[stop.id] - wide / 2 + 5, 317 + down / 2, wide - 10, 16),
                11,
                role="muted",
                align=PP_ALIGN.CENTER,
            )
    _rows(slide, stops, report, wide, 346.0 + down / 2)
    slide.notes(list(_notes(stops, report, slide.language)))


def _photos(slide: Slide, stops: Sequence[Stop], report: Report, wide: float) -> float:
    """The images of the steps under their boxes; returns how much lower the rest must stand."""
    images = {step.id: step.image for _, step in report.map.steps() if step.image}
    if not any(images.get(stop.id) in report.images for stop in stops):
        return 0.0
    assets = {asset.id: asset for asset in report.map.assets}
    for spot, stop in enumerate(stops):
        name = images.get(stop.id)
        if name:
            asset = assets.get(name)
            alt = (said(asset.alt, slide.language) or said(asset.label, slide.language)) if asset else name
            at = (EDGE + RAIL + wide * spot + 6, 138, wide - 12, PHOTO - 8)
            slide.picture(report.images.get(name), at, alt)
    return PHOTO


def _rows(slide: Slide, stops: Sequence[Stop], report: Report, wide: float, top: float) -> None:
    """The lanes under the curve: as many lines as there is room for, the whole text in the notes."""
    told = {key: [_told(stop, key, report, slide.language) for stop in stops] for key, _ in ROWS}
    used = [(key, label) for key, label in ROWS if any(told[key])]
    y, left = top, EDGE + RAIL
    each = (HIGH - 16 - y) / max(1, len(used))
    most = max(1, int((each - 10) / 14))
    for key, label in used:
        cells = [wrap(text, wide - 26, Style(12), most=most) for text in told[key]]
        slide.line(EDGE, y, left + wide * len(stops), y, "hairline")
        slide.text([label.text(slide.language)], (EDGE, y + 5, RAIL - 10, 16), 12, bold=True)
        for spot, lines in enumerate(cells):
            if lines:
                role: Role = "problem" if key == "barrier" else "good" if key == "idea" else "ink"
                slide.text(lines, (left + wide * spot + 10, y + 5, wide - 16, 14 * len(lines)), 11, role=role)
        y += min(each, 10 + 14 * max((len(lines) for lines in cells), default=1) + 6)


def _told(stop: Stop, key: str, report: Report, language: Language) -> str:
    match key:
        case "think":
            return f"“{stop.think}”" if stop.think else ""
        case "expect":
            return stop.expect
        case "contact":
            return ", ".join(one.label for one in stop.contacts if one.label != stop.label)
        case "barrier":
            return "; ".join(one.label for one in stop.obstacles)
    here = {barrier.id for barrier in report.map.barriers if barrier.at == stop.id}
    ideas = [idea for idea in report.map.opportunities if here.intersection(idea.solves)]
    return "; ".join(said(idea.label, language) or idea.id for idea in ideas)


def _notes(stops: Sequence[Stop], report: Report, language: Language) -> Iterator[str]:
    for stop in stops:
        yield stop.label
        if stop.feel is not None:
            value = score(stop.feel, language, 0 if stop.feel == round(stop.feel) else 1)
            yield f"  {WORDS['feel'].text(language)}: {stop.word} {value}".replace(":  ", ": ")
        for key, label in ROWS:
            text = _told(stop, key, report, language)
            if text:
                yield f"  {label.text(language)}: {text}"
