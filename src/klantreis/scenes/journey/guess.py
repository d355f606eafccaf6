"""Where a map without data would look first: what its makers wrote, ranked, and always called an assumption."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.map.influence import beyond_us
from klantreis.map.kinds import GRAVEST_FIRST
from klantreis.map.model import Barrier
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.numbers import score
from klantreis.scenes.reach import scores_of
from klantreis.scenes.words import named

MOST = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing to look at first: where it is, what, and why."""

    id: str
    title: str
    why: str


def guesses(sheet: Sheet) -> tuple[Guess, ...]:
    """Returns at most three things to look at first on a map that was not measured.

    The barriers that make customers leave first, then the steps that feel worst; then the other barriers. What is not
    ours to change is left out, as it is of the ranking. () when the map names neither.
    """
    beyond = beyond_us(sheet.map)
    barriers = [one for one in sheet.map.barriers if one.id not in beyond]
    grave = [one for one in barriers if one.severity == "abandon"]
    told = {one.at for one in grave}
    low = sorted(
        (column for column in sheet.columns if (column.feel or 0) < 0 and not column.ids & (told | beyond)),
        key=lambda column: column.feel or 0,
    )
    felt = {id_ for column in low[:MOST] for id_ in column.ids}
    rest = sorted(
        (one for one in barriers if one.severity != "abandon" and one.at not in felt),
        key=lambda one: GRAVEST_FIRST.index(one.severity),
    )
    first: list[Barrier | Column] = [*grave, *low, *rest]
    return tuple(_barrier(sheet, one) if isinstance(one, Barrier) else _step(sheet, one) for one in first[:MOST])


def _step(sheet: Sheet, column: Column) -> Guess:
    """A step by its feeling, the word for it, and what stands in the way there."""
    feel = column.feel or 0
    parts = [sheet.say("guess-feel", value=score(feel, sheet.language, int(bool(feel % 1))))]
    parts.append(sheet.text(column.step.word) if column.step else "")
    parts += [sheet.text(one.label) for one in sheet.map.barriers if one.at in column.ids][:1]
    return Guess(column.id, sheet.text(column.label) or column.id, " · ".join(filter(None, parts)))


def _barrier(sheet: Sheet, barrier: Barrier) -> Guess:
    """A barrier by its kind and severity, with the best idea to take it away."""
    kind = named("barrier", barrier.kind, sheet.language)
    severity = named("severity", barrier.severity, sheet.language)
    ideas = {idea.id: idea for idea in sheet.map.opportunities if barrier.id in idea.solves}
    best = next((ideas[id_] for id_ in scores_of(sheet.map, None) if id_ in ideas), None)
    idea = sheet.say("idea-for", name=sheet.text(best.label) or best.id) if best else sheet.say("guess-none")
    return Guess(barrier.id, sheet.text(barrier.label) or barrier.id, f"{kind} · {severity} · {idea}")
