"""pdf: a map on paper, vector and tagged, on one A3 or on A4 pages to lay side by side.

Why: to print, to archive and to send to who wants no web page. It is drawn from the same picture as the SVG: lines stay
lines, fonts are inside, text is text that can be searched, copied and read aloud in reading order. It is written under
PDF/UA-1, the standard for documents that everybody can read: title, language, headings, and an alternative text for
what is only a drawing; the writer refuses to make a file that breaks it.

Options: `paper` A3 (default: landscape, the whole map on one page) or A4: first a page with the map as a whole and
what to look at, then pages cut on the borders of phases, each with the names of the rows and 'n van m'; `language` nl
(default) or en; `theme` light (default), dark or print (grey only); `width` and `persona` as in svg. A sign for which
no font is found stands as □.

Needs: `pip install 'klantreis[pdf]'`. Example: `klantreis export --to pdf --paper A4`. It does not fit for changing
the map in slides: take pptx.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import typst

from klantreis.errors import KlantreisError
from klantreis.exporters.pdf.pages import one_page, tiled
from klantreis.exporters.pdf.source import Look, document, known_signs
from klantreis.exporters.svg import scene_of
from klantreis.labels import Language
from klantreis.report import Report
from klantreis.scenes.text import FONTS
from klantreis.scenes.themes import ThemeName

name = "pdf"
suffix = ".pdf"
Paper = Literal["A3", "A4"]


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
        f"The PDF cannot be written: {refused.message}", where=report.map.file or report.map.id, mend=_hints(refused)
    ) from refused


def _document(report: Report, options: Options, signs: frozenset[str] | None) -> str:
    scene = scene_of(report, language=options.language, width=options.width, persona=options.persona)
    look = Look(options.theme, options.language, scene.title, report.made, signs)
    pages = one_page(scene, look) if options.paper == "A3" else tiled(scene, look, report)
    return document(pages, look)


def _compiled(source: str, report: Report) -> bytes:
    fonts = typst.Fonts(font_paths=[str(FONTS)])
    made = typst.Compiler(source.encode(), font_paths=fonts).compile(
        format="pdf", pdf_standards="ua-1", timestamp=int(report.made.timestamp())
    )
    assert isinstance(made, bytes)
    return made


def _hints(error: typst.TypstError) -> str:
    return " ".join(error.hints) or "Take svg or png instead, and tell the makers of Klantreis what happened."
