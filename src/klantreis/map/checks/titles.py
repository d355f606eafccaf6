"""What each check is called where a person reads it; its name stays the key for settings and machines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.labels import Label

_DUTCH: Mapping[str, str] = MappingProxyType({
    "barrier-unanswered": "barrière zonder kans",
    "begins-too-late": "begint te laat",
    "change-without-measure": "verandering zonder maat",
    "claim-without-source": "bewering zonder bron",
    "company-language": "bedrijfstaal",
    "double-map-id": "twee kaarten met één id",
    "evidence-unused": "ongebruikt bewijs",
    "image-too-small": "te klein beeld",
    "image-without-alt": "beeld zonder tekst",
    "image.not_shown": "beeld dat niet getoond wordt",
    "kpi-without-target": "KPI zonder doel",
    "label-missing": "vertaling ontbreekt",
    "lever-not-considered": "hefboom waar niet aan gedacht is",
    "loyalty-without-action": "loyaliteit zonder actie",
    "mailing-without-cap": "mailing zonder grens of toestemming",
    "map-circle": "kaart die in zichzelf ligt",
    "message-without-evidence": "bericht zonder onderbouwing",
    "mixed-survey-questions": "gemengde vragen in één lijn",
    "need-without-answer": "behoefte zonder antwoord",
    "no-ideal-scenario": "geen ideaal scenario",
    "nobody-keeps-it": "niemand houdt het bij",
    "one-event-for-two": "één gebeurtenis voor twee",
    "one-id-for-two": "één id voor twee",
    "opens-nothing": "opent een kaart die er niet is",
    "opportunity-without-barrier": "kans zonder barrière",
    "over-full-sheet": "te vol blad",
    "path-over-planned": "pad over iets dat nog niet bestaat",
    "persona-need-missing": "persona zonder toon of behoefte in een fase",
    "persona-without-goal": "persona zonder doel",
    "phase-empty": "lege fase",
    "phase-without-action": "fase zonder actie",
    "phase-without-kpi": "fase zonder KPI",
    "phase-without-positive-contact": "fase zonder goed contact",
    "review-overdue": "te lang niet nagelopen",
    "rules-too-many": "te veel regels",
    "scenario-without-thoughts": "scenario zonder denkt en verwacht",
    "segment-unused": "ongebruikt segment",
    "stale-evidence": "verouderd bewijs",
    "stops-too-early": "stopt te vroeg",
    "sure-without-evidence": "zeker zonder bewijs",
    "survey-unbound": "vraag die nergens bij hoort",
    "testimonial-without-consent": "ervaringsverhaal zonder toestemming",
    "touchpoint-nowhere": "contactmoment op geen enkel pad",
    "touchpoint-without-matcher": "contactmoment dat niet gemeten wordt",
    "unconfirmed-template": "onbevestigd uit het sjabloon",
})  # fmt: skip

_ENGLISH = {"phase-without-kpi": "phase without KPI", "kpi-without-target": "KPI without target"}


def title(name: str) -> Label:
    """Returns what a check is called: 'fase zonder actie', 'phase without action'; one without a title by its name."""
    english = _ENGLISH.get(name, name.replace("-", " ").replace("_", " ").replace(".", " "))
    return Label(_DUTCH.get(name, english), english)
