"""The words of the terminal about who comes back and who goes quiet."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

HEADS: Mapping[str, Label] = {
    "day": Label("dag", "day"),
    "week": Label("week", "week"),
    "month": Label("maand", "month"),
    "cohort": Label("begonnen", "began"),
    "came": Label("kwam terug", "came back"),
    "so_far": Label("tot nu toe", "so far"),
    "active": Label("actief", "active"),
    "new": Label("nieuw", "new"),
    "returning": Label("terug", "returning"),
    "resurrected": Label("herleefd", "resurrected"),
    "dormant": Label("stil", "dormant"),
    "kept": Label("bleef", "kept"),
    "within": Label("binnen", "within"),
    "condition": Label("voorwaarde", "condition"),
}

TEXTS: Mapping[str, Label] = {
    "began": Label("{} van {} personen begonnen.", "{} of {} people began."),
    "entries": Label("{} keer begonnen, door {} van {} personen.", "{} starts, by {} of {} people."),
    "cohorts": Label("Per cohort ({} van {})", "Per cohort ({} of {})"),
    "met": Label("Wie aan de eerste voorwaarde voldeed", "Who met the first condition"),
    "empty": Label(
        "n: voor wie het tijdvak voorbij is. – : nog voor niemand.",
        "n: those for whom the interval is over. – : nobody yet.",
    ),
    "in_full": Label("Alle tijdvakken en cohorten: --json", "All intervals and cohorts: --json"),
    "last": Label("De laatste {} van {}", "The last {} of {}"),
    "open": Label("Het laatste tijdvak loopt nog.", "The last interval is not over."),
    "sticky": Label(
        "Actief op een dag, van de week: {}; van 30 dagen: {}.", "Active on a day, of the week: {}; of 30 days: {}."
    ),
    "repeat": Label("{} van {} personen deden het vaker: {}.", "{} of {} people did it again: {}."),
    "again": Label("Voor het eerst opnieuw", "Again for the first time"),
    "gone": Label("Voorgoed weg (stil: {})", "Gone for good (silent: {})"),
    "days": Label("{} dagen", "{} days"),
    "one_day": Label("1 dag", "1 day"),
    "nobody_active": Label("Niemand was actief.", "Nobody was active."),
    "nobody": Label("Niemand is begonnen.", "Nobody began."),
}


def head(key: str, said: Language) -> str:
    """Returns the head of a column."""
    return HEADS[key].text(said)


def text(key: str, said: Language, *gaps: object) -> str:
    """Returns a sentence with its gaps filled."""
    return filled(TEXTS[key].text(said), *gaps)
