"""The strong and the weak steps of a journey on one sheet of A4, each with what it stands on.

Measured steps come before assumed ones, and the two never look alike: a measured score is filled and has its n and
interval, an assumed one is open and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.model import JourneyMap
from klantreis.scenes.journey.columns import columns_of
from klantreis.scenes.journey.header import headline, subtitle
from klantreis.scenes.journey.lanes import quoted
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Group, Line, Mark, Role, Scene, Words
from klantreis.scenes.numbers import between, cases, day, estimated, score
from klantreis.scenes.pen import BODY, FIGURE, NOTE, NOTE_STRONG, SECTION, SPOKEN, Ink, one_line, tall, words
from klantreis.scenes.reach import scores_of
from klantreis.scenes.strengths_ranked import MOST, Standing, standings, strong, weak
from klantreis.scenes.table import table
from klantreis.scenes.words import named, say

WIDE, HIGH, MARGIN = 794.0, 1123.0, 36.0
"""A4 upright in pixels of 1/96 inch."""
LEAST = 3
"""How many steps of each side always fit on the sheet with what they stand on."""
FIGURES, NAMES = 150.0, 270.0
HEAD = Ink(21, 700, "ink", leading=27)
Side = Literal["strong", "weak"]


_Half = tuple[Side, tuple[Standing, ...]]


def strengths_scene(
    map_: JourneyMap,
    results: Results | None,
    findings: Sequence[Finding] = (),
    *,
    language: Language,
    persona: str | None = None,
    made: datetime | None = None,
    time_zone: str = "Europe/Amsterdam",
) -> Scene:
    """Returns the sheet: three to five strong and weak steps with their scores, barriers, ideas, quotes and evidence.

    Strong is over neutral. Weak is under neutral, or a step where a barrier makes customers leave. The assumed feelings
    are those of `persona`. A map of which no feeling is known says what to do.
    """
    columns = columns_of(map_, results, (), persona=persona)
    sheet = Sheet(map_, results, tuple(findings), (), columns, language, persona, made, time_zone)
    title = sheet.text(map_.title) or sheet.say("no-title")
    foot = _foot(sheet)
    for most in range(MOST, LEAST - 1, -1):
        sides, parts, bottom = _laid(sheet, title, most)
        if bottom <= foot.y - 20:
            break
    parts.append(foot)
    what = sheet.say("strengths-of", title=title)
    told = "; ".join(f"{sheet.say(side)}: {_names(sheet, found)}" for side, found in sides if found)
    rows = [row for side, found in sides for row in _rows(sheet, side, found)]
    header = [sheet.say(key) for key in (
        "side", "step", "phase", "feel-measured", "feel-assumed", "barrier", "opportunity", "evidence"
    )]  # fmt: skip
    twin = table(what, header, rows, keep=3)
    return Scene(f"strengths-{map_.id}", WIDE, HIGH, what, told or _empty(sheet), language, tuple(parts), twin)


def _laid(sheet: Sheet, title: str, most: int) -> tuple[tuple[_Half, ...], list[Element], float]:
    """Both sides with at most so many steps, and how far down they come."""
    sides: tuple[_Half, ...] = (("strong", strong(sheet, most)), ("weak", weak(sheet, most)))
    top, parts = _head(sheet, title)
    for side, found in sides:
        drawn, top = _side(sheet, side, found, top)
        parts += drawn
    return sides, parts, top


def _head(sheet: Sheet, title: str) -> tuple[float, list[Element]]:
    room = WIDE - 2 * MARGIN
    kind = one_line(sheet.say("strengths"), MARGIN, 30, NOTE_STRONG)
    name = words(title, MARGIN, 46, HEAD, room=room, most=2)
    y = 46 + tall(name) + 2
    what = "  ·  ".join(subtitle(sheet)) or named("type", sheet.map.type, sheet.language)
    under = words(what, MARGIN, y, NOTE, room=room, most=2)
    y += tall(under) + 10
    return y, [kind, name, under]


def _side(sheet: Sheet, side: Side, found: Sequence[Standing], top: float) -> tuple[list[Element], float]:
    role: Role = "good" if side == "strong" else "problem"
    name = sheet.say(side)
    head = one_line(name, MARGIN + 20, top, SECTION)
    sign = Mark("up" if side == "strong" else "down", MARGIN + 7, top + 10, 12, role)
    why = one_line(sheet.say(f"{side}-why"), WIDE - MARGIN, top + 2, NOTE, anchor="end")
    rule = Line(MARGIN, top + 23, WIDE - MARGIN, top + 23, "strong", 1.4)
    parts: list[Element] = [Group("side", (sign, head, why, rule), side, name)]
    y = top + 32
    if not found:
        text = sheet.say(f"{side}-none") if _known(sheet) else _empty(sheet)
        note = words(text, MARGIN, y, BODY.as_("muted"), room=WIDE - 2 * MARGIN, most=3)
        return [*parts, note], y + tall(note) + 22
    for number, one in enumerate(found, start=1):
        card, y = _card(sheet, side, number, one, y)
        parts.append(card)
    return parts, y + 12


def _card(sheet: Sheet, side: Side, number: int, one: Standing, top: float) -> tuple[Group, float]:
    role: Role = "good" if side == "strong" else "problem"
    left, bottom = _figure(sheet, one, top, role)
    x = MARGIN + FIGURES
    name = words(sheet.text(one.column.label) or one.column.id, x, top, SECTION, room=NAMES - 18, most=2)
    y = top + tall(name)
    word = sheet.text(one.column.step.word) if one.column.step else ""
    where = words(" · ".join(filter(None, (one.phase, word))), x, y, NOTE, room=NAMES - 18, most=1)
    y += tall(where) + 2
    parts: list[Element] = [*left, name, where]
    quote = _quote(sheet, one)
    if quote:
        said = words(quote, x, y, SPOKEN, room=NAMES - 18, most=3)
        parts.append(said)
        y += tall(said)
    proof, low = _proof(sheet, one, x + NAMES, top)
    end = max(bottom, y, low) + 8
    bar = Box(MARGIN, top + 1, 3.5, end - top - 8, role)
    rule = Line(MARGIN, end, WIDE - MARGIN, end)
    step = sheet.text(one.column.label) or one.column.id
    heard = sheet.say("heard-strength", side=sheet.say(side), number=str(number), step=step, value=_value(sheet, one))
    return Group("strength", (bar, *parts, *proof, rule), one.column.id, heard, focus=True), end + 10


def _figure(sheet: Sheet, one: Standing, top: float, role: Role) -> tuple[list[Element], float]:
    """The score: filled with n and interval when customers said so, open when somebody here assumed it."""
    x, room, language = MARGIN + 16, FIGURES - 26, sheet.language
    if one.value is None:
        note = words(sheet.say("no-feeling"), x, top + 2, NOTE, room=room, most=2)
        return [note], top + 2 + tall(note)
    shape: Literal["up", "down", "circle"] = "up" if one.value > 0 else "down" if one.value < 0 else "circle"
    feeling = one.column.feeling
    mark = Mark(shape, x + 6, top + 13, 13, role if feeling else None, None if feeling else "assumed")
    ink = FIGURE if feeling else FIGURE.as_("assumed")
    digits = 1 if feeling or one.value % 1 else 0
    value = one_line(score(one.value, language, digits), x + 20, top, ink)
    lines = [sheet.say("measured-mark" if feeling else "assumed-mark")]
    if feeling:
        within = between(feeling.feel.low, feeling.feel.high, "score", language)
        lines += [within, cases(feeling.feel.n, language)]
        if (feeling.feel.low or 0) <= 0 <= (feeling.feel.high or 0):
            lines.append(sheet.say("maybe-neutral"))
        if one.column.feel is not None:
            lines.append(sheet.say("assumed-too", value=score(one.column.feel, language, 0)))
    elif one.column.few:
        lines.append(sheet.say("few-answers", n=str(one.column.few)))
    y, told = top + 26, []
    for spot, line in enumerate(filter(None, lines)):
        told.append(words(line, x, y, NOTE if spot else NOTE_STRONG, room=room, most=2))
        y += tall(told[-1])
    return [mark, value, *told], y


def _quote(sheet: Sheet, one: Standing) -> str:
    """What customers say or think there, in their own words."""
    said = next((sheet.text(barrier.quote) for barrier in one.barriers if barrier.quote), "")
    return quoted(said or (sheet.text(one.column.step.think) if one.column.step else ""))


def _proof(sheet: Sheet, one: Standing, x: float, top: float) -> tuple[list[Words], float]:
    """The barriers, what takes the worst away, and the evidence."""
    room, y, told = WIDE - MARGIN - x, top + 1, []
    lines = [(text, BODY, 2) for text in _barriers(sheet, one)[:2]]
    finding = sheet.about(one.column.ids | {barrier.id for barrier in one.barriers})
    if finding is not None and finding.evidence:
        lines.append((headline(sheet, finding), NOTE, 2))
    lines += [(text, NOTE_STRONG, 2) for text in _ideas(sheet, one)[:1]]
    lines += [(text, NOTE, 2) for text in _evidence(sheet, one)[:2]] or [(sheet.say("no-evidence"), NOTE, 1)]
    for text, ink, most in lines:
        told.append(words(text, x, y, ink, room=room, most=most))
        y += tall(told[-1]) + 1
    return told, y


def _barriers(sheet: Sheet, one: Standing) -> list[str]:
    return [
        sheet.say(
            "barrier-is",
            name=sheet.text(barrier.label) or barrier.id,
            kind=named("barrier", barrier.kind, sheet.language),
            severity=named("severity", barrier.severity, sheet.language),
        )
        for barrier in one.barriers
    ]


def _ideas(sheet: Sheet, one: Standing) -> list[str]:
    """What takes away the barriers here, the best score first."""
    here = {barrier.id for barrier in one.barriers}
    ideas = {idea.id: idea for idea in sheet.map.opportunities if here & set(idea.solves) and idea.status != "rejected"}
    ranked = [ideas[id_] for id_ in scores_of(sheet.map, sheet.results) if id_ in ideas]
    return [sheet.say("idea-for", name=sheet.text(idea.label) or idea.id) for idea in ranked]


def _evidence(sheet: Sheet, one: Standing) -> list[str]:
    """What the step and its barriers lean on: kind, source and size of sample."""
    known = {proof.id: proof for proof in sheet.map.evidence}
    ids = [*(one.column.step.evidence if one.column.step else ()), *(id_ for b in one.barriers for id_ in b.evidence)]
    ids += [id_ for touch in one.column.touchpoints for id_ in touch.evidence]
    told = []
    if one.column.feeling:
        asked = next((ask.label for ask in sheet.map.surveys if ask.id == one.column.feeling.survey), Label())
        told.append(
            sheet.say("evidence-is", name=f"{sheet.text(asked)} ({cases(one.column.feeling.feel.n, sheet.language)})")
        )
    for proof in (known[id_] for id_ in dict.fromkeys(ids) if id_ in known):
        name = sheet.text(proof.label) or proof.source
        parts = (named("evidence", proof.kind, sheet.language), f"n = {proof.sample}" if proof.sample else "")
        told.append(sheet.say("evidence-is", name=f"{name} ({', '.join(filter(None, parts))})"))
    return told


def _foot(sheet: Sheet) -> Words:
    made = sheet.say("made", when=day(sheet.made, sheet.language)) if sheet.made else ""
    text = " · ".join(filter(None, ("Klantreis", made, sheet.say("strengths-how"))))
    told = words(text, MARGIN, 0, NOTE, room=WIDE - 2 * MARGIN, most=2)
    return words(text, MARGIN, HIGH - 26 - tall(told), NOTE, room=WIDE - 2 * MARGIN, most=2)


def _value(sheet: Sheet, one: Standing) -> str:
    if one.column.feeling:
        return f"{estimated(one.column.feeling.feel, 'score', sheet.language)}, {sheet.say('measured-mark')}"
    if one.value is None:
        return sheet.say("no-feeling")
    return f"{score(one.value, sheet.language)}, {sheet.say('assumed-mark')}"


def _names(sheet: Sheet, found: Sequence[Standing]) -> str:
    return ", ".join(f"{sheet.text(one.column.label) or one.column.id} ({_value(sheet, one)})" for one in found)


def _known(sheet: Sheet) -> bool:
    return any(one.value is not None for one in standings(sheet))


def _empty(sheet: Sheet) -> str:
    return say("strengths-empty", sheet.language)


def _rows(sheet: Sheet, side: Side, found: Sequence[Standing]) -> list[list[str]]:
    return [
        [
            sheet.say(side),
            sheet.text(one.column.label) or one.column.id,
            one.phase,
            estimated(one.column.feeling.feel, "score", sheet.language) if one.column.feeling else "",
            score(one.column.feel, sheet.language) if one.column.feel is not None else "",
            "; ".join(_barriers(sheet, one)),
            "; ".join(_ideas(sheet, one)),
            "; ".join(_evidence(sheet, one)),
        ]
        for one in found
    ]
