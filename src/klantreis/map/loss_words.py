"""What the parts of a map are called in a loss report, in words of who wrote the map."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.labels import Label

NAMES: Mapping[str, Label] = MappingProxyType(
    {
        "type": Label("soort reis", "type of journey"),
        "state": Label("huidige of toekomstige reis", "current or future journey"),
        "template": Label("fasemodel", "phase model"),
        "context": Label("context", "context"),
        "owner": Label("eigenaar van de kaart", "owner of the map"),
        "review_every": Label("herziening", "review"),
        "reviewed": Label("laatst herzien", "last reviewed"),
        "status": Label("status", "status"),
        "personas": Label("persona's", "personas"),
        "segments": Label("segmenten", "segments"),
        "evidence": Label("onderbouwing", "evidence"),
        "scenarios": Label("scenario's", "scenarios"),
        "opportunities": Label("kansen", "opportunities"),
        "kpis": Label("KPI's", "KPIs"),
        "surveys": Label("meetvragen", "survey questions"),
        "journey": Label("wat één reis is", "what one journey is"),
        "needs": Label("behoeften en vragen", "needs and questions"),
        "offers": Label("aanbiedingen", "offers"),
        "changes": Label("veranderingen", "changes"),
        "claims": Label("beweringen", "claims"),
        "criteria": Label("criteria", "criteria"),
        "alternatives": Label("alternatieven", "alternatives"),
        "assets": Label("beelden en middelen", "images and assets"),
        "lanes": Label("eigen rijen", "lanes of your own"),
        "actors": Label("teams", "teams"),
        "price_bands": Label("prijsklassen", "price bands"),
        "comments": Label("opmerkingen", "comments"),
        "scope": Label("begin en einde van de reis", "start and end of the journey"),
        "parent": Label("de stap die deze kaart opent", "the step that opens this map"),
        "version": Label("versie", "version"),
        "tags": Label("labels", "tags"),
        "minutes": Label("minuten per contact", "minutes per contact"),
        "extra": Label("sleutels van andere programma's", "keys of other programs"),
        "phase.classes": Label("klasse van de fase", "class of the phase"),
        "phase.goal": Label("doel van de fase", "goal of the phase"),
        "phase.strategy": Label("strategie van de fase", "strategy of the phase"),
        "phase.problem": Label("probleem van de fase", "problem of the phase"),
        "phase.expected_seconds": Label("verwachte duur", "expected duration"),
        "phase.expected_by": Label("verwachte duur naar prijs of haast", "expected duration by price or urgency"),
        "phase.actions": Label("acties", "actions"),
        "phase.means": Label("middelen", "means"),
        "phase.levers": Label("hefbomen", "levers"),
        "phase.provenance": Label("herkomst van fasen", "provenance of phases"),
        "phase.evidence": Label("onderbouwing van fasen", "evidence of phases"),
        "step.think": Label("gedachten", "thoughts"),
        "step.expect": Label("verwachtingen", "expectations"),
        "step.feel": Label("gevoel", "feeling"),
        "step.feels": Label("gevoel per persona", "feeling per persona"),
        "step.word": Label("gevoelswoord", "feeling word"),
        "step.touchpoints": Label("contactmomenten", "touchpoints"),
        "step.delight": Label("verrassingen", "delights"),
        "step.influence": Label("invloed", "influence"),
        "step.mot": Label("momenten van de waarheid", "moments of truth"),
        "step.need": Label("behoeften bij stappen", "needs at steps"),
        "step.survey": Label("vragen bij stappen", "surveys at steps"),
        "step.image": Label("beelden bij stappen", "images at steps"),
        "step.owner": Label("eigenaren van stappen", "owners of steps"),
        "step.provenance": Label("herkomst van stappen", "provenance of steps"),
        "step.evidence": Label("onderbouwing van stappen", "evidence of steps"),
        "step.cells": Label("cellen in eigen rijen", "cells in lanes of your own"),
        "step.opens": Label("stappen die een andere kaart openen", "steps that open another map"),
        "step.classes": Label("klasse van stappen", "class of steps"),
    }
)
"""A section of the map, or a field of a phase or step -> its name."""


def named(key: str) -> Label:
    """Returns the name of a section or field ('kpis', 'step.think'); the key itself for one that has none."""
    return NAMES.get(key, Label(key, key))
