"""What of a map does not fit in another format: the loss report that goes with each exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from klantreis.findings import Finding, Level, Place
from klantreis.labels import Label, Language
from klantreis.map.loss_words import named
from klantreis.map.model import JourneyMap

BASIC = frozenset({
    "id", "title", "languages", "file", "spots", "seen_as", "phases", "channels", "touchpoints", "barriers",
    "phase.id", "phase.label", "phase.steps", "step.id", "step.label", "phase.origin",
    "step.origin",
})  # fmt: skip
"""What every exchange format keeps, or what is not content."""


def lost(
    rule: str, map_id: str, what: Label, *, where: str | None = None, advice: Label | None = None,
    level: Level = "warning",
) -> Finding:  # fmt: skip
    """Returns one line of a loss report."""
    return Finding(rule, level, Place(map_id, where), what, advice=advice or Label())


def losses(map_: JourneyMap, rule: str, kept: frozenset[str], language: Language) -> tuple[Finding, ...]:
    """Returns what a format cannot hold of a map, one finding for each kind of entry; () when all of it fits.

    `kept` names what it does hold: sections ('kpis'), and fields as 'phase.goal' and 'step.think'. What is only there
    in the other language is counted too.
    """
    kept |= BASIC
    found = [
        _unfit(rule, map_.id, one.name, _count(getattr(map_, one.name)))
        for one in fields(map_)
        if one.name not in kept and getattr(map_, one.name) != _default(one)
    ]
    parts: list[tuple[str, list[Any]]] = [("phase", list(map_.phases)), ("step", [step for _, step in map_.steps()])]
    for kind, nouns in parts:
        for one in fields(nouns[0]) if nouns else ():
            count = sum(getattr(noun, one.name) != _default(one) for noun in nouns)
            if count and f"{kind}.{one.name}" not in kept:
                found.append(_unfit(rule, map_.id, f"{kind}.{one.name}", count))
    other: Language = "en" if language == "nl" else "nl"
    both = sum(bool(label.nl and label.en and label.nl != label.en) for label in labels(map_))
    if both:
        what = Label(
            f"Dit bestand heeft één taal: vertalingen ({other}) die achterblijven: {both}",
            f"This file has one language: translations ({other}) that stay behind: {both}",
        )
        found.append(lost(rule, map_.id, what, level="hint"))
    return tuple(found)


def labels(value: object) -> Iterator[Label]:
    """Yields every label in a noun and in what it holds."""
    if isinstance(value, Label):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from labels(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from labels(part)


def untranslated(map_: JourneyMap, language: Language) -> tuple[Finding, ...]:
    """Returns how many texts have no translation and are shown in the other language; () when none."""
    count = sum(label.missing(language) for label in labels(map_))
    if not count:
        return ()
    what = Label(
        f"Zonder vertaling ({language}), dus in de andere taal: {count} {'tekst' if count == 1 else 'teksten'}",
        f"Without translation ({language}), so in the other language: {count} {'text' if count == 1 else 'texts'}",
    )
    return (lost("export.translation", map_.id, what, level="hint"),)


def _unfit(rule: str, map_id: str, key: str, count: int) -> Finding:
    name = named(key)
    what = Label(
        f"Niet in dit formaat: {name.text('nl')} ({count})", f"Not in this format: {name.text('en')} ({count})"
    )
    return lost(rule, map_id, what, where=key)


def _count(value: object) -> int:
    return len(value) if isinstance(value, tuple) else 1


def _default(one: Field[Any]) -> object:
    if one.default_factory is not MISSING:
        return one.default_factory()
    return one.default
