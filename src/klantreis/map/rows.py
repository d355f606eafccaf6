"""A sketch as rows, one a step, and back: what a spreadsheet holds of a map.

The heading of a column may be in Dutch or English, with or without capitals; the order is free and unknown columns are
named in the loss report. Several touchpoints or barriers in one cell stand apart by ' | '.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from klantreis.documents.forms import ID
from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.labels import Label, Language, plain
from klantreis.map.losses import lost
from klantreis.map.model import Barrier, Step
from klantreis.map.options import allowed
from klantreis.map.sketch import Contact, Obstacle, Sketch, Stop, harmless

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


def sketch_of_rows(
    rows: Sequence[Sequence[object]], rule: str, map_id: str, *, title: str = ""
) -> tuple[Sketch, tuple[Finding, ...]]:
    """Returns the sketch that a table holds, its first row the headings, and what could not be taken over.

    Raises SourceError when there is no column for the step or no row at all.
    """
    filled = [[_text(cell) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    keys = [key_of(text) for text in filled[0]] if filled else []
    if "label" not in keys:
        raise SourceError(
            Label("Deze tabel heeft geen kolom voor de stap.", "This table has no column for the step."),
            where=plain(", ".join(filled[0])[:200]) if filled else Label("het bestand is leeg", "the file is empty"),
            mend=Label(
                "Noem één kolom 'stap' of 'step', en één 'fase' of 'phase'.",
                "Name one column 'stap' or 'step', and one 'fase' or 'phase'.",
            ),
        )
    reading = _Reading(rule, map_id)
    unknown = [text for text, key in zip(filled[0], keys, strict=True) if key is None and text]
    for text in unknown:
        reading.say(
            Label(f"Kolom '{text}' is onbekend en blijft achter", f"Column '{text}' is unknown and stays behind")
        )
    for number, row in enumerate(filled[1:], start=2):
        told = {key: cell for key, cell in zip_longest(keys, row, fillvalue="") if key}
        reading.take(number, told)
    return Sketch(title, tuple(reading.phases.items()), tuple(reading.stops)), tuple(reading.found)


def key_of(text: str) -> str | None:
    """Returns which column a heading means, None when it is none of ours."""
    flat = " ".join(re.sub(r"[_\-]+", " ", text).casefold().split())
    names = {" ".join(re.sub(r"[_\-]+", " ", word).split()): key
             for key, label in COLUMNS.items() for word in (label.nl or "", label.en or "", key)}  # fmt: skip
    return names.get(flat) or _ALSO.get(flat)


@dataclass
class _Reading:
    """Reads row after row: phases as they come, steps, and remarks."""

    rule: str
    map_id: str
    phases: dict[str, str] = field(default_factory=dict)
    stops: list[Stop] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)

    def say(self, what: Label, where: str | None = None) -> None:
        self.found.append(lost(self.rule, self.map_id, what, where=where))

    def take(self, number: int, told: Mapping[str, str]) -> None:
        phase = self._phase(told)
        label = told.get("label", "")
        if not label:
            return
        get: Callable[[str], str] = lambda key: told.get(key, "")  # noqa: E731
        self.stops.append(
            Stop(
                phase, get("id") if ID.fullmatch(get("id")) else "", label, get("think"), get("expect"),
                self._feel(number, get("feel")), get("word"), get("need"), tuple(_contacts(get)),
                tuple(self._obstacles(number, get)), get("delight").casefold() in _YES,
                self._word(number, "mot", get("mot"), allowed(Step, "mot"), "none"),
                self._word(number, "influence", get("influence"), allowed(Step, "influence"), "own"), get("owner"),
            )
        )  # fmt: skip

    def _phase(self, told: Mapping[str, str]) -> str:
        """A phase that is not named is that of the row above."""
        name, id_ = told.get("phase", ""), told.get("phase_id", "")
        if not name and not id_ and self.phases:
            return next(reversed(self.phases))
        same = next((known for known, shown in self.phases.items() if not id_ and shown == name), None)
        key = id_ if ID.fullmatch(id_) else same or name or "begin"
        self.phases.setdefault(key, name or key)
        return key

    def _feel(self, number: int, text: str) -> float | None:
        if not text:
            return None
        try:
            value = float(text.replace(",", ".").replace("−", "-").lstrip("'"))
        except ValueError:
            value = float("nan")
        if -2 <= value <= 2:
            return value
        self.say(Label(
            f"Rij {number}: gevoel '{text}' ligt niet tussen -2 en +2 en blijft achter",
            f"Row {number}: feeling '{text}' is not between -2 and +2 and stays behind",
        ))  # fmt: skip
        return None

    def _word(self, number: int, key: str, text: str, known: Sequence[str], usual: str) -> str:
        if text and text.casefold() not in known:
            name = COLUMNS[key if key in COLUMNS else "barrier_kind"].nl
            self.say(Label(
                f"Rij {number}: {name} '{text}' is onbekend", f"Row {number}: {key} '{text}' is unknown"
            ))  # fmt: skip
        return text.casefold() if text.casefold() in known else usual

    def _obstacles(self, number: int, get: Callable[[str], str]) -> Iterator[Obstacle]:
        kinds, severities = _split(get("barrier_kind")), _split(get("severity"))
        for spot, label in enumerate(_split(get("barrier"))):
            kind = self._word(number, "barrier_kind", _at(kinds, spot), allowed(Barrier, "kind"), "other")
            level = self._word(number, "severity", _at(severities, spot), allowed(Barrier, "severity"), "workaround")
            yield Obstacle(label, kind, level)


def _contacts(get: Callable[[str], str]) -> Iterator[Contact]:
    channels = _split(get("channel"))
    for spot, label in enumerate(_split(get("contact"))):
        yield Contact(label, _at(channels, spot))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")] if text else []


def _at(parts: Sequence[str], spot: int) -> str:
    return parts[spot] if spot < len(parts) else ""


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15:
        return str(int(cell))
    return harmless(str(cell))
