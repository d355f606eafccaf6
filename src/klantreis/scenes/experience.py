"""Experience as a picture in two halves: what they did, and what they found; never one number."""

from __future__ import annotations

from klantreis.analyses.experience import Dimension, Experience
from klantreis.labels import Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.frame import MARGIN, framed
from klantreis.scenes.model import Box, Element, Group, Line, Mark, Scene
from klantreis.scenes.numbers import cases, decimal, estimated, percent, score
from klantreis.scenes.pen import BODY, FIGURE, NOTE, SECTION, STRONG, one_line, tall, words
from klantreis.scenes.table import Table, table
from klantreis.scenes.words_feeling import tell

PAD, APART, NARROW, AXIS = 18.0, 20.0, 620.0, 30.0


def experience_scene(
    result: Experience, *, language: Language, map_: JourneyMap | None = None, width: float = 960
) -> Scene:
    """Returns two panels beside each other, under each other when narrow: behaviour counted, and three dimensions."""
    del map_
    title, twin = tell("experience", language), _table(result, language)
    beside = width >= NARROW
    wide = (width - 2 * MARGIN - (APART if beside else 0)) / (2 if beside else 1)
    did, low = _did(result, (MARGIN, 0.0, wide), language)
    start = (MARGIN + wide + APART, 0.0, wide) if beside else (MARGIN, low + APART, wide)
    found, end = _found(result, start, language)
    bottom = max(low, end)
    panels = [
        Box(MARGIN, 0, wide, bottom if beside else low, "panel", "border", radius=8),
        Box(start[0], start[1], wide, bottom - start[1], "paper", "measured", 1.4, radius=8),
    ]
    share = percent(result.answered.value or 0.0, language)
    return framed(
        "experience", title, tell("experience-under", language, share=share), [*panels, did, found],
        size=(width, bottom + 6), table=twin, language=language, about=result.about,
    )  # fmt: skip


def _did(result: Experience, spot: tuple[float, float, float], language: Language) -> tuple[Group, float]:
    left, top, wide = spot
    head = one_line(tell("did", language), left + PAD, top + PAD, SECTION)
    body: list[Element] = [head]
    y = top + PAD + 30
    for key, value, more in _facts(result, language):
        number = one_line(value, left + PAD, y, FIGURE)
        under = words(
            f"{tell(key, language)}{more}", left + PAD, y + tall(number), BODY.as_("muted"), room=wide - 2 * PAD
        )
        body += [number, under]
        y += tall(number) + tall(under) + 12
    return Group("half", tuple(body), "did", tell("did", language)), y + PAD - 12


def _facts(result: Experience, language: Language) -> list[tuple[str, str, str]]:
    """Returns what is counted: the key of its words, the number, and what stands behind it."""
    contacts = "–" if result.contacts.value is None else decimal(result.contacts.value, language, 1)
    reached = result.reached
    inside = f" ({estimated(reached, 'share', language).partition(' (')[2]}" if reached.value is not None else ""
    return [
        ("people", decimal(result.people, language), ""),
        ("journeys", decimal(result.journeys, language), ""),
        ("contacts", contacts, ""),
        ("reached", "–", "")
        if reached.value is None
        else ("reached", percent(reached.value, language, 1 if reached.value < 0.1 else 0), inside),
    ]


def _found(result: Experience, spot: tuple[float, float, float], language: Language) -> tuple[Group, float]:
    left, top, wide = spot
    body: list[Element] = [one_line(tell("found", language), left + PAD, top + PAD, SECTION)]
    y = top + PAD + 30
    for one in result.dimensions:
        group, y = _dimension(one, (left + PAD, y, wide - 2 * PAD), language)
        body.append(group)
    return Group("half", tuple(body), "found", tell("found", language)), y + PAD - 14


def _dimension(one: Dimension, spot: tuple[float, float, float], language: Language) -> tuple[Group, float]:
    left, top, wide = spot
    head = words(tell(one.dimension, language), left, top, STRONG, room=wide, most=2)
    y = top + tall(head)
    told = words(_told(one, language), left, y, BODY if one.enough else NOTE, room=wide, most=2)
    y += tall(told) + 2
    body: list[Element] = [head, told]
    if one.enough and one.score.value is not None:
        body += _axis(one, (left, y, wide), language)
        y += AXIS + 8
    return Group(
        "dimension", tuple(body), one.dimension, f"{tell(one.dimension, language)} {_told(one, language)}", focus=True
    ), y + 14


def _axis(one: Dimension, spot: tuple[float, float, float], language: Language) -> list[Element]:
    left, top, wide = spot
    inner, y = wide - 20, top + 9

    def x(value: float) -> float:
        return left + 10 + inner * (max(-2.0, min(2.0, value)) + 2) / 4

    body: list[Element] = [Line(x(-2), y, x(2), y, "border", 2)]
    for value in (-2, 0, 2):
        body.append(Line(x(value), y - 5, x(value), y + 5, "strong" if value == 0 else "border", 1.2))
        body.append(one_line(score(value, language, 0), x(value), y + 8, NOTE, anchor="middle"))
    if one.score.low is not None and one.score.high is not None:
        body.append(Line(x(one.score.low), y, x(one.score.high), y, "measured", 6))
    body.append(Mark("filled-circle", x(one.score.value or 0.0), y, 11, "measured", "paper"))
    return body


def _told(one: Dimension, language: Language) -> str:
    if not one.surveys:
        return tell("not-asked", language)
    if not one.enough:
        return tell("few", language, n=decimal(one.score.n, language), need=decimal(one.n_min, language))
    to = "tot" if language == "nl" else "to"
    told = score(one.score.value or 0.0, language)
    if one.score.low is not None and one.score.high is not None:
        told += f" ({score(one.score.low, language)} {to} {score(one.score.high, language)})"
    return f"{told}, {cases(one.score.n, language)}, {tell('answers', language, n=decimal(one.answers, language))}"


def _table(result: Experience, language: Language) -> Table:
    rows = [
        (tell("did", language), tell(key, language), f"{value}{more}") for key, value, more in _facts(result, language)
    ]
    rows += [
        (tell("found", language), tell(one.dimension, language), _told(one, language)) for one in result.dimensions
    ]
    header = ("", tell("what-head", language), tell("value-head", language))
    return table(tell("experience", language), header, rows)
