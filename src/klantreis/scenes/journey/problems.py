"""The cards for barriers and opportunities."""

from __future__ import annotations

from klantreis.map.influence import beyond_us
from klantreis.map.model import Barrier, Opportunity
from klantreis.map.score import Score
from klantreis.scenes.journey.cards import Card, card_row, carded, column_at
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.header import headline
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.proven import tried
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import decimal
from klantreis.scenes.pen import NOTE, NOTE_STRONG, Ink
from klantreis.scenes.reach import scores_of
from klantreis.scenes.words import named

QUOTE = Ink(11, 400, "muted", italic=True, leading=15)
_STATUS: dict[str, Role] = {"shipped": "good", "testing": "decision", "planned": "muted", "rejected": "muted"}


def barriers(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the barriers under their columns; None when the map has none that stand on it."""
    beyond = beyond_us(sheet.map)
    cards = [_barrier(sheet, barrier, beyond) for barrier in sheet.map.barriers]
    return card_row(sheet, grid, "barrier", cards)


def opportunities(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the opportunities, best score first, under the barrier they take away."""
    scores = scores_of(sheet.map, sheet.results)
    ideas = {idea.id: idea for idea in sheet.map.opportunities}
    cards = [card for id_ in scores if (card := _opportunity(sheet, ideas[id_], scores[id_]))]
    reach = any(score.reach is not None for score in scores.values())
    known = any(score.value is not None for score in scores.values())
    note = sheet.say("opportunity-note-reach" if reach else "opportunity-note") if known else ""
    return card_row(sheet, grid, "opportunity", cards, note=note)


def solved_at(sheet: Sheet, idea: Opportunity | None) -> int | None:
    """Returns the column of the first barrier an opportunity solves that stands on the map, or None."""
    at = {barrier.id: barrier.at for barrier in sheet.map.barriers}
    spots = [column_at(sheet, at.get(barrier, barrier)) for barrier in (idea.solves if idea else ())]
    return next((spot for spot in spots if spot is not None), None)


def _barrier(sheet: Sheet, barrier: Barrier, beyond: frozenset[str]) -> Card:
    at = column_at(sheet, barrier.at)
    title = sheet.text(barrier.label) or barrier.id
    finding = sheet.about(frozenset({barrier.id, barrier.at}))
    found = headline(sheet, finding) if finding else ""
    said = quoted(sheet.text(barrier.quote))
    lines = [] if said.strip("“”") == title.strip("“”") else [(said, QUOTE, 3)]
    brief = sheet.density.brief
    lines = [(found, NOTE, 2 if brief else 4), *([] if brief else lines)][::-1]
    came = tried(sheet, barrier)
    lines += [(line, NOTE_STRONG.as_("muted"), 2) for line in came]
    if barrier.id in beyond:
        lines.append((sheet.say("beyond-us"), NOTE, 3))
    tag = f"{named('barrier', barrier.kind, sheet.language)} · {named('severity', barrier.severity, sheet.language)}"
    heard = ". ".join((f"{sheet.say('barrier')}: {title}", tag, found, *came))
    role: Role = "strong" if barrier.id in beyond else "problem"
    tone: Role = "muted" if barrier.id in beyond else "problem"
    return Card("barrier", barrier.id, at, heard, carded(title, lines, tag, role, tone), phase=barrier.at)


def _opportunity(sheet: Sheet, idea: Opportunity, score: Score) -> Card | None:
    at = solved_at(sheet, idea)
    if at is None:
        return None
    title = sheet.text(idea.label) or idea.id
    lines = [] if sheet.density.brief else [(_scores(sheet, idea), NOTE, 3), (sheet.text(idea.note), NOTE, 2)]
    lines += [] if sheet.density.brief else [(_pictured(sheet, idea), NOTE, 3)]
    tag = named("status", idea.status, sheet.language)
    tag += f" · {sheet.say('score', value=decimal(score.value, sheet.language, 1))}" if score.value else ""
    if idea.solves and set(idea.solves) <= beyond_us(sheet.map):
        lines.append((sheet.say("beyond-us"), NOTE, 3))
    heard = f"{sheet.say('opportunity')}: {title}. {tag}"
    return Card("opportunity", idea.id, at, heard, carded(title, lines, tag, "good", _STATUS.get(idea.status, "good")))


def _scores(sheet: Sheet, idea: Opportunity) -> str:
    if not (idea.impact or idea.effort or idea.confidence):
        return ""
    return sheet.say(
        "scores",
        impact=str(idea.impact or "–"),
        effort=str(idea.effort or "–"),
        confidence=str(idea.confidence or "–"),
    )


def _pictured(sheet: Sheet, idea: Opportunity) -> str:
    """What the images of an opportunity show, by their tags, so that is seen who is on them and who is not."""
    tags = dict.fromkeys(tag for one in sheet.map.assets if one.id in idea.assets for tag in one.tags)
    return sheet.say("pictured", tags=", ".join(tags)) if tags else ""
