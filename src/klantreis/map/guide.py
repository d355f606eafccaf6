"""The nine steps from an empty map to one that is acted on: which are done, what is missing, and what to ask next.

The steps are those of a well-known glossary of local marketing; they are only a guide over the one document, so that
whatever is written by hand, imported or drawn counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from klantreis.labels import Label
from klantreis.map.aims import without_target
from klantreis.map.grounds import only_assumed
from klantreis.map.model import JourneyMap
from klantreis.map.path import touchpoints as met_on
from klantreis.map.score import ranked
from klantreis.map.stages import Phase


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: at which id (None: the map), and what."""

    id: str | None
    text: Label


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One of the nine steps on one map; it is done when nothing is missing."""

    number: int
    key: str
    label: Label
    why: Label
    missing: tuple[Gap, ...]

    @property
    def done(self) -> bool:
        """Says whether nothing is missing."""
        return not self.missing


def guide(map_: JourneyMap) -> tuple[GuideStep, ...]:
    """Returns the nine steps in order, each with what this map still misses for it."""
    return tuple(
        GuideStep(number, key, label, why, tuple(look(map_)))
        for number, (key, label, why, look) in enumerate(STEPS, start=1)
    )


def next_step(map_: JourneyMap) -> GuideStep | None:
    """Returns the first step that is not done; None when all nine are."""
    return next((step for step in guide(map_) if not step.done), None)


def _personas(map_: JourneyMap) -> Iterator[Gap]:
    if not map_.personas:
        yield Gap(None, Label("Er is nog geen persona", "There is no persona yet"))
    for persona in map_.personas:
        if persona.segment is None:
            yield Gap(
                persona.id,
                Label(f"'{persona.id}' hoort bij geen segment", f"'{persona.id}' belongs to no segment"),
            )


def _needs(map_: JourneyMap) -> Iterator[Gap]:
    asked = {need.at for need in map_.needs}
    if not map_.personas:
        yield Gap(None, Label("Zonder persona geen doelen", "Without a persona there are no goals"))
    for persona in map_.personas:
        if not persona.goal:
            yield Gap(persona.id, Label(f"Wat wil '{persona.id}' bereiken?", f"What does '{persona.id}' want?"))
        if not (persona.needs or persona.per_phase or asked):
            yield Gap(persona.id, Label(f"Wat heeft '{persona.id}' nodig?", f"What does '{persona.id}' need?"))


def _contacts(map_: JourneyMap) -> Iterator[Gap]:
    held = {touch.phase for touch in map_.touchpoints}
    for phase in map_.phases:
        if phase.id not in held:
            yield _at(phase, "heeft geen contactmoment", "has no touchpoint")


def _research(map_: JourneyMap) -> Iterator[Gap]:
    if not map_.evidence:
        yield Gap(None, Label("Er is nog geen bewijs", "There is no evidence yet"))
    for phase in map_.phases:
        if only_assumed(map_, phase):
            yield _at(phase, "is alleen aanname", "is only assumed")


def _feelings(map_: JourneyMap) -> Iterator[Gap]:
    barred = {barrier.at for barrier in map_.barriers}
    for phase in map_.phases:
        felt = any(step.feel is not None or step.feels for step in phase.steps)
        spots = {*(step.id for step in phase.steps), *_touches(map_, phase.id)}
        if not felt and not spots & barred:
            yield _at(phase, "heeft gevoel noch barrière", "has neither feeling nor barrier")


def _scenarios(map_: JourneyMap) -> Iterator[Gap]:
    kinds = {scenario.kind for scenario in map_.scenarios}
    if "ideal" not in kinds:
        yield Gap(None, Label("Er is geen ideaal scenario", "There is no ideal scenario"))
    if "realistic" not in kinds:
        yield Gap(
            None, Label("Er is geen scenario van hoe het echt gaat", "There is no scenario of how it really goes")
        )
    for scenario in map_.scenarios:
        met = set(met_on(scenario.path))
        steps = [step for _, step in map_.steps() if met.intersection((step.id, *step.touchpoints))]
        if not any(step.think for step in steps) or not any(step.expect for step in steps):
            yield Gap(
                scenario.id,
                Label(
                    f"Op '{scenario.id}' staat nergens wat de klant denkt en verwacht",
                    f"Nothing on '{scenario.id}' says what the customer thinks and expects",
                ),
            )


def _picture(map_: JourneyMap) -> Iterator[Gap]:
    felt = [step for _, step in map_.steps() if step.feel is not None]
    if len(felt) < 2:
        yield Gap(
            None,
            Label("Voor een curve zijn twee stappen met een gevoel nodig", "A curve needs two steps with a feeling"),
        )
    for phase in map_.phases:
        if not phase.steps and not _touches(map_, phase.id):
            yield _at(phase, "is leeg", "is empty")


def _opportunities(map_: JourneyMap) -> Iterator[Gap]:
    solved = {name for idea in map_.opportunities for name in idea.solves}
    if not any(one.value is not None for one in ranked(map_)):
        yield Gap(
            None,
            Label(
                "Er is geen kans met impact, moeite en zekerheid", "No opportunity has impact, effort and confidence"
            ),
        )
    for barrier in map_.barriers:
        if barrier.severity == "abandon" and barrier.id not in solved:
            yield Gap(barrier.id, Label(f"Niets lost '{barrier.id}' op", f"Nothing solves '{barrier.id}'"))


def _changes(map_: JourneyMap) -> Iterator[Gap]:
    if not any(kpi.target for kpi in map_.kpis):
        yield Gap(None, Label("Er is geen KPI met een doel", "There is no KPI with a target"))
    elif without := without_target(map_):
        yield from (_at(phase, "heeft geen KPI met een doel", "has no KPI with a target") for phase in without)
    if not map_.changes:
        yield Gap(None, Label("Er is nog niets veranderd of gepland", "Nothing has been changed or planned yet"))
    for change in map_.changes:
        if not change.metric:
            yield Gap(
                change.id,
                Label(f"Waaraan meet je '{change.id}'?", f"What is '{change.id}' measured by?"),
            )


def _touches(map_: JourneyMap, phase: str) -> set[str]:
    return {touch.id for touch in map_.touchpoints if touch.phase == phase}


def _at(phase: Phase, nl: str, en: str) -> Gap:
    names = (phase.label.text("nl") or phase.id, phase.label.text("en") or phase.id)
    return Gap(phase.id, Label(f"De fase '{names[0]}' {nl}", f"The phase '{names[1]}' {en}"))


Look = Callable[[JourneyMap], Iterator[Gap]]

STEPS: tuple[tuple[str, Label, Label, Look], ...] = (
    (
        "personas",
        Label("Persona's per segment", "Personas by segment"),
        Label("Van wie is deze reis?", "Whose journey is this?"),
        _personas,
    ),
    (
        "needs",
        Label("Doelen en behoeften", "Goals and needs"),
        Label("Wat willen zij, en wat hebben ze daarvoor nodig?", "What do they want, and what do they need for it?"),
        _needs,
    ),
    (
        "touchpoints",
        Label("Alle contactmomenten", "All touchpoints"),
        Label("Waar komen ze ons tegen?", "Where do they meet us?"),
        _contacts,
    ),
    (
        "research",
        Label("De route onderzocht", "The route researched"),
        Label("Wat weten we echt, en waarvan?", "What do we really know, and from what?"),
        _research,
    ),
    (
        "feelings",
        Label("Gevoel en barrières per fase", "Feelings and barriers by phase"),
        Label("Waar gaat het goed, waar knelt het?", "Where does it go well, where does it hurt?"),
        _feelings,
    ),
    (
        "scenarios",
        Label("Scenario's: doet, denkt, verwacht", "Scenarios: do, think, expect"),
        Label("Hoe hoort het te gaan, en hoe gaat het?", "How should it go, and how does it go?"),
        _scenarios,
    ),
    (
        "picture",
        Label("In beeld gebracht", "Drawn"),
        Label("Kan iedereen de reis in één keer zien?", "Can everybody see the journey at a glance?"),
        _picture,
    ),
    (
        "opportunities",
        Label("Kansen op volgorde", "Opportunities in order"),
        Label("Wat lossen we het eerst op?", "What do we solve first?"),
        _opportunities,
    ),
    (
        "changes",
        Label("Veranderd en gevolgd", "Changed and followed"),
        Label("Wat veranderen we, en helpt het?", "What do we change, and does it help?"),
        _changes,
    ),
)
"""The nine steps: key, name, the question behind it, and what looks for gaps."""
