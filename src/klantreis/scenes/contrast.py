"""The difference of two groups as a picture: a heat map of a step matrix, or a process map of what follows what.

More in the first group is filled or solid, more in the second hatched or dashed, so that no colour is needed; what may
be chance stays without colour.
"""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.contrast import Contrast, Gap
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.contrast_graph import graph
from klantreis.scenes.frame import framed, nothing
from klantreis.scenes.model import Role, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, estimated
from klantreis.scenes.points import points, within
from klantreis.scenes.steps import MOST_ROWS, Row, Tile, heat, nearest, signed
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import say

TINTS: tuple[tuple[float, Role], ...] = ((0.15, "stream"), (0.05, "band"), (0.0, "left"))
"""From this difference on (as a share) a cell has this tint."""
TOP = 24


def contrast_scene(
    contrast: Contrast, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns the difference of two groups; wider than `width` when it must be.

    Two step matrices become a heat map, two answers of `follows` a process map with its 24 largest differences. Groups
    of which one is empty are said.
    """
    known = dict(names_of(map_, language))
    known |= {contrast.start: say("not-begun", language), contrast.end: say("over", language)}
    one, other = (known.get(name, name) for name in contrast.names)
    title = say("contrast", language, one=one, other=other)
    twin = _table(contrast, known, (one, other), language)
    if not contrast.gaps or not min(contrast.n):
        why = say("contrast-none", language)
        return nothing("contrast", title, why, width=width, table=twin, language=language)
    under = say(
        "contrast-under", language, one=one, other=other, n=decimal(contrast.n[0], language),
        m=decimal(contrast.n[1], language),
    )  # fmt: skip
    if contrast.kind == "follows":
        body, size, legend = graph(contrast, known, language, width)
    else:
        shown = nearest(sorted({cell.step or 0 for cell in contrast.gaps}))
        rows = _rows(contrast, known, language, shown)
        body, size = heat(rows, [signed(step) for step in shown], width)
        legend = say(
            "contrast-legend", language, one=one, other=other, cells=decimal(len(contrast.gaps), language),
            chance=decimal(max(1, round(len(contrast.gaps) * 0.05)), language),
        )  # fmt: skip
    return framed(
        "contrast", title, under, body, size=size, table=twin, language=language, about=contrast.about, notes=(legend,)
    )


def _rows(contrast: Contrast, names: Mapping[str, str], language: Language, shown: tuple[int, ...]) -> list[Row]:
    found: dict[str, list[Gap]] = {}
    for cell in contrast.gaps:
        if cell.step in shown:
            found.setdefault(cell.touchpoint, []).append(cell)
    ends = {contrast.start, contrast.end}
    kept = [*[one for one in found if one not in ends][:MOST_ROWS], *[one for one in found if one in ends]]
    return [
        Row(one, names.get(one, one), tuple(_tile(cell, names, language) for cell in found[one]), one in ends)
        for one in kept
    ]


def _tile(cell: Gap, names: Mapping[str, str], language: Language) -> Tile:
    value = cell.difference.value or 0.0
    heard = say(
        "heard-gap", language, name=f"{names.get(cell.touchpoint, cell.touchpoint)} {signed(cell.step or 0)}",
        one=estimated(cell.one, "share", language), other=estimated(cell.other, "share", language),
        gap=within(cell.difference, language),
    )  # fmt: skip
    if not cell.one.value and not cell.other.value:
        return Tile("·", heard, bare=True)
    if not cell.sure:
        return Tile(points(value, language), heard)
    tint = next(role for least, role in TINTS if abs(value) >= least)
    return Tile(points(value, language), heard, tint, "plain" if value > 0 else "hatch")


def _table(contrast: Contrast, names: Mapping[str, str], groups: tuple[str, str], language: Language) -> Table:
    to, step = ("to",) if contrast.kind == "follows" else (), ("step-head",) if contrast.kind == "steps" else ()
    header = [say(key, language) for key in ("contact", *to, *step)]
    header += [*groups, say("difference-head", language), say("sure-head", language)]
    rows = []
    for cell in contrast.gaps:
        place = (names.get(cell.target or "", cell.target or ""),) if to else (signed(cell.step or 0),)
        shares = (estimated(cell.one, "share", language), estimated(cell.other, "share", language))
        sure = say("yes", language) if cell.sure else ""
        name = names.get(cell.touchpoint, cell.touchpoint)
        rows.append((name, *place, *shares, within(cell.difference, language), sure))
    return table(say("contrast", language, one=groups[0], other=groups[1]), header, rows, keep=3)
