"""The lane of votes: at each step how many viewers of a shared page recognise it, apart from what was measured."""

from __future__ import annotations

from klantreis.map.votes import LEAST
from klantreis.scenes.journey.grid import GAP, PAD, Grid
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Element, Group
from klantreis.scenes.numbers import between, decimal
from klantreis.scenes.pen import BODY, NOTE, tall, words


def votes(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns how many viewers recognise each step, of how many, with the interval; None when nobody voted."""
    if sheet.density.brief:
        return None
    shown: list[Element] = []
    high, pad = 0.0, sheet.density.pad
    for column, span in zip(sheet.columns, grid.columns, strict=True):
        first, second = vote_at(sheet, column.id)
        if first:
            x, room = span.x + GAP + PAD, span.width - 2 * (GAP + PAD) + 6
            count = words(first, x, pad, BODY, room=room, most=3)
            under = words(second, x, pad + tall(count), NOTE, room=room, most=2)
            heard = f"{sheet.say('votes')}: {' · '.join(filter(None, (first, second)))}"
            shown.append(Group("vote", (count, under), f"{column.id}-vote", heard))
            high = max(high, tall(count) + tall(under))
    return Row("votes", high + 2 * pad, tuple(shown), sheet.say("votes"), sheet.say("votes-note")) if shown else None


def vote_at(sheet: Sheet, id_: str) -> tuple[str, str]:
    """Returns how many recognise a step, of how many, and the share with its interval; two '' when nobody voted."""
    one = sheet.votes.get(id_)
    if one is None:
        return "", ""
    n, share = decimal(one.n, sheet.language), one.share
    if one.n < LEAST:
        return sheet.say("vote-few", n=n, need=decimal(LEAST, sheet.language)), ""
    told = sheet.say("vote-at", yes=decimal(one.yes, sheet.language), n=n)
    return told, between(share.low, share.high, "share", sheet.language)
