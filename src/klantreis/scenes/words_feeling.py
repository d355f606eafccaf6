"""The texts of the pictures of feeling over time, of themes and of the experience, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

FEELING_WORDS: Mapping[str, Label] = {
    "mood": Label("Hoe het gevoel verloopt", "How the feeling goes over time"),
    "mood-under": Label(
        "Per {unit}, elke vraag een eigen lijn. De streep is het 95%-interval; een open rondje heeft te weinig "
        "antwoorden om als gemeten te tellen.",
        "Per {unit}, a line of its own for each question. The stroke is the 95% interval; an open circle has too few "
        "answers to count as measured.",
    ),
    "day": Label("dag", "day"),
    "week": Label("week (vanaf maandag)", "week (from Monday)"),
    "month": Label("maand", "month"),
    "trend": Label(
        "{value} per {unit} ({low} tot {high}), over {run} perioden",
        "{value} a {unit} ({low} to {high}), over {run} periods",
    ),
    "no-trend": Label("nog te weinig perioden voor een trend", "too few periods for a trend"),
    "no-answers": Label("Er is geen enkel antwoord op de schaal.", "There is not one answer on the scale."),
    "left-out": Label("De laatste {n} van {all} perioden", "The latest {n} of {all} periods"),
    "zone": Label("Klok van {zone}", "Clock of {zone}"),
    "period-head": Label("Periode", "Period"),
    "survey-head": Label("Meetvraag", "Survey"),
    "feel-head": Label("Gevoel (−2 tot +2)", "Feeling (−2 to +2)"),
    "nps-head": Label("NPS (−100 tot +100)", "NPS (−100 to +100)"),
    "raw-head": Label("Zoals gevraagd", "As asked"),
    "few": Label("te weinig antwoorden (n = {n}, nodig {need})", "too few answers (n = {n}, need {need})"),
    "themes": Label("Waar reacties over gaan", "What comments are about"),
    "themes-under": Label(
        "{n} reacties, geteld met een woordenlijst. Eén reactie kan over meer thema’s gaan; {untold} gaat over geen "
        "enkel thema.",
        "{n} comments, counted by a word list. One comment may be about several themes; {untold} are about none.",
    ),
    "no-comments": Label(
        "Er is geen enkele reactie met woorden. Geef de bron van de antwoorden een kolom met de rol `detail`.",
        "There is not one comment with words. Give the source of the answers a column with the role `detail`.",
    ),
    "no-theme": Label(
        "Geen enkel woord van de lijst komt in de reacties voor.", "No word of the list is in the comments."
    ),
    "theme-score": Label(
        "score {with_} tegen {without} zonder dit thema: {gap}", "score {with_} against {without} without it: {gap}"
    ),
    "theme-few": Label(
        "score {with_}; te weinig om te vergelijken (n = {n})", "score {with_}; too few to compare (n = {n})"
    ),
    "lower": Label("▼ lager", "▼ lower"),
    "higher": Label("▲ hoger", "▲ higher"),
    "alike": Label("geen zeker verschil", "no sure difference"),
    "of-comments": Label("{share} · n = {n}", "{share} · n = {n}"),
    "themes-left-out": Label("De grootste {n} van {all} thema’s", "The largest {n} of {all} themes"),
    "theme-head": Label("Thema", "Theme"),
    "share-head": Label("Deel van reacties", "Of comments"),
    "score-head": Label("Score met dit thema", "Score with this theme"),
    "without-head": Label("Zonder", "Without"),
    "gap-head": Label("Verschil", "Difference"),
    "words-head": Label("Woorden", "Words"),
    "goes-with": Label("Wat samengaat; geen oorzaak", "What goes together; no cause"),
    "experience": Label("Wat ze deden en wat ze vonden", "What they did and what they found"),
    "experience-under": Label(
        "Gedrag en beleving, nooit samen in één getal. Gedrag telt iedereen; beleving komt van de {share} die een "
        "vraag beantwoordde.",
        "Behaviour and experience, never one number. Behaviour counts everybody; the experience is that of the {share} "
        "who answered a question.",
    ),
    "did": Label("Wat ze deden", "What they did"),
    "found": Label("Wat ze vonden", "What they found"),
    "people": Label("personen", "people"),
    "journeys": Label("reizen", "journeys"),
    "contacts": Label("contacten per reis", "contacts per journey"),
    "reached": Label("van de reizen bereikt het doel", "of journeys reach the goal"),
    "service": Label("Service: hoe goed was het?", "Service: how good was it?"),
    "use": Label("Gebruik: hoe makkelijk ging het?", "Use: how easy was it?"),
    "emotion": Label("Emotie: wat deed het met je?", "Emotion: what did it do to you?"),
    "not-asked": Label("Niet gevraagd", "Not asked"),
    "what-head": Label("Wat", "What"),
    "value-head": Label("Waarde", "Value"),
    "answers": Label("{n} antwoorden", "{n} answers"),
}


def tell(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled; a key that is not there raises KeyError."""
    return filled(FEELING_WORDS[key].text(language), **gaps)
