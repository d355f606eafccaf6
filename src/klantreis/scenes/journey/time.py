"""The row of time: how long each phase lasts, when the map's columns are as wide as time."""

from __future__ import annotations

from klantreis.map.model import Phase
from klantreis.scenes.journey.grid import GAP, Grid, Span
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group, Line, Role
from klantreis.scenes.numbers import cases, duration
from klantreis.scenes.pen import NOTE, NOTE_STRONG, tall, words

CENTIMETRE = 38.0


def time(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the time of each phase with what it stands on; None when columns do not follow time.

    Phases that are wider than their time asks, because words must fit, say so; the scale is that of the others. When
    no time is known at all the row says so, and how to make it known.
    """
    if sheet.spells is None:
        return None
    if not sheet.spells:
        none = words(sheet.say("time-none"), grid.left + GAP, 9, NOTE, room=grid.right - grid.left - 2 * GAP, most=3)
        return Row("time", 18 + tall(none), (none,), sheet.say("time"), rule=False)
    scale = max((spell.seconds / span.width for phase, span in grid.phases if (spell := sheet.spells.get(phase.id))))
    groups: list[Element] = []
    high = 0.0
    for phase, span in grid.phases:
        group, bottom = _cell(sheet, phase, span, scale)
        groups.append(group)
        high = max(high, bottom)
    said = sheet.say("time-scale", unit=duration(_round(scale * CENTIMETRE), sheet.language))
    foot = words(said, grid.left + GAP, high + 4, NOTE, room=max(300.0, grid.right - grid.left))
    return Row("time", high + 8 + tall(foot), (*groups, foot), sheet.say("time"), rule=False)


def _round(seconds: float) -> float:
    """A scale that reads well: no seconds beside ten minutes and more."""
    return round(seconds / 60) * 60.0 if seconds >= 600 else seconds


def _cell(sheet: Sheet, phase: Phase, span: Span, scale: float) -> tuple[Group, float]:
    spell = sheet.spells.get(phase.id) if sheet.spells else None
    x, room = span.x + 10, span.width - 16
    exact = spell is not None and spell.seconds / span.width > scale * 0.98
    role: Role = "measured" if spell and spell.n else "assumed"
    ruler: list[Element] = [
        Line(span.x + 4, 12, span.right - 4, 12, role, 2.2 if exact else 1.2, "solid" if exact else "dotted"),
        *(Line(at, 7, at, 17, role, 1.6) for at in (span.x + 4, span.right - 4) if exact),
    ]
    if spell is None:
        lines = [(sheet.say("time-unknown"), NOTE)]
    else:
        kind = "time-onward" if spell.onward else "time-measured" if spell.n else "time-expected"
        lines = [(sheet.say(kind, time=duration(spell.seconds, sheet.language)), NOTE_STRONG.as_("ink"))]
        lines += [(cases(spell.n, sheet.language), NOTE)] if spell.n else []
        lines += [(sheet.say("time-wide"), NOTE)] if not exact else []
    y, texts = 20.0, []
    for text, ink in lines:
        texts.append(words(text, x, y, ink, room=room, most=3))
        y += tall(texts[-1])
    names = sheet.text(phase.label) or phase.id
    heard = f"{names}: {', '.join(text for text, _ in lines)}"
    return Group("time", (*ruler, *texts), phase.id, heard), y
