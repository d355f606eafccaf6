"""Variants as a picture: the most taken whole routes, touchpoint by touchpoint, with their share."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.paths import Paths, Variant
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Mark, Scene
from klantreis.scenes.names import names_of
from klantreis.scenes.numbers import decimal, estimated, percent
from klantreis.scenes.pen import NOTE, STRONG, Ink, one_line
from klantreis.scenes.table import Table, table
from klantreis.scenes.text import cut, width
from klantreis.scenes.words import say

CHIP = Ink(11, 400, "ink", leading=15)
FIGURES, BAR = 176.0, 96.0


def variants_scene(
    paths: Paths, *, language: Language, map_: JourneyMap | None = None, width: float = 960, top: int = 10
) -> Scene:
    """Returns the `top` most taken routes, each a row of touchpoints that wraps when it is long.

    Repeats in a row stand once, with how often. Without journeys it says so.
    """
    names = names_of(map_, language)
    rows = _table(paths, names, language)
    title = say("variants", language)
    shown = paths.variants[:top]
    if not shown:
        return nothing("variants", title, say("nothing", language), width=width, table=rows, language=language)
    body: list[Element] = []
    y = 0.0
    most = shown[0].share.value or 1.0
    for number, variant in enumerate(shown, start=1):
        group, y = _variant(variant, number, y, _Look(names, language, width, most))
        body.append(group)
    under = say(
        "variants-under",
        language,
        shown=str(len(shown)),
        all=decimal(paths.variants_all or len(paths.variants), language),
        share=percent(shown[-1].coverage, language),
        journeys=say("journeys", language, n=decimal(paths.journeys, language)),
    )
    return framed(
        "variants", title, under, body, size=(width, y), table=rows, language=language, about=paths.about,
        notes=(say("intervals-wilson", language),),
    )  # fmt: skip


class _Look:
    """What every row needs to know."""

    __slots__ = ("language", "most", "names", "width")

    def __init__(self, names: Mapping[str, str], language: Language, wide: float, most: float) -> None:
        self.names, self.language, self.width, self.most = names, language, wide, most


def _variant(variant: Variant, number: int, top: float, look: _Look) -> tuple[Group, float]:
    language = look.language
    share = variant.share.value or 0.0
    n = say("journeys", language, n=decimal(variant.count, language))
    figures: list[Element] = [
        Box(MARGIN, top + 4, BAR, 10, "panel"),
        Box(MARGIN, top + 4, max(2.0, BAR * share / look.most), 10, "measured"),
        one_line(percent(share, language, 1), MARGIN + BAR + 8, top + 1, STRONG, room=FIGURES - BAR - 14),
        one_line(n, MARGIN, top + 18, NOTE, room=FIGURES - 10),
        one_line(say("covered-short", language, share=percent(variant.coverage, language)), MARGIN, top + 33, NOTE),
    ]
    chips, bottom = _chips(variant.path, top, look)
    names = ", ".join(look.names.get(name, name) for name in variant.path)
    heard = f"{number}. {n}, {estimated(variant.share, 'share', language)}: {names}"
    return Group("variant", (*figures, *chips), str(number), heard, focus=True), max(top + 48, bottom) + 14


def _chips(path: tuple[str, ...], top: float, look: _Look) -> tuple[list[Element], float]:
    left, right = MARGIN + FIGURES + 10, look.width - MARGIN
    x, y = left, top
    chips: list[Element] = []
    for spot, (name, times) in enumerate(_runs(path)):
        text = look.names.get(name, name) + (f" ×{times}" if times > 1 else "")
        text = cut(text, min(220.0, right - left - 20), CHIP.style)
        wide = width(text, CHIP.style) + 18
        if x + wide > right and x > left:
            x, y = left, y + 28
        box = Box(x, y, wide, 22, "phase", radius=4)
        chips.append(Group("chip", (box, one_line(text, x + 9, y + 3.5, CHIP))))
        x += wide
        if spot + 1 < len(_runs(path)):
            chips.append(Mark("arrow", x + 9, y + 11, 9, None, "muted", 1.2))
        x += 18
    return chips, y + 22


def _runs(path: tuple[str, ...]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for name in path:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs


def _table(paths: Paths, names: Mapping[str, str], language: Language) -> Table:
    header = [say(key, language) for key in ("route", "journeys-head", "share-head", "covered")]
    rows = [
        (
            " → ".join(names.get(name, name) for name in variant.path),
            decimal(variant.count, language),
            estimated(variant.share, "share", language),
            percent(variant.coverage, language),
        )
        for variant in paths.variants[:100]
    ]
    return table(say("variants", language), header, rows)
