"""Two versions of a map in one: the newer, and at its old place what only the older has, so that both can be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from klantreis.map.model import JourneyMap
from klantreis.map.stages import Phase, Step

_SECTIONS = ("touchpoints", "barriers", "opportunities", "kpis", "changes", "needs", "alternatives")


def united(old: JourneyMap, new: JourneyMap) -> JourneyMap:
    """Returns the newer map with what was taken away put back where it stood; feelings are those of the newer map.

    Two maps that share no phase are two stories: then the newer one is returned as it is.
    """
    if not {phase.id for phase in old.phases} & {phase.id for phase in new.phases}:
        return new
    kept = {step.id for _, step in new.steps()}
    before = {phase.id: phase for phase in old.phases}
    phases = _put_back(old.phases, new.phases, lambda gone: replace(gone, steps=(), actions=()))
    phases = tuple(_filled(phase, before.get(phase.id), kept) for phase in phases)
    sections: dict[str, Any] = {
        name: _put_back(getattr(old, name), getattr(new, name), lambda gone: gone) for name in _SECTIONS
    }
    return replace(new, phases=phases, **sections)


def _filled(phase: Phase, before: Phase | None, kept: set[str]) -> Phase:
    """A phase with the steps and actions it had; a step that now stands elsewhere is not put back."""
    if before is None:
        return phase
    gone = [step for step in before.steps if step.id not in kept]
    steps = _put_back([one for one in before.steps if one in gone or one.id in _ids(phase.steps)], phase.steps, _bare)
    actions = _put_back(before.actions, phase.actions, lambda gone: gone)
    touched = {step.id: step.touchpoints for step in before.steps}
    steps = tuple(_touching(step, touched.get(step.id, ())) for step in steps)
    return replace(phase, steps=steps, actions=actions)


def _bare(step: Step) -> Step:
    """A step that is gone says what the customer did, and no longer takes part in the curve."""
    return replace(step, feel=None, feels=(), mot="none", image=None)


def _touching(step: Step, before: Sequence[str]) -> Step:
    return replace(step, touchpoints=(*step.touchpoints, *(id_ for id_ in before if id_ not in step.touchpoints)))


def _put_back(old: Sequence[Any], new: Sequence[Any], made: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The new line with each part of the old one that is not in it, behind the part it followed."""
    line = list(new)
    for number, part in enumerate(old):
        if part.id not in _ids(line):
            before = [one.id for one in old[:number]]
            place = max((spot for spot, one in enumerate(line) if one.id in before[-1:]), default=None)
            if place is None:
                place = max((spot for spot, one in enumerate(line) if one.id in before), default=-1)
            line.insert(place + 1, made(part))
    return tuple(line)


def _ids(parts: Sequence[Any]) -> set[str]:
    return {part.id for part in parts}
