"""Durations as a picture: the middle half, the median and p90 of the journey, each phase, and ways in between."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from klantreis.analyses.times import Duration, Times
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import cases, decimal, duration
from klantreis.scenes.pen import NOTE, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

TICKS = (1, 60, 3600, 86400, 604800, 2592000, 31536000)
LEAST = 38.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a time stands: on a logarithmic scale from `low` to `high` seconds, between x and x + width."""

    x: float
    width: float
    low: float
    high: float

    def at(self, seconds: float) -> float:
        """Returns the x of a time; below the scale it stays at its start."""
        whole = math.log(self.high / self.low) or 1.0
        return self.x + self.width * min(1.0, max(0.0, math.log(max(seconds, self.low) / self.low) / whole))


def times_scene(
    times: Times, *, language: Language, map_: JourneyMap | None = None, width: float = 960, between: int = 8
) -> Scene:
    """Returns durations as bars on one scale: the journey, the phases, then the `between` most frequent ways."""
    names = names_of(map_, language)
    shown = [d for d in (times.journey, *times.phases, *times.between[:between]) if d.n and d.median is not None]
    rows = _table([d for d in (times.journey, *times.phases, *times.between) if d.n], names, language)
    title = say("times", language)
    if not shown:
        return nothing("times", title, say("nothing", language), width=width, table=rows, language=language)
    named, told = min(250.0, width * 0.28), min(190.0, width * 0.22)
    low = max(1.0, min((d.q25 or 1.0) for d in shown))
    high = max(low * 10, *(d.p90 or d.q75 or d.median or 1.0 for d in shown))
    scale = _Scale(MARGIN + named, width - 2 * MARGIN - named - told, low, high)
    body: list[Element] = []
    y = 20.0
    for d in shown:
        group, y = _bar(d, _name(d, names, language), scale, y, language)
        body.append(group)
    notes = () if all(d.exact for d in shown) else (say("histogram", language),)
    return framed(
        "times", title, say("times-under", language), [*_ticks(scale, y, language), *body], size=(width, y), table=rows,
        language=language, about=times.about, notes=notes,
    )  # fmt: skip


def _ticks(scale: _Scale, bottom: float, language: Language) -> list[Element]:
    found: list[Element] = []
    last = -1e9
    for tick in TICKS:
        x = scale.at(tick)
        if scale.low <= tick <= scale.high and x - last > 64:
            found.append(Line(x, 17, x, bottom - 6))
            found.append(one_line(say(f"tick.{tick}", language), x, 0, NOTE, anchor="middle"))
            last = x
    return found


def _bar(d: Duration, name: str, scale: _Scale, top: float, language: Language) -> tuple[Group, float]:
    text = words(name, MARGIN, top + 6, STRONG, room=scale.x - MARGIN - 14, most=2)
    middle = top + 14
    assert d.median is not None
    q25, q75 = scale.at(d.q25 or d.median), scale.at(d.q75 or d.median)
    marks: list[Element] = []
    if d.p90 is not None:
        end = scale.at(d.p90)
        marks += [
            Line(q75, middle, end, middle, "observed", 1.4),
            Line(end, middle - 4, end, middle + 4, "observed", 1.4),
        ]
    marks.append(Box(q25, middle - 8, max(2.0, q75 - q25), 16, "stream", radius=2))
    x = scale.at(d.median)
    marks.append(Line(x, middle - 10, x, middle + 10, "measured", 3))
    right = scale.x + scale.width + 16
    value = say("median", language, time=duration(d.median, language))
    spread = _spread(d, language)
    told = one_line(value, right, top + 1, STRONG)
    note = one_line(f"{spread} · {cases(d.n, language)}".lstrip(" ·"), right, top + 17, NOTE)
    heard = f"{name}: {value}, {spread}, {cases(d.n, language)}"
    group = Group("bar", (text, *marks, told, note), f"{d.kind}-{d.source or ''}-{d.target or ''}", heard, focus=True)
    return group, top + max(LEAST, tall(text) + 12)


def _spread(d: Duration, language: Language) -> str:
    return f"p90 {duration(d.p90, language)}" if d.p90 is not None else ""


def _name(d: Duration, names: Mapping[str, str], language: Language) -> str:
    if d.kind == "journey":
        return say("whole-journey", language)
    one, other = names.get(d.source or "", d.source or ""), names.get(d.target or "", d.target or "")
    return (
        say("time-in", language, name=one) if d.kind == "phase" else say("time-between", language, one=one, other=other)
    )


def _table(listed: list[Duration], names: Mapping[str, str], language: Language) -> Table:
    header = [say(key, language) for key in ("what", "q25-head", "median-head", "q75-head", "p90-head")]

    def shown(seconds: float | None) -> str:
        return duration(seconds, language) if seconds is not None else ""

    rows = [
        (_name(d, names, language), shown(d.q25), shown(d.median), shown(d.q75), shown(d.p90), decimal(d.n, language))
        for d in listed
    ]
    return table(say("times", language), [*header, "n"], rows)
