"""The texts of who is where now, who is reached, and what goes with buying again, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klantreis.filled import filled
from klantreis.labels import Label, Language

LOYAL_WORDS: Mapping[str, Label] = MappingProxyType({
    "now": Label("nu in deze fase: {n}", "now in this phase: {n}"),
    "now-short": Label("nu hier: {n}", "now here: {n}"),
    "standing": Label("Wie er is", "Who is there"),
    "now-note": Label(
        "nu: personen met een open reis op {when} ({n})", "now: people with an open journey on {when} ({n})"
    ),
    "now-heard": Label(
        "nu in deze fase: {n} van {all} personen met een open reis, op {when}",
        "now in this phase: {n} of {all} people with an open journey, on {when}",
    ),
    "aimed": Label("doelgroep: {share} ({within}, {n})", "target group: {share} ({within}, {n})"),
    "aimed-short": Label("doelgroep: {share} ({n})", "target group: {share} ({n})"),
    "aimed-least": Label("doelgroep: {share}", "target group: {share}"),
    "aimed-heard": Label(
        "van de eerste contacten hoort {value} bij de doelgroep",
        "of the first contacts {value} are in the target group",
    ),
    "fans": Label("fans: {count} = {share} ({within}, {n})", "fans: {count} = {share} ({within}, {n})"),
    "fans-short": Label("fans: {count} = {share} ({n})", "fans: {count} = {share} ({n})"),
    "fans-least": Label("fans: {count} ({share})", "fans: {count} ({share})"),
    "fans-heard": Label(
        "fans, die aanbevelen en vaker kochten: {count}, {value} van wie antwoordde",
        "fans, who recommend and bought more than once: {count}, {value} of who answered",
    ),
    "loyal": Label("Mening en terugkomen", "Opinion and return"),
    "loyal-note": Label("verband, geen oorzaak", "goes together, no cause"),
    "stronger": Label(
        "Wie hoog scoort, koopt vaker opnieuw: {gap} procentpunt ({low} tot {high}, {n})",
        "Who scores high buys again more often: {gap} percentage points ({low} to {high}, {n})",
    ),
    "weaker": Label(
        "Wie hoog scoort, koopt minder vaak opnieuw: {gap} procentpunt ({low} tot {high}, {n})",
        "Who scores high buys again less often: {gap} percentage points ({low} to {high}, {n})",
    ),
    "unsure": Label(
        "Hoge score en opnieuw kopen: geen duidelijk verschil, {gap} procentpunt ({low} tot {high}, {n})",
        "High score and buying again: no clear difference, {gap} percentage points ({low} to {high}, {n})",
    ),
    "few": Label(
        "Hoge score en opnieuw kopen: te weinig om te zeggen (kleinste groep {n}, nodig {need})",
        "High score and buying again: too few to tell (smaller group {n}, need {need})",
    ),
    "groups": Label(
        "hoge score: {content} kocht opnieuw · lager: {others}", "high score: {content} bought again · lower: {others}"
    ),
})  # fmt: skip


def tell(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled."""
    return filled(LOYAL_WORDS[key].text(language), **gaps)
