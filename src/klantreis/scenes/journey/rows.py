"""The journey map as a table: one row per column of the map, for those who listen or copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from klantreis.map.model import Kpi, Touchpoint
from klantreis.scenes.journey.cards import column_at
from klantreis.scenes.journey.changes import changed_at
from klantreis.scenes.journey.choices import chosen
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.contact import bounded, counted, leaving_at, seen_last_at
from klantreis.scenes.journey.course import approach_of, offer_tag, told_wish, wished
from klantreis.scenes.journey.ground import seen_people
from klantreis.scenes.journey.kpis import said
from klantreis.scenes.journey.loyal import asked_column
from klantreis.scenes.journey.loyal import told as loyalty
from klantreis.scenes.journey.phases import reached
from klantreis.scenes.journey.present import present
from klantreis.scenes.journey.problems import solved_at
from klantreis.scenes.journey.proven import proven, verdict
from klantreis.scenes.journey.quotes import quoted_at, spoken
from klantreis.scenes.journey.shared import known_as
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.journey.trail import head as trail_head
from klantreis.scenes.journey.trail import visits
from klantreis.scenes.journey.votes import vote_at
from klantreis.scenes.numbers import decimal, estimated, score
from klantreis.scenes.reach import scores_of
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import named
from klantreis.scenes.words_loyal import tell

_Cell = tuple[str, int | None, str]
"""A kind of lane, a column, and what is said there."""

_LANES = (
    "barrier", "influence", "opportunity", "change", "kpi", "image", "wish", "need", "leaving", "approach", "action",
    "offer", "alternative", "owner", "quote", "votes", "evidence", "own-lanes",
)  # fmt: skip
_PEOPLE = ("standing", "loyal", "trail")
"""What is told of the people at a phase, and of what brings them back; their words stand in `words_loyal`."""
_HEAD = (
    "phase", "step", "phase-journeys-head", "feel-measured", "feel-assumed", "think", "expect", "contact", *_LANES
)  # fmt: skip


def rows(sheet: Sheet) -> Table:
    """Returns the map's table; columns nobody filled are left out."""
    caption = sheet.text(sheet.map.title) or sheet.say("no-title")
    header = [sheet.say(key) for key in _HEAD]
    header += [*(tell(key, sheet.language) for key in ("standing", "loyal")), trail_head(sheet)]
    placed = _placed(sheet)
    told = [_row(sheet, column, placed.get(number, {})) for number, column in enumerate(sheet.columns)]
    told += [_phase(sheet, id_, own) for id_, own in _phases_alone(sheet).items()]
    return table(caption, header, told, keep=2)


def _row(sheet: Sheet, column: Column, placed: Mapping[str, Sequence[str]]) -> list[str]:
    own = _of_step(sheet, column)
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
        *("; ".join(placed[key]) if key in placed else own.get(key, "") for key in (*_LANES, *_PEOPLE)),
    ]


def _phase(sheet: Sheet, id_: str, placed: Mapping[str, Sequence[str]]) -> list[str]:
    """The row of a phase without steps, with what stands there all the same."""
    phases = {phase.id: sheet.text(phase.label) or phase.id for phase in sheet.map.phases}
    lanes = ("; ".join(placed.get(key, ())) for key in (*_LANES, *_PEOPLE))
    return [phases[id_], sheet.nothing(), *([""] * (len(_HEAD) - len(_LANES) - 2)), *lanes]


def _phases_alone(sheet: Sheet) -> dict[str, dict[str, list[str]]]:
    """What stands in phases that have no steps, by phase and kind of lane."""
    full = {column.phase for column in sheet.columns}
    empty = [phase for phase in sheet.map.phases if phase.id not in full]
    found: dict[str, dict[str, list[str]]] = {}
    for phase in empty:
        cells = [("standing", one.heard) for one in present(sheet, phase)]
        cells += [("approach", ". ".join(approach_of(sheet, phase)))] if approach_of(sheet, phase) else []
        cells += [("action", sheet.text(action.label) or action.id) for action in phase.actions]
        cells += [("kpi", _kpi(sheet, kpi)) for kpi in sheet.map.kpis if phase.id in {kpi.phase, kpi.at, kpi.end}]
        cells += [("alternative", told) for at, told in chosen(sheet) if at == phase.id]
        cells += [("barrier", sheet.text(one.label) or one.id) for one in sheet.map.barriers if one.at == phase.id]
        for kind, text in cells:
            found.setdefault(phase.id, {}).setdefault(kind, []).append(text)
    return found


def _contact(sheet: Sheet, column: Column) -> str:
    seen = seen_people(sheet)

    def count(touch: Touchpoint) -> str:
        if sheet.results is None:
            return ""
        if not seen.get(touch.id) and (touch.planned or touch.matcher is None):
            way = "" if touch.planned else counted(sheet, touch, seen)
            return f" ({way or sheet.say('planned' if touch.planned else 'unmeasured')})"
        said = (sheet.say("people", n=decimal(seen.get(touch.id, 0), sheet.language)), counted(sheet, touch, seen))
        return f" ({', '.join(part for part in said if part)})"

    def limits(touch: Touchpoint) -> str:
        said = bounded(sheet, touch)
        return f", {said}" if said else ""

    return "; ".join(
        f"{sheet.text(touch.label) or touch.id}{count(touch)}{limits(touch)}" for touch in column.touchpoints
    )


def _placed(sheet: Sheet) -> dict[int, dict[str, list[str]]]:
    """What stands under each column, in words, by kind of lane; each entity is looked up once."""
    found: dict[int, dict[str, list[str]]] = {}
    for kind, at, text in (*_problems(sheet), *_brought(sheet), *_people(sheet)):
        if at is not None and text:
            found.setdefault(at, {}).setdefault(kind, []).append(text)
    return found


def _problems(sheet: Sheet) -> Iterator[_Cell]:
    """What stands in the way, what is done about it, and how it is measured."""
    for barrier in sheet.map.barriers:
        severity = named("severity", barrier.severity, sheet.language)
        yield "barrier", column_at(sheet, barrier.at), f"{sheet.text(barrier.label) or barrier.id} ({severity})"
    scores = scores_of(sheet.map, sheet.results)
    for idea in sheet.map.opportunities:
        value, name = scores[idea.id].value, sheet.text(idea.label) or idea.id
        told = f"{name} ({decimal(value, sheet.language, 1)})" if value else name
        yield "opportunity", solved_at(sheet, idea), told
    for change in sheet.map.changes:
        why = _proven(sheet, change.id) or verdict(sheet, change)
        told = f"{sheet.text(change.label) or change.id} ({why})"
        yield "change", changed_at(sheet, change), told
    for kpi in sheet.map.kpis:
        yield "kpi", column_at(sheet, kpi.at or kpi.end or kpi.start, kpi.phase), _kpi(sheet, kpi)


def _proven(sheet: Sheet, id_: str) -> str:
    """What was measured of a change or offer; '' when nothing was."""
    found = proven(sheet, id_)
    return "" if found is None else f"{found.tag}: {' · '.join(found.lines)}"


def _people(sheet: Sheet) -> Iterator[_Cell]:
    """Who is in a phase now and who is reached, at its first step; what they said; what goes with buying again."""
    for phase in sheet.map.phases:
        told = "; ".join(one.heard for one in present(sheet, phase))
        yield "standing", column_at(sheet, None, phase.id), told
    for at, told in quoted_at(sheet):
        yield "quote", at, told
    for spot, column in enumerate(sheet.columns):
        yield "votes", spot, " · ".join(filter(None, vote_at(sheet, column.id)))
    for spot, told in visits(sheet).items():
        yield "trail", spot, told
    yield "loyal", asked_column(sheet), ". ".join(filter(None, loyalty(sheet)))


def _brought(sheet: Sheet) -> Iterator[_Cell]:
    """What a team brings; what is about a whole phase stands at its first step."""
    last = seen_last_at(sheet)
    for spot, reasons in leaving_at(sheet).items():
        yield "leaving", spot, "; ".join([*reasons, *([last[spot]] if spot in last else [])])
    for need in sheet.map.needs:
        answer = sheet.say("answered." + (need.answered or "unknown"))
        yield "need", column_at(sheet, need.at), f"{sheet.text(need.label)} ({answer})"
    for persona, phase, wish in wished(sheet):
        wanted, tone = told_wish(sheet, wish)
        told = f"{sheet.text(persona.label) or persona.id}: {wanted}" + (f" ({tone})" if tone else "")
        yield "wish", column_at(sheet, None, phase.id), told
    for offer in sheet.map.offers:
        told = " · ".join(
            filter(
                None,
                (sheet.text(offer.label), sheet.text(offer.terms), offer_tag(sheet, offer), _proven(sheet, offer.id)),
            )
        )
        yield "offer", column_at(sheet, offer.at), told
    for phase in sheet.map.phases:
        yield "approach", column_at(sheet, None, phase.id), ". ".join(approach_of(sheet, phase))
        for action in phase.actions:
            yield "action", column_at(sheet, None, phase.id), sheet.text(action.label) or action.id
    for place, told in chosen(sheet):
        yield "alternative", column_at(sheet, None, place) if place else 0, told
    for lane in (lane for lane in sheet.map.lanes if not lane.hidden):
        for cell in lane.cells:
            told = f"{sheet.text(lane.label) or lane.id}: {sheet.text(cell.label)}"
            yield "own-lanes", column_at(sheet, cell.start), told


def _kpi(sheet: Sheet, kpi: Kpi) -> str:
    value, told, ground = said(sheet, kpi)
    return f"{sheet.text(kpi.label) or kpi.id}: {value}, {told}" + (f" ({ground})" if ground else "")


def _of_step(sheet: Sheet, column: Column) -> dict[str, str]:
    """What a step itself names: its image, need, owner and evidence."""
    step = column.step
    if step is None:
        return {}
    assets = {asset.id: sheet.text(asset.alt) or sheet.text(asset.label) for asset in sheet.map.assets}
    actors = {actor.id: sheet.text(actor.label) or actor.id for actor in sheet.map.actors}
    told = spoken(sheet)
    proof = {one.id: known_as(sheet, one) for one in sheet.map.evidence if one.id not in told}
    return {
        "image": assets.get(step.image or "", ""),
        "influence": "" if step.influence == "own" else named("influence", step.influence, sheet.language),
        "need": sheet.text(step.need),
        "owner": actors.get(step.owner or "", step.owner or ""),
        "evidence": "; ".join(proof[id_] for id_ in step.evidence if id_ in proof),
    }
