"""One slide that is being filled: shapes and texts of PowerPoint, each drawing with an alternative text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from klantreis.labels import Language, tongue
from klantreis.map.images import Image
from klantreis.scenes.model import Role
from klantreis.scenes.smooth import sampled, smooth
from klantreis.scenes.text import Style, wrap
from klantreis.scenes.themes import LIGHT

WIDE, HIGH, EDGE, RAIL = 960.0, 540.0, 34.0, 92.0
"""Points: a slide of 13.33 × 7.5 inch, its edge, and the room for the names of rows."""
FACE = "Arial"
SPOTS = 600
"""About how many spots a curve is made of: what makes it is slow beyond that, and nobody sees more."""
HELD = {"image/png", "image/jpeg"}
"""Kinds of images that PowerPoint reads."""


class Slide:
    """One slide that is being filled: shapes in reading order, each with an alternative text where it draws."""

    def __init__(self, deck: Any, title: str, language: Language) -> None:
        self.slide = deck.slides.add_slide(deck.slide_layouts[5])
        self.language: Language = language
        head = self.slide.shapes.title
        head.left, head.top, head.width, head.height = Pt(EDGE), Pt(20), Pt(WIDE - 2 * EDGE), Pt(44)
        self._set(head.text_frame, [title[:160]], 26, "ink", bold=True)

    def under(self, text: str) -> None:
        """Puts one line under the title; nothing for ''."""
        if text:
            self.text(wrap(text, WIDE - 2 * EDGE, Style(14), most=1), (EDGE, 58, WIDE - 2 * EDGE, 18), 13, role="muted")

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
        spots = sampled(smooth(points), max(1, min(6, SPOTS // len(points))))
        form = self.slide.shapes.build_freeform(Pt(spots[0][0]), Pt(spots[0][1]), scale=1.0)
        form.add_line_segments([(Pt(x), Pt(y)) for x, y in spots[1:]], close=False)
        shape = form.convert_to_shape()
        shape.fill.background()
        _own(shape)
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
        _own(one)
        self._alt(one, "")

    def notes(self, lines: Sequence[str]) -> None:
        """Sets what the speaker reads."""
        self.slide.notes_slide.notes_text_frame.text = "\n".join(lines)

    def _look(self, shape: Any, fill: Role, stroke: Role | None, alt: str) -> Any:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(fill)
        _own(shape)
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


def _own(shape: Any) -> None:
    """Leaves a shape only what we set: the theme would bring a shadow, which LibreOffice draws whatever we say."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _rgb(role: Role) -> RGBColor:
    colour = int(LIGHT[role].strip("#"), 16)
    return RGBColor(colour >> 16, colour >> 8 & 255, colour & 255)  # type: ignore[no-untyped-call]
