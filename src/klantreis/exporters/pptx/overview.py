"""The first slide: the whole curve over all phases, and the curve in a sentence."""

from __future__ import annotations

from pptx.enum.text import PP_ALIGN

from klantreis.exporters.pptx.curve import NAMED, axis, curve
from klantreis.exporters.pptx.slide import EDGE, RAIL, WIDE, Slide
from klantreis.exporters.pptx.told import Told
from klantreis.map.sketch import Sketch
from klantreis.scenes.text import Style, wrap


def overview(slide: Slide, sketch: Sketch, told: Told) -> None:
    """Fills the first slide; a step without room for its name has its number, and the notes name all."""
    left, right, top, bottom = EDGE + RAIL, WIDE - EDGE, 162.0, 392.0
    named = "  ·  ".join(filter(None, (", ".join(sketch.personas), told.seen_as)))
    who = wrap(named, WIDE - 2 * EDGE, Style(13), most=1)
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
    axis(slide, left, right, (top, bottom))
    curve(slide, sketch.stops, places, (top, bottom), told)
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
