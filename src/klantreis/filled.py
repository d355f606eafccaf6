"""Sentences with their gaps filled, in the singular where a gap holds one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from string import Formatter

ONE: Mapping[str, str] = {
    "aankopen": "aankoop",
    "acties gaan": "actie gaat",
    "antwoorden vallen": "antwoord valt",
    "antwoorden": "antwoord",
    "apparaten": "apparaat",
    "bestellingen": "bestelling",
    "bevindingen": "bevinding",
    "cohorten": "cohort",
    "contacten hebben": "contact heeft",
    "contacten": "contact",
    "contactmomenten": "contactmoment",
    "conversies hebben": "conversie heeft",
    "conversies": "conversie",
    "dagen": "dag",
    "daarvan lopen nog en kunnen": "daarvan loopt nog en kan",
    "fasen": "fase",
    "fouten": "fout",
    "gebeurtenissen hebben": "gebeurtenis heeft",
    "gebeurtenissen": "gebeurtenis",
    "kaarten": "kaart",
    "kijkers zagen": "kijker zag",
    "kijkers": "kijker",
    "klanten": "klant",
    "klantreizen": "klantreis",
    "koppelingen": "koppeling",
    "kunnen nog verder komen": "kan nog verder komen",
    "maanden": "maand",
    "mensen": "persoon",
    "metingen": "meting",
    "nieuwe kijkers": "nieuwe kijker",
    "overgangen": "overgang",
    "paden eindigen": "pad eindigt",
    "paden": "pad",
    "perioden": "periode",
    "personen begonnen": "persoon begon",
    "personen deden": "persoon deed",
    "personen zijn": "persoon is",
    "personen": "persoon",
    "punten": "punt",
    "reacties gaan over": "reactie gaat over",
    "reacties over gaan": "reactie over gaat",
    "reacties": "reactie",
    "reizen bereiken": "reis bereikt",
    "reizen volgen": "reis volgt",
    "reizen zijn langer": "reis is langer",
    "reizen zijn nog bezig: zij tellen tot waar ze": "reis is nog bezig: zij telt tot waar ze",
    "reizen": "reis",
    "rijen staan": "rij staat",
    "rijen": "rij",
    "routes": "route",
    "sessies": "sessie",
    "stappen": "stap",
    "stemmen": "stem",
    "thema's": "thema",
    "vergelijkingen": "vergelijking",
    "verschillen": "verschil",
    "weken": "week",
    "actions go": "action goes",
    "actions": "action",
    "answers": "answer",
    "cohorts": "cohort",
    "comments are about": "comment is about",
    "comments": "comment",
    "comparisons": "comparison",
    "contacts": "contact",
    "conversions have": "conversion has",
    "conversions": "conversion",
    "customers": "customer",
    "days": "day",
    "devices": "device",
    "differences": "difference",
    "events are": "event is",
    "events have": "event has",
    "events": "event",
    "files": "file",
    "findings": "finding",
    "hours": "hour",
    "journeys are longer": "journey is longer",
    "journeys are still going on: they count up to where they": "journey is still going on: it counts up to where it",
    "journeys follow": "journey follows",
    "journeys reach": "journey reaches",
    "journeys": "journey",
    "links": "link",
    "maps": "map",
    "measures": "measure",
    "mistakes": "mistake",
    "months": "month",
    "new viewers": "new viewer",
    "of those still go on": "of those still goes on",
    "orders": "order",
    "paths end": "path ends",
    "paths": "path",
    "people are": "person is",
    "people have": "person has",
    "people": "person",
    "periods": "period",
    "phases": "phase",
    "points": "point",
    "purchases": "purchase",
    "rows are": "row is",
    "rows": "row",
    "sessions": "session",
    "starts": "start",
    "steps": "step",
    "themes": "theme",
    "times": "time",
    "touches have": "touch has",
    "touches": "touch",
    "touchpoints": "touchpoint",
    "transitions": "transition",
    "viewers": "viewer",
    "votes": "vote",
    "weeks": "week",
}
"""What follows a number -> the same after 1, in Dutch and in English; of two that fit the longer one holds."""
_LONGEST = tuple(sorted(ONE.items(), key=lambda pair: -len(pair[0])))


def filled(sentence: str, /, *shown: object, **named: object) -> str:
    """Returns a sentence with its gaps filled as `str.format` does: '1 rij gelezen', where others are '2 rijen'."""
    parts: list[str] = []
    turn, before = itertools.count(), ""
    for words, gap, _, _ in Formatter().parse(sentence):
        parts.append(_after_one(words) if before == "1" else words)
        before = "" if gap is None else str(named[gap] if gap in named else shown[int(gap) if gap else next(turn)])
        parts.append(before)
    return "".join(parts)


def _after_one(words: str) -> str:
    for many, one in _LONGEST:
        rest = words.removeprefix(f" {many}")
        if rest != words and not rest[:1].isalpha():
            return f" {one}{rest}"
    return words
