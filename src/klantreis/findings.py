"""`Finding`: one remark, whether a mistake in a document, a fault in the data, or an insight.

One noun and one printer for all of them: a rule, a place (an id on the map or a line of a document), words in
both languages, a size with its unit and n, how sure, advice, and, where possible, a proposed edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from klantreis.labels import Label

Level = Literal["error", "warning", "insight", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "insight", "hint")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: an id on a map (`map` + `id`), a spot in a file (1-based line, column), or both."""

    map: str | None = None
    id: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One number with what makes it honest: unit, n, and the interval it lies in.

    `unit` is one of: share (0 to 1), gap (a difference of two shares, -1 to 1), people, journeys, times, seconds,
    score (-2 to +2), mean (on the scale as asked), nps (-1 to 1), money, count.
    `low`/`high` bound the 95 % interval; None when the number is a plain count, not an estimate.
    `value` None means: not answerable, and `why` says so ("too few people (n = 41, need 380)").
    """

    name: Label
    value: float | None
    unit: str
    n: int
    low: float | None = None
    high: float | None = None
    why: Label | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposed change of a document: set `path` (keys from the root) in `file` to `value`, plain YAML data."""

    path: tuple[str, ...]
    value: object
    note: Label
    file: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One remark; `id` stays the same from run to run so that it can be linked, muted and followed.

    `people` is how many distinct persons it touches (0 when it is about a document, or when only journeys were
    counted: then `journeys` says how many it touches); `money` is the value at stake in the workspace's currency,
    None when no values are known. `evidence` are the numbers behind it, the first one the headline. `examples` are
    pseudonymous journey names to look at.
    """

    rule: str
    level: Level
    place: Place
    title: Label
    detail: Label = field(default_factory=Label)
    advice: Label = field(default_factory=Label)
    people: int = 0
    money: float | None = None
    evidence: tuple[Measured, ...] = ()
    examples: tuple[str, ...] = ()
    edit: Edit | None = None
    journeys: int = 0
    part: str = ""
    """Which part of the place it is about, when the map knows another part already."""

    def __repr__(self) -> str:
        """Returns its id, its level and its title in English; `finding_dict` has all of it."""
        return f"Finding {self.id!r}, {self.level}: {self.title.text('en')!r}"

    @property
    def id(self) -> str:
        """The stable id: rule, map, place and part, without numbers that move with the data or where the file lies."""
        place = self.place.id or (None if self.place.map else self.place.file)
        parts = (self.rule, self.place.map, place, self.part)
        return "/".join(part for part in parts if part)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """Returns a finding as plain values, texts in both languages, as in `schemas/finding.schema.json`."""
    place, edit = finding.place, finding.edit
    return {
        "id": finding.id,
        "rule": finding.rule,
        "level": finding.level,
        "place": {"map": place.map, "id": place.id, "file": place.file, "line": place.line, "column": place.column},
        "title": _texts(finding.title),
        "detail": _texts(finding.detail),
        "advice": _texts(finding.advice),
        "people": finding.people,
        "journeys": finding.journeys,
        "money": finding.money,
        "evidence": [_measured_dict(measured) for measured in finding.evidence],
        "examples": list(finding.examples),
        "edit": None if edit is None else _edit_dict(edit),
    }


def _measured_dict(measured: Measured) -> dict[str, Any]:
    return {
        "name": _texts(measured.name),
        "value": measured.value,
        "unit": measured.unit,
        "n": measured.n,
        "low": measured.low,
        "high": measured.high,
        "why": None if measured.why is None else _texts(measured.why),
    }


def _edit_dict(edit: Edit) -> dict[str, Any]:
    return {"file": edit.file, "path": list(edit.path), "value": edit.value, "note": _texts(edit.note)}


def _texts(label: Label) -> dict[str, str]:
    return {"nl": label.text("nl"), "en": label.text("en")}
