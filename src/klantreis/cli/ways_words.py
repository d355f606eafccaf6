"""The words of the terminal about where people go."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

WAYS: Mapping[str, Label] = {
    "start": Label("begin", "start"),
    "end": Label("einde", "end"),
    "other": Label("overig", "other"),
    "the_start": Label("het begin van de reis", "the start of the journey"),
    "from_anchor": Label(
        "Vanaf {}: {} keer, in {} van {} reizen, door {} personen: {} van iedereen.",
        "From {}: {} times, in {} of {} journeys, by {} people: {} of everybody.",
    ),
    "in_full": Label("Alle rijen en stappen: --json", "All rows and steps: --json"),
    "to_step": Label("Van stap {} naar {} ({} van {})", "From step {} to {} ({} of {})"),
    "size": Label("{} reizen, {} personen, {} gebeurtenissen", "{} journeys, {} people, {} events"),
    "pairs": Label("Wat later komt ({} van {})", "What comes later ({} of {})"),
    "times": Label("Tijd van de eerste tot de eerste daarna", "Time from the first to the first after it"),
    "rework": Label("Wie terugkomt", "Who comes back"),
    "loops": Label("Kringen: {} keer, in {} reizen: {}.", "Loops: {} times, in {} journeys: {}."),
    "backs": Label("Stappen terug: {} keer, in {} reizen: {}.", "Steps back: {} times, in {} journeys: {}."),
    "compared": Label(
        "Vergeleken: {} van {} reizen, de {} meest gelopen van {} routes: {}.",
        "Compared: {} of {} journeys, the {} most taken of {} routes: {}.",
    ),
    "too_long": Label(
        "{} reizen zijn langer dan {} contactmomenten en doen niet mee.",
        "{} journeys are longer than {} touchpoints and are left out.",
    ),
    "silhouette": Label(
        "Afstand 0: hetzelfde, 1: niets gemeen. Silhouet {} (1: scherp gescheiden, 0: lopen in elkaar over).",
        "Distance 0: the same, 1: nothing shared. Silhouette {} (1: well apart, 0: one runs into the other).",
    ),
    "beside": Label("{} (n = {}) tegenover {} (n = {})", "{} (n = {}) against {} (n = {})"),
    "sure": Label("Verschil in procentpunten ({} van {})", "Difference in percentage points ({} of {})"),
    "nothing_sure": Label(
        "Van {} verschillen ligt er geen buiten het 95 %-interval rond 0.",
        "Of {} differences none has a 95 % interval without 0.",
    ),
    "chance": Label(
        "Elk verschil met 95 %-interval; van {} kunnen er ook zonder echt verschil zo'n {} uitspringen.",
        "Each difference with its 95 % interval; of {}, some {} may stand out without any real difference.",
    ),
}


def text(key: str, said: Language, *shown: object) -> str:
    """Returns a sentence with its gaps filled."""
    return filled(WAYS[key].text(said), *shown)
