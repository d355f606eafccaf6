"""pptx: the map as slides of PowerPoint, in shapes that can be changed.

Why: to present it, and to move or reword what is on it. The first slide has the whole curve over all phases and the
curve in a sentence; then each phase has a slide (more when it has over five steps) with its steps, their feeling,
thoughts, touchpoints, barriers and ideas. Everything is a shape or text of PowerPoint itself. Each slide has a title,
each drawing an alternative text, and the notes hold the texts in full, to be read aloud.

Options: `language` nl (default) or en; a text without a translation stands there in the other language, with [en].

Needs: `pip install 'klantreis[office]'`. Example: `klantreis export --to pptx`. It does not fit for print: take pdf.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from klantreis.exporters.svg import scene_of
from klantreis.labels import Label, Language, tongue
from klantreis.map.images import Image
from klantreis.map.sketch import Sketch, Stop, harmless, said, sketch_of
from klantreis.report import Report
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import decimal, score
from klantreis.scenes.smooth import sampled, smooth
from klantreis.scenes.text import Style, wrap
from klantreis.scenes.themes import LIGHT

name = "pptx"
suffix = ".pptx"

WIDE, HIGH, EDGE, RAIL = 960.0, 540.0, 34.0, 92.0
"""Points: a slide of 13.33 × 7.5 inch, its edge, and the room for the names of rows."""
NAMED, VALUED = 46.0, 27.0
"""Points a step must have on the overview for its name, and for its value; the notes and the other slides have all."""
MOST = 5
"""Steps on one slide of a phase."""
FACE = "Arial"
HELD = {"image/png", "image/jpeg"}
"""Kinds of images that PowerPoint reads."""
PHOTO = 62.0
"""How high an image on the slide of a phase is, with the room below it."""

ROWS: tuple[tuple[str, Label], ...] = (
    ("think", Label("Denkt", "Thinks")),
    ("expect", Label("Verwacht", "Expects")),
    ("contact", Label("Contact", "Contact")),
    ("barrier", Label("Barrière", "Barrier")),
    ("idea", Label("Kans", "Idea")),
)
WORDS = {
    "feel": Label("Gevoel", "Feeling"),
    "curve": Label("Curve van het gevoel over {n} stappen. {said}", "Curve of feeling over {n} steps. {said}"),
    "point": Label("Gevoel bij {step}: {value}", "Feeling at {step}: {value}"),
    "mot": Label("Moment van de waarheid", "Moment of truth"),
    "empty": Label("Nog geen stappen", "No steps yet"),
}


@dataclass(frozen=True, slots=True)
class Options:
    """How to make the slides; see the page above."""

    language: Language = "nl"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the map as a presentation: one slide for the whole, at least one for each phase."""
    sketch = sketch_of(report.map, options.language)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    core = deck.core_properties
    core.title, core.author, core.language = (sketch.title or report.map.id)[:250], "Klantreis", options.language
    core.created = core.modified = report.made.replace(tzinfo=None)
    described = harmless(scene_of(report, language=options.language).description)
    told = _Told(described, _measured(report))
    _overview(_Slide(deck, sketch.title or report.map.id, options.language), sketch, told)
    for number, (id_, phase) in enumerate(sketch.phases, start=1):
        own = sketch.steps_of(id_)
        groups = [own[spot : spot + MOST] for spot in range(0, len(own), MOST)] or [()]
        for part, stops in enumerate(groups, start=1):
            more = f" ({part}/{len(groups)})" if len(groups) > 1 else ""
            _phase(_Slide(deck, f"{number}. {phase}{more}", options.language), stops, report, told)
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Told:
    """What all slides say: the curve in a sentence, and what was measured."""

    described: str
    measured: Mapping[str, tuple[float, int]]


class _Slide:
    """One slide that is being filled: shapes in reading order, each with an alternative text where it draws."""

    def __init__(self, deck: Any, title: str, language: Language) -> None:
        self.slide = deck.slides.add_slide(deck.slide_layouts[5])
        self.language: Language = language
        head = self.slide.shapes.title
        head.left, head.top, head.width, head.height = Pt(EDGE), Pt(20), Pt(WIDE - 2 * EDGE), Pt(44)
        self._set(head.text_frame, [title[:160]], 26, "ink", bold=True)

    def text(
        self, lines: Sequence[str], at: tuple[float, float, float, float], size: float = 12, *, role: Role = "ink",
        bold: bool = False, align: PP_ALIGN = PP_ALIGN.LEFT,
    ) -> None:  # fmt: skip
        """Puts lines in a box (x, y, width, height)."""
        box = self.slide.shapes.add_textbox(*(Pt(value) for value in at))
        self._set(box.text_frame, lines, size, role, bold=bold, align=align)

    def box(self, at: tuple[float, float, float, float], fill: Role, stroke: Role | None = None, alt: str = "") -> Any:
        """Puts a rectangle."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(value) for value in at))
        return self._look(shape, fill, stroke, alt)

    def mark(
        self, kind: MSO_SHAPE, at: tuple[float, float], size: float, alt: str, *, role: Role | None = None
    ) -> None:
        """Puts a mark centred on a spot: in one colour, or open, as what is only assumed."""
        x, y = at
        shape = self.slide.shapes.add_shape(kind, Pt(x - size / 2), Pt(y - size / 2), Pt(size), Pt(size))
        self._look(shape, role or "paper", role or "assumed", alt)

    def curve(self, points: Sequence[tuple[float, float]], alt: str, *, measured: bool = False) -> None:
        """Puts a smooth line through points as a free form: solid when measured, dashed when assumed."""
        if len(points) < 2:
            return
        spots = sampled(smooth(points), 6)
        form = self.slide.shapes.build_freeform(Pt(spots[0][0]), Pt(spots[0][1]), scale=1.0)
        form.add_line_segments([(Pt(x), Pt(y)) for x, y in spots[1:]], close=False)
        shape = form.convert_to_shape()
        shape.fill.background()
        shape.shadow.inherit = False
        shape.line.color.rgb = _rgb("measured" if measured else "assumed")
        shape.line.width = Pt(2.75 if measured else 1.5)
        shape.line.dash_style = MSO_LINE.SOLID if measured else MSO_LINE.DASH
        self._alt(shape, alt)

    def picture(self, image: Image | None, at: tuple[float, float, float, float], alt: str) -> None:
        """Puts an image whole into a room (x, y, width, height); what a slide cannot hold is an empty frame."""
        x, y, wide, high = at
        if image is None or image.media not in HELD:
            self.box(at, "panel", "border", alt)
            return
        scale = min(wide / image.width, high / image.height)
        size = (image.width * scale, image.height * scale)
        spots = (x + (wide - size[0]) / 2, y + (high - size[1]) / 2, *size)
        try:
            shape = self.slide.shapes.add_picture(io.BytesIO(image.data), *(Pt(value) for value in spots))
        except (OSError, ValueError, SyntaxError):  # Pillow cannot read what is inside
            self.box(at, "panel", "border", alt)
        else:
            self._alt(shape, alt)

    def line(self, x1: float, y1: float, x2: float, y2: float, role: Role) -> None:
        """Puts a straight line."""
        one = self.slide.shapes.add_connector(1, Pt(x1), Pt(y1), Pt(x2), Pt(y2))
        one.line.color.rgb, one.line.width = _rgb(role), Pt(0.75)
        style = one._element.find(qn("p:style"))  # it would bring the theme's shadow
        if style is not None:
            one._element.remove(style)
        self._alt(one, "")

    def notes(self, lines: Sequence[str]) -> None:
        """Sets what the speaker reads."""
        self.slide.notes_slide.notes_text_frame.text = "\n".join(lines)

    def _look(self, shape: Any, fill: Role, stroke: Role | None, alt: str) -> Any:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(fill)
        shape.shadow.inherit = False
        if stroke is None:
            shape.line.fill.background()
        else:
            shape.line.color.rgb, shape.line.width = _rgb(stroke), Pt(1)
        self._alt(shape, alt)
        return shape

    @staticmethod
    def _alt(shape: Any, alt: str) -> None:
        shape._element._nvXxPr.cNvPr.set("descr", alt)

    def _set(
        self, frame: Any, lines: Sequence[str], size: float, role: Role, *, bold: bool = False,
        align: PP_ALIGN = PP_ALIGN.LEFT,
    ) -> None:  # fmt: skip
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        told = tongue(lines[0]) if lines else None
        for number, line in enumerate(lines or [""]):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FACE
            run.font.color.rgb = _rgb(role)
            run.font._element.set("lang", "nl-NL" if (told or self.language) == "nl" else "en-GB")


def _overview(slide: _Slide, sketch: Sketch, told: _Told) -> None:
    left, right, top, bottom = EDGE + RAIL, WIDE - EDGE, 162.0, 392.0
    who = wrap(", ".join(sketch.personas), WIDE - 2 * EDGE, Style(13), most=1)
    slide.text(who, (EDGE, 62, WIDE - 2 * EDGE, 20), 13, role="muted")
    counts = [max(1, len(sketch.steps_of(id_))) for id_, _ in sketch.phases]
    wide = (right - left) / max(1, sum(counts))
    x = left
    places: dict[str, float] = {}
    for (id_, phase), count in zip(sketch.phases, counts, strict=True):
        slide.box((x + 1, 92, wide * count - 2, 32), "phase")
        fit = wrap(phase, wide * count - 10, Style(12), most=2)
        slide.text(fit, (x + 5, 94, wide * count - 8, 30), 11 if len(fit) < 2 else 9, bold=True)
        places |= {stop.id: x + wide * (spot + 0.5) for spot, stop in enumerate(sketch.steps_of(id_))}
        x += wide * count
    _axis(slide, left, right, (top, bottom))
    _curve(slide, sketch.stops, places, (top, bottom), told)
    for number, stop in enumerate(sketch.stops, start=1):
        if wide >= NAMED:
            under = wrap(stop.label, wide - 10, Style(9), most=5)
        else:
            under = (str(number),) if wide >= 14 or number % 5 == 0 else ()
        if under:
            room = max(wide - 4, 16)
            slide.text(
                under, (places[stop.id] - room / 2, bottom + 27, room, 56), 9, role="muted", align=PP_ALIGN.CENTER
            )
    slide.text(wrap(told.described, WIDE - 2 * EDGE, Style(13), most=3), (EDGE, 478, WIDE - 2 * EDGE, 52), 13)
    slide.notes([told.described, *(f"{phase}: {', '.join(stop.label for stop in sketch.steps_of(id_))}"
                              for id_, phase in sketch.phases)])  # fmt: skip


def _axis(slide: _Slide, left: float, right: float, span: tuple[float, float]) -> None:
    for value in (2, 0, -2):
        y = _y(value, span)
        slide.line(left, y, right, y, "strong" if value == 0 else "hairline")
        slide.text(
            [score(value, slide.language, 0)], (EDGE, y - 8, RAIL - 12, 16), 11, role="muted", align=PP_ALIGN.RIGHT
        )


def _curve(
    slide: _Slide, stops: Sequence[Stop], places: dict[str, float], span: tuple[float, float], told: _Told
) -> None:
    """The assumed feelings dashed and open; over them the measured ones solid, filled and with how many answers."""
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


def _point(slide: _Slide, stop: Stop, at: tuple[float, float, float], value: float, n: int) -> None:
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


def _measured(report: Report) -> dict[str, tuple[float, int]]:
    """Step or touchpoint id -> measured feeling and how many answers; what has too few answers is not there."""
    if report.results is None:
        return {}
    found: dict[str, tuple[float, int]] = {}
    owner = {touch: step.id for _, step in report.map.steps() for touch in step.touchpoints}
    for one in sorted(report.results.emotion.feelings, key=lambda one: one.feel.n):
        if one.enough and one.on_curve and one.feel.value is not None:
            found[owner.get(one.touchpoint, one.touchpoint)] = (one.feel.value, one.feel.n)
    return found


def _y(feel: float, span: tuple[float, float]) -> float:
    return span[0] + (2 - min(2.0, max(-2.0, feel))) / 4 * (span[1] - span[0])


def _phase(slide: _Slide, stops: Sequence[Stop], report: Report, told: _Told) -> None:
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
    _axis(slide, left, left + wide * len(stops), span)
    _curve(slide, stops, places, span, _Told("", told.measured))
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


def _photos(slide: _Slide, stops: Sequence[Stop], report: Report, wide: float) -> float:
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


def _rows(slide: _Slide, stops: Sequence[Stop], report: Report, wide: float, top: float) -> None:
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


def _rgb(role: Role) -> RGBColor:
    colour = int(LIGHT[role].strip("#"), 16)
    return RGBColor(colour >> 16, colour >> 8 & 255, colour & 255)  # type: ignore[no-untyped-call]
