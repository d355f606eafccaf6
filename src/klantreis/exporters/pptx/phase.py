"""The slides of a phase: its steps with their feeling, thoughts, touchpoints, barriers and ideas, and images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pptx.enum.text import PP_ALIGN

from klantreis.exporters.pptx.curve import axis, curve
from klantreis.exporters.pptx.slide import EDGE, HIGH, RAIL, WIDE, Slide
from klantreis.exporters.pptx.told import WORDS, Told
from klantreis.labels import Label, Language
from klantreis.map.sketch import Stop, said
from klantreis.map.stages import Phase
from klantreis.report import Report
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import score
from klantreis.scenes.text import Style, wrap

MOST = 5
"""Steps on one slide of a phase."""
WIDEST, GROWN = 400.0, 120.0
"""How wide a step may be, and how much higher the curve becomes where the rows leave room."""
LINES = 8
"""Lines of one cell, at most."""
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
    """Fills one slide with at most `MOST` steps of a phase, at least one."""
    left = EDGE + RAIL
    wide = min(WIDEST, (WIDE - EDGE - left) / len(stops))
    places = {stop.id: left + wide * (spot + 0.5) for spot, stop in enumerate(stops)}
    for spot, stop in enumerate(stops):
        slide.box((left + wide * spot + 3, 84, wide - 6, 54), "paper", "strong")
        slide.text(
            wrap(stop.label, wide - 24, Style(13), most=3), (left + wide * spot + 10, 89, wide - 18, 46), 12, bold=True
        )
    down = _photos(slide, stops, report, wide)
    rows = _cells(stops, report, (wide, HIGH - 16 - 346 - down / 2), slide.language)
    grown = min(GROWN, max(0.0, HIGH - 30 - 346 - down / 2 - sum(_high(cells) for _, cells in rows)))
    slide.text([WORDS["feel"].text(slide.language)], (EDGE, 150 + down, RAIL - 10, 16), 12, bold=True)
    span = (186 + down, 292 + down / 2 + grown)
    axis(slide, left, left + wide * len(stops), span)
    curve(slide, stops, places, span, Told("", told.measured))
    for stop in stops:
        if stop.word:
            fit = wrap(stop.word, wide - 10, Style(12), most=1)
            room = (places[stop.id] - wide / 2 + 5, 317 + down / 2 + grown, wide - 10, 16)
            slide.text(fit, room, 11, role="muted", align=PP_ALIGN.CENTER)
    _rows(slide, rows, (left, wide), 346.0 + down / 2 + grown)
    slide.notes(list(_notes(stops, report, slide.language)))


def empty(slide: Slide, own: Phase) -> None:
    """Fills the slide of a phase without steps: it says so, and what is done there."""
    lines = [f"–  {said(one.label, slide.language)}" for one in own.actions]
    slide.text([WORDS["empty"].text(slide.language)], (EDGE, 96, 400, 20), 14, role="muted")
    for number, line in enumerate(lines[:12]):
        slide.text(wrap(line, WIDE - 2 * EDGE, Style(15), most=1), (EDGE, 130 + 26 * number, WIDE - 2 * EDGE, 20), 14)
    slide.notes(lines)


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
            at = (EDGE + RAIL + wide * spot + 6, 142, wide - 12, PHOTO - 8)
            slide.picture(report.images.get(name), at, alt)
    return PHOTO


Cells = list[tuple[str, ...]]


def _cells(
    stops: Sequence[Stop], report: Report, room: tuple[float, float], language: Language
) -> list[tuple[str, Cells]]:
    """The lanes that say something, each with its cells as lines; `room`: how wide a cell is, how high all may be.

    Where they do not fit, the lane with the longest cell is the one that is cut, a line at a time.
    """
    wide, high = room
    told = {key: [_told(stop, key, report, language) for stop in stops] for key, _ in ROWS}
    used = [key for key, _ in ROWS if any(told[key])]
    rows = {key: [wrap(text, wide - 26, Style(12), most=LINES) for text in told[key]] for key in used}
    while sum(_high(cells) for cells in rows.values()) > high:
        longest = max(rows, key=lambda key: _high(rows[key]))
        most = max(len(lines) for lines in rows[longest]) - 1
        if not most:
            break
        rows[longest] = [wrap(text, wide - 26, Style(12), most=most) for text in told[longest]]
    return list(rows.items())


def _high(cells: Cells) -> float:
    return 16 + 14 * max((len(lines) for lines in cells), default=1)


def _rows(slide: Slide, rows: Sequence[tuple[str, Cells]], at: tuple[float, float], top: float) -> None:
    """The lanes under the curve, the whole text in the notes; `at` is where the first step is and how wide each is."""
    left, wide = at
    y, names = top, dict(ROWS)
    each = (HIGH - 16 - y) / max(1, len(rows))
    for key, cells in rows:
        slide.line(EDGE, y, left + wide * len(cells), y, "hairline")
        slide.text([names[key].text(slide.language)], (EDGE, y + 5, RAIL - 10, 16), 12, bold=True)
        for spot, lines in enumerate(cells):
            if lines:
                role: Role = "problem" if key == "barrier" else "good" if key == "idea" else "ink"
                slide.text(lines, (left + wide * spot + 10, y + 5, wide - 16, 14 * len(lines)), 11, role=role)
        y += min(each, _high(cells))


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
