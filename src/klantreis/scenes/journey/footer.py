"""The foot of a journey map: which data, until when, which version, and what its numbers are not."""

from __future__ import annotations

from klantreis.scenes.journey.grid import MARGIN, Grid
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.numbers import day, local
from klantreis.scenes.pen import NOTE, one_line, tall, words


def footer(sheet: Sheet, grid: Grid, _top: float = 0) -> Row:
    """Returns the foot: one line, or more when the sheet is narrow."""
    page = one_line(
        sheet.say("page", page=str(sheet.page[0]), pages=str(sheet.page[1])),
        grid.width - MARGIN,
        20,
        NOTE,
        anchor="end",
    )
    text = words("  ·  ".join(_parts(sheet)), MARGIN, 20, NOTE, room=grid.width - 2 * MARGIN - 70, most=3)
    return Row("footer", 20 + tall(text) + 14, (text, page), rule=True)


def _parts(sheet: Sheet) -> list[str]:
    parts = ["Klantreis"]
    if sheet.made is not None:
        made = sheet.made if sheet.made.tzinfo is None else local(int(sheet.made.timestamp() * 1e6), sheet.time_zone)
        parts.append(sheet.say("made", when=f"{day(made, sheet.language)} {made:%H:%M}"))
    if sheet.results is None:
        return [*parts, sheet.say("no-data")]
    about = sheet.results.about
    if about.last > 0:
        parts.append(sheet.say("through", when=day(local(about.last, about.time_zone), sheet.language)))
    if about.version:
        parts.append(sheet.say("version", version=about.version[:8]))
    return [*parts, sheet.say("intervals"), sheet.say("not-causes")]
