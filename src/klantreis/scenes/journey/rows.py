"""The journey map as a table: one row per column of the map, for those who listen or copy."""

from __future__ import annotations

from klantreis.scenes.journey.cards import column_at
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.ground import seen_people
from klantreis.scenes.journey.kpis import said
from klantreis.scenes.journey.phases import reached
from klantreis.scenes.journey.problems import changes_of, score_of
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.numbers import decimal, estimated, score
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import named

_HEAD = (
    "phase", "step", "phase-journeys-head", "feel-measured", "feel-assumed", "think", "expect", "contact", "barrier",
    "opportunity", "change", "kpi",
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
    solved = {barrier.id for barrier in here}
    ideas = [idea for idea in sheet.map.opportunities if solved.intersection(idea.solves[:1])]
    tried = [id_ for id_ in changes_of(sheet) if id_ in {idea.id for idea in ideas}]
    barriers = [f"{sheet.text(b.label) or b.id} ({named('severity', b.severity, sheet.language)})" for b in here]
    scored = [(sheet.text(idea.label) or idea.id, score_of(idea)) for idea in ideas]
    told = [f"{name} ({decimal(value, sheet.language, 1)})" if value else name for name, value in scored]
    measures = []
    for kpi in sheet.map.kpis:
        if column_at(sheet, kpi.at or kpi.end or kpi.start, kpi.phase) == number:
            value, verdict, ground = said(sheet, kpi)
            measures.append(
                f"{sheet.text(kpi.label) or kpi.id}: {value}, {verdict}" + (f" ({ground})" if ground else "")
            )
    return "; ".join(barriers), "; ".join(told), "; ".join(tried), "; ".join(measures)
