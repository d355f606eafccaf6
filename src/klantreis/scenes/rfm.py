"""RFM as a picture: a grid of how recently by how often, darker where more customers are."""

from __future__ import annotations

from klantreis.analyses.rfm import Rfm
from klantreis.analyses.rfm.result import Cell
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Role, Scene
from klantreis.scenes.numbers import decimal, estimated, money, percent
from klantreis.scenes.pen import NOTE, STRONG, one_line, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_value import tell

AXIS, ROW = 92.0, 58.0
TONES: tuple[tuple[float, Role], ...] = ((0.6, "measured"), (0.2, "stream"), (0.0, "band"))
"""From this share of the fullest cell on, in this role; the figures say the same to who cannot tell them apart."""


def rfm_scene(result: Rfm, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns the grid, highest recency at the top and highest frequency to the right, with figures in each cell.

    Nobody who ordered: it says so.
    """
    del map_
    rows, title = _table(result, language), tell("rfm", language)
    if result.why:
        return nothing("rfm", title, result.why.text(language), width=width, table=rows, language=language)
    axis = min(AXIS, width * 0.2)
    wide = (width - 2 * MARGIN - axis) / result.bins
    most = max(cell.customers for cell in result.grid)
    body: list[Element] = [
        words(tell("recency", language), MARGIN, 2, NOTE, room=axis - 10, most=2),
        *_edges(result.bins, axis, wide, language),
    ]
    for cell in result.grid:
        x, y = MARGIN + axis + (cell.frequency - 1) * wide, (result.bins - cell.recency) * ROW
        body.append(_cell(cell, Box(x, y, wide - 2, ROW - 2), most, (result, language)))
    gaps = {"n": decimal(result.customers, language), "orders": decimal(result.orders, language)}
    under = tell("rfm-under", language, money=tell("and-money", language) if result.money is not None else "", **gaps)
    notes = [tell("as-of", language, on=result.as_of), result.said.text(language), result.note.text(language)]
    return framed(
        "rfm", title, under, body, size=(width, result.bins * ROW + 40), table=rows, language=language,
        about=result.about, notes=[note for note in notes if note],
    )  # fmt: skip


def _edges(bins: int, axis: float, wide: float, language: Language) -> list[Element]:
    bottom = bins * ROW
    found: list[Element] = []
    for score in range(1, bins + 1):
        found.append(one_line(str(score), MARGIN + axis - 10, (bins - score + 0.5) * ROW - 8, STRONG, anchor="end"))
        found.append(one_line(str(score), MARGIN + axis + (score - 0.5) * wide, bottom + 3, STRONG, anchor="middle"))
    found.append(one_line(f"{tell('frequency', language)} →", MARGIN + axis, bottom + 20, NOTE))
    return found


def _cell(cell: Cell, box: Box, most: int, of: tuple[Rfm, Language]) -> Group:
    result, language = of
    tone = next(role for least, role in TONES if cell.customers >= least * most) if cell.customers else "panel"
    role: Role = "on-strong" if tone == "measured" else "ink"
    part = cell.money / result.money if cell.money is not None and result.money and cell.customers else None
    shown = "" if part is None else percent(part, language)
    middle = box.x + box.width / 2
    inside: list[Element] = [Box(box.x, box.y, box.width, box.height, tone, "hairline")]
    if cell.customers:
        count = decimal(cell.customers, language)
        top = box.y + (10 if shown else 19)
        inside.append(one_line(count, middle, top, STRONG.as_(role), anchor="middle", room=box.width - 4))
        if shown:
            inside.append(one_line(shown, middle, top + 18, NOTE.as_(role), anchor="middle", room=box.width - 4))
    heard = tell(
        "cell", language, r=str(cell.recency), f=str(cell.frequency), n=decimal(cell.customers, language),
        money=f", {tell('of-revenue', language, share=shown)}" if shown else "",
    )  # fmt: skip
    return Group("cell", tuple(inside), f"r{cell.recency}f{cell.frequency}", heard, focus=bool(cell.customers))


def _table(result: Rfm, language: Language) -> Table:
    header = [tell(key, language) for key in ("group", "customers", "share", "orders", "money", "money-share")]
    rows = [
        (
            group.label.text(language),
            decimal(group.customers, language),
            estimated(group.share, "share", language),
            decimal(group.orders, language),
            "" if group.money is None else money(group.money, result.about.currency, language),
            "" if group.money_share is None else percent(group.money_share, language),
        )
        for group in result.groups
    ]
    return table(tell("rfm", language), header, rows)
