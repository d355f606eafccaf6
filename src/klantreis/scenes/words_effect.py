"""The texts of the picture of effects, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.filled import filled
from klantreis.labels import Label, Language

WORDS: Mapping[str, Label] = MappingProxyType(
    {
        "effects": Label("Werkte de verandering?", "Did the change work?"),
        "effects-under": Label(
            "Het verschil met zijn 95%-interval. De band rond 0 is een verschil dat er niet toe doet.",
            "The difference with its 95% interval. The band around 0 is a difference that does not matter.",
        ),
        "nothing": Label("Geen verandering met een datum om te beoordelen.", "No change with a date to judge."),
        "improved": Label("verbeterd", "improved"),
        "no_difference": Label("geen verschil", "no difference"),
        "worse": Label("slechter", "worse"),
        "too_soon": Label("te vroeg", "too soon"),
        "rung.A": Label("A · het lot bepaalde wie het kreeg", "A · chance decided who got it"),
        "rung.B": Label("B · in stappen ingevoerd", "B · rolled out in steps"),
        "rung.C": Label("C · reeks met een onderbreking", "C · interrupted series"),
        "rung.D": Label("D · voor en na, geen uitspraak over oorzaak", "D · before and after, no causal claim"),
        "less": Label("minder", "less"),
        "more": Label("meer", "more"),
        "better": Label("beter", "better"),
        "points": Label(" procentpunt", " percentage points"),
        "to": Label("tot", "to"),
        "against": Label("{kpi}: {treated} tegen {control}", "{kpi}: {treated} against {control}"),
        "n": Label("n = {one} en {other}", "n = {one} and {other}"),
        "heard": Label("{name}: {verdict}. {gap}. {against}. {rung}.", "{name}: {verdict}. {gap}. {against}. {rung}."),
        "unknown": Label("nog geen verschil te meten", "no difference measured yet"),
        "series": Label(
            "Doorgetrokken: gemeten. Gestreept met band: verwacht zonder de verandering.",
            "Solid: measured. Dashed with a band: expected without the change.",
        ),
        "starts": Label("begin", "start"),
        "head.change": Label("Verandering", "Change"),
        "head.verdict": Label("Oordeel", "Verdict"),
        "head.kpi": Label("KPI", "KPI"),
        "head.with": Label("Met", "With"),
        "head.without": Label("Zonder", "Without"),
        "head.gap": Label("Verschil (95%)", "Difference (95%)"),
        "head.n": Label("n", "n"),
        "head.proof": Label("Bewijs", "Proof"),
        "head.why": Label("Waarom", "Why"),
    }
)


def say(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled."""
    return filled(WORDS[key].text(language), **gaps)
