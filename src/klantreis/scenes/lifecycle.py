"""The lifecycle as a picture: who is there as bars above a line, who went quiet below it, per interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantreis.analyses.lifecycle import Interval, Lifecycle
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Role, Scene
from klantreis.scenes.numbers import decimal, estimated
from klantreis.scenes.pen import NOTE, bounds, one_line
from klantreis.scenes.steps import people
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

HIGH, RAIL, LEGEND, FOOT = 250.0, 56.0, 26.0, 22.0
LEAST, MOST = 14.0, 60
STATES: tuple[tuple[str, Role], ...] = (("returning", "measured"), ("resurrected", "stream"), ("new", "left"))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where counts stand: `zero` is the line, `unit` the pixels of one person."""

    left: float
    step: float
    zero: float
    unit: float


def lifecycle_scene(
    result: Lifecycle, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns the latest intervals as bars: returning, resurrected and new above the line, dormant below it.

    As many as there is room for, at most 60; the table holds all. Nobody active: it says so.
    """
    title, twin = say("lifecycle", language), _table(result, language)
    if not result.intervals:
        return nothing("lifecycle", title, say("nobody-active", language), width=width, table=twin, language=language)
    room = width - 2 * MARGIN - RAIL
    shown = result.intervals[-min(MOST, max(1, int(room // LEAST))) :]
    above, below = max(one.active for one in shown) or 1, max(-(one.dormant or 0) for one in shown)
    unit = HIGH / (above + below)
    scale = _Scale(MARGIN + RAIL, min(room / len(shown), 90.0), LEGEND + above * unit, unit)
    body = [*_legend(language), *_axis(scale, (above, below), width, language)]
    body += [_bar(one, spot, scale, language) for spot, one in enumerate(shown)]
    body += _dates(shown, scale, LEGEND + HIGH + 6)
    notes = [say("lifecycle-legend", language)]
    if len(shown) < len(result.intervals):
        notes.append(say("intervals-left-out", language, n=str(len(shown)), all=str(len(result.intervals))))
    under = say(
        "lifecycle-under", language, people=people(result.people, language), again=decimal(result.again, language),
        share=estimated(result.repeat_rate, "share", language), unit=say(f"one.{result.unit}", language),
    )  # fmt: skip
    return framed(
        "lifecycle", title, under, body, size=(width, LEGEND + HIGH + FOOT), table=twin, language=language,
        about=result.about, notes=notes,
    )  # fmt: skip


def _legend(language: Language) -> list[Element]:
    found: list[Element] = []
    x = MARGIN + RAIL
    for state, role in (*reversed(STATES), ("dormant", None)):
        box = Box(x, 3, 11, 11, role, "strong", 0.8, pattern="plain" if role else "hatch")
        text = one_line(say(f"state.{state}", language), x + 16, 1, NOTE)
        found += [box, text]
        x = bounds(text).right + 18
    return found


def _axis(scale: _Scale, size: tuple[int, int], width: float, language: Language) -> list[Element]:
    found: list[Element] = [Line(scale.left, scale.zero, width - MARGIN, scale.zero, "strong", 1.2)]
    above, below = size
    for count in (above, 0, -below):
        y = scale.zero - count * scale.unit
        if count in {above, 0} or below * scale.unit > 16:
            found.append(one_line(decimal(count, language), scale.left - 8, y - 7.5, NOTE, anchor="end"))
    return found


def _bar(one: Interval, spot: int, scale: _Scale, language: Language) -> Group:
    wide = max(scale.step - 4, scale.step * 0.7)
    x = scale.left + scale.step * spot + (scale.step - wide) / 2
    found: list[Element] = []
    y = scale.zero
    for state, role in STATES:
        high = getattr(one, state) * scale.unit
        if high:
            y -= high
            found.append(Box(x, y, wide, high, role, "strong", 0.8, dash="solid" if one.complete else "dashed"))
    if one.dormant:
        found.append(Box(x, scale.zero, wide, -one.dormant * scale.unit, None, "strong", 0.8, pattern="hatch"))
    return Group("bar", tuple(found), one.interval, _heard(one, language), focus=True)


def _heard(one: Interval, language: Language) -> str:
    if one.dormant is None:
        quiet = say("not-over", language)
    else:
        quiet = f"{decimal(-one.dormant, language)} {say('state.dormant', language)}"
    counts = {key: decimal(getattr(one, key), language) for key in ("active", "new", "returning", "resurrected")}
    return say("heard-state", language, interval=one.interval, dormant=quiet, **counts)


def _dates(shown: Sequence[Interval], scale: _Scale, top: float) -> list[Element]:
    found: list[Element] = []
    before = -1e9
    for spot, one in enumerate(shown):
        middle = scale.left + scale.step * (spot + 0.5)
        text = one_line(one.interval, middle, top, NOTE, anchor="middle")
        room = bounds(text)
        if room.x > before + 8 and room.x >= scale.left - RAIL:
            found.append(text)
            before = room.right
    return found


def _table(result: Lifecycle, language: Language) -> Table:
    header = [
        say(key, language)
        for key in (
            "interval-head", "active-head", "state.new", "state.returning", "state.resurrected", "state.dormant",
            "kept-head",
        )
    ]  # fmt: skip
    rows = [
        (
            one.interval,
            decimal(one.active, language),
            decimal(one.new, language),
            decimal(one.returning, language),
            decimal(one.resurrected, language),
            say("not-over", language) if one.dormant is None else decimal(one.dormant, language),
            estimated(one.kept, "share", language) if one.kept.value is not None else "",
        )
        for one in result.intervals
    ]
    return table(say("lifecycle", language), header, rows)
