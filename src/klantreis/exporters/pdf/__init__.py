"""pdf: a map on paper, vector and tagged, on one A3 or on pages to lay side by side.

Why: to print, to archive and to send to who wants no web page. It is drawn from the same picture as the SVG: lines stay
lines, fonts are inside, text is text that can be searched, copied and read aloud in reading order. It is written under
PDF/UA-1, the standard for documents that everybody can read: title, language, headings, and an alternative text for
what is only a drawing; the writer refuses to make a file that breaks it.

Options: `paper` A3 (landscape, the whole map on one page; default of a map) or A4. On A4, and when a map is so rich
that its text would come under 6.2 points on one A3, there is first a page with the map as a whole, for whom, and what
to look at, then pages cut on the borders of phases (of a long phase: between steps) and between rows, each with the
names of its rows, phases and steps and 'n van m'. A view without steps stands on one page, by itself on the smallest
paper on which it can be read; `language` nl (default) or en; `theme` light (default), dark or print (grey only);
`view`, `width`, `persona`, `only`, `owner`, `ours` and `scope` as in svg. A sign for which no font is found stands as
□.

Needs: `pip install 'klantreis[pdf]'`. Example: `klantreis export --to pdf --paper A4`. It does not fit for changing
the map in slides: take pptx.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

import typst

from klantreis.errors import KlantreisError
from klantreis.exporters.contract import MOST, View, focus_of, foreign, refuse_vast, scene_of, steps_of
from klantreis.exporters.pdf.pages import A3, A4, Cover, one_page, readable, scale_on, tiled
from klantreis.exporters.pdf.sheets import Plan, Size, filling, plan_of
from klantreis.exporters.pdf.signs import spared, undrawn
from klantreis.exporters.pdf.source import Look, document, known_signs
from klantreis.findings import Finding
from klantreis.labels import Label, plain
from klantreis.report import Report
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Scene, Words, walk
from klantreis.scenes.text import FONTS, clean
from klantreis.scenes.themes import ThemeName

name = "pdf"
suffix = ".pdf"
Paper = Literal["A3", "A4"]
SHEETS: Mapping[Paper, Size] = {"A3": A3, "A4": A4}
WHOLE: Mapping[str, Literal["even", "time"]] = {"map": "even", "time": "time"}
"""Views that are set for the paper they stand on, and how wide their columns are."""
ROOMY = 1900.0
"""Pixels that fill the width of an A3 when the smallest words are just readable."""
MANY = 8
"""Sheets; a map that takes more has been set as wide as it must be, and drawing it again takes long."""
NEAR = 0.955
"""Of the least size of words on one sheet: 6.2 points is better whole than 6.5 in pieces."""
BARE = 0.9
"""Of the least size of words: a map that comes this near is tried without the cards of its personas."""

MISSING = Label(
    "Geen lettertype op deze machine heeft deze tekens, dus staan ze als □ ({n}): {some}",
    "No font on this machine has these signs, so they stand as □ ({n}): {some}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(View):
    """How to print; see the page above."""

    paper: Paper | None = None
    theme: ThemeName = "light"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the report's map as a PDF file under PDF/UA-1.

    Raises KlantreisError with what the PDF writer said, when it refuses the document.
    """
    refuse_vast(report)
    bare = replace(report, images={})
    attempts: tuple[Callable[[], str], ...] = (
        partial(_document, report, options, None),
        *([partial(_document, bare, options, None)] if report.images else []),  # an image that is broken inside
        lambda: spared(partial(_document, bare, options)),
        partial(_document, bare, options, known_signs()),
    )
    return _written(attempts, report.made, report.map.file or report.map.id)


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns which signs stand as □, because no font of this machine has them; () when all are drawn."""
    if steps_of(report) > MOST:
        return ()
    texts = (one.lines for one in walk(scene_of(report, options).elements) if isinstance(one, Words))
    missing = undrawn({sign for lines in texts for line in lines for sign in clean(line)})
    return (foreign("export.pdf", report.map.id, MISSING, missing),) if missing else ()


def shown(scene: Scene, options: Options, made: datetime) -> bytes:
    """Returns any scene on one page as a PDF file under PDF/UA-1; the errors are those of `export`."""
    draw = partial(_one, scene, options, made)
    return _written([partial(draw, None), lambda: spared(draw), partial(draw, known_signs())], made, scene.name)


def _written(attempts: Sequence[Callable[[], str]], made: datetime, where: str) -> bytes:
    """The first document that the writer takes: PDF/UA refuses a sign for which this machine has no font."""
    for attempt in attempts:
        try:
            return _compiled(attempt(), made)
        except typst.TypstError as error:
            refused = error
    raise KlantreisError(
        Label(f"De PDF kan niet geschreven worden: {refused.message}", f"The PDF cannot be written: {refused.message}"),
        where=where,
        mend=_hints(refused),
    ) from refused


def _document(report: Report, options: Options, signs: frozenset[str] | None) -> str:
    if options.view not in WHOLE:
        scene = scene_of(report, options)
        if scene.breaks and scene.height / scene.width > A3[1] / A3[0]:  # wider it is less high, and its words larger
            wider = scene.width * (scene.height / scene.width * A3[0] / A3[1]) ** 0.5
            scene = max(scene, scene_of(report, replace(options, width=wider)), key=lambda one: scale_on(one, A3))
        if not scene.breaks or readable(scene, SHEETS[options.paper or "A3"], NEAR):
            return _one(scene, options, report.made, signs)
        look = _look(scene, options, report.made, signs)
        return document(tiled(scene, plan_of(scene, _papers(options)), look, Cover(report, scene)), look)
    draw = partial(
        journey_scene, report.map, report.results, report.findings, language=options.language, persona=options.persona,
        made=report.made, time_zone=report.time_zone, currency=report.currency, images=report.images,
        focus=focus_of(report, options), around=report.beside, votes=report.votes,
        columns=WHOLE[options.view],
    )  # fmt: skip
    scene = draw(width=options.width, density="whole")
    look = _look(scene, options, report.made, signs)
    if options.paper != "A4":
        nearly = not readable(scene, A3) and readable(scene, A3, BARE)
        page = draw(width=options.width, density="bare") if nearly else scene
        if readable(page, A3, NEAR):
            return document([one_page(page, look, A3)], look)
    cut, plan = _cut(draw, _papers(options), ROOMY if options.paper != "A4" else options.width)
    return document(tiled(cut, plan, look, Cover(report, scene)), look)


def _cut(draw: Callable[..., Scene], papers: Sequence[Size], width: float) -> tuple[Scene, Plan]:
    """The map as it is cut over sheets: wide enough to fill them, when that takes no sheet more."""
    scene = draw(width=width)
    plan = plan_of(scene, papers)
    wider = filling(scene, plan)
    if wider > scene.width * 1.05 and plan.sheets <= MANY:
        filled = draw(width=wider)
        other = plan_of(filled, papers)
        if (other.sheets, -other.scale) <= (plan.sheets, -plan.scale * 0.97):
            scene, plan = filled, other
    cuts = frozenset(number for number, x in enumerate(scene.stops) for tile in plan.tiles[1:] if x == tile.start)
    scene = draw(width=scene.width, cuts=cuts)
    return scene, plan_of(scene, papers)


def _one(scene: Scene, options: Options, made: datetime, signs: frozenset[str] | None) -> str:
    """Any scene on one page: of the paper that is asked for, else of the smallest on which it can be read."""
    look = _look(scene, options, made, signs)
    best = next((size for size in (A4, A4[::-1]) if readable(scene, size)), A3)
    paper = SHEETS[options.paper] if options.paper else A3 if scene.breaks else best
    sizes = (paper, paper[::-1])
    return document([one_page(scene, look, max(sizes, key=lambda size: scale_on(scene, size)))], look)


def _look(scene: Scene, options: Options, made: datetime, signs: frozenset[str] | None) -> Look:
    return Look(options.theme, options.language, scene.title, made, signs)


def _papers(options: Options) -> tuple[Size, ...]:
    return (A4, A4[::-1]) if options.paper == "A4" else (A3,)


def _compiled(source: str, made: datetime) -> bytes:
    fonts = typst.Fonts(font_paths=[str(FONTS)])
    written = typst.Compiler(source.encode(), font_paths=fonts).compile(
        format="pdf", pdf_standards="ua-1", timestamp=int(made.timestamp())
    )
    assert isinstance(written, bytes)
    return written


def _hints(error: typst.TypstError) -> Label:
    other = Label(
        "Neem svg of png, en vertel de makers van Klantreis wat er gebeurde.",
        "Take svg or png instead, and tell the makers of Klantreis what happened.",
    )
    return plain(" ".join(error.hints)) or other
