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
from dataclasses import dataclass

import pptx
from pptx.util import Pt

from klantreis.exporters.contract import View, refuse_vast, scene_of
from klantreis.exporters.pptx.overview import overview
from klantreis.exporters.pptx.phase import MOST, empty, phase
from klantreis.exporters.pptx.slide import HIGH, WIDE, Slide
from klantreis.exporters.pptx.told import Told, measured_of
from klantreis.findings import Finding
from klantreis.labels import Language
from klantreis.map.losses import losses
from klantreis.map.sketch import harmless, said, sketch_of
from klantreis.report import Report

name = "pptx"
suffix = ".pptx"

STEPS = 400
"""The most steps of a map on slides: five on each, and all of them on the first."""
KEPT = frozenset({
    "personas", "opportunities", "assets", "step.think", "step.expect", "step.feel", "step.word", "step.touchpoints",
    "step.mot", "step.image", "phase.goal",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """How to make the slides; see the page above."""

    language: Language = "nl"


def export(report: Report, options: Options = Options()) -> bytes:
    """Returns the map as a presentation: one slide for the whole, at least one for each phase.

    Raises OptionError for a map of over 400 steps, which is for a table.
    """
    refuse_vast(report, STEPS)
    sketch = sketch_of(report.map, options.language)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    core = deck.core_properties
    core.title, core.author, core.language = (sketch.title or report.map.id)[:250], "Klantreis", options.language
    core.created = core.modified = report.made.replace(tzinfo=None)
    described = harmless(scene_of(report, View(language=options.language)).description)
    told = Told(described, measured_of(report), said(report.map.seen_as, options.language))
    phases = {phase.id: phase for phase in report.map.phases}
    overview(Slide(deck, sketch.title or report.map.id, options.language), sketch, told)
    for number, (id_, named) in enumerate(sketch.phases, start=1):
        own = sketch.steps_of(id_)
        if not own:
            slide = Slide(deck, f"{number}. {named}", options.language)
            slide.under(said(phases[id_].goal, options.language))
            empty(slide, phases[id_])
        groups = [own[spot : spot + MOST] for spot in range(0, len(own), MOST)]
        for part, stops in enumerate(groups, start=1):
            more = f" ({part}/{len(groups)})" if len(groups) > 1 else ""
            slide = Slide(deck, f"{number}. {named}{more}", options.language)
            slide.under(said(phases[id_].goal, options.language))
            phase(slide, stops, report, told)
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


def lost(report: Report, options: Options = Options()) -> tuple[Finding, ...]:
    """Returns what of the map is on no slide."""
    return losses(report.map, "export.pptx", KEPT, options.language)
