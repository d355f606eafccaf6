"""Rows back to a sketch: a table with a row a step, as people make it in a spreadsheet.

The order of the columns is free. What cannot be taken over is told with its row, counted as a spreadsheet does, and an
unknown column with the nearest that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from klantreis.documents.forms import ID
from klantreis.errors import SourceError
from klantreis.findings import Finding
from klantreis.labels import Label, plain
from klantreis.map.losses import lost
from klantreis.map.model import Barrier, Step
from klantreis.map.options import allowed
from klantreis.map.rows import COLUMNS, key_of, nearest_heading
from klantreis.map.sketch import Contact, Obstacle, Sketch, Stop, harmless

_YES = {"ja", "yes", "true", "waar", "x", "1"}
DEEPEST = 10
"""Rows in which the headings are looked for: a title may stand above them."""


def sketch_of_rows(
    rows: Sequence[Sequence[object]], rule: str, map_id: str, *, title: str = ""
) -> tuple[Sketch, tuple[Finding, ...]]:
    """Returns the sketch that a table holds, and what could not be taken over; empty rows are only counted.

    Raises SourceError when there is no column for the step, or nothing under the headings.
    """
    told = [[_text(cell) for cell in row] for row in rows]
    spot = head_of(told)
    if spot is None:
        raise _without_step(next((row for row in told if any(row)), []))
    reading = _Reading(rule, map_id)
    keys = _columns(told[spot], reading)
    if any(any(row) for row in told[:spot]):
        reading.say(Label(
            f"Wat boven de koppen in rij {spot + 1} staat, blijft achter",
            f"What stands above the headings in row {spot + 1} stays behind",
        ))  # fmt: skip
    for number, row in enumerate(told[spot + 1 :], start=spot + 2):
        if any(row):
            reading.take(number, {key: cell for key, cell in zip_longest(keys, row, fillvalue="") if key})
    if not reading.phases:
        raise SourceError(
            Label("Onder de koppen staat geen enkele stap.", "There is not one step under the headings."),
            where=Label(f"rij {spot + 1}", f"row {spot + 1}"),
            mend=Label("Zet elke stap op een eigen rij.", "Write each step on a row of its own."),
        )
    return Sketch(title, tuple(reading.phases.items()), tuple(reading.stops)), tuple(reading.found)


def head_of(rows: Sequence[Sequence[object]]) -> int | None:
    """Returns which row, from 0, has the headings: the first of ten that names the step; None when none does."""
    for spot, row in enumerate(rows[:DEEPEST]):
        if any(key_of(str(cell)) == "label" for cell in row if cell is not None):
            return spot
    return None


def _without_step(row: Sequence[str]) -> SourceError:
    near = next((text for text in row if text and nearest_heading(text) in COLUMNS_OF_STEP), None)
    mend = Label(
        "Noem één kolom 'stap' of 'step', en één 'fase' of 'phase'.",
        "Name one column 'stap' or 'step', and one 'fase' or 'phase'.",
    )
    if near is not None:
        mend = Label(
            f"Bedoel je met {near!r} de kolom {nearest_heading(near)!r}? Noem hem zo.",
            f"By {near!r}, do you mean the column {nearest_heading(near)!r}? Call it so.",
        )
    return SourceError(
        Label("Deze tabel heeft geen kolom voor de stap.", "This table has no column for the step."),
        where=plain(", ".join(filter(None, row))[:200]) if row else Label("het bestand is leeg", "the file is empty"),
        mend=mend,
    )


COLUMNS_OF_STEP = {COLUMNS["label"].nl, COLUMNS["label"].en}


def _columns(heads: Sequence[str], reading: _Reading) -> list[str | None]:
    """What each column means; None for one that is unknown, or says what another one said before."""
    keys: list[str | None] = []
    for text in heads:
        key = key_of(text)
        if key is not None and key in keys:
            reading.say(Label(
                f"Kolom '{text}' is er twee keer; de eerste telt",
                f"Column '{text}' is there twice; the first counts",
            ))  # fmt: skip
            key = None
        elif key is None and text:
            near = nearest_heading(text)
            nl, en = (f": bedoel je '{near}'?", f": do you mean '{near}'?") if near else ("", "")
            reading.say(Label(
                f"Kolom '{text}' is onbekend en blijft achter{nl}", f"Column '{text}' is unknown and stays behind{en}"
            ))  # fmt: skip
        keys.append(key)
    return keys


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
        get: Callable[[str], str] = lambda key: told.get(key, "")  # noqa: E731
        if not label:
            if any(cell for key, cell in told.items() if key not in {"phase", "phase_id"}):
                self.say(Label(
                    f"Rij {number} noemt geen stap en blijft achter", f"Row {number} names no step and stays behind"
                ))  # fmt: skip
            return
        if get("id") and not ID.fullmatch(get("id")):
            self.say(Label(
                f"Rij {number}: '{get('id')}' kan geen id zijn; er is een nieuwe gemaakt",
                f"Row {number}: '{get('id')}' cannot be an id; a new one was made",
            ))  # fmt: skip
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
