"""A map as tables, one for each kind of thing on it, with headings in Dutch and English: what a workbook holds.

Ids and values are those of the map file, so that what is looked up in a workbook is found there; headings and texts are
in the language that is asked. The sheet of steps, which is read back, is made by `rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from klantreis.labels import Label, Language
from klantreis.map.diff_words import shown
from klantreis.map.matching import Condition, Matcher
from klantreis.map.model import JourneyMap
from klantreis.map.path import Path
from klantreis.map.sketch import said
from klantreis.spans import shown as spanned

KINDS = (
    "phases", "actions", "personas", "segments", "touchpoints", "needs", "offers", "barriers", "opportunities",
    "changes", "kpis", "scenarios", "surveys", "alternatives", "criteria", "evidence", "claims", "assets", "actors",
    "price_bands", "comments",
)  # fmt: skip
"""What has a table of its own, in this order."""

_LEFT = {"steps", "actions", "any_of", "origin", "persona"}
"""Fields that stand in another table, or say again what another field says."""

_HEADS: Mapping[str, tuple[str, str]] = {
    "about": ("gaat over", "is about"), "agreed": ("akkoord", "agreed"), "alt": ("beschrijving", "description"),
    "answered": ("beantwoord", "answered"), "asset": ("middel", "asset"), "assets": ("middelen", "assets"),
    "at": ("plaats", "place"), "author": ("schrijver", "author"), "band": ("laag", "band"), "brand": ("merk", "brand"),
    "brand_preference": ("merkvoorkeur", "brand preference"), "by": ("uitgesplitst naar", "split by"),
    "cap": ("hoogstens", "at most"), "channel": ("kanaal", "channel"), "classes": ("klasse", "class"),
    "confidence": ("zekerheid", "confidence"), "cons": ("nadelen", "cons"), "consent": ("toestemming", "consent"),
    "content": ("inhoud", "content"), "control": ("controlegroep", "control"), "cost": ("kosten", "cost"),
    "credit": ("naamsvermelding", "credit"), "date": ("datum", "date"), "delight": ("verrassing", "delight"),
    "design": ("opzet", "design"), "differs": ("verschil met ons", "differs from us"),
    "dimension": ("dimensie", "dimension"), "effort": ("moeite", "effort"), "end": ("einde", "end"),
    "ends": ("einddatum", "end date"), "evidence": ("onderbouwing", "evidence"),
    "expected_by": ("verwachte duur per groep", "expected time by group"),
    "expected_seconds": ("verwachte duur", "expected time"), "failed_when": ("mislukt als", "failed when"),
    "file": ("bestand", "file"), "firm": ("bedrijf", "firm"), "fresh_seconds": ("houdbaar", "fresh for"),
    "goal": ("doel", "goal"), "guardrail": ("bewaakt", "guardrail"), "height": ("hoogte", "height"),
    "high": ("tot en met", "up to"), "hours": ("uren per maand", "hours a month"), "id": ("id", "id"),
    "impact": ("impact", "impact"), "influence": ("invloed", "influence"), "initiator": ("wie begint", "who begins"),
    "insight": ("inzicht", "insight"), "kind": ("soort", "kind"), "kpi": ("KPI", "KPI"), "label": ("naam", "name"),
    "least_times": ("minstens zo vaak", "at least so often"),
    "levers": ("hefbomen", "levers"), "low": ("vanaf", "from"), "matcher": ("herkenner", "matcher"),
    "means": ("middelen", "means"), "measurement": ("meting", "measurement"), "media": ("media", "media"),
    "metric": ("maat", "metric"), "min_lift": ("kleinste verbetering", "least lift"),
    "n_min": ("minste antwoorden", "fewest answers"), "needs": ("behoeften", "needs"), "note": ("notitie", "note"),
    "offer": ("aanbod", "offer"), "owner": ("eigenaar", "owner"), "path": ("pad", "path"),
    "per_phase": ("behoefte per fase", "need by phase"), "period": ("periode", "period"),
    "person": ("persoon", "person"), "personas": ("persona's", "personas"), "phase": ("fase", "phase"),
    "picture": ("foto", "picture"), "plan": ("meetplan", "plan to measure"), "planned": ("gepland", "planned"),
    "problem": ("probleem", "problem"), "pros": ("voordelen", "pros"), "provenance": ("hoe zeker", "how sure"),
    "quote": ("citaat", "quote"), "resolved": ("opgelost", "resolved"), "reverse": ("laag is goed", "low is good"),
    "rule": ("regel", "rule"), "sample": ("steekproef", "sample"), "scores": ("cijfers", "scores"),
    "segment": ("segment", "segment"), "setting": ("omgeving", "setting"), "severity": ("ernst", "severity"),
    "solves": ("lost op", "solves"), "source": ("bron", "source"), "split": ("verdeling", "split"),
    "start": ("begin", "start"), "starts": ("begindatum", "start date"), "status": ("status", "status"),
    "strategy": ("strategie", "strategy"), "survey": ("meetvraag", "survey"), "tags": ("trefwoorden", "tags"),
    "target": ("doelwaarde", "target"), "terms": ("voorwaarden", "terms"), "tests": ("toetst", "tests"),
    "times": ("keer zo lang", "times as long"), "tone": ("toon", "tone"), "treated": ("krijgt het", "treated"),
    "trigger": ("aanleiding", "trigger"), "urgency": ("haast", "urgency"), "url": ("adres", "address"),
    "us": ("wij zelf", "ourselves"), "verdict": ("oordeel", "verdict"), "weight": ("gewicht", "weight"),
    "width": ("breedte", "width"), "window_seconds": ("tijdvak", "window"), "within": ("binnen", "within"),
    # the map as a whole
    "title": ("titel", "title"), "type": ("soort reis", "type of journey"), "state": ("toestand", "state"),
    "template": ("fasemodel", "phase model"), "languages": ("talen", "languages"), "scope": ("bereik", "scope"),
    "review_every": ("nalopen elke", "review every"), "reviewed": ("laatst nagelopen", "last reviewed"),
    "minutes": ("minuten", "minutes"), "version": ("versie", "version"), "parent": ("hoort bij", "part of"),
    "price_band": ("prijsklasse", "price band"), "audience": ("doelgroep", "audience"),
    "made": ("gemaakt", "made"), "timeout_seconds": ("voorbij na", "over after"),
    "within_seconds": ("trechter kijkt", "funnel looks"), "context": ("context", "context"),
    # findings
    "level": ("niveau", "level"), "place": ("plaats", "place"), "detail": ("uitleg", "detail"),
    "advice": ("wat te doen", "what to do"), "people": ("personen", "people"), "journeys": ("reizen", "journeys"),
    "money": ("geld", "money"),
}  # fmt: skip


def head_of(field: str) -> Label:
    """Returns the heading over a field of the map; its own name for one that has none here."""
    return Label(*_HEADS.get(field, (field, field)))


def tables(map_: JourneyMap, language: Language) -> Iterator[tuple[str, list[str], list[list[object]]]]:
    """Yields (kind, fields, rows) of each kind that is on the map, with a column for each field that any of them fills.

    A map without any yields nothing.
    """
    for kind in KINDS:
        nouns = _actions(map_) if kind == "actions" else [(None, one) for one in getattr(map_, kind)]
        if nouns:
            names, rows = _table(nouns, language)
            yield kind, names, rows


def about(map_: JourneyMap, language: Language) -> list[tuple[str, object]]:
    """Returns (field, value) of the map as a whole, those that say something."""
    rule = map_.journey
    told: list[tuple[str, object]] = [("id", map_.id), ("title", said(map_.title, language))]
    keys = ("type", "state", "template", "owner", "status", "review_every", "reviewed", "minutes", "languages", "tags")
    told += [(key, cell(key, getattr(map_, key), language)) for key in (*keys, "scope", "parent", "version")]
    told += [(key, cell(key, getattr(rule, key), language)) for key in ("start", "end", "goal", "by")]
    told += [(key, cell(key, getattr(rule, key), language)) for key in ("timeout_seconds", "within_seconds")]
    return [pair for pair in told if pair[1] not in (None, "")] + [*map_.context]


def cell(field: str, value: object, language: Language) -> object:
    """Returns a value as a cell of a table holds it: a number, or a text in one language; None for nothing."""
    match value:
        case None | "" | () | False:
            return None
        case bool():
            return shown(value).text(language)
        case Label():
            return said(value, language) or None
        case int() | float():
            return spanned(value, language) if field.endswith("seconds") else value
        case str():
            return value
        case tuple():
            return " | ".join(_part(one, language) for one in value)
    return _part(value, language)


def _part(value: object, language: Language) -> str:
    """One of several values, or a thing of several fields, as a text."""
    if isinstance(value, tuple):
        return ": ".join(_part(one, language) for one in value)
    written = getattr(value, "text", None)
    if isinstance(written, str):
        return written
    if is_dataclass(value) and not isinstance(value, Label | Matcher | Condition | Path):
        told = (cell(one.name, getattr(value, one.name), language) for one in fields(value))
        return " ".join(str(one) for one in told if one is not None)
    return said(value, language) if isinstance(value, Label) else shown(value).text(language)


def _actions(map_: JourneyMap) -> list[tuple[str | None, Any]]:
    return [(phase.id, action) for phase in map_.phases for action in phase.actions]


def _table(nouns: Sequence[tuple[str | None, Any]], language: Language) -> tuple[list[str], list[list[object]]]:
    """Fields and rows; things that stand in a phase say in which."""
    keys = [one.name for one in fields(nouns[0][1]) if one.name not in _LEFT]
    rows = [[cell(key, getattr(noun, key), language) for key in keys] for _, noun in nouns]
    kept = [spot for spot, _ in enumerate(keys) if any(row[spot] is not None for row in rows)]
    names, rows = [keys[spot] for spot in kept], [[row[spot] for spot in kept] for row in rows]
    if nouns[0][0] is None:
        return names, rows
    return ["phase", *names], [[home, *row] for (home, _), row in zip(nouns, rows, strict=True)]
