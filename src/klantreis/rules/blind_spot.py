"""Blind spot: a part of the map where no data looks, so that nobody knows what happens there.

A phase in which no touchpoint is measured is a hole in every funnel. A single touchpoint without data only matters
where something is at stake: a moment of truth, or a place with a drawn barrier.

Options: none.

Fires: no touchpoint in Loyaliteit has a matcher or a survey; the barrier at Paskamer cannot be checked.
Does not fire: a phase with one measured touchpoint out of four; a touchpoint that is planned and not there yet;
a phase with no step and no touchpoint, which `klantreis check` names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Phase, Touchpoint
from klantreis.rules.contract import called, counted, fill, spot

name = "blind_spot"


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing to set: either there is a measurement or there is none."""


PHASE = Label(nl="In {phase} meet je niets", en="Nothing is measured in {phase}")
PHASE_DETAIL = Label(
    nl="Geen enkel contactmoment in deze fase is in de gegevens te zien. Wat hier op je kaart staat, is een aanname.",
    en="No touchpoint in this phase can be seen in the data. What your map says here is an assumption.",
)
PHASE_ADVICE = Label(
    nl="Kies één contactmoment in {phase} en bedenk hoe je het ziet: een gebeurtenis, een QR-code, een vraag of een "
    "telling.",
    en="Choose one touchpoint in {phase} and decide how to see it: an event, a QR code, a question or a count.",
)
TOUCH = Label(nl="{place} is belangrijk, maar je meet het niet", en="{place} matters, but is not measured")
TOUCH_DETAIL = Label(
    nl="Op je kaart is dit een moment van de waarheid of staat hier een barrière. Zonder gegevens weet je niet of dat "
    "klopt.",
    en="Your map calls this a moment of truth or has a barrier here. Without data you cannot know whether that is "
    "right.",
)
TOUCH_ADVICE = Label(
    nl="Geef {place} een herkenner (`match`) of een meetvraag (`survey`).",
    en="Give {place} a matcher (`match`) or a survey (`survey`).",
)
SEEN = Label(nl="gemeten contactmomenten", en="measured touchpoints")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per phase that no data tells of, and per important touchpoint that none does elsewhere."""
    del options
    seen = {touch.touchpoint for touch in results.coverage.touchpoints if touch.events}
    seen |= {feeling.touchpoint for feeling in results.emotion.feelings}
    dark = {phase.id for phase in map_.phases if _drawn(map_, phase) and not _measured(map_, phase.id, seen)}
    for phase in map_.phases:
        if phase.id in dark:
            yield _finding(map_, phase.id, (PHASE, PHASE_DETAIL, PHASE_ADVICE))
    for touch in map_.touchpoints:
        blind = touch.matcher is None and touch.survey is None and touch.id not in seen
        if blind and not touch.planned and touch.phase not in dark and _matters(map_, touch):
            yield _finding(map_, touch.id, (TOUCH, TOUCH_DETAIL, TOUCH_ADVICE))


def _drawn(map_: JourneyMap, phase: Phase) -> bool:
    return bool(phase.steps) or any(touch.phase == phase.id for touch in map_.touchpoints)


def _measured(map_: JourneyMap, phase: str, seen: set[str]) -> bool:
    return any(touch.phase == phase and touch.id in seen for touch in map_.touchpoints)


def _matters(map_: JourneyMap, touch: Touchpoint) -> bool:
    steps = [step for _, step in map_.steps() if touch.id in step.touchpoints]
    spots = {touch.id, *(step.id for step in steps)}
    return any(step.mot != "none" for step in steps) or any(barrier.at in spots for barrier in map_.barriers)


def _finding(map_: JourneyMap, id_: str, texts: tuple[Label, Label, Label]) -> Finding:
    title, detail, advice = texts
    label = called(map_, id_)
    return Finding(
        rule=name,
        level="warning",
        place=spot(map_, id_),
        title=fill(title, phase=label, place=label),
        detail=detail,
        advice=fill(advice, phase=label, place=label),
        evidence=(counted(SEEN, 0, "count"),),
    )
