"""The cards for barriers, opportunities and changes."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.map.model import Barrier, Change, Opportunity
from klantreis.scenes.journey.cards import Card, card_row, carded, column_at
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.header import headline
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import decimal, duration
from klantreis.scenes.pen import NOTE, Ink
from klantreis.scenes.words import named
from klantreis.spans import span_seconds

QUOTE = Ink(11, 400, "muted", italic=True, leading=15)
_STATUS: dict[str, Role] = {"shipped": "good", "testing": "decision", "planned": "muted", "rejected": "muted"}
_VERDICTS: dict[str, Role] = {"improved": "good", "worse": "problem", "inconclusive": "decision"}


def barriers(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the barriers under their columns; None when the map has none that stand on it."""
    cards = [card for barrier in sheet.map.barriers if (card := _barrier(sheet, barrier))]
    return card_row(sheet, grid, "barrier", cards)


def opportunities(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the opportunities, best score first, under the barrier they take away."""
    ranked = sorted(sheet.map.opportunities, key=lambda idea: -(score_of(idea) or 0))
    cards = [card for idea in ranked if (card := _opportunity(sheet, idea))]
    note = sheet.say("opportunity-note") if any(score_of(idea) for idea in ranked) else ""
    return card_row(sheet, grid, "opportunity", cards, note=note)


def changes(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the changes that are tried, from the map's `proof` and `changes`, under what they test."""
    cards = []
    for id_, change in changes_of(sheet).items():
        spot = _spot(sheet, next((o for o in sheet.map.opportunities if o.id == id_), None))
        at = (
            column_at(sheet, str(change.get("at", "")) or None, str(change.get("phase", "")) or None)
            if spot is None
            else spot
        )
        if at is not None:
            cards.append(_change(sheet, id_, change, at))
    return card_row(sheet, grid, "change", cards)


def changes_of(sheet: Sheet) -> dict[str, Mapping[str, object]]:
    """Returns the changes written in the map, by id."""
    written = {change.id: _written(sheet, change) for change in sheet.map.changes}
    return written | {
        str(id_): change
        for key, value in sheet.map.extra
        if key in {"proof", "changes"} and isinstance(value, Mapping)
        for id_, change in value.items()
        if isinstance(change, Mapping)
    }


def _written(sheet: Sheet, change: Change) -> dict[str, object]:
    """A change by the words of `proof`; what nobody said is left out."""
    window = None if change.window_seconds is None else f"{change.window_seconds:.0f} s"
    told: dict[str, object | None] = {
        "label": sheet.text(change.label) or None,
        "at": change.at,
        "design": None if change.design == "none" else change.design,
        "primary": change.metric,
        "decide_after": window,
        "verdict": change.verdict,
    }
    return {key: value for key, value in told.items() if value is not None}


def score_of(idea: Opportunity) -> float | None:
    """Returns impact times confidence over effort, None when one of them is missing."""
    if not (idea.impact and idea.confidence and idea.effort):
        return None
    return idea.impact * idea.confidence / idea.effort


def _spot(sheet: Sheet, idea: Opportunity | None) -> int | None:
    at = {barrier.id: barrier.at for barrier in sheet.map.barriers}
    spots = [column_at(sheet, at.get(barrier, barrier)) for barrier in (idea.solves if idea else ())]
    return next((spot for spot in spots if spot is not None), None)


def _barrier(sheet: Sheet, barrier: Barrier) -> Card | None:
    at = column_at(sheet, barrier.at)
    if at is None:
        return None
    title = sheet.text(barrier.label) or barrier.id
    finding = sheet.about(frozenset({barrier.id, barrier.at}))
    found = headline(sheet, finding) if finding else ""
    said = quoted(sheet.text(barrier.quote))
    lines = [] if said.strip("“”") == title.strip("“”") else [(said, QUOTE, 3)]
    lines = [(found, NOTE, 4), *([] if sheet.density.brief else lines)][::-1]
    tag = f"{named('barrier', barrier.kind, sheet.language)} · {named('severity', barrier.severity, sheet.language)}"
    heard = f"{sheet.say('barrier')}: {title}. {tag}. {found}"
    return Card("barrier", barrier.id, at, heard, carded(title, lines, tag, "problem", "problem"))


def _opportunity(sheet: Sheet, idea: Opportunity) -> Card | None:
    at = _spot(sheet, idea)
    if at is None:
        return None
    title = sheet.text(idea.label) or idea.id
    lines = [] if sheet.density.brief else [(_scores(sheet, idea), NOTE, 3), (sheet.text(idea.note), NOTE, 2)]
    score = score_of(idea)
    tag = named("status", idea.status, sheet.language)
    tag += f" · {sheet.say('score', value=decimal(score, sheet.language, 1))}" if score else ""
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


def _change(sheet: Sheet, id_: str, change: Mapping[str, object], at: int) -> Card:
    idea = next((known for known in sheet.map.opportunities if known.id == id_), None)
    title = str(change.get("label") or (sheet.text(idea.label) if idea else "") or id_.replace("_", " "))
    parts = [named("design", str(change["design"]), sheet.language)] if "design" in change else []
    if "primary" in change:
        parts.append(sheet.say("tests", metric=str(change["primary"]).replace("_", " ")))
    if "decide_after" in change:
        parts.append(sheet.say("decide-after", when=_when(sheet, str(change["decide_after"]))))
    verdict = str(change.get("verdict", ""))
    tag = named("verdict", verdict, sheet.language) if verdict else named("status", "testing", sheet.language)
    role = _VERDICTS.get(verdict, "muted" if verdict else "decision")
    heard = f"{sheet.say('change')}: {title}. {tag}"
    return Card("change", id_, at, heard, carded(title, [(" · ".join(parts), NOTE, 4)], tag, role, role))


def _when(sheet: Sheet, written: str) -> str:
    """A span in the sheet's language; as it was written when it is no span."""
    try:
        return duration(span_seconds(written), sheet.language)
    except ValueError:
        return written
