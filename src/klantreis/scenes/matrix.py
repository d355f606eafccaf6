"""Opportunities as a matrix: impact upwards, effort to the right, circles as large as the people they reach.

Beside it the same opportunities as a list, best score first, with the formula filled in: nobody has to trust a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klantreis.analyses.results import Results
from klantreis.labels import Language
from klantreis.map.model import JourneyMap, Opportunity
from klantreis.map.score import Score
from klantreis.scenes.frame import MARGIN, framed, nothing
from klantreis.scenes.model import Box, Dash, Element, Group, Line, Role, Scene
from klantreis.scenes.numbers import decimal, percent
from klantreis.scenes.pen import NOTE, NOTE_STRONG, STRONG, moved, one_line, tall, words
from klantreis.scenes.reach import met, scores_of
from klantreis.scenes.table import Table, table
from klantreis.scenes.words import named, say

CELL, ROW, AXIS = 150.0, 100.0, 64.0
LIST, LEAST = 320.0, 11.0
GROWTH = 22.0
"""How much wider (in radius) a circle is that reaches everybody than one that reaches nobody."""


@dataclass(frozen=True, slots=True)
class _Idea:
    """An opportunity that stands in the matrix; `people` is None when its reach is not measured."""

    rank: int
    idea: Opportunity
    score: Score
    name: str
    people: int | None


def matrix_scene(map_: JourneyMap, results: Results | None = None, *, language: Language, width: float = 1400) -> Scene:
    """Returns the matrix with its list; ideas that cannot be ranked stand under it with the reason.

    Reach is the share of people who met the step or touchpoint of the barrier. A map without opportunities says so.
    """
    title = say("matrix", language)
    scores = tuple(scores_of(map_, results).values())
    ideas = _ideas(map_, scores, met(map_, results), language)
    twin = _table(map_, ideas, scores, language)
    if not map_.opportunities:
        return nothing("matrix", title, say("matrix-none", language), width=width, table=twin, language=language)
    wide = max(width, 2 * MARGIN + AXIS + 5 * CELL + 40 + LIST)
    plot = _plot(ideas, language)
    rows, low = _list(ideas, MARGIN + AXIS + 5 * CELL + 40, wide - MARGIN, language)
    rest, bottom = _rest(map_, scores, max(low, 5 * ROW + 74), wide, language)
    name = map_.title.shown(language) or say("no-title", language)
    under = say(
        "matrix-under" if any(one.reach is not None for one in scores) else "matrix-under-bare", language, title=name
    )
    notes = (say("tinted", language), say("unsure-mark", language))
    return framed(
        "matrix", title, under, [*plot, *rows, *rest], size=(wide, bottom), table=twin, language=language,
        about=results.about if results else None, notes=notes,
    )  # fmt: skip


def _ideas(map_: JourneyMap, scores: Sequence[Score], seen: Mapping[str, int], language: Language) -> list[_Idea]:
    known = {idea.id: idea for idea in map_.opportunities}
    found = []
    for rank, score in enumerate((one for one in scores if one.value is not None), start=1):
        idea = known[score.id]
        people = [seen[name] for name in idea.solves if name in seen]
        name = idea.label.shown(language) or idea.id
        found.append(_Idea(rank, idea, score, name, max(people) if people else None))
    return found


def _plot(ideas: Sequence[_Idea], language: Language) -> list[Element]:
    left, top = MARGIN + AXIS, 24.0
    found: list[Element] = []
    for impact in range(1, 6):
        for effort in range(1, 6):
            x, y = left + (effort - 1) * CELL, top + (5 - impact) * ROW
            found.append(Box(x, y, CELL, ROW, "good-paper" if impact >= 2 * effort else None, "hairline"))
    found += _axes(left, top, language)
    for impact in range(5, 0, -1):
        for effort in range(1, 6):
            here = [one for one in ideas if (one.idea.impact, one.idea.effort) == (impact, effort)]
            found += _cell(here, left + (effort - 1) * CELL, top + (5 - impact) * ROW, language)
    return found


def _axes(left: float, top: float, language: Language) -> list[Element]:
    right, bottom = left + 5 * CELL, top + 5 * ROW
    found: list[Element] = [
        Line(left, top, left, bottom, "strong", 1.2), Line(left, bottom, right, bottom, "strong", 1.2)
    ]  # fmt: skip
    for step in range(1, 6):
        found.append(one_line(str(step), left - 12, bottom - (step - 0.5) * ROW - 8, STRONG, anchor="end"))
        found.append(one_line(str(step), left + (step - 0.5) * CELL, bottom + 4, STRONG, anchor="middle"))
    low, high = say("axis-low", language), say("axis-high", language)
    found += [
        one_line(say("impact", language), MARGIN, top, STRONG),
        one_line(high, MARGIN, top + 16, NOTE),
        one_line(low, MARGIN, bottom - 18, NOTE),
        one_line(say("effort", language), left + CELL * 2.5, bottom + 20, STRONG, anchor="middle"),
        one_line(low, left, bottom + 20, NOTE),
        one_line(high, right, bottom + 20, NOTE, anchor="end"),
    ]
    found.append(one_line(say("quick", language), left, top - 18, NOTE_STRONG))
    found.append(one_line(say("big", language), right, top - 18, NOTE_STRONG, anchor="end"))
    return found


def _cell(ideas: Sequence[_Idea], x: float, y: float, language: Language) -> list[Element]:
    """The circles of one cell: with their names while there are two at most, else numbers in files."""
    if len(ideas) <= 2:
        high = ROW / max(1, len(ideas))
        return [_named(one, x + 8, y + high * (spot + 0.5), high, language) for spot, one in enumerate(ideas)]
    files = 2 if len(ideas) <= 4 else 3 if len(ideas) <= 9 else 5
    lines = -(-len(ideas) // files)
    most = min(CELL / files, ROW / lines) / 2 - 2
    found: list[Element] = []
    for spot, one in enumerate(ideas):
        centre = x + CELL / files * (spot % files + 0.5), y + ROW / lines * (spot // files + 0.5)
        found.append(_circle(one, *centre, max(5.0, min(most, _radius(one))), language))
    return found


def _named(one: _Idea, x: float, middle: float, high: float, language: Language) -> Group:
    radius = min(_radius(one), high / 2 - 3)
    circle = _circle(one, x + radius, middle, radius, language)
    room = CELL - 2 * radius - 18
    lines = words(one.name, x + 2 * radius + 5, 0, NOTE.as_("ink"), room=room, most=max(1, int(high // 15) - 1))
    text = moved(lines, middle - tall(lines) / 2)
    return Group("idea", (*circle.children, text), one.idea.id, circle.label, focus=True)


def _radius(one: _Idea) -> float:
    return LEAST + GROWTH * (one.score.reach or 0.0) ** 0.5 if one.people is not None else LEAST + 3


def _circle(one: _Idea, x: float, y: float, radius: float, language: Language) -> Group:
    unsure = (one.idea.confidence or 0) <= 2
    fill: Role = "paper" if unsure else "stream"
    dash: Dash = "dashed" if unsure else "solid"
    disc = Box(x - radius, y - radius, 2 * radius, 2 * radius, fill, "measured", 1.3, dash, radius=radius)
    number = one_line(str(one.rank), x, y - 7.5, NOTE_STRONG.as_("ink"), anchor="middle")
    return Group("idea", (disc, number), one.idea.id, _heard(one, language), focus=True)


def _heard(one: _Idea, language: Language) -> str:
    reach = f", {say('people', language, n=decimal(one.people, language))}" if one.people is not None else ""
    return say(
        "heard-idea",
        language,
        rank=str(one.rank),
        name=one.name,
        impact=str(one.idea.impact),
        effort=str(one.idea.effort),
        confidence=str(one.idea.confidence),
        score=decimal(one.score.value or 0.0, language, 1),
        reach=reach,
    )


def _list(ideas: Sequence[_Idea], x: float, right: float, language: Language) -> tuple[list[Element], float]:
    """The ideas, best first: number, name, score as a figure, and how it was computed."""
    found: list[Element] = [one_line(say("score-head", language), right, 0, NOTE_STRONG, anchor="end")] if ideas else []
    y = 20.0
    for one in ideas:
        name = words(one.name, x + 30, y, STRONG, room=right - x - 90, most=2)
        parts = [one.score.shown.text(language), named("status", one.idea.status, language)]
        if one.people is not None:
            parts.insert(1, say("people", language, n=decimal(one.people, language)))
        told = words(" · ".join(parts), x + 30, y + tall(name), NOTE, room=right - x - 90, most=2)
        value = one_line(decimal(one.score.value or 0.0, language, 1), right, y, STRONG, anchor="end")
        disc = Box(x, y - 1, 20, 20, "stream", "measured", 1, radius=10)
        number = one_line(str(one.rank), x + 10, y + 1.5, NOTE_STRONG.as_("ink"), anchor="middle")
        found.append(Group("rank", (disc, number, name, told, value), one.idea.id, _heard(one, language)))
        y += tall(name) + tall(told) + 5
        found.append(Line(x, y - 1, right, y - 1))
        y += 6
    return found, y


def _rest(
    map_: JourneyMap, scores: Sequence[Score], top: float, wide: float, language: Language
) -> tuple[list[Element], float]:
    """Ideas that are not ranked, with the reason."""
    names = {idea.id: idea.label.shown(language) or idea.id for idea in map_.opportunities}
    left_out = [one for one in scores if one.value is None]
    if not left_out:
        return [], top
    text = " · ".join(f"{names[one.id]} ({one.why.text(language)})" for one in left_out)
    head = one_line(say("unranked", language), MARGIN, top, STRONG)
    told = words(text, MARGIN, top + 17, NOTE, room=wide - 2 * MARGIN)
    return [head, told], top + 17 + tall(told) + 6


def _table(map_: JourneyMap, ideas: Sequence[_Idea], scores: Sequence[Score], language: Language) -> Table:
    keys = ("opportunity", "solves", "impact", "effort", "confidence", "reach", "score-head", "status-head")
    header = ["#", *(say(key, language) for key in keys)]
    barriers = {barrier.id: barrier.label.shown(language) or barrier.id for barrier in map_.barriers}
    found = {one.idea.id: one for one in ideas}
    known = {idea.id: idea for idea in map_.opportunities}
    rows = []
    for score in scores:
        idea, one = known[score.id], found.get(score.id)
        value = score.shown.text(language) if score.value is not None else f"– ({score.why.text(language)})"
        reach = f"{decimal(one.people, language)} ({percent(score.reach, language)})" if (
            one is not None and one.people is not None and score.reach is not None
        ) else ""  # fmt: skip
        rows.append(
            (
                str(one.rank) if one else "–",
                idea.label.shown(language) or idea.id,
                ", ".join(barriers.get(name, name) for name in idea.solves),
                *(str(number) if number else "" for number in (idea.impact, idea.effort, idea.confidence)),
                reach,
                value,
                named("status", idea.status, language),
            )
        )
    return table(say("matrix", language), header, rows, keep=2)
