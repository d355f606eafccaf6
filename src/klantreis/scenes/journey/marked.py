"""Marks on a map that say what became different: a sign and a word, an outline, and a key that explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from klantreis.map.diff import KINDS, Difference, Kind
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.marks import Key, Marks
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Dash, Element, Group, Line, Role, Words
from klantreis.scenes.pen import BODY, NOTE, SECTION, bounds, one_line, pill, pill_width, tall, words
from klantreis.scenes.text import width

BADGE = 20.0
"""The room a mark takes above or below what it is about."""
MOST = 40
"""How many differences without a place on the map are written under it; the rest are counted."""

SIGNS: Mapping[Kind, str] = {
    "added": "+", "removed": "×", "moved": "→", "rescored": "±", "retargeted": "≥", "reworded": "~", "changed": "≠",
}  # fmt: skip
_LOOKS: Mapping[Kind, tuple[Role, Dash, float]] = {
    "added": ("good", "solid", 2.4),
    "removed": ("problem", "dashed", 1.6),
    "moved": ("two", "dotted", 2.2),
}
_OTHER: tuple[Role, Dash, float] = ("decision", "solid", 1.6)


def marks_of(found: Sequence[Difference], names: tuple[str, str]) -> Marks:
    """Returns the marks for differences; what a step thinks or expects is marked where that stands."""
    kinds: dict[Key, dict[Kind, None]] = {}
    for one in found:
        kinds.setdefault(key_of(one), {})[one.kind] = None
    return Marks(tuple(found), names, (), {key: tuple(one) for key, one in kinds.items()})


def key_of(one: Difference) -> Key:
    """Returns where on the map a difference is marked."""
    cell = one.what == "step" and one.field in {"think", "expect", "need"}
    return ("need", f"{one.id}-need") if cell and one.field == "need" else (one.field if cell else one.what, one.id)


def kinds_at(sheet: Sheet, *keys: Key) -> tuple[Kind, ...]:
    """Returns how something differs, by any of its keys; () when it does not, or no difference is shown."""
    known = sheet.marks.kinds if sheet.marks else {}
    return next((known[key] for key in keys if key in known), ())


def badge(sheet: Sheet, kinds: Sequence[Kind], x: float, top: float, room: float) -> Element | None:
    """Returns the mark: sign and word when there is one kind and room for it, else the signs; None without any."""
    if not kinds:
        return None
    text = " ".join(SIGNS[kind] for kind in KINDS if kind in kinds)
    if len(kinds) == 1:
        whole = f"{text} {sheet.say(f'difference.{kinds[0]}')}"
        text = whole if pill_width(whole) <= room else text
    role = look(kinds)[0]
    return pill(text, x, top, fill=role, role="on-strong")


def look(kinds: Sequence[Kind]) -> tuple[Role, Dash, float]:
    """Returns the outline for how something differs: role, dash, width."""
    return next((_LOOKS[kind] for kind in ("removed", "added", "moved") if kind in kinds and kind in _LOOKS), _OTHER)


def framed(kinds: Sequence[Kind], box: Box) -> Box:
    """Returns a box in the outline of how it differs; itself when it does not."""
    if not kinds:
        return box
    role, dash, wide = look(kinds)
    return replace(box, stroke=role, dash=dash, stroke_width=wide)


def struck(kinds: Sequence[Kind], text: Words) -> tuple[Element, ...]:
    """Returns a text; with a line through it when it is gone."""
    if "removed" not in kinds:
        return (text,)
    left, lines = bounds(text).x, []
    for number, line in enumerate(text.lines):
        y = text.y + number * text.leading - text.size * 0.3
        lines.append(Line(left, y, left + width(line, BODY.style) * text.size / BODY.size, y, "problem", 1.2))
    return (replace(text, role="muted"), *lines)


def key(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the row under the head: which two maps these are, how many differences, and what each mark means."""
    if sheet.marks is None:
        return None
    old, new = sheet.marks.names
    count = str(len(sheet.marks.found))
    said = sheet.say("difference-one" if count == "1" else "difference-many", n=count, old=old, new=new)
    text = sheet.say("difference-none", old=old, new=new) if count == "0" else said
    first = words(text, grid.left, 8, SECTION, room=grid.right - grid.left, most=2)
    shown: list[Element] = [first]
    x, y = grid.left, 8 + tall(first) + 5
    for kind, entry, note in _entries(sheet):
        wide = pill_width(entry) + 6 + width(note, NOTE.style) + 22
        if x + wide > grid.right and x > grid.left:
            x, y = grid.left, y + 23
        shown.append(pill(entry, x, y, fill=look((kind,))[0], role="on-strong"))
        shown.append(one_line(note, x + pill_width(entry) + 6, y + 1, NOTE))
        x += wide
    group = Group("difference-key", tuple(shown), "key", text)
    return Row("difference", y + (28 if len(shown) > 1 else 4), (group,), sheet.say("difference"), rule=False)


def _entries(sheet: Sheet) -> list[tuple[Kind, str, str]]:
    kinds = [one.kind for one in sheet.marks.found] if sheet.marks else []
    told = [(kind, f"{SIGNS[kind]} {sheet.say(f'difference.{kind}')}") for kind in KINDS if kind in kinds]
    return [(kind, text, sheet.say(f"difference-means.{kind}", n=str(kinds.count(kind)))) for kind, text in told]


def beside(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns what differs and has no place on the map, in sentences; None when all of it is marked."""
    if sheet.marks is None or not sheet.marks.beside:
        return None
    room = (grid.right - grid.left - 24) / 2
    texts = [one.text.text(sheet.language) for one in sheet.marks.beside[:MOST]]
    rest = len(sheet.marks.beside) - MOST
    texts += [sheet.say("more", n=str(rest))] if rest > 0 else []
    floor, shown = [9.0, 9.0], list[Element]()
    for text in texts:
        file = floor.index(min(floor))
        line = words(text, grid.left + 8 + file * (room + 12), floor[file], BODY, room=room, most=3)
        shown.append(line)
        floor[file] += tall(line) + 3
    return Row("difference-beside", max(floor) + 8, tuple(shown), sheet.say("difference-beside"))
