"""Drift as a picture: one small control chart per measure, all over the same periods; limits, alarm, change points."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klantreis.analyses.drift import Drift, Series
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Area, Box, Command, Curve, Element, Group, Line, Mark, Scene, Words
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import between, decimal, duration, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.text import width as width_of
from klantreis.scenes.words_slices import tell

LEAST, HIGH, FOOT, GAP = 270.0, 96.0, 42.0, 28.0
"""Narrowest chart, height of its plot, room for what stands under it, and the room between two."""


def drift_scene(result: Drift, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns a chart per measure, as many beside each other as fit; the newest period is the last dot.

    Between the dashed lines lies what is usual; an alarm is a diamond with its word. Nothing to tell: it says so.
    """
    # What is shared without small groups may hold a series of which nothing is left.
    told = [one for one in result.series if any(value.value is not None for value in one.values)]
    known = _names(map_, language)
    title, twin = tell("drift", language), _table(result, known, language)
    if result.why or not (told or result.mixes):
        why = result.why.text(language) if result.why else tell("drift-nothing", language)
        return nothing("drift", title, why, width=width, table=twin, language=language)
    across = max(1, int((width - 2 * MARGIN + GAP) // (LEAST + GAP)))
    wide = (width - 2 * MARGIN - (across - 1) * GAP) / across
    body: list[Element] = []
    top = 0.0
    for row in range(0, len(told), across):
        beside = told[row : row + across]
        spots = [MARGIN + place * (wide + GAP) for place in range(across)]
        heads = [_head(one, known, (x, top, wide), language) for one, x in zip(beside, spots, strict=False)]
        top += max(sum(tall(one) for one in head[:2]) for head in heads) + 6
        for one, head, x in zip(beside, heads, spots, strict=False):
            heard = _heard(one, result, _name(one, known), _now(one, language), language)
            shapes = (*head, *_chart(one, result, Box(x, top, wide, HIGH)))
            body.append(Group("series", shapes, one.id, heard, focus=True))
        top += HIGH + FOOT
    for mix in result.mixes:
        line = tell(
            "mix-line", language, mix=known.get(mix.id, mix.id), distance=estimated(mix.distance, "share", language),
            chance=percent(mix.by_chance, language), alarm=f" {tell('alarm', language)}" if mix.alarm else "",
        )  # fmt: skip
        said = words(line, MARGIN, top, STRONG if mix.alarm else NOTE, room=width - 2 * MARGIN)
        body.append(said)
        top += tall(said) + 3
    return framed(
        "drift", title, _under(result, known, language), body, size=(width, top + 6),
        table=twin, language=language, about=result.about, notes=(tell("drift-legend", language),),
    )  # fmt: skip


def _under(result: Drift, known: Mapping[str, str], language: Language) -> str:
    loud = ", ".join(known.get(one.id, one.id) for one in result.alarms)
    return tell(
        "drift-under-alarm" if loud else "drift-under", language, unit=tell(f"unit.{result.unit}", language), what=loud,
        now=result.periods[-1], n=decimal(result.journeys[-1], language), periods=str(len(result.periods)),
        days=duration(result.within_seconds, language),
    )  # fmt: skip


def _name(one: Series, known: Mapping[str, str]) -> str:
    return known.get(one.id, one.id)


def _now(one: Series, language: Language) -> str:
    """The newest value with its interval, and what is usual."""
    now = estimated(one.values[-1], _unit(one), language)
    if one.control is None:
        return now
    limits = between(one.control.low, one.control.high, _unit(one), language)
    return f"{now} · {tell('usual', language, limits=limits)}"


def _head(
    one: Series, known: Mapping[str, str], spot: tuple[float, float, float], language: Language
) -> tuple[Words, ...]:
    """The name of a chart and its newest value, whole: over more lines where they are long."""
    x, top, wide = spot
    aside = width_of(tell("alarm", language), STRONG.style) + 8 if one.alarm else 0
    name = words(_name(one, known), x, top, STRONG, room=wide - aside)
    now = words(_now(one, language), x, top + tall(name), NOTE, room=wide)
    return (name, now, one_line(tell("alarm", language), x + wide, top, STRONG, anchor="end")) if aside else (name, now)


def _chart(one: Series, result: Drift, plot: Box) -> list[Element]:
    low, high = _span(one)
    across = max(1, len(one.values) - 1)

    def at(place: float, value: float) -> tuple[float, float]:
        inside = min(max((value - low) / (high - low), 0.0), 1.0)
        return plot.x + 8 + place / across * (plot.width - 16), plot.y + plot.height * (1 - inside)

    shapes: list[Element] = [
        Line(plot.x, plot.y + plot.height, plot.x + plot.width, plot.y + plot.height),
        one_line(result.periods[0], plot.x, plot.y + plot.height + 4, NOTE),
        one_line(result.periods[-1], plot.x + plot.width, plot.y + plot.height + 4, NOTE, anchor="end"),
    ]
    if one.control is not None:
        for value in (one.control.low, one.control.high):
            y = at(0, value)[1]
            shapes.append(Line(plot.x, y, plot.x + plot.width, y, "strong", 1, "dashed"))
    for found in one.changes:
        x = at(found.at - 0.5, low)[0]
        shapes.append(Line(x, plot.y, x, plot.y + plot.height, "decision", 1.6, "dotted"))
        shapes.append(Mark("up", x, plot.y + plot.height + 1, 8, "decision"))
    known_values = [(place, value.value) for place, value in enumerate(one.values) if value.value is not None]
    spots = [at(place, value) for place, value in known_values]
    commands: list[Command] = ["M", *["L"] * (len(spots) - 1)]  # type: ignore[list-item]
    if len(spots) > 1:
        shapes += [_band(one, at), Curve(tuple(zip(commands, spots, strict=True)), "measured", 1.8)]
    if one.values[-1].value is not None:
        x, y = spots[-1]
        shapes.append(
            Mark(
                "diamond" if one.alarm else "filled-circle",
                x,
                y,
                11 if one.alarm else 7,
                "problem" if one.alarm else "measured",
            )
        )
    return shapes


def _band(one: Series, spot: Callable[[float, float], tuple[float, float]]) -> Area:
    upper, lower = [], []
    for place, value in enumerate(one.values):
        if value.low is not None and value.high is not None:
            upper.append(spot(place, value.high))
            lower.append(spot(place, value.low))
    outline = [*upper, *reversed(lower)]
    commands: list[Command] = ["M", *["L"] * (len(outline) - 1)]  # type: ignore[list-item]
    return Area((*zip(commands, outline, strict=False), ("Z", ())), "band")


def _unit(one: Series) -> str:
    return "mean" if one.unit == "score" else one.unit


def _span(one: Series) -> tuple[float, float]:
    """Returns the ends of the scale: all values, the limits, and the interval of the newest."""
    values = [value.value for value in one.values if value.value is not None]
    newest = one.values[-1]
    values += [end for end in (newest.low, newest.high) if end is not None]
    if one.control is not None:
        values += [one.control.low, one.control.high]
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 0.5
    return low - room, high + room


def _heard(one: Series, result: Drift, name: str, now: str, language: Language) -> str:
    turned = ", ".join(result.periods[found.at] for found in one.changes)
    changed = tell("heard-changed", language, when=turned) if turned else ""
    alarm = f" {tell('alarm', language)}." if one.alarm else ""
    return f"{name}: {now}.{alarm}{changed}"


def _names(map_: JourneyMap | None, language: Language) -> dict[str, str]:
    known = {key: tell(f"drift.{key}", language) for key in ("routes", "touchpoints", "channels", "converts", "path")}
    known |= dict(names_of(map_, language))
    if map_ is not None:
        named = [(one.id, one.label) for one in map_.kpis] + [(one.id, one.label) for one in map_.scenarios]
        known |= {id_: label.shown(language) or id_ for id_, label in named}
    return known


def _table(result: Drift, known: Mapping[str, str], language: Language) -> Table:
    header = [tell("period-head", language), *(known.get(one.id, one.id) for one in result.series)]
    header.append(tell("journeys-head", language))
    rows = [
        (
            period,
            *(estimated(one.values[place], _unit(one), language) for one in result.series),
            decimal(result.journeys[place], language),
        )
        for place, period in enumerate(result.periods)
    ]
    return table(tell("drift", language), header, rows)
