"""The journey map as a table: one row per column of the map, for those who listen or copy."""

from __future__ import annotations

from klantreis.scenes.journey.cards import column_at
from klantreis.scenes.journey.changes import changed_at, verdict
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.ground import seen_people
from klantreis.scenes.journey.kpis import said
from klantreis.scenes.journey.phases import reached
from klantreis.scenes.journey.problems import solved_at
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.numbers import decimal, estimated, score
from klantreis.scenes.reach import scores_of
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import named

_HEAD = (
    "phase", "step", "phase-journeys-head", "feel-measured", "feel-assumed", "think", "expect", "contact", "barrier",
    "opportunity", "change", "kpi", "image", "need", "action", "alternative", "owner", "evidence", "own-lanes",
)  # fmt: skip


def rows(sheet: Sheet) -> Table:
    """Returns the map's table; columns nobody filled are left out."""
    caption = sheet.text(sheet.map.title) or sheet.say("no-title")
    header = [sheet.say(key) for key in _HEAD]
    return table(caption, header, [_row(sheet, n, column) for n, column in enumerate(sheet.columns)], keep=2)


def _row(sheet: Sheet, number: int, column: Column) -> list[str]:
    phases = {phase.id: sheet.text(phase.label) or phase.id for phase in sheet.map.phases}
    step = reached(sheet).get(column.phase)
    name = sheet.text(column.label) or column.id
    name += f" ({sheet.say('proposal')})" if column.proposed else f" ({sheet.say('planned')})" if column.planned else ""
    return [
        phases.get(column.phase, column.phase),
        name,
        decimal(step.people, sheet.language) if step else "",
        estimated(column.feeling.feel, "score", sheet.language) if column.feeling else "",
        score(column.feel, sheet.language) if column.feel is not None else "",
        sheet.text(column.step.think) if column.step else "",
        sheet.text(column.step.expect) if column.step else "",
        _contact(sheet, column),
        *_cards(sheet, number),
        *_brought(sheet, number, column),
    ]


def _contact(sheet: Sheet, column: Column) -> str:
    seen = seen_people(sheet)

    def count(id_: str) -> str:
        if sheet.results is None:
            return ""
        if id_ not in seen:
            return f" ({sheet.say('unmeasured')})"
        return f" ({sheet.say('people', n=decimal(seen[id_], sheet.language))})"

    return "; ".join(f"{sheet.text(touch.label) or touch.id}{count(touch.id)}" for touch in column.touchpoints)


def _cards(sheet: Sheet, number: int) -> tuple[str, str, str, str]:
    here = [barrier for barrier in sheet.map.barriers if column_at(sheet, barrier.at) == number]
    barriers = [f"{sheet.text(b.label) or b.id} ({named('severity', b.severity, sheet.language)})" for b in here]
    scores = scores_of(sheet.map, sheet.results)
    ideas = [idea for idea in sheet.map.opportunities if solved_at(sheet, idea) == number]
    scored = [(sheet.text(idea.label) or idea.id, scores[idea.id].value) for idea in ideas]
    told = [f"{name} ({decimal(value, sheet.language, 1)})" if value else name for name, value in scored]
    tried = [
        f"{sheet.text(change.label) or change.id} ({verdict(sheet, change)})"
        for change in sheet.map.changes
        if changed_at(sheet, change) == number
    ]
    measures = []
    for kpi in sheet.map.kpis:
        if column_at(sheet, kpi.at or kpi.end or kpi.start, kpi.phase) == number:
            value, told_, ground = said(sheet, kpi)
            measures.append(f"{sheet.text(kpi.label) or kpi.id}: {value}, {told_}" + (f" ({ground})" if ground else ""))
    return "; ".join(barriers), "; ".join(told), "; ".join(tried), "; ".join(measures)


def _brought(sheet: Sheet, number: int, column: Column) -> tuple[str, ...]:
    """What a team brings: image, answers, playbook, alternatives, owner, evidence, and its own lanes.

    What is about a whole phase stands at its first step.
    """
    first = number == 0 or sheet.columns[number - 1].phase != column.phase
    phase = next((phase for phase in sheet.map.phases if phase.id == column.phase), None)
    assets = {asset.id: sheet.text(asset.alt) or sheet.text(asset.label) for asset in sheet.map.assets}
    actors = {actor.id: sheet.text(actor.label) or actor.id for actor in sheet.map.actors}
    proof = {one.id: sheet.text(one.label) or one.source for one in sheet.map.evidence}
    step = column.step
    needs = [
        f"{sheet.text(need.label)} ({sheet.say('answered.' + (need.answered or 'unknown'))})"
        for need in sheet.map.needs
        if column_at(sheet, need.at) == number
    ]
    needs += [sheet.text(step.need)] if step is not None and step.need and not needs else []
    others = [other for other in sheet.map.alternatives if first and other.phase in {None, column.phase}]
    lanes = [
        f"{sheet.text(lane.label) or lane.id}: {sheet.text(cell.label)}"
        for lane in sheet.map.lanes
        for cell in lane.cells
        if not lane.hidden and column_at(sheet, cell.start) == number
    ]
    return (
        assets.get(step.image or "", "") if step else "",
        "; ".join(needs),
        "; ".join(sheet.text(action.label) or action.id for action in phase.actions) if phase and first else "",
        "; ".join(sheet.text(other.label) or other.id for other in others if number == 0 or other.phase),
        actors.get(step.owner or "", step.owner or "") if step else "",
        "; ".join(proof[id_] for id_ in step.evidence if id_ in proof) if step else "",
        "; ".join(lanes),
    )
