"""Words of how it feels and what was aimed for: emotion and KPIs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title.feeling": ("Gevoel", "Feeling"),
        "question.feeling": (
            "Hoe voelen klanten zich onderweg, en klopt dat met wat we dachten?",
            "How do customers feel along the way, and is that what we thought?",
        ),
        "gist.feeling": ("Laagste punt: {touchpoint}, {value}", "Lowest point: {touchpoint}, {value}"),
        "gist.feeling.few": ("Te weinig antwoorden om iets te meten", "Too few answers to measure anything"),
        "what.feeling": (
            "Elk antwoord op een vraag wordt omgerekend naar één schaal van −2 (heel slecht) tot +2 (heel goed): "
            "vijf punten worden x − 3, zeven punten (x − 4) · ⅔. Wie niet antwoordde, wordt niet ingevuld. Zijn er "
            "minder antwoorden dan nodig, dan tellen we het niet als gemeten en blijft de aanname staan.\n\n"
            "Voor de hele reis staan twee getallen naast elkaar: het gemiddelde van alle antwoorden, en piek-eind, "
            "het midden tussen het uitgesprokenste en het laatste antwoord. Onderzoek (Alaybek e.a. 2022) vindt ze "
            "ongeveer even sterk; geen van beide is dé waarheid.",
            "Every answer to a question is put on one scale from −2 (very bad) to +2 (very good): five points "
            "become x − 3, seven points (x − 4) · ⅔. Nothing is filled in for those who did not answer. With fewer "
            "answers than needed we do not call it measured and the assumption stays.\n\n"
            "For the whole journey two numbers stand side by side: the mean of all answers, and peak-end, halfway "
            "between the most extreme and the last answer. Research (Alaybek et al. 2022) finds them about equally "
            "strong; neither is the truth.",
        ),
        "feeling-caption": (
            "Gevoel per contactmoment, {period}, op een schaal van −2 tot +2.",
            "Feeling by touchpoint, {period}, on a scale from −2 to +2.",
        ),
        "col.survey": ("Meetvraag", "Survey"),
        "col.assumed": ("Aanname", "Assumed"),
        "col.measured": ("Gemeten", "Measured"),
        "col.gap": ("Verschil", "Difference"),
        "col.answers": ("n antwoorden", "n answers"),
        "col.top-two": ("Twee beste punten", "Top two points"),
        "few-answers": ("te weinig antwoorden (n = {n}, nodig {need})", "too few answers (n = {n}, need {need})"),
        "from-to": ("{low} tot {high}", "{low} to {high}"),
        "not-asked": ("niet gevraagd", "not asked"),
        "as-thought": ("binnen het interval", "within the interval"),
        "worse": ("▼ slechter dan gedacht", "▼ worse than thought"),
        "better": ("▲ beter dan gedacht", "▲ better than thought"),
        "journey-mean": ("Gemiddeld per reis", "Mean per journey"),
        "journey-peak-end": ("Piek-eind per reis", "Peak-end per journey"),
        "answers": ("Antwoorden", "Answers"),
        "unplaced": (
            "{n} antwoorden konden bij geen contactmoment in dezelfde reis worden gezet. Heeft het contactmoment waar "
            "ze over gaan geen herkenner, geef het die dan: `match` mag ook de gebeurtenis van het antwoord noemen.",
            "{n} answers could not be placed at a touchpoint in the same journey. If the touchpoint they speak of "
            "has no matcher, give it one: `match` may name the event of the answer too.",
        ),
        "unusable": (
            "{n} antwoorden op {survey} vielen buiten de schaal en tellen niet mee.",
            "{n} answers to {survey} were off the scale and are not used.",
        ),
        "nps-apart": (
            "Aanbevelen (NPS) staat niet op de gevoelslijn: het vraagt naar een voornemen, niet naar een gevoel.",
            "Recommendation (NPS) is not on the feeling curve: it asks for an intention, not a feeling.",
        ),
        "nps-caption": (
            "Aanbevelen (NPS) per contactmoment, van −100 tot +100.",
            "Recommendation (NPS) by touchpoint, from −100 to +100.",
        ),
        "empty.feeling": ("Er is geen enkel antwoord van klanten.", "There is not one answer from customers."),
        "empty.feeling.do": (
            "Zet een vraag onder `surveys:` op de kaart, bind haar met `survey:` aan een contactmoment en geef de "
            "bron een kolom met de rol `score`. Tot dan is elk gevoel op de kaart een aanname.",
            "Put a question under `surveys:` on the map, bind it to a touchpoint with `survey:`, and give the "
            "source a column with the role `score`. Until then every feeling on the map is an assumption.",
        ),
        # KPIs
        "title.kpis": ("KPI’s tegenover doelen", "KPIs against targets"),
        "question.kpis": ("Halen we wat we ons hadden voorgenomen?", "Do we reach what we aimed for?"),
        "gist.kpis": (
            "{met} gehaald, {missed} niet gehaald, {unsure} onbeslist",
            "{met} met, {missed} missed, {unsure} undecided",
        ),
        "what.kpis": (
            "Een doel is gehaald of niet gehaald als het hele 95%-interval aan één kant van het doel ligt. Ligt "
            "het doel "
            "binnen het interval, dan zijn er te weinig gegevens om het te zeggen: onbeslist.",
            "A target is met or missed when the whole 95% interval lies on one side of it. When the target lies "
            "inside the interval there is too little data to say: undecided.",
        ),
        "kpis-caption": (
            "KPI’s, {period}, met 95%-interval. Segmenten staan onder hun KPI.",
            "KPIs, {period}, with 95% interval. Segments stand below their KPI.",
        ),
        "col.kpi": ("KPI", "KPI"),
        "col.target": ("Doel", "Target"),
        "col.verdict": ("Oordeel", "Verdict"),
        "col.owner": ("Eigenaar", "Owner"),
        "verdict.met": ("gehaald", "met"),
        "verdict.missed": ("niet gehaald", "missed"),
        "verdict.unsure": ("onbeslist", "undecided"),
        "verdict.unknown": ("niet gemeten", "not measured"),
        "verdict.no_target": ("zonder doel", "no target"),
        "empty.kpis": ("Er staat geen KPI op deze kaart.", "There is no KPI on this map."),
        "empty.kpis.do": (
            "Voeg er een toe onder `kpis:`, bijvoorbeeld `conversie: {{metric: conversion, from: product, to: "
            'betaald, target: ">= 3%"}}`.',
            "Add one under `kpis:`, for example `conversion: {{metric: conversion, from: product, to: paid, "
            'target: ">= 3%"}}`.',
        ),
        "kpis-unmeasured-caption": ("KPI’s op de kaart, nog zonder waarde.", "KPIs on the map, without a value yet."),
    }
)
