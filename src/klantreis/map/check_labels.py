"""Checks of the words themselves: labels that a language of the map misses."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.findings import Finding
from klantreis.labels import Label, Language
from klantreis.map.model import Barrier, JourneyMap, Kpi, Opportunity, Persona, Phase, Scenario, Survey, Touchpoint

_NAMES: dict[Language, Label] = {"nl": Label("Nederlands", "Dutch"), "en": Label("Engels", "English")}


def label_missing(map_: JourneyMap) -> Iterator[Finding]:
    """A label that names one language but not another language of the map."""
    languages: tuple[Language, ...] = ("nl", "en")
    for id_, label in _labels(map_):
        for language in languages:
            if language in map_.languages and label.missing(language):
                name = _NAMES[language]
                yield Finding(
                    "label-missing",
                    "hint",
                    map_.place(id_),
                    Label(f"Het {name.nl} van '{id_}' ontbreekt", f"The {name.en} of '{id_}' is missing"),
                    advice=Label(f"Voeg '{language}: …' toe.", f"Add '{language}: …'."),
                )


def _labels(map_: JourneyMap) -> Iterator[tuple[str, Label]]:
    yield map_.id, map_.title
    parts: tuple[Persona | Phase | Touchpoint | Scenario | Barrier | Opportunity | Kpi | Survey, ...]
    parts = (
        *map_.personas,
        *map_.phases,
        *map_.touchpoints,
        *map_.scenarios,
        *map_.barriers,
        *map_.opportunities,
        *map_.kpis,
        *map_.surveys,
    )
    for part in parts:
        yield part.id, part.label
    for _, step in map_.steps():
        yield step.id, step.label


CHECKS = (label_missing,)
