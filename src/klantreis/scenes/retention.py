"""Retention as a picture: the curve of everybody with its interval, above cohorts as a table of shades."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.analyses.retention import Cell, Cohort, Retention
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Area, Command, Curve, Element, Group, Line, Mark, Path, Scene
from klantreis.scenes.numbers import decimal, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, moved, one_line
from klantreis.scenes.steps import CELL, NAME, Row, Tile, heat, people, tint
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

HIGH, GAP, RAIL = 170.0, 44.0, 52.0
MOST_COHORTS, MOST_COLUMNS = 24, 16
CEILINGS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


def retention_scene(
    result: Retention, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns the curve (from the first interval after the start on) and the latest 24 cohorts, 16 intervals of each.

    A cell that is not over is empty. The table holds all. Nobody began: it says so.
    """
    title, twin = say("retention", language), _table(result, language)
    known = [cell for cell in result.overall.cells if cell.share.value is not None]
    if not result.overall.people:
        return nothing("retention", title, say("nobody-began", language), width=width, table=twin, language=language)
    after = [cell for cell in known if cell.since > 0]
    body, top = _curve(result, after, width, language) if after else ([], 0.0)
    rows, heads = _rows(result, width, language)
    shades, size = heat(rows, heads, width)
    body += [moved(element, top) for element in shades]
    notes = [say("retention-legend", language)]
    if len(result.cohorts) > MOST_COHORTS:
        notes.append(say("cohorts-left-out", language, n=str(len(result.cohorts) - MOST_COHORTS)))
    return framed(
        "retention", title, _under(result, after, language), body, size=(size[0], top + size[1]), table=twin,
        language=language, about=result.about, notes=notes,
    )  # fmt: skip


def _under(result: Retention, after: Sequence[Cell], language: Language) -> str:
    rules = dict(result.rules)
    how = say(f"how.{rules.get('by', 'rolling')}", language, zone=str(rules.get("time_zone", "UTC")))
    began = people(result.started, language)
    if not after:
        return say("retention-under-bare", language, people=began, how=how)
    first = after[0]
    share = estimated(first.share, "share", language)
    return say(
        "retention-under", language, people=began, after=_span(first, result.unit, language), share=share, how=how
    )


def _curve(result: Retention, cells: Sequence[Cell], width: float, language: Language) -> tuple[list[Element], float]:
    left, right = MARGIN + RAIL, width - MARGIN - 12
    highest = max(cell.share.high or cell.share.value or 0.0 for cell in cells)
    ceiling = next(one for one in CEILINGS if one >= min(highest, 1.0))
    last = max(cells[-1].since, cells[0].since + 1)

    def at(cell: Cell, share: float) -> tuple[float, float]:
        return left + (right - left) * (cell.since - cells[0].since) / (last - cells[0].since), HIGH * (
            1 - share / ceiling
        )

    found: list[Element] = []
    for part in (0.0, 0.5, 1.0):
        y = HIGH * (1 - part)
        found.append(Line(left, y, right, y, "strong" if part == 0 else "hairline"))
        digits = 1 if ceiling * part * 100 % 1 else 0
        found.append(one_line(percent(ceiling * part, language, digits), left - 8, y - 7.5, NOTE, anchor="end"))
    sure = [cell for cell in cells if cell.share.low is not None and cell.share.high is not None]
    if len(sure) > 1:
        upper = [at(cell, min(cell.share.high or 0.0, ceiling)) for cell in sure]
        lower = [at(cell, cell.share.low or 0.0) for cell in reversed(sure)]
        found.append(Area((*_line([*upper, *lower]), ("Z", ()))))
    spots = [at(cell, cell.share.value or 0.0) for cell in cells]
    if len(spots) > 1:
        found.append(Curve(_line(spots)))
    for (x, y), cell in zip(spots, cells, strict=True):
        heard = _heard(say("everybody-row", language), cell, result.unit, language)
        found.append(
            Group("point", (Mark("filled-circle", x, y, 7, "measured"),), f"all@{cell.since}", heard, focus=True)
        )
    found += _ticks(cells, [x for x, _ in spots], result.unit, language)
    return found, HIGH + GAP


def _line(spots: Sequence[tuple[float, float]]) -> Path:
    def command(place: int) -> Command:
        return "L" if place else "M"

    return tuple((command(place), spot) for place, spot in enumerate(spots))


def _ticks(cells: Sequence[Cell], xs: Sequence[float], unit: str, language: Language) -> list[Element]:
    found: list[Element] = []
    before = -1e9
    for cell, x in zip(cells, xs, strict=True):
        if x - before >= 34:
            shown = _short(cell) if found else _span(cell, unit, language)
            found.append(one_line(shown, x, HIGH + 5, NOTE if found else STRONG, anchor="middle" if found else "start"))
            before = x + (0 if len(found) > 1 else 30)
    return found


def _rows(result: Retention, width: float, language: Language) -> tuple[list[Row], list[str]]:
    cells = result.overall.cells
    begun = [place for place, cell in enumerate(cells) if cell.people is not None] or [0]
    chosen = _spread(begun, max(3, min(MOST_COLUMNS, int((width - 2 * MARGIN - NAME) // CELL))))
    listed = [(say("everybody-row", language), result.overall)]
    listed += [(row.cohort, row) for row in result.cohorts[-MOST_COHORTS:]]
    rows = [
        Row(
            row.cohort,
            f"{name} ({decimal(row.people, language)})",
            tuple(_tile(name, row.cells[place], result.unit, language) for place in chosen),
            apart=spot == 1,
        )
        for spot, (name, row) in enumerate(listed)
    ]
    return rows, [_short(cells[place]) for place in chosen]


def _spread(places: Sequence[int], most: int) -> list[int]:
    """Returns at most so many places, the first two and the last among them, the others evenly between."""
    if len(places) <= most:
        return list(places)
    first, rest = places[0], places[1:]
    return [first, *(rest[round(spot * (len(rest) - 1) / (most - 2))] for spot in range(most - 1))]


def _tile(name: str, cell: Cell, unit: str, language: Language) -> Tile:
    if cell.share.value is None:
        return Tile("", _heard(name, cell, unit, language), bare=True)
    figure = percent(cell.share.value, language).rstrip("%")
    return Tile(figure, _heard(name, cell, unit, language), tint(cell.share.value))


def _heard(name: str, cell: Cell, unit: str, language: Language) -> str:
    span = _span(cell, unit, language)
    if cell.share.value is None:
        return say("heard-young", language, cohort=name, span=span)
    return say("heard-back", language, cohort=name, span=span, share=estimated(cell.share, "share", language))


def _span(cell: Cell, unit: str, language: Language) -> str:
    return say(f"span.{unit}", language, n=_short(cell))


def _short(cell: Cell) -> str:
    return str(cell.since) if cell.since == cell.until else f"{cell.since}–{cell.until}"


def _table(result: Retention, language: Language) -> Table:
    header = [
        say(key, language)
        for key in ("began-head", "people-head", "interval-head", "so-far-head", "old-enough-head", "came-back-head")
    ]

    def rows(name: str, row: Cohort) -> list[tuple[str, ...]]:
        return [
            (
                name,
                decimal(row.people, language),
                _span(cell, result.unit, language),
                decimal(cell.people, language),
                decimal(cell.mature, language),
                estimated(cell.share, "share", language) if cell.share.value is not None else "",
            )
            for cell in row.cells
            if cell.people is not None
        ]

    listed = [*rows(say("everybody-row", language), result.overall)]
    for cohort in result.cohorts:
        listed += rows(cohort.cohort, cohort)
    return table(say("retention", language), header, listed)
