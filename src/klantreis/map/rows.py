"""A sketch as rows, one a step: what a spreadsheet holds of a map, and which heading means what.

The heading of a column may be in Dutch or English, with or without capitals. Several touchpoints or barriers in one
cell stand apart by ' | '. `read_rows` goes the other way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from klantreis.errors import nearest
from klantreis.labels import Label, Language
from klantreis.map.sketch import Sketch, Stop

APART = " | "
Cell = str | float | None

COLUMNS: Mapping[str, Label] = {
    "phase": Label("fase", "phase"),
    "label": Label("stap", "step"),
    "feel": Label("gevoel", "feeling"),
    "word": Label("gevoelswoord", "feeling word"),
    "think": Label("denkt", "thinks"),
    "expect": Label("verwacht", "expects"),
    "need": Label("behoefte", "need"),
    "contact": Label("contactmoment", "touchpoint"),
    "channel": Label("kanaal", "channel"),
    "barrier": Label("barrière", "barrier"),
    "barrier_kind": Label("soort barrière", "barrier kind"),
    "severity": Label("ernst", "severity"),
    "delight": Label("verrassing", "delight"),
    "mot": Label("moment van de waarheid", "moment of truth"),
    "influence": Label("invloed", "influence"),
    "owner": Label("eigenaar", "owner"),
    "phase_id": Label("fase-id", "phase id"),
    "id": Label("stap-id", "step id"),
}
"""Key -> heading, in the order they are written."""

_ALSO = {
    "stage": "phase", "action": "label", "actie": "label", "doet": "label", "does": "label", "score": "feel",
    "emotion": "feel", "emotie": "feel", "feel": "feel", "thought": "think", "gedachte": "think", "thinking": "think",
    "expectation": "expect", "verwachting": "expect", "touchpoints": "contact", "contactmomenten": "contact",
    "pain point": "barrier", "pain points": "barrier", "pijnpunt": "barrier", "barriere": "barrier",
    "barriers": "barrier", "word": "word", "mot": "mot",
}  # fmt: skip
_YES = {"ja", "yes", "true", "waar", "x", "1"}


def heading(key: str, language: Language) -> str:
    """Returns the heading of a column."""
    return COLUMNS[key].text(language)


def rows_of(sketch: Sketch, language: Language) -> list[dict[str, Cell]]:
    """Returns one row a step, keys as in `COLUMNS`; a phase without steps has one row with only its name."""
    names = dict(sketch.phases)
    rows: list[dict[str, Cell]] = []
    for id_, name in sketch.phases:
        own = sketch.steps_of(id_)
        rows += [_row(stop, names[stop.phase], language) for stop in own]
        rows += [] if own else [dict.fromkeys(COLUMNS) | {"phase": name, "phase_id": id_}]
    return rows


def _row(stop: Stop, phase: str, language: Language) -> dict[str, Cell]:
    def joined(texts: Sequence[str]) -> str | None:
        return APART.join(text.replace("|", "/") for text in texts) if any(texts) else None

    yes = "ja" if language == "nl" else "yes"
    return {
        "phase": phase,
        "label": stop.label,
        "feel": stop.feel,
        "word": stop.word or None,
        "think": stop.think or None,
        "expect": stop.expect or None,
        "need": stop.need or None,
        "contact": joined([one.label for one in stop.contacts]),
        "channel": joined([one.channel for one in stop.contacts]),
        "barrier": joined([one.label for one in stop.obstacles]),
        "barrier_kind": joined([one.kind for one in stop.obstacles]),
        "severity": joined([one.severity for one in stop.obstacles]),
        "delight": yes if stop.delight else None,
        "mot": None if stop.mot == "none" else stop.mot,
        "influence": None if stop.influence == "own" else stop.influence,
        "owner": stop.owner or None,
        "phase_id": stop.phase,
        "id": stop.id,
    }


def key_of(text: str) -> str | None:
    """Returns which column a heading means, None when it is none of ours."""
    flat = " ".join(re.sub(r"[_\-]+", " ", text).casefold().split())
    names = {" ".join(re.sub(r"[_\-]+", " ", word).split()): key
             for key, label in COLUMNS.items() for word in (label.nl or "", label.en or "", key)}  # fmt: skip
    return names.get(flat) or _ALSO.get(flat)


def nearest_heading(text: str) -> str | None:
    """Returns the heading of ours that looks most like a text, None when none comes near."""
    return nearest(text, [word for label in COLUMNS.values() for word in (label.nl or "", label.en or "")])
