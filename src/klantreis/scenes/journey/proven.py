"""What was measured of a change or an offer: improved, no difference, worse or too soon, and on which rung of proof."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.analyses.effect import Effect, Effects
from klantreis.map.work import Barrier, Change
from klantreis.scenes import words_effect
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Role
from klantreis.scenes.numbers import cases, decimal, duration, score
from klantreis.scenes.words import named
from klantreis.stats.intervals import Estimate

ROLES: dict[str, Role] = {"improved": "good", "worse": "problem", "no_difference": "muted", "too_soon": "decision"}


@dataclass(frozen=True, slots=True)
class Proven:
    """The verdict in a word, the colour of it, and what it stands on."""

    verdict: str
    tag: str
    role: Role
    lines: tuple[str, ...]


def proven(sheet: Sheet, id_: str) -> Proven | None:
    """Returns what was measured of a change or offer; None when nothing was, or it has no date."""
    found = sheet.results.more.get("effect") if sheet.results else None
    effect = found.effect(id_) if isinstance(found, Effects) else None
    if effect is None:
        return None
    language = sheet.language
    rung = words_effect.say(f"rung.{effect.rung}", language)
    if effect.seen.value is None:
        lines = (effect.reasons[0].words.text(language),) if effect.reasons else ()
    else:
        soon = effect.verdict == "too_soon" and effect.reasons
        lines = (_gap(sheet, effect), *((effect.reasons[0].words.text(language),) if soon else ()), rung)
    return Proven(effect.verdict, words_effect.say(effect.verdict, language), ROLES[effect.verdict], lines)


def called(sheet: Sheet, change: Change) -> str:
    """Returns the name of a change: its own, else that of the opportunity it tests."""
    ideas = {idea.id: sheet.text(idea.label) for idea in sheet.map.opportunities}
    return sheet.text(change.label) or ideas.get(change.tests or change.id, "") or change.id.replace("_", " ")


def verdict(sheet: Sheet, change: Change) -> str:
    """Returns what came of a change in a word: as it was measured, else as it was written down, else that it runs."""
    found = measured(sheet, change)
    if found is not None:
        return found.tag
    if change.verdict is None:
        return named("status", "testing", sheet.language)
    return named("verdict", change.verdict, sheet.language)


def measured(sheet: Sheet, change: Change) -> Proven | None:
    """Returns what was measured of a change; a verdict that was written down goes before one that is still too soon."""
    found = proven(sheet, change.id)
    return None if found is None or (found.verdict == "too_soon" and change.verdict is not None) else found


def tried(sheet: Sheet, barrier: Barrier) -> tuple[str, ...]:
    """Returns what came of each change that tests an opportunity for a barrier: 'Reviews: improved'."""
    ideas = {idea.id for idea in sheet.map.opportunities if barrier.id in idea.solves}
    changes = [one for one in sheet.map.changes if (one.tests or one.id) in ideas]
    return tuple(f"{called(sheet, change)}: {verdict(sheet, change)}" for change in changes)


def _gap(sheet: Sheet, effect: Effect) -> str:
    """The difference with its interval and how many it stands on."""
    seen, language = effect.seen, sheet.language
    parts = [_told(sheet, effect, value) for value in (seen.value, seen.low, seen.high)]
    points = words_effect.say("points", language) if effect.unit == "share" else ""
    within = f" ({parts[1]} {words_effect.say('to', language)} {parts[2]})" if _whole(seen) else ""
    return f"{parts[0]}{points}{within}, {cases(sum(effect.n), language)}"


def _whole(seen: Estimate) -> bool:
    return seen.low is not None and seen.high is not None


def _told(sheet: Sheet, effect: Effect, value: float | None) -> str:
    if value is None:
        return "–"
    match effect.unit:
        case "share":
            return score(100 * value, sheet.language)
        case "seconds":
            return f"{'+' if value > 0 else ''}{duration(value, sheet.language)}"
        case _:
            return f"{'+' if value > 0 else ''}{decimal(value, sheet.language, 2)}"
