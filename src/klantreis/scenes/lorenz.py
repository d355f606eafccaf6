"""Concentration as a picture: Lorenz's curve, best customers first, beside the line where all are alike."""

from __future__ import annotations

from klantreis.analyses.concentration import Concentration
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Area, Box, Command, Curve, Element, Group, Line, Mark, Scene
from klantreis.scenes.numbers import decimal, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, one_line, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_value import tell

AXIS, HIGH = 54.0, 340.0
MOST_ROWS = 21


def lorenz_scene(
    result: Concentration, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns the curve with the point that was asked for, and its interval. No revenue: it says so."""
    del map_
    rows, title = _table(result, language), tell("lorenz", language)
    if result.why:
        return nothing("lorenz", title, result.why.text(language), width=width, table=rows, language=language)
    plot = Box(MARGIN + AXIS, 6, min(width - 2 * MARGIN - AXIS - 20, HIGH * 1.5), HIGH)
    body = [*_curve(result, plot), *_axes(plot, language), *_answer(result, plot, language)]
    under = tell(
        "lorenz-under", language, share=estimated(result.customers_share, "share", language),
        needed=decimal(result.needed, language), n=decimal(result.customers, language),
        asked=percent(result.revenue_asked, language),
    )  # fmt: skip
    low, high = (
        decimal(bound, language, 2) if bound is not None else "" for bound in (result.gini.low, result.gini.high)
    )
    gini = decimal(result.gini.value or 0.0, language, 2) + (f" ({low}–{high})" if low and high else "")
    return framed(
        "lorenz", title, under, body, size=(width, HIGH + 62), table=rows, language=language, about=result.about,
        notes=(tell("gini", language, gini=gini),),
    )  # fmt: skip


def _axes(plot: Box, language: Language) -> list[Element]:
    found: list[Element] = []
    bottom = plot.y + plot.height
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        x, y = plot.x + share * plot.width, bottom - share * plot.height
        found += [Line(plot.x, y, plot.x + plot.width, y), Line(x, plot.y, x, bottom)]
        found.append(one_line(percent(share, language), plot.x - 8, y - 7.5, NOTE, anchor="end"))
        found.append(one_line(percent(share, language), x, bottom + 5, NOTE, anchor="middle"))
    found.append(Line(plot.x, bottom, plot.x + plot.width, plot.y, "strong", 1.2, "dashed"))
    alike = plot.x + 0.62 * plot.width, bottom - 0.62 * plot.height + 4
    found.append(words(tell("alike", language), *alike, NOTE, room=plot.width * 0.36, most=1, halo=True))
    found.append(words(tell("best-first", language), plot.x, bottom + 24, NOTE, room=plot.width, most=2))
    return found


def _curve(result: Concentration, plot: Box) -> list[Element]:
    bottom = plot.y + plot.height
    spots = [(plot.x + p.customers * plot.width, bottom - p.revenue * plot.height) for p in result.curve]
    commands: list[Command] = ["M", *["L"] * (len(spots) - 1)]  # type: ignore[list-item]
    path = tuple(zip(commands, spots, strict=True))
    closed = (*path, ("L", (spots[-1][0], bottom)), ("Z", ()))
    return [Area(closed, "band"), Curve(path, "measured", 2.4)]


def _answer(result: Concentration, plot: Box, language: Language) -> list[Element]:
    share = result.customers_share
    if share.value is None:
        return []
    bottom = plot.y + plot.height
    x, y = plot.x + share.value * plot.width, bottom - result.revenue_asked * plot.height
    found: list[Element] = [Line(x, y, x, bottom, "measured", 1.2, "dotted")]
    if share.low is not None and share.high is not None:
        found.append(Line(plot.x + share.low * plot.width, y, plot.x + share.high * plot.width, y, "measured", 5))
    found.append(Mark("filled-circle", x, y, 11, "measured"))
    text = f"{percent(share.value, language)} → {percent(result.revenue_asked, language)}"
    room = plot.x + plot.width - x - 12
    label = words(text, x + 12, y + 8, STRONG, room=max(room, 90), most=1, halo=True)
    heard = estimated(share, "share", language)
    return [Group("answer", (*found, label), "needed", heard, focus=True)]


def _table(result: Concentration, language: Language) -> Table:
    header = [tell(key, language) for key in ("best-first", "of-all-revenue")]
    step = max(1, -(-len(result.curve) // MOST_ROWS))
    kept = [point for place, point in enumerate(result.curve) if place % step == 0 or point is result.curve[-1]]
    rows = [(percent(point.customers, language), percent(point.revenue, language)) for point in kept]
    return table(tell("lorenz", language), header, rows)
