"""A part of a map to look at: the work of one team, or only where we have influence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from klantreis.errors import OptionError, did_you_mean
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.about import Lane
from klantreis.map.influence import beyond_us
from klantreis.map.model import JourneyMap
from klantreis.map.scope import SAID, Stretch, kept_phases


@dataclass(frozen=True, slots=True)
class Focus:
    """What is shown of a map: the work of one `owner` (None: of everybody), and with `ours` no step beyond us.

    `scope`: one stretch of it (`to_purchase`, `from_purchase`); the phases outside it are left out.
    """

    owner: str | None = None
    ours: bool = False
    scope: Stretch = "whole"

    def of(self, map_: JourneyMap) -> JourneyMap:
        """Returns the map with only what is shown, in its order; phases stay, but those outside the scope.

        Raises OptionError for a scope on a map without a purchase.
        """
        part = within(map_, self.scope) if self.scope != "whole" else map_
        seen = work_of(part, self.owner) if self.owner is not None else part
        return within_reach(seen) if self.ours else seen

    def findings(self, map_: JourneyMap, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Returns the findings about what is shown on the map this focus gave; all of them without a focus."""
        if self == WHOLE:
            return found
        shown: set[str | None] = set()
        shown |= {touch.id for touch in map_.touchpoints} | {barrier.id for barrier in map_.barriers}
        shown |= {idea.id for idea in map_.opportunities} | {change.id for change in map_.changes}
        shown |= {kpi.id for kpi in map_.kpis}
        full = self.owner is None and not self.ours
        shown |= {step.id for _, step in map_.steps()} | {phase.id for phase in map_.phases if full or phase.steps}
        shown |= {None} if full else set()  # what is found of the map as a whole
        return tuple(one for one in found if one.place.id in shown)

    def said(self, map_: JourneyMap) -> tuple[Label, ...]:
        """Returns what is shown of this whole map, and what is not and why, each in one line."""
        lines = [SAID[self.scope]] if self.scope in SAID else []
        if self.owner is not None:
            name = name_of(map_, self.owner)
            lines.append(Label(f"alleen het werk van {name.text('nl')}", f"only the work of {name.text('en')}"))
        if self.ours:
            lines.append(_beyond(map_))
        return tuple(lines)

    def empty(self, map_: JourneyMap) -> Label:
        """Returns what a phase says of which nothing is shown; an empty label without a focus."""
        if self.owner is not None:
            name = name_of(map_, self.owner)
            return Label(f"Geen stap van {name.text('nl')}", f"No step of {name.text('en')}")
        return Label("Niet van ons", "Not ours") if self.ours else Label()


WHOLE = Focus()
"""All of a map."""


def owners(map_: JourneyMap) -> tuple[str, ...]:
    """Returns everybody who owns work on a map (steps, actions, KPIs, opportunities, counting), first met first."""
    named = [step.owner for _, step in map_.steps()]
    named += [action.owner for phase in map_.phases for action in phase.actions]
    named += [kpi.owner for kpi in map_.kpis] + [idea.owner for idea in map_.opportunities]
    named += [touch.plan.owner for touch in map_.touchpoints if touch.plan]
    return tuple(dict.fromkeys(owner for owner in named if owner))


def owner_called(map_: JourneyMap, word: str) -> str:
    """Returns the owner of this id or name, in any case; raises OptionError with the nearest one."""
    known = owners(map_)
    for owner in known:
        label = name_of(map_, owner)
        if word.casefold() in {owner.casefold(), label.text("nl").casefold(), label.text("en").casefold()}:
            return owner
    nobody = Label("Zet owner: bij stappen of acties.", "Add owner: to steps or actions.")
    raise OptionError(
        Label(
            f"Niemand die {word!r} heet, is eigenaar van werk op de kaart {map_.id}.",
            f"Nobody called {word!r} owns work on the map {map_.id}.",
        ),
        mend=did_you_mean(word, known) or nobody,
    )


def name_of(map_: JourneyMap, owner: str) -> Label:
    """Returns what an owner is called: the label of the actor, else the id as it stands."""
    return next((one.label for one in map_.actors if one.id == owner and one.label), Label(owner, owner))


def work_of(map_: JourneyMap, owner: str) -> JourneyMap:
    """Returns the map with only what one owner works on: their steps, actions, KPIs, opportunities and changes.

    A step counts as theirs when they own it, count a touchpoint of it, have a KPI there, or have an opportunity for a
    barrier there; and so do steps nobody owns in a phase where they have an action, or a KPI of the phase as a whole.
    Other opportunities, actions and KPIs are left out; barriers and needs at their steps stay.
    """
    kpis = tuple(kpi for kpi in map_.kpis if kpi.owner == owner)
    ideas = tuple(idea for idea in map_.opportunities if idea.owner == owner)
    solved = {name for idea in ideas for name in idea.solves}
    spots = {barrier.at for barrier in map_.barriers if barrier.id in solved}
    spots |= {place for kpi in kpis for place in (kpi.at, kpi.start, kpi.end) if place}
    spots |= {touch.id for touch in map_.touchpoints if touch.plan and touch.plan.owner == owner}
    spots |= {step.id for _, step in map_.steps() if step.owner == owner}
    busy = {phase.id for phase in map_.phases if any(one.owner == owner for one in phase.actions)}
    busy |= {kpi.phase for kpi in kpis if kpi.phase and not (kpi.at or kpi.start or kpi.end)}
    kept = {
        step.id
        for phase, step in map_.steps()
        if spots.intersection((step.id, *step.touchpoints)) or (phase.id in busy and not step.owner)
    }
    homes = {touch.id: touch.phase for touch in map_.touchpoints}
    seen = _only(map_, kept, lambda touch: touch in spots or homes[touch] in busy)
    phases = tuple(
        replace(phase, actions=tuple(one for one in phase.actions if one.owner == owner)) for phase in seen.phases
    )
    known = {idea.id for idea in ideas}
    changes = tuple(one for one in seen.changes if {one.id, one.tests} & known or one.at in spots)
    lanes = tuple(lane for lane in seen.lanes if lane.actor in {None, owner})
    return replace(seen, phases=phases, kpis=kpis, opportunities=ideas, changes=changes, lanes=lanes)


def within(map_: JourneyMap, stretch: Stretch) -> JourneyMap:
    """Returns the map with only the phases of a stretch, and what stands in them."""
    kept = kept_phases(map_, stretch)
    homes = {touch.id: touch.phase for touch in map_.touchpoints}
    steps = {step.id for phase, step in map_.steps() if phase.id in kept}
    seen = _only(map_, steps, lambda touch: homes[touch] in kept)
    out = {phase.id for phase in map_.phases} - kept
    return replace(
        seen,
        phases=tuple(phase for phase in seen.phases if phase.id in kept),
        kpis=tuple(kpi for kpi in seen.kpis if not out & {kpi.phase, kpi.at, kpi.start, kpi.end}),
        alternatives=tuple(one for one in seen.alternatives if one.phase not in out),
        barriers=tuple(one for one in seen.barriers if one.at not in out),
    )


def within_reach(map_: JourneyMap) -> JourneyMap:
    """Returns the map without the steps that are not ours to change, and without what stands only there."""
    beyond = beyond_us(map_)
    kept = {step.id for _, step in map_.steps() if step.id not in beyond}
    return _only(map_, kept, lambda touch: touch not in beyond)


def _only(map_: JourneyMap, kept: set[str], alone: Callable[[str], bool]) -> JourneyMap:
    """The map with the steps `kept`; touchpoints no step uses stay when `alone` says so."""
    used = {name for _, step in map_.steps() for name in step.touchpoints}
    mine = {name for _, step in map_.steps() if step.id in kept for name in step.touchpoints}
    touches = tuple(one for one in map_.touchpoints if one.id in mine or (one.id not in used and alone(one.id)))
    gone = (used | {one.id for one in map_.touchpoints} | {step.id for _, step in map_.steps()}) - kept
    gone -= {one.id for one in touches}
    barriers = tuple(one for one in map_.barriers if one.at not in gone)
    lost = {one.id for one in map_.barriers} - {one.id for one in barriers}
    return replace(
        map_,
        phases=tuple(
            replace(phase, steps=tuple(step for step in phase.steps if step.id in kept)) for phase in map_.phases
        ),
        touchpoints=touches,
        barriers=barriers,
        opportunities=tuple(one for one in map_.opportunities if not one.solves or not set(one.solves) <= lost),
        needs=tuple(one for one in map_.needs if one.at not in gone),
        offers=tuple(one for one in map_.offers if one.at not in gone),
        kpis=tuple(one for one in map_.kpis if not gone.intersection((one.at, one.start, one.end))),
        changes=tuple(one for one in map_.changes if one.at not in gone),
        lanes=tuple(_shorter(map_, lane, kept | {one.id for one in touches}) for lane in map_.lanes),
    )


def _shorter(map_: JourneyMap, lane: Lane, kept: set[str]) -> Lane:
    """A lane with its cells drawn in to the steps that are left; a cell that loses all of them goes."""
    order = [step.id for _, step in map_.steps()]
    cells = []
    for cell in lane.cells:
        ends = (order.index(cell.start), order.index(cell.end)) if {cell.start, cell.end} <= set(order) else None
        under = [cell.start, cell.end] if ends is None else order[ends[0] : ends[1] + 1]
        left = [id_ for id_ in under if id_ in kept]
        if left:
            cells.append(replace(cell, start=left[0], end=left[-1]))
    return replace(lane, cells=tuple(cells))


def _beyond(map_: JourneyMap) -> Label:
    """The steps beyond us, by name, and that they are left out for that reason."""
    steps = [step for _, step in map_.steps() if step.influence == "none"]
    if not steps:
        return Label("alles op deze kaart is (deels) van ons", "all on this map is ours, or partly")
    nl = ", ".join(f"“{step.label.text('nl') or step.id}”" for step in steps)
    en = ", ".join(f"“{step.label.text('en') or step.id}”" for step in steps)
    return Label(
        f"alleen waar wij invloed hebben; weggelaten, want niet van ons: {nl}",
        f"only where we have influence; left out, for it is not ours: {en}",
    )
