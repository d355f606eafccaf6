"""CLV as a picture: how often customers came back, beside what the model expects."""

from __future__ import annotations

from klantreis.analyses.clv import Clv
from klantreis.analyses.clv.result import Repeats
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Element, Group, Line, Scene
from klantreis.scenes.numbers import decimal
from klantreis.scenes.pen import NOTE, STRONG, one_line
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_value import tell

HIGH, TOP = 240.0, 46.0
MODELS = {"bgnbd": "BG/NBD", "paretonbd": "Pareto/NBD"}


def repeats_scene(result: Clv, *, language: Language, map_: JourneyMap | None = None, width: float = 960) -> Scene:
    """Returns two bars per number of times: filled what was seen, dashed what the model expects.

    No forecast: it says why.
    """
    del map_
    rows, title = _table(result, language), tell("repeats", language)
    if not result.repeats:
        why = (result.why or result.fitted.why).text(language)
        return nothing("repeats", title, why, width=width, table=rows, language=language)
    most = max(max(row.customers, row.expected) for row in result.repeats)
    wide = (width - 2 * MARGIN) / len(result.repeats)
    body: list[Element] = [*_key(language), Line(MARGIN, TOP + HIGH, width - MARGIN, TOP + HIGH, "strong", 1.2)]
    body += [_pair(row, MARGIN + place * wide, wide, (most, language)) for place, row in enumerate(result.repeats)]
    gaps = {"n": decimal(result.customers, language), "model": MODELS[result.model]}
    notes = [note.text(language) for note in (result.fitted.why,) if note]
    if result.held is not None:
        held = result.held
        gap = {"weeks": decimal(held.weeks, language, 1), "bought": decimal(held.bought, language)}
        notes.append(tell("held", language, expected=decimal(held.expected.value or 0, language), **gap))
    return framed(
        "repeats", title, tell("repeats-under", language, **gaps), body, size=(width, TOP + HIGH + 26), table=rows,
        language=language, about=result.about, notes=notes,
    )  # fmt: skip


def _key(language: Language) -> list[Element]:
    return [
        Box(MARGIN, 2, 12, 12, "measured"),
        one_line(tell("seen", language), MARGIN + 18, 0, NOTE),
        Box(MARGIN + 90, 2, 12, 12, "paper", "measured", 1.4, "dashed"),
        one_line(tell("expected", language), MARGIN + 108, 0, NOTE),
    ]


def _pair(row: Repeats, x: float, wide: float, of: tuple[float, Language]) -> Group:
    most, language = of
    bar = min(wide * 0.36, 44.0)
    middle, bottom = x + wide / 2, TOP + HIGH
    seen, expected = HIGH * row.customers / most, HIGH * row.expected / most
    name = f"{row.times}{'+' if row.or_more else ''}"
    count = decimal(row.customers, language)
    heard = f"{tell('times', language)} {name}: {count} {tell('seen', language)}, "
    heard += f"{decimal(row.expected, language)} {tell('expected', language)}"
    return Group(
        "repeats",
        (
            Box(middle - bar - 1, bottom - seen, bar, seen, "measured"),
            Box(middle + 1, bottom - expected, bar, expected, "paper", "measured", 1.4, "dashed"),
            one_line(count, middle, bottom - max(seen, expected) - 18, NOTE, anchor="middle", room=wide),
            one_line(name, middle, bottom + 5, STRONG, anchor="middle"),
        ),
        name,
        heard,
        focus=True,
    )


def _table(result: Clv, language: Language) -> Table:
    header = [
        tell("times", language),
        *(f"{tell('customers', language)}, {tell(key, language)}" for key in ("seen", "expected")),
    ]
    rows = [
        (
            f"{row.times}{'+' if row.or_more else ''}",
            decimal(row.customers, language),
            decimal(row.expected, language),
        )
        for row in result.repeats
    ]
    return table(tell("repeats", language), header, rows)
