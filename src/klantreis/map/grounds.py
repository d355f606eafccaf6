"""Whether anything is known of a phase: observed, measured, confirmed, or with evidence; and what is sent there."""

from __future__ import annotations

from klantreis.map.certainty import cells
from klantreis.map.model import JourneyMap, Touchpoint
from klantreis.map.stages import Phase
from klantreis.map.work import Barrier, Change, Need

SENT = frozenset({"email", "newsletter", "sms", "push", "whatsapp"})
"""Channels in which a firm sends messages by itself."""
PERHAPS = frozenset({"app", "chat", "post"})
"""Channels in which it may, when the touchpoint is communication."""


def spots_of(map_: JourneyMap, phase: Phase) -> set[str]:
    """Returns the ids of a phase, its steps and its touchpoints."""
    touches = {touch.id for touch in map_.touchpoints if touch.phase == phase.id}
    return {phase.id, *(step.id for step in phase.steps), *touches}


def only_assumed(map_: JourneyMap, phase: Phase) -> bool:
    """Says whether nothing is known of a phase: all in it is an assumption, nothing names evidence, no data tell of it.

    A touchpoint that is measured tells of it, by a matcher or in another way; one that is planned does not yet.
    """
    spots = spots_of(map_, phase)
    told: list[Barrier | Need] = [one for one in map_.barriers if one.at in spots]
    told += [one for one in map_.needs if one.at in spots]
    sure = {cell.at for cell in cells(map_) if cell.provenance != "assumed"}
    named = [phase.evidence, *(one.evidence for one in (*phase.steps, *told))]
    touches = [touch for touch in map_.touchpoints if touch.id in spots]
    met = any(
        touch.evidence or (not touch.planned and (touch.matcher or touch.measurement != "none")) for touch in touches
    )
    return not (sure & (spots | {one.id for one in told}) or any(named) or met)


def sends(map_: JourneyMap, touch: Touchpoint) -> bool:
    """Says whether the firm sends something by itself at a touchpoint: an e-mail, a text message, a letter."""
    if touch.initiator != "company":
        return False
    icon = next((one.icon for one in map_.channels if one.id == touch.channel), None)
    ways = {touch.channel, icon if icon == "email" else None}
    often = touch.cap is not None
    return often or bool(ways & SENT) or (touch.kind == "communication" and bool(ways & PERHAPS))


def message_of(map_: JourneyMap, change: Change) -> bool:
    """Says whether a change, or what it tests, is a message."""
    tests = change.tests or change.id
    idea = next((one for one in map_.opportunities if one.id == tests), None)
    return "message" in {change.kind, change.kind or (idea.kind if idea else None)}


def places_of(map_: JourneyMap, change: Change) -> tuple[str, ...]:
    """Returns where a change is made: where it says, else at the barriers that what it tests takes away."""
    if change.at is not None:
        return (change.at,)
    tests = change.tests or change.id
    solved = {name for one in map_.opportunities if one.id == tests for name in one.solves}
    return tuple(dict.fromkeys(one.at for one in map_.barriers if one.id in solved))
