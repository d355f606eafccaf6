"""The texts of the sheets beside the map (strong and weak, means), in Dutch and English; `words.py` adds them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SHEET_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "approach-levers-all": ("Aan alle zes hefbomen gedacht", "All six levers thought of"),
    # what is measured, or is going to be
    "aimed-of": ("doel in {done} van {all} fasen", "target in {done} of {all} phases"),
    "aimed-all": ("compleet: doel in elke fase", "complete: a target in each phase"),
    "target-over": ("boven doel {target}", "above target {target}"),
    "target-under": ("onder doel {target}", "below target {target}"),
    "action-asset": ("met: {asset}", "with: {asset}"),
    "pictured": ("in beeld: {tags}", "pictured: {tags}"),
    "plan-open": ("te meten: {how}", "to measure: {how}"),
    "plan-done": ("gemeten: {how}", "measured: {how}"),
    "plan.qr": ("QR-code", "QR code"),
    "plan.code": ("code", "code"),
    "plan.counter": ("teller", "counter"),
    "plan.asked": ("navragen", "asking"),
    # whom a map is about
    "persona-card": ("Persona", "Persona"),
    "persona-size": ("{segment}: {people} ({share})", "{segment}: {people} ({share})"),
    "persona-kind.ideal": ("ideale klant", "ideal customer"),
    "persona-kind.typical": ("gewone klant", "typical customer"),
    "persona-kind.edge": ("uitzondering", "edge case"),
    "persona-kind.anti": ("niet onze klant", "not our customer"),
    # what viewers of a shared page say
    "votes": ("Herkenbaar?", "Recognisable?"),
    "votes-note": ("stemmen van kijkers; niet gemeten bij klanten", "votes of viewers; not measured of customers"),
    "vote-at": ("herkenbaar {yes} van {n}", "recognisable {yes} of {n}"),
    "vote-few": (
        "te weinig stemmen (n\u00a0=\u00a0{n}, nodig\u00a0{need})",
        "too few votes (n\u00a0=\u00a0{n}, need\u00a0{need})",
    ),
    # strong and weak
    "strengths": ("Sterk en zwak", "Strong and weak"),
    "strengths-of": ("{title}: sterk en zwak", "{title}: strong and weak"),
    "strong": ("Sterk", "Strong"),
    "weak": ("Zwak", "Weak"),
    "strong-why": ("wat houden we zo, en wat kan elders ook zo?", "what do we keep, and what could be so elsewhere?"),
    "weak-why": ("wat nemen we eerst weg?", "what do we take away first?"),
    "strong-none": ("Geen stap voelt beter dan neutraal.", "No step feels better than neutral."),
    "weak-none": (
        "Geen stap voelt slechter dan neutraal, en nergens haakt iemand af.",
        "No step feels worse than neutral, and nobody drops out anywhere.",
    ),
    "strengths-empty": (
        "Nog van geen stap is bekend hoe die voelt. Zet er 'feel: -2 tot 2' bij, of koppel een meetvraag.",
        "Of no step is known yet how it feels. Add 'feel: -2 to 2', or connect a survey.",
    ),
    "side": ("Kant", "Side"),
    "measured-mark": ("gemeten", "measured"),
    "assumed-mark": ("aanname", "assumed"),
    "assumed-too": ("aanname was {value}", "assumed was {value}"),
    "few-answers": ("pas {n} antwoorden: te weinig", "only {n} answers: too few"),
    "maybe-neutral": ("kan ook neutraal zijn", "may be neutral as well"),
    "no-evidence": ("geen onderbouwing op de kaart", "no evidence on the map"),
    "no-feeling": ("gevoel onbekend", "feeling unknown"),
    "idea-for": ("Kans: {name}", "Opportunity: {name}"),
    "barrier-is": ("{name} ({kind}, {severity})", "{name} ({kind}, {severity})"),
    "evidence-is": ("Onderbouwing: {name}", "Evidence: {name}"),
    "strengths-how": (
        "gemeten stappen staan vooraan; gevuld teken = gemeten, open teken = aanname · schaal −2 tot +2",
        "measured steps come first; filled sign = measured, open sign = assumed · scale −2 to +2",
    ),
    "heard-strength": ("{side}, {number}: {step}, {value}", "{side}, {number}: {step}, {value}"),
    # means
    "means": ("Middelen", "Means"),
    "means-of": ("{title}: middelen per fase", "{title}: means of each phase"),
    "means-under": (
        "wat een klant verder helpt · op de kaart: {all} · nog niet: {gaps}",
        "what helps a customer on · on the map: {all} · still missing: {gaps}",
    ),
    "means-help": ("Helpt verder", "Helps on"),
    "means-content": ("Inhoud bij vragen", "Content for questions"),
    "means-offer": ("Aanbod", "Offers"),
    "means-action": ("Acties en middelen", "Actions and assets"),
    "means-touch": ("Wordt getoond", "Is shown"),
    "means-gap": ("Nog geen middel in deze fase", "No means in this phase yet"),
    "means-unanswered": ("geen inhoud: {name}", "no content: {name}"),
    "means-solved-not": ("geen kans: {name}", "no opportunity: {name}"),
    "means-missing": ("Is er nog niet", "Still missing"),
    "means-complete": ("niets", "nothing"),
    "means-none": ("Er zijn nog geen fasen.", "There are no phases yet."),
    "kind-head": ("Soort", "Kind"),
    "what-head": ("Middel", "Means"),
    "lever-done": ("✓ {name}", "✓ {name}"),
    "lever-open": ("○ {name}: nog niet", "○ {name}: not yet"),
    # barriers that are not ours
    "beyond-us": ("niet van ons: telt niet mee in de volgorde", "not ours: left out of the ranking"),
    # what a map opens
    "part-of": ("Deel van: {map}", "Part of: {map}"),
})  # fmt: skip
"""Each text by its key: (Dutch, English)."""
