"""Sentences with their gaps filled, in the singular where a gap holds one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from string import Formatter

ONE: Mapping[str, str] = {
    "reizen volgen": "reis volgt",
    "reizen zijn nog bezig: zij tellen tot waar ze": "reis is nog bezig: zij telt tot waar ze",
    "reizen zijn langer": "reis is langer",
    "personen begonnen": "persoon begon",
    "personen deden": "persoon deed",
    "conversies hebben": "conversie heeft",
    "gebeurtenissen hebben": "gebeurtenis heeft",
    "kijkers zagen": "kijker zag",
    "nieuwe kijkers": "nieuwe kijker",
    "antwoorden": "antwoord",
    "apparaten": "apparaat",
    "bestellingen": "bestelling",
    "contacten": "contact",
    "gebeurtenissen": "gebeurtenis",
    "klanten": "klant",
    "koppelingen": "koppeling",
    "paden eindigen": "pad eindigt",
    "kijkers": "kijker",
    "personen": "persoon",
    "reizen": "reis",
    "rijen": "rij",
    "routes": "route",
    "stemmen": "stem",
    "journeys are still going on: they count up to where they": "journey is still going on: it counts up to where it",
    "journeys are longer": "journey is longer",
    "journeys follow": "journey follows",
    "conversions have": "conversion has",
    "events have": "event has",
    "events are": "event is",
    "answers": "answer",
    "contacts": "contact",
    "customers": "customer",
    "devices": "device",
    "events": "event",
    "journeys": "journey",
    "links": "link",
    "new viewers": "new viewer",
    "orders": "order",
    "paths end": "path ends",
    "people": "person",
    "rows": "row",
    "starts": "start",
    "times": "time",
    "touches": "touch",
    "touchpoints": "touchpoint",
    "viewers": "viewer",
    "votes": "vote",
}
"""What follows a number -> the same after 1; of two that fit the longer one stands first."""


def filled(sentence: str, *shown: object, **named: object) -> str:
    """Returns a sentence with its gaps filled as `str.format` does: '1 rij gelezen', where others are '2 rijen'."""
    parts: list[str] = []
    turn, before = itertools.count(), ""
    for words, gap, _, _ in Formatter().parse(sentence):
        parts.append(_after_one(words) if before == "1" else words)
        before = "" if gap is None else str(named[gap] if gap in named else shown[int(gap) if gap else next(turn)])
        parts.append(before)
    return "".join(parts)


def _after_one(words: str) -> str:
    for many, one in ONE.items():
        rest = words.removeprefix(f" {many}")
        if rest != words and not rest[:1].isalpha():
            return f" {one}{rest}"
    return words
