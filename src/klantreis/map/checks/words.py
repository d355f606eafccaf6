"""A check of the words themselves: labels that a language of the map misses."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label, Language
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.exits import exits
from klantreis.map.model import JourneyMap

_NAMES: dict[Language, Label] = {"nl": Label("Nederlands", "Dutch"), "en": Label("Engels", "English")}


def label_missing(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A label that names one language but not another language of the map.

    Fires:

        languages: [nl, en]
        personas: {lisa: {label: {nl: Lies}, goal: {nl: Een stoel, en: A chair}}}

    Does not fire:

        languages: [nl, en]
        personas: {lisa: {label: {nl: Lies, en: Liz}, goal: {nl: Een stoel, en: A chair}}}
    """
    languages: tuple[Language, ...] = ("nl", "en")
    for id_, label in _labels(map_):
        for language in languages:
            if language in map_.languages and label.missing(language):
                name = _NAMES[language]
                yield Remark(
                    id_,
                    Label(f"Het {name.nl} van '{id_}' ontbreekt", f"The {name.en} of '{id_}' is missing"),
                    advice=Label(f"Voeg '{language}: …' toe.", f"Add '{language}: …'."),
                )


def _labels(map_: JourneyMap) -> Iterator[tuple[str, Label]]:
    yield map_.id, map_.title
    for scenario in map_.scenarios:
        yield from ((scenario.id, left) for _, left in exits(scenario.path))
    steps = tuple(step for _, step in map_.steps())
    for parts in (
        map_.personas, map_.phases, map_.touchpoints, map_.scenarios, map_.barriers, map_.needs, map_.opportunities,
        map_.offers, map_.changes, map_.kpis, map_.surveys, map_.criteria, map_.alternatives, map_.claims, map_.lanes,
        steps,
    ):  # fmt: skip
        for part in parts:
            yield part.id, part.label


CHECKS = (Check("hint", label_missing),)
