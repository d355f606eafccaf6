"""The hero of a journey map: how customers feel, from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from klantreis.labels import mentioned
from klantreis.scenes.feeling import BRIDGED, Felt, Mot, Scale, drawn, star_of
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.grid import MARGIN, RAIL, Grid, Span
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Curve, Dash, Element, Group, Line, Role
from klantreis.scenes.numbers import between, cases, score
from klantreis.scenes.pen import NOTE, NOTE_STRONG, Rect, one_line, words
from klantreis.scenes.smooth import smooth
from klantreis.scenes.text import width

HEAD, FOOT = 42.0, 41.0
"""Room above +2 and below -2 for labels."""


def feelings(sheet: Sheet, grid: Grid) -> tuple[Felt, ...]:
    """Returns the feeling of each column, in order; a column about which nobody said anything has no value."""
    return tuple(
        _felt(sheet, column, number, span)
        for number, (column, span) in enumerate(zip(sheet.columns, grid.columns, strict=True))
    )


def feel(sheet: Sheet, grid: Grid, height: float) -> Row | None:
    """Returns the curve's row, `height` pixels from +2 to -2; None when no feeling is known at all."""
    felt = feelings(sheet, grid)
    if all(f.value is None for f in felt):
        return None
    scale = Scale(HEAD, height)
    inside = Rect(grid.left + 2, 1, grid.right - grid.left - 4, HEAD + height + FOOT)
    ideal = _ideal(sheet, grid, scale)
    elements = (
        *_axis(sheet, grid, scale),
        *ideal,
        *drawn(felt, scale, inside, sheet.language, borders=[span.x for _, span in grid.phases[1:]]),
    )
    legend, extra = _legend(sheet, grid, felt, HEAD + height + FOOT + 4)
    high = HEAD + height + FOOT + 4 + extra
    return Row("feel", high, (*elements, *legend), sheet.say("feel"), rule=False, clear=extra + 4)


def room(sheet: Sheet, grid: Grid, height: float) -> float:
    """Returns how high the curve's row is when it is `height` pixels from +2 to -2; 0 when no feeling is known."""
    felt = feelings(sheet, grid)
    if all(f.value is None for f in felt):
        return 0.0
    around = HEAD + height + FOOT + 4
    return around + _legend(sheet, grid, felt, around)[1]


def summary(sheet: Sheet, felt: tuple[Felt, ...]) -> str:
    """Returns the curve in one sentence: begins, lowest, highest, ends; '' when nothing is known.

    It speaks of the points as they are drawn: measured where there are enough answers, assumed elsewhere. What is
    what is said once when all are of one kind, else with each value.
    """
    names = {column.id: sheet.text(column.label) or column.id for column in sheet.columns}
    known = [f for f in felt if f.value is not None]
    if not known:
        return ""
    low, high = min(known, key=lambda f: f.value or 0.0), max(known, key=lambda f: f.value or 0.0)
    kinds = {f.measured is not None for f in (known[0], low, high, known[-1])}
    digits = 0 if all(f.value == round(f.value or 0.0) for f in known) else 1

    def told(f: Felt) -> str:
        value = score(
            f.value or 0.0, sheet.language, 0 if f.measured is None and f.value == round(f.value or 0) else digits
        )
        return value if len(kinds) == 1 else f"{value} ({_kind(sheet, f.measured is not None)})"

    said = sheet.say(
        "summary" if len(known) > 1 else "summary-one",
        first=told(known[0]),
        low=told(low),
        low_at=names[low.id],
        high=told(high),
        high_at=names[high.id],
        last=told(known[-1]),
    )
    return f"{said} ({_kind(sheet, kinds == {True})})" if len(kinds) == 1 else said


def _kind(sheet: Sheet, measured: bool) -> str:
    return sheet.say("summary-measured" if measured else "summary-assumed")


STARS: Mapping[Mot, str] = MappingProxyType({"confirmed": "legend-mot", "suggested": "legend-mot-open"})
"""What a star is called: full for a moment of truth, open for one that is only suggested."""


def _felt(sheet: Sheet, column: Column, number: int, span: Span) -> Felt:
    estimate = column.feeling.feel if column.feeling else None
    name = mentioned(sheet.text(column.label) or column.id)
    step = column.step
    if estimate is not None and estimate.value is not None:
        within = between(estimate.low, estimate.high, "score", sheet.language)
        said = ", ".join(part for part in (within, cases(estimate.n, sheet.language)) if part)
        heard = sheet.say("heard-feel", step=name, value=score(estimate.value, sheet.language), within=said)
    elif column.feel is not None:
        heard = sheet.say("heard-assumed", step=name, value=score(column.feel, sheet.language))
    else:
        heard = ""
    few = sheet.say("few", n=cases(column.few, sheet.language)) if column.few else ""
    word = sheet.text(step.word) if step else ""
    mot = step.mot if step is not None else "none"
    if mot != "none" and heard:
        heard += f". {sheet.say(STARS[mot])}"
    return Felt(
        column.id, span.middle, number, estimate, column.feel, word, heard, mot, few, room=max(60.0, span.width - 6)
    )  # fmt: skip


def _axis(sheet: Sheet, grid: Grid, scale: Scale) -> tuple[Element, ...]:
    lines: list[Element] = [
        Line(grid.left, scale.y(value), grid.right, scale.y(value), "hairline") for value in (2, 1, -1, -2)
    ]
    lines.append(Line(grid.left, scale.y(0), grid.right, scale.y(0), "strong", 1.2))
    right = MARGIN + RAIL - 10
    for key, value in (("keen", 2), ("neutral", 0), ("disappointed", -2)):
        lines.append(one_line(sheet.say(key), right, scale.y(value) - 7.5, NOTE, anchor="end", room=RAIL - 10))
    for value in (1, -1):
        text = score(value, sheet.language, 0)
        lines.append(one_line(text, right, scale.y(value) - 7.5, NOTE, anchor="end"))
    return (Group("axis", tuple(lines)),)


def _ideal(sheet: Sheet, grid: Grid, scale: Scale) -> tuple[Element, ...]:
    points = [
        (span.middle, scale.y(sheet.ideal[column.id]))
        for column, span in zip(sheet.columns, grid.columns, strict=True)
        if column.id in sheet.ideal
    ]
    return (Curve(smooth(points), "good", 1.1),) if len(points) > 1 else ()


def _legend(sheet: Sheet, grid: Grid, felt: tuple[Felt, ...], top: float) -> tuple[list[Element], float]:
    """What the lines mean, and the curve in a sentence: on one line, or two when there is no room."""
    elements: list[Element] = []
    x = grid.left + 6
    for key in _keys(sheet, felt):
        elements.append(_swatch(key, x, top + 8))
        text = _explained(sheet, key, felt)
        elements.append(one_line(text, x + 34, top, NOTE))
        x += 34 + width(text, NOTE.style) + 22
    said = summary(sheet, felt)
    wide = width(said, NOTE_STRONG.style)
    if x + wide + 10 <= grid.right:
        elements.append(one_line(said, grid.right, top, NOTE_STRONG.as_("ink"), anchor="end"))
        return elements, 26.0
    below = words(said, grid.left + 6, top + 17, NOTE_STRONG.as_("ink"), room=max(grid.right - grid.left, 300) - 12)
    return [*elements, below], 26.0 + 15 * len(below.lines) + 2


def _keys(sheet: Sheet, felt: tuple[Felt, ...]) -> list[str]:
    orders = [f.order for f in felt if f.measured]
    wanted = {
        "legend-measured": bool(orders),
        "legend-gap": any(1 < other - one <= BRIDGED + 1 for one, other in pairwise(orders)),
        "legend-assumed": any(f.assumed is not None for f in felt),
        sheet.ideal_is: bool(sheet.ideal),
        **{key: any(f.mot == mot for f in felt) for mot, key in STARS.items()},
    }
    return [key for key, shown in wanted.items() if shown]


def _explained(sheet: Sheet, key: str, felt: tuple[Felt, ...]) -> str:
    done, known = sum(f.measured is not None for f in felt), sum(one.proposed is None for one in sheet.columns)
    return sheet.say(key, done=str(done), all=str(known)) if key == "legend-measured" else sheet.say(key)


def _swatch(key: str, x: float, y: float) -> Element:
    """A sample of the line (or the mark) that a key of the legend explains."""
    if key in STARS.values():
        return star_of("confirmed" if key == STARS["confirmed"] else "suggested", x + 18, y, 13)
    looks: dict[str, tuple[Role, float, Dash]] = {
        "legend-measured": ("measured", 2.6, "solid"),
        "legend-gap": ("measured", 1.4, "dotted"),
        "legend-assumed": ("assumed", 1.5, "dashed"),
        "legend-ideal": ("good", 1.1, "solid"),
        "legend-before": ("good", 1.1, "solid"),
    }
    return Curve((("M", (x, y)), ("L", (x + 26, y))), *looks[key])
