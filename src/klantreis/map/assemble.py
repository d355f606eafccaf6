"""Puts steps and touchpoints together: each touchpoint gets a phase, each step its touchpoints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from klantreis.map.model import JourneyRule, Phase, Scenario, Step, Survey, Touchpoint
from klantreis.map.path import touchpoints as met_on
from klantreis.map.read_phases import PhaseRead, StepRead
from klantreis.map.read_touchpoints import Placed


@dataclass(frozen=True, slots=True)
class Uses:
    """What else on the map speaks of touchpoints, and so makes a touchpoint of a step that is none yet."""

    scenarios: tuple[Scenario, ...] = ()
    surveys: tuple[Survey, ...] = ()
    journey: JourneyRule = field(default_factory=JourneyRule)

    def names(self) -> set[str]:
        """Returns every id that is used as a touchpoint."""
        about = {name for survey in self.surveys for name in survey.about}
        return {*about, *self.journey.start, *self.journey.end, *self.journey.goal, *self.on_paths()}

    def on_paths(self) -> tuple[str, ...]:
        """Returns the touchpoints of all paths, those of ideal scenarios first."""
        ordered = sorted(self.scenarios, key=lambda scenario: scenario.kind != "ideal")
        return tuple(name for scenario in ordered for name in met_on(scenario.path))


def assembled(
    phases: Sequence[PhaseRead], written: Iterable[Placed], uses: Uses
) -> tuple[tuple[Phase, ...], tuple[Touchpoint, ...]]:
    """Returns the phases with their steps, and all touchpoints in the order of the file, each with its phase."""
    placed = [*written, *(read.own for phase in phases for read in phase.steps if read.own)]
    known = {place.touchpoint.id for place in placed}
    made = [
        Placed(_from_step(read.step), read.spot)
        for phase in phases
        for read in phase.steps
        if read.step.id in uses.names() - known
    ]
    ordered = sorted([*placed, *made], key=lambda place: (place.spot.line, place.spot.column))
    known |= {place.touchpoint.id for place in made}
    whole = tuple(replace(phase.phase, steps=tuple(_with_own(read, known) for read in phase.steps)) for phase in phases)
    homes = _homes(whole, ordered)
    touchpoints = (_in_phase(place.touchpoint, whole, homes, uses) for place in ordered)
    return whole, tuple(_surveyed(touchpoint, whole) for touchpoint in touchpoints)


def _from_step(step: Step) -> Touchpoint:
    return Touchpoint(step.id, step.label, "", delight=step.delight, provenance=step.provenance)


def _with_own(read: StepRead, known: set[str]) -> Step:
    own = (read.step.id,) if read.step.id in known else ()
    return replace(read.step, touchpoints=tuple(dict.fromkeys([*own, *read.step.touchpoints])))


def _homes(phases: Sequence[Phase], placed: Sequence[Placed]) -> dict[str, str]:
    """The phase of each touchpoint that says one, or that a step uses."""
    said = {place.touchpoint.id: place.touchpoint.phase for place in placed if place.touchpoint.phase}
    used: dict[str, str] = {}
    for phase in phases:
        for step in phase.steps:
            for name in step.touchpoints:
                used.setdefault(name, phase.id)
    return {**used, **said}


def _in_phase(touchpoint: Touchpoint, phases: Sequence[Phase], homes: dict[str, str], uses: Uses) -> Touchpoint:
    """A touchpoint without a phase gets that of the nearest one before it on a path, else the first phase."""
    if touchpoint.id in homes:
        return replace(touchpoint, phase=homes[touchpoint.id])
    first = phases[0].id if phases else ""
    for scenario in sorted(uses.scenarios, key=lambda scenario: scenario.kind != "ideal"):
        names = met_on(scenario.path)
        if touchpoint.id in names:
            before = names[: names.index(touchpoint.id)]
            return replace(touchpoint, phase=next((homes[name] for name in reversed(before) if name in homes), first))
    return replace(touchpoint, phase=first)


def _surveyed(touchpoint: Touchpoint, phases: Sequence[Phase]) -> Touchpoint:
    """A survey on a step is a survey on its touchpoint of the same id."""
    steps = (step for phase in phases for step in phase.steps if step.id == touchpoint.id and step.survey)
    step = next(steps, None)
    return touchpoint if step is None or touchpoint.survey else replace(touchpoint, survey=step.survey)
