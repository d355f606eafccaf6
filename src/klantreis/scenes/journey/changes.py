"""The cards for changes: what is tried, how it is judged, and the verdict in words."""

from __future__ import annotations

from klantreis.map.work import Change
from klantreis.scenes.journey.cards import Card, card_row, carded, column_at
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.problems import solved_at
from klantreis.scenes.journey.proven import called, measured, verdict
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import duration
from klantreis.scenes.pen import NOTE
from klantreis.scenes.words import named

_VERDICTS: dict[str, Role] = {"improved": "good", "worse": "problem", "inconclusive": "decision"}


def changes(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the changes that are tried, under what they test; None when none has a place on the map."""
    cards = []
    for change in sheet.map.changes:
        at = changed_at(sheet, change)
        if at is not None:
            cards.append(_card(sheet, change, at))
    return card_row(sheet, grid, "change", cards)


def changed_at(sheet: Sheet, change: Change) -> int | None:
    """Returns the column of a change: where it says, else that of the opportunity it tests; None without either."""
    if change.at is not None:
        return column_at(sheet, change.at)
    wanted = change.tests or change.id
    return solved_at(sheet, next((idea for idea in sheet.map.opportunities if idea.id == wanted), None))


def _card(sheet: Sheet, change: Change, at: int) -> Card:
    title = called(sheet, change)
    kpis = {kpi.id: sheet.text(kpi.label) or kpi.id for kpi in sheet.map.kpis}
    parts = [named("design", change.design, sheet.language)] if change.design != "none" else []
    if change.metric:
        parts.append(sheet.say("tests", metric=kpis.get(change.metric, change.metric).replace("_", " ")))
    if change.window_seconds is not None:
        parts.append(sheet.say("decide-after", when=duration(change.window_seconds, sheet.language)))
    tag, found = verdict(sheet, change), measured(sheet, change)
    role: Role = "decision" if change.verdict is None else _VERDICTS.get(change.verdict, "muted")
    role = found.role if found is not None else role
    told = [" · ".join(parts), *(found.lines if found is not None else ())]
    heard = ". ".join((f"{sheet.say('change')}: {title}", tag, *told[1:]))
    told = told[1:2] if sheet.density.brief else told
    return Card("change", change.id, at, heard, carded(title, [(line, NOTE, 4) for line in told], tag, role, role))
