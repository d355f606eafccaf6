"""The words of the terminal about how customers feel and what they write, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Label, Language

HEADS: Mapping[str, Label] = {
    "asked": Label("zoals gevraagd", "as asked"),
    "top_two": Label("twee beste punten", "top two points"),
    "nps": Label("NPS (−100 tot +100)", "NPS (−100 to +100)"),
    "gap": Label("verschil", "difference"),
    "ahead": Label("kans hoger", "chance higher"),
    "p": Label("p", "p"),
    "rank_p": Label("p (rang)", "p (rank)"),
    "period": Label("periode", "period"),
    "with": Label("met thema", "with theme"),
    "without": Label("zonder", "without"),
    "answers": Label("antwoorden", "answers"),
}

TEXTS: Mapping[str, Label] = {
    "emotion": Label("Gevoel per contactmoment", "Feeling by touchpoint"),
    "recommend": Label("Aanbevelen", "Recommendation"),
    "none": Label("Er is geen enkel antwoord op de schaal.", "There is not one answer on the scale."),
    "unusable": Label(
        "{} antwoorden op {} vielen buiten de schaal en tellen niet mee.",
        "{} answers to {} were off the scale and do not count.",
    ),
    "unplaced": Label(
        "{} antwoorden konden bij geen contactmoment in dezelfde reis worden gezet. Heeft het contactmoment waar "
        "ze over gaan geen herkenner, geef het die dan: `match` mag ook de gebeurtenis van het antwoord noemen.",
        "{} answers could not be placed at a touchpoint in the same journey. If the touchpoint they speak of "
        "has no matcher, give it one: `match` may name the event of the answer too.",
    ),
    "journeys": Label("Per reis: gemiddeld {}; piek-eind {} (n = {}).", "Per journey: mean {}; peak-end {} (n = {})."),
    "compared": Label("{} tegenover {} ({})", "{} against {} ({})"),
    "few": Label("te weinig (n = {}, nodig {})", "too few (n = {}, need {})"),
    "trend": Label("Per {}: {} (over de laatste {}).", "Per {}: {} (over the last {})."),
    "no_trend": Label(
        "Geen trend: daarvoor zijn vier perioden na elkaar met genoeg antwoorden nodig; het zijn er {}.",
        "No trend: that takes four periods in a row with enough answers; there are {}.",
    ),
    "latest": Label("De laatste {} van {}; alle: --json", "The last {} of {}; all: --json"),
    "day": Label("dag", "day"),
    "week": Label("week", "week"),
    "month": Label("maand", "month"),
    "no_comments": Label("Er is geen enkele reactie met woorden.", "There is not one comment with words."),
    "themes": Label("Waar {} reacties over gaan", "What {} comments are about"),
    "untold": Label(
        "▼ ▲: zeker lager, hoger. Geen thema: {} van de reacties. Van de antwoorden heeft {} woorden. Eén reactie kan "
        "over meer thema's gaan.",
        "▼ ▲: surely lower, higher. No theme: {} of the comments. Of the answers, {} have words. One comment may be "
        "about several themes.",
    ),
    "starter": Label(
        "Geteld met {} thema's. Maak de woordenlijst van jou: klantreis themes … --write-words themes.yaml",
        "Counted with {} themes. Make the word list yours: klantreis themes … --write-words themes.yaml",
    ),
    "examples": Label("Voorbeelden (zeldzame woorden en getallen weggelaten)", "Examples (rare words and numbers out)"),
    "did": Label("Wat ze deden", "What they did"),
    "found": Label("Wat ze vonden", "What they found"),
    "people": Label("personen", "people"),
    "journeys_did": Label("reizen", "journeys"),
    "contacts": Label("contacten per reis", "contacts per journey"),
    "reached": Label("bereikte het doel", "reached the goal"),
    "answered": Label("gaf een antwoord", "gave an answer"),
    "not_asked": Label("niet gevraagd", "not asked"),
    "few_comments": Label("te weinig", "too few"),
    "service": Label("service: hoe goed was het", "service: how good it was"),
    "use": Label("gebruik: hoe makkelijk ging het", "use: how easy it went"),
    "feeling": Label("emotie: wat deed het met je", "emotion: what it did to you"),
}


def head(key: str, said: Language) -> str:
    """Returns the head of a column."""
    return HEADS[key].text(said)


def text(key: str, said: Language, *gaps: object) -> str:
    """Returns a text with its gaps filled."""
    return TEXTS[key].text(said).format(*gaps)
