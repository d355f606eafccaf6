"""pdf: a map on paper, vector and tagged, on one A3 or on pages to lay side by side.

Why: to print, to archive and to send to who wants no web page. It is drawn from the same picture as the SVG: lines stay
lines, fonts are inside, text is text that can be searched, copied and read aloud in reading order. It is written under
PDF/UA-1, the standard for documents that everybody can read: title, language, headings, and an alternative text for
what is only a drawing; the writer refuses to make a file that breaks it.

Options: `paper` A3 (default: landscape, the whole map on one page) or A4. On A4, and when a map is so rich that its
text would come under 6.5 points on one A3, there is first a page with the map as a whole and what to look at,
then pages cut on the borders of phases (of a long phase: between steps) and between rows, each with the names of its
rows, phases and steps and 'n van m'; `language` nl
(default) or en; `theme` light (default), dark or print (grey only); `width` and `persona` as in svg. A sign for which
no font is found stands as □.

Needs: `pip install 'klantreis[pdf]'`. Example: `klantreis export --to pdf --paper A4`. It does not fit for changing
the map in slides: take pptx.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import typst

from klantreis.errors import KlantreisError
from klantreis.exporters.pdf.pages import A3, A4, one_page, readable, tiled
from klantreis.exporters.pdf.sheets import plan_of
from klantreis.exporters.pdf.source import Look, document, known_signs
from klantreis.labels import Label, Language
from klantreis.report import Report
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.text import FONTS
from klantreis.scenes.themes import ThemeName

name = "pdf"
suffix = ".pdf"
Paper = Literal["A3", "A4"]
ROOMY = 1900.0
"""Pixels that fill the width of an A3 when the smallest words are just readable."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to print; see the page above."""

    paper: Paper = "A3"
    language: Language = "nl"
    theme: ThemeName = "light"
    width: float = 1680
    persona: str | None = None


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report's map as a PDF file under PDF/UA-1.

    Raises KlantreisError with what the PDF writer said, when it refuses the document.
    """
    bare = replace(report, images={})
    attempts = (
        (report, None),
        *([(bare, None)] if report.images else []),  # an image that is broken inside
        (bare, known_signs()),  # a sign for which this machine has no font: PDF/UA refuses what cannot be shown
    )
    for known, signs in attempts:
        try:
            return _compiled(_document(known, options, signs), report)
        except typst.TypstError as error:
            refused = error
    raise KlantreisError(
        Label(f"De PDF kan niet geschreven worden: {refused.message}", f"The PDF cannot be written: {refused.message}"),
        where=report.map.file or report.map.id,
        mend=_hints(refused),
    ) from refused


def _document(report: Report, options: Options, signs: frozenset[str] | None) -> str:
    draw = partial(
        journey_scene, report.map, report.results, report.findings, language=options.language, persona=options.persona,
        made=report.made, time_zone=report.time_zone, currency=report.currency, images=report.images,
    )  # fmt: skip
    scene = draw(width=options.width, density="whole")
    look = Look(options.theme, options.language, scene.title, report.made, signs)
    if options.paper == "A3" and readable(scene):
        return document(one_page(scene, look), look)
    papers = (A3,) if options.paper == "A3" else (A4, A4[::-1])
    scene = draw(width=ROOMY if options.paper == "A3" else options.width)
    plan = plan_of(scene, papers)
    cuts = frozenset(number for number, x in enumerate(scene.stops) for tile in plan.tiles[1:] if x == tile.start)
    scene = draw(width=scene.width, cuts=cuts)
    return document(tiled(scene, plan_of(scene, papers), look, report), look)


def _compiled(source: str, report: Report) -> bytes:
    fonts = typst.Fonts(font_paths=[str(FONTS)])
    made = typst.Compiler(source.encode(), font_paths=fonts).compile(
        format="pdf", pdf_standards="ua-1", timestamp=int(report.made.timestamp())
    )
    assert isinstance(made, bytes)
    return made


def _hints(error: typst.TypstError) -> str:
    return " ".join(error.hints) or "Take svg or png instead, and tell the makers of Klantreis what happened."
