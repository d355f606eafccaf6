"""The arrow from what customers think after a purchase back to buying again, as strong as it was measured."""

from __future__ import annotations

from dataclasses import replace

from klantreis.analyses.opinion import Opinion
from klantreis.map.goal import goal
from klantreis.scenes.journey.grid import GAP, Grid, Span
from klantreis.scenes.journey.row import Row, rail_height
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Area, Curve, Dash, Element, Group, Mark, Path, Role
from klantreis.scenes.numbers import cases, decimal, estimated, score
from klantreis.scenes.pen import NOTE, NOTE_STRONG, tall, words
from klantreis.scenes.words_loyal import tell

TOP, LEAST = 16.0, 420.0
"""Where the arrow runs, and the least room of its words."""


def loyal(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the arrow with its strength, interval and n; None when nobody asked for an opinion after a purchase."""
    found = _opinion(sheet)
    if found is None or not sheet.columns:
        return None
    ends = _asked_at(sheet, grid, found.survey), _bought_at(sheet, grid)
    first, second = told(sheet)
    right = grid.right - GAP
    left = max(grid.left + GAP, min([*(end.middle for end in ends if end is not None), right - LEAST]))
    title = words(first, left, TOP + 10, NOTE_STRONG.as_("ink"), room=right - left, most=2)
    under = words(second, left, TOP + 10 + tall(title), NOTE, room=right - left, most=2)
    body = (*_arrow(found, ends), title, under)
    group = Group("loyal", body, found.survey, f"{first}. {second}. {tell('loyal-note', sheet.language)}", focus=True)
    high = TOP + 10 + tall(title) + tall(under) + 8
    row = Row("loyal", high, (group,), tell("loyal", sheet.language), tell("loyal-note", sheet.language))
    return replace(row, clear=max(high, rail_height(row)) - TOP - 8)


def told(sheet: Sheet) -> tuple[str, str]:
    """Returns how strongly the two go together, in words, and the shares of both groups; two '' without an opinion."""
    found, language = _opinion(sheet), sheet.language
    if found is None:
        return "", ""
    gap = found.gap
    if gap.value is None or gap.low is None or gap.high is None:
        return tell("few", language, n=cases(gap.n, language), need=decimal(found.least, language)), _groups(sheet)
    digits = 1 if abs(gap.value) < 0.1 else 0
    value, low, high = (score(100 * one, language, digits) for one in (gap.value, gap.low, gap.high))
    first = tell(found.verdict, language, gap=value, low=low, high=high, n=cases(gap.n, language))
    return first, _groups(sheet)


def asked_column(sheet: Sheet) -> int | None:
    """Returns the number of the column where the opinion is asked; None without one."""
    found = _opinion(sheet)
    return None if found is None else _column(sheet, _asking(sheet, found.survey))


def _groups(sheet: Sheet) -> str:
    found = _opinion(sheet)
    if found is None or found.content.value is None or found.others.value is None:
        return ""
    content, others = (estimated(one, "share", sheet.language) for one in (found.content, found.others))
    return tell("groups", sheet.language, content=content, others=others)


def _opinion(sheet: Sheet) -> Opinion | None:
    found = sheet.results.more.get("opinion") if sheet.results else None
    return found if isinstance(found, Opinion) else None


def _arrow(found: Opinion, ends: tuple[Span | None, Span | None]) -> list[Element]:
    start, end = ends
    if start is None or end is None or start == end:
        return []
    sure = found.verdict in {"stronger", "weaker"}
    role: Role = "measured" if found.verdict == "stronger" else "problem" if found.verdict == "weaker" else "muted"
    dash: Dash = "dotted" if found.verdict == "few" else "solid"
    wide = 2.0 + min(4.0, abs(found.gap.value or 0.0) * 20) if sure else 1.4
    long, half = 9 + wide, 3.5 + wide
    way = 1 if end.middle > start.middle else -1
    neck = end.middle - way * long
    line = Curve((("M", (start.middle, TOP)), ("L", (neck, TOP))), role, wide, dash)
    head: Path = (("M", (end.middle, TOP)), ("L", (neck, TOP - half)), ("L", (neck, TOP + half)), ("Z", ()))
    return [line, Area(head, role), Mark("filled-circle", start.middle, TOP, 9, role if sure else "paper", role)]


def _asked_at(sheet: Sheet, grid: Grid, survey: str) -> Span | None:
    spot = _column(sheet, _asking(sheet, survey))
    return None if spot is None else grid.columns[spot]


def _bought_at(sheet: Sheet, grid: Grid) -> Span | None:
    spot = _column(sheet, goal(sheet.map))
    return None if spot is None else grid.columns[spot]


def _asking(sheet: Sheet, survey: str) -> tuple[str, ...]:
    """The touchpoints where a survey is asked: that carry it, else those it is about."""
    about = next((one.about for one in sheet.map.surveys if one.id == survey), ())
    return (*(touch.id for touch in sheet.map.touchpoints if touch.survey == survey), *about)


def _column(sheet: Sheet, ids: tuple[str, ...]) -> int | None:
    return next((spot for id_ in ids if (spot := sheet.column_with(id_)) is not None), None)
