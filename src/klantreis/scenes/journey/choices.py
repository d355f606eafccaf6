"""What customers choose by and between: the criteria with their weight, and each alternative with how it scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klantreis.map.about import Alternative, Criterion
from klantreis.scenes.journey.cards import Card, Draw, card_row, carded, phase_ends
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.row import Row, rail_height
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.numbers import decimal
from klantreis.scenes.pen import NOTE, Ink
from klantreis.scenes.words import named

WEIGHT_LINES, FULL_LINES = 6, 3
"""How many lines the weights may take in the rail, without room for a card with them; and on a full page."""


def alternatives(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns what customers choose by in each phase, and what they choose between, ourselves first; None without."""
    cards = []
    tight = sheet.density.brief or bool(sheet.density.page)
    for phase, criteria in [] if tight else _by_phase(sheet):
        lines = [(_criterion(sheet, one), NOTE, 2) for one in criteria]
        draw = carded(sheet.say("criteria"), lines, "", "strong", "muted")
        cards.append(_card(sheet, ("criteria", phase or "all"), phase, _heard_criteria(sheet, criteria), draw))
    for other in sorted(sheet.map.alternatives, key=lambda other: not other.us):
        lines = [] if sheet.density.brief else _sides(sheet, other)
        lines = lines if tight else [*_scored(sheet, other), *lines]
        draw = carded(_name(sheet, other), lines, _tag(sheet, other) or " ", "good" if other.us else "strong", "muted")
        heard = f"{sheet.say('alternative')}: {_heard(sheet, other)}"
        cards.append(_card(sheet, ("alternative", other.id), other.phase, heard, draw))
    row = card_row(sheet, grid, "alternative", cards)
    if row is None or all(weighed(sheet, other) is None for other in sheet.map.alternatives):
        return row
    return _weights(sheet, row) if tight else replace(row, note=sheet.say("alternative-note"))


def _weights(sheet: Sheet, row: Row) -> Row:
    """The row with in the rail what each criterion weighs; where that does not fit, where it can be read."""
    ranked = sorted(sheet.map.criteria, key=lambda one: -one.weight)
    named_all = " · ".join(f"{sheet.text(one.label) or one.id} {one.weight}" for one in ranked)
    told = replace(row, note=sheet.say("alternative-brief", criteria=named_all), lines=99)
    most = FULL_LINES if sheet.density.brief and sheet.density.page else WEIGHT_LINES
    fits = rail_height(told) <= max(row.height, rail_height(replace(told, lines=most)))
    return told if fits else replace(row, note=sheet.say("alternative-full"), lines=most)


def chosen(sheet: Sheet) -> Iterator[tuple[str | None, str]]:
    """Yields (phase, text) of what customers choose by and between, whole, for those who read no picture."""
    for phase, criteria in _by_phase(sheet):
        yield phase, _heard_criteria(sheet, criteria)
    for other in sheet.map.alternatives:
        yield other.phase, _heard(sheet, other)


def weighed(sheet: Sheet, other: Alternative) -> float | None:
    """Returns the mean of an alternative's scores, weighted by how much each criterion matters; None without any."""
    pairs = [(score, one.weight) for one, score in _scores(sheet, other) if one.weight]
    whole = sum(weight for _, weight in pairs)
    return sum(score * weight for score, weight in pairs) / whole if whole else None


def _scores(sheet: Sheet, other: Alternative) -> list[tuple[Criterion, float]]:
    """What an alternative scores, the heaviest criterion first."""
    found = dict(other.scores)
    ranked = sorted(sheet.map.criteria, key=lambda one: -one.weight)
    return [(one, found[one.id]) for one in ranked if one.id in found]


def _by_phase(sheet: Sheet) -> list[tuple[str | None, list[Criterion]]]:
    """The criteria of each phase, the heaviest first."""
    ranked = sorted(sheet.map.criteria, key=lambda one: -one.weight)
    return [(phase, [one for one in ranked if one.phase == phase]) for phase in dict.fromkeys(c.phase for c in ranked)]


def _card(sheet: Sheet, key: tuple[str, str], phase: str | None, heard: str, draw: Draw) -> Card:
    """The card of `key` (kind, id), over its phase; over the whole map when it has none."""
    whole = phase_ends(sheet, None) if phase is None else None
    first, last = phase_ends(sheet, phase) or whole or (None, None)
    return Card(*key, first, heard, draw, last, phase)


def _criterion(sheet: Sheet, one: Criterion) -> str:
    text = sheet.say("criterion", name=sheet.text(one.label) or one.id, weight=str(one.weight))
    return text if one.influence == "own" else f"{text} · {named('influence', one.influence, sheet.language)}"


def _heard_criteria(sheet: Sheet, criteria: list[Criterion]) -> str:
    return f"{sheet.say('criteria')}: {'; '.join(_criterion(sheet, one) for one in criteria)}"


def _name(sheet: Sheet, other: Alternative) -> str:
    return sheet.text(other.label) or other.id


def _tag(sheet: Sheet, other: Alternative) -> str:
    """Whether it is ourselves, and the weighted score: on which part of what anybody was scored on."""
    parts = [sheet.say("alternative-us")] if other.us else []
    score = weighed(sheet, other)
    if score is not None:
        parts.append(sheet.say("alternative-score", value=decimal(score, sheet.language, 1)))
        asked = {one.id for each in sheet.map.alternatives for one, _ in _scores(sheet, each)}
        own = len(_scores(sheet, other))
        if own < len(asked):
            parts.append(sheet.say("alternative-part", n=str(own), all=str(len(asked))))
    return " · ".join(parts)


def _heard(sheet: Sheet, other: Alternative) -> str:
    told = [_tag(sheet, other), *(text for text, _, _ in (*_scored(sheet, other), *_sides(sheet, other)))]
    return ". ".join(filter(None, (_name(sheet, other), *told)))


def _scored(sheet: Sheet, other: Alternative) -> list[tuple[str, Ink, int]]:
    """What it scores on each criterion, in one line; nothing when it has no scores."""
    scores = [
        f"{sheet.text(one.label) or one.id}\u00a0{decimal(score, sheet.language)}"
        for one, score in _scores(sheet, other)
    ]
    return [(" · ".join(scores), NOTE, 4)] if scores else []


def _sides(sheet: Sheet, other: Alternative) -> list[tuple[str, Ink, int]]:
    """What speaks for and against it, and how we differ."""
    lines = [(f"+ {sheet.text(pro)}", NOTE, 2) for pro in other.pros if sheet.text(pro)]
    lines += [(f"− {sheet.text(con)}", NOTE, 2) for con in other.cons if sheet.text(con)]
    differs = sheet.text(other.differs)
    return [*lines, *([(sheet.say("differs", text=differs), NOTE, 3)] if differs else [])]
