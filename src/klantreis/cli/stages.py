"""What is being done while a bar runs, in words for a person."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Label, Language

DOING: Mapping[str, Label] = {
    "compare": Label("Vergelijken", "Comparing"),
    "demo": Label("Demo", "Demo"),
    "draw": Label("Tekenen", "Drawing"),
    "export": Label("Bestand maken", "Making the file"),
    "find": Label("Bevindingen", "Findings"),
    "identity": Label("Wie is wie", "Who is who"),
    "load": Label("Inlezen", "Loading"),
    "measure": Label("Meten", "Measuring"),
    "reading": Label("Lezen", "Reading"),
    "report": Label("Verslag", "Report"),
    "share": Label("Delen", "Sharing"),
    "store": Label("Opslag", "Store"),
}
"""What a bar begins with, by the word it was made with."""

WORDS: Mapping[str, Label] = {
    "attribution": Label("toerekening", "attribution"),
    "audience": Label("bereik van de doelgroep", "audience"),
    "channel_mix": Label("kanalen", "channels"),
    "coverage": Label("dekking", "coverage"),
    "drift": Label("verloop", "drift"),
    "drivers": Label("wat samenhangt met het doel", "what goes with the goal"),
    "effect": Label("wat veranderingen deden", "what changes did"),
    "emotion": Label("gevoel", "emotion"),
    "fit": Label("ideaal tegenover echt", "ideal against real"),
    "funnel": Label("trechter", "funnel"),
    "kpis": Label("KPI's", "KPIs"),
    "mood": Label("stemming", "mood"),
    "paths": Label("paden", "paths"),
    "standing": Label("in welke fase nu", "in which phase now"),
    "themes": Label("thema's", "themes"),
    "times": Label("tijden", "times"),
    "worth": Label("opbrengst", "value"),
    "writing": Label("schrijven", "writing"),
}
"""What comes after it, by the name of a measure or of what is done; a source, map or segment keeps its own name."""


def stage(what: str, word: str, said: Language) -> str:
    """Returns the words before a bar: 'Meten · trechter'; a word that is in no list stays as it is."""
    parts = [table[key].text(said) if key in table else key for table, key in ((DOING, what), (WORDS, word)) if key]
    return " · ".join(parts)
