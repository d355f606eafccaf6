"""Any map shown in another phase model: phases become classes, classes become the phases of the other model.

A step keeps its place among the others; only the column it stands in changes. The classes are the ones of the design
(aware, orientation, consideration, decision, buying, use, service, loyalty, advocacy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from klantreis.labels import Label
from klantreis.map.contact import Touchpoint
from klantreis.map.kinds import PhaseClass
from klantreis.map.model import JourneyMap
from klantreis.map.people import Persona, PhaseNeed
from klantreis.map.stages import Phase, Step
from klantreis.map.templates import template

CLASSES: dict[PhaseClass, Label] = {
    "AW": Label("Bewust", "Aware"),
    "OR": Label("Oriëntatie", "Orientation"),
    "CO": Label("Overweging", "Consideration"),
    "DE": Label("Besluit", "Decision"),
    "BU": Label("Aankoop", "Purchase"),
    "US": Label("Gebruik", "Use"),
    "SE": Label("Service", "Service"),
    "LO": Label("Loyaliteit", "Loyalty"),
    "AD": Label("Promotie", "Advocacy"),
}
"""What each class is called, in the order of the journey."""

NEXT_BEST: dict[PhaseClass, tuple[PhaseClass, ...]] = {
    "AW": ("OR", "CO", "DE", "BU"),
    "OR": ("AW", "CO", "DE", "BU"),
    "CO": ("OR", "DE", "AW", "BU"),
    "DE": ("BU", "CO", "OR", "AW"),
    "BU": ("DE", "CO", "US", "OR"),
    "US": ("SE", "LO", "AD", "BU"),
    "SE": ("US", "LO", "AD", "BU"),
    "LO": ("AD", "US", "SE", "BU"),
    "AD": ("LO", "US", "SE", "BU"),
}
"""Where a class goes in a model that lacks it: what lies nearest without crossing the purchase, if that can be."""


def shown_as(map_: JourneyMap, model: str) -> JourneyMap:
    """Returns the map in the phases of another model ('journey-7'), every step and touchpoint in its new phase.

    A step goes by its own `classes`, else by those of its phase; one with several goes to the first phase of the model
    that has one of them. What names a phase (KPIs, alternatives, criteria, needs of personas, comments, claims,
    changes) names the new one. A phase without any class keeps a column of its own, behind the model. `seen_as` tells
    in which model, unless it is the map's own. Raises OptionError for an unknown model.
    """
    target = template(model).phases
    homes = {phase.id: _home(phase.classes, target) or phase.id for phase in map_.phases}
    steps = _placed(map_, target)
    columns = (*target, *(phase for phase in map_.phases if not phase.classes))
    whole = tuple(_filled(map_, column, homes, steps.get(column.id, ())) for column in columns)
    return _renamed(replace(map_, template=model, phases=whole, seen_as=_said(map_, model)), map_, homes)


def _said(map_: JourneyMap, model: str) -> Label:
    """In which model a map is shown and which is its own; empty when that is the same."""
    if model == map_.template:
        return Label()
    own = map_.template
    return Label(
        f"getoond in fasemodel {model}; " + (f"gemaakt in {own}" if own else "gemaakt in eigen fasen"),
        f"shown in phase model {model}; " + (f"made in {own}" if own else "made in phases of its own"),
    )


@dataclass(frozen=True, slots=True)
class ClassRow:
    """What several maps together say of one class of phases.

    `phases` are (map, phase); `feel_mean`, `feel_low` and `feel_high` are over the steps of which the feeling was said
    (`n_feel` of them), None when there are none. The counts are those of what stands at these steps and phases.
    """

    klass: PhaseClass
    label: Label
    phases: tuple[tuple[str, str], ...]
    steps: int
    n_feel: int
    feel_mean: float | None
    feel_low: float | None
    feel_high: float | None
    barriers: int
    opportunities: int
    kpis: int


def by_class(maps: Sequence[JourneyMap]) -> tuple[ClassRow, ...]:
    """Returns a row for each class that a phase of one of the maps has, in the order of the journey.

    A phase with several classes counts in each of them, its steps only in their own class when they have one. No maps:
    no rows.
    """
    rows = (_row(klass, maps) for klass in get_args(PhaseClass))
    return tuple(row for row in rows if row.phases)


def _row(klass: PhaseClass, maps: Sequence[JourneyMap]) -> ClassRow:
    held = [(map_, phase) for map_ in maps for phase in map_.phases if klass in _classes(phase)]
    steps = [(map_, step) for map_, phase in held for step in phase.steps if klass in (step.classes or phase.classes)]
    feels = [step.feel for _, step in steps if step.feel is not None]
    spots = {(map_.id, name) for map_, step in steps for name in (step.id, *step.touchpoints)}
    spots |= {(map_.id, phase.id) for map_, phase in held}
    barriers = {(map_.id, one.id) for map_ in maps for one in map_.barriers if (map_.id, one.at) in spots}
    ideas = [
        one for map_ in maps for one in map_.opportunities if any((map_.id, name) in barriers for name in one.solves)
    ]
    kpis = [one for map_ in maps for one in map_.kpis if {(map_.id, one.phase), (map_.id, one.at)} & spots]
    return ClassRow(
        klass=klass,
        label=CLASSES[klass],
        phases=tuple((map_.id, phase.id) for map_, phase in held),
        steps=len(steps),
        n_feel=len(feels),
        feel_mean=sum(feels) / len(feels) if feels else None,
        feel_low=min(feels, default=None),
        feel_high=max(feels, default=None),
        barriers=len(barriers),
        opportunities=len(ideas),
        kpis=len(kpis),
    )


def _classes(phase: Phase) -> set[PhaseClass]:
    return {*phase.classes, *(klass for step in phase.steps for klass in step.classes)}


def _home(classes: Sequence[PhaseClass], target: Sequence[Phase]) -> str | None:
    """The phase of the model that these classes belong in: the first that has one of them, else the next best."""
    for phase in target:
        if set(classes) & set(phase.classes):
            return phase.id
    for klass in classes:
        for other in NEXT_BEST[klass]:
            found = next((phase.id for phase in target if other in phase.classes), None)
            if found is not None:
                return found
    return target[0].id if classes and target else None


def _placed(map_: JourneyMap, target: Sequence[Phase]) -> dict[str, tuple[Step, ...]]:
    """The steps of each new phase, in the order they had."""
    found: dict[str, list[Step]] = {}
    for phase, step in map_.steps():
        found.setdefault(_home(step.classes or phase.classes, target) or phase.id, []).append(step)
    return {column: tuple(steps) for column, steps in found.items()}


def _filled(map_: JourneyMap, column: Phase, homes: Mapping[str, str], steps: Sequence[Step]) -> Phase:
    """A phase of the model with what the old phases that went into it hold."""
    old = [phase for phase in map_.phases if homes[phase.id] == column.id]
    spans = [phase.expected_seconds for phase in old if phase.expected_seconds is not None]
    first = old[0] if old else column
    same = len(old) == 1
    return replace(
        column,
        goal=first.goal if same and first.origin is None and first.goal else column.goal,
        problem=first.problem,
        strategy=first.strategy,
        expected_seconds=sum(spans) if spans else None,
        expected_by=first.expected_by if same else (),
        steps=tuple(steps),
        actions=tuple(action for phase in old for action in phase.actions),
        means=tuple(text for phase in old for text in phase.means),
        levers=tuple(dict.fromkeys(lever for phase in old for lever in phase.levers)),
        provenance=first.provenance if same else "assumed",
        origin=first.origin if same else "template",
        evidence=tuple(dict.fromkeys(name for phase in old for name in phase.evidence)),
    )


def _renamed(new: JourneyMap, old: JourneyMap, homes: Mapping[str, str]) -> JourneyMap:
    """The map with everything that names a phase naming the new one."""
    columns = {step.id: phase.id for phase, step in new.steps()}
    users = {name: columns[step.id] for _, step in reversed(old.steps()) for name in (*step.touchpoints, step.id)}
    return replace(
        new,
        touchpoints=tuple(replace(one, phase=_of_touch(one, users, homes, old)) for one in new.touchpoints),
        kpis=tuple(
            replace(
                one,
                phase=_moved(one.phase, homes),
                at=_moved(one.at, homes),
                start=_moved(one.start, homes),
                end=_moved(one.end, homes),
            )
            for one in new.kpis
        ),
        alternatives=tuple(replace(one, phase=_moved(one.phase, homes)) for one in new.alternatives),
        criteria=tuple(replace(one, phase=_moved(one.phase, homes)) for one in new.criteria),
        personas=tuple(replace(one, per_phase=_needs(one, homes)) for one in new.personas),
        comments=tuple(replace(one, at=homes.get(one.at, one.at)) for one in new.comments),
        claims=tuple(replace(one, at=_moved(one.at, homes)) for one in new.claims),
        changes=tuple(replace(one, at=_moved(one.at, homes)) for one in new.changes),
    )


def _of_touch(touch: Touchpoint, users: Mapping[str, str], homes: Mapping[str, str], old: JourneyMap) -> str:
    """A touchpoint goes with the step that uses it in its own phase, else with that phase."""
    step = old.step_of(touch.id)
    at_home = step is not None and any(phase.id == touch.phase and step in phase.steps for phase in old.phases)
    return users[touch.id] if at_home else homes.get(touch.phase, touch.phase)


def _needs(persona: Persona, homes: Mapping[str, str]) -> tuple[PhaseNeed, ...]:
    """What a persona needs in each new phase: the first thing said of the old phases that went into it."""
    found: dict[str, PhaseNeed] = {}
    for cell in persona.per_phase:
        home = homes.get(cell.phase, cell.phase)
        known = found.get(home, PhaseNeed(home))
        found[home] = PhaseNeed(home, known.tone or cell.tone, known.need or cell.need)
    return tuple(found.values())


def _moved(id_: str | None, homes: Mapping[str, str]) -> str | None:
    return None if id_ is None else homes.get(id_, id_)
