"""The words of proof and of power in the terminal, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Label, Language

VERDICTS: Mapping[str, Label] = {
    "improved": Label("verbeterd", "improved"),
    "no_difference": Label("geen verschil", "no difference"),
    "worse": Label("slechter", "worse"),
    "too_soon": Label("te vroeg om te zeggen", "too soon to tell"),
}
RUNGS: Mapping[str, Label] = {
    "A": Label("Bewijs A: het lot bepaalde wie de verandering kreeg.", "Proof A: chance decided who got the change."),
    "B": Label(
        "Bewijs B: in stappen ingevoerd, vergeleken met wie het nog niet had.",
        "Proof B: rolled out in steps, against those who did not have it yet.",
    ),
    "C": Label(
        "Bewijs C: een reeks met een onderbreking; iets anders kan op dezelfde dag begonnen zijn.",
        "Proof C: an interrupted series; something else may have begun on the same day.",
    ),
    "D": Label(
        "Bewijs D: alleen voor en na, geen uitspraak over oorzaak.", "Proof D: before and after, no causal claim."
    ),
}
TEXTS: Mapping[str, Label] = {
    "none": Label(
        "Geen verandering op deze kaart heeft een datum ('starts_at'), dus er valt niets te bewijzen.",
        "No change on this map has a date ('starts_at'), so there is nothing to prove.",
    ),
    "numbers": Label("{0}: {1} tegen {2}, verschil {3}.", "{0}: {1} against {2}, difference {3}."),
    "lift": Label("Relatief: {0}.", "Relative: {0}."),
    "always": Label(
        "Dit interval geldt ook als er elke dag gekeken wordt.", "This interval holds even when looked at every day."
    ),
    "guard_held": Label(
        "Grens '{0}': verschil {1}, n = {2}; niet aantoonbaar slechter.",
        "Guardrail '{0}': difference {1}, n = {2}; not shown to be worse.",
    ),
    "guard_broke": Label(
        "Grens '{0}': verschil {1}, n = {2}; overschreden.", "Guardrail '{0}': difference {1}, n = {2}; it broke."
    ),
    "guard_open": Label(
        "Grens '{0}': verschil {1}, n = {2}; nog niet te zeggen.",
        "Guardrail '{0}': difference {1}, n = {2}; not to be told yet.",
    ),
    "people": Label("n = {0} met en {1} zonder.", "n = {0} with and {1} without."),
    "cases": Label("n = {0} erna en {1} ervoor.", "n = {0} after and {1} before."),
    "smallest": Label("Vanaf {0} doet het ertoe; daarvoor nodig: n = {1}.", "From {0} it matters; that needs n = {1}."),
    "points": Label(" procentpunt", " percentage points"),
    "need": Label(
        "Nodig: {0} mensen, om {1} stijging te zien van {2}, met {3} in de groep die de verandering krijgt.",
        "Needed: {0} people, to see a lift of {1} from {2}, with {3} in the group that gets the change.",
    ),
    "long": Label("Bij {0} mensen per dag duurt dat {1} dagen.", "At {0} people a day that takes {1} days."),
    "reachable": Label("In {0} dagen is een stijging vanaf {1} te zien.", "In {0} days a lift from {1} can be seen."),
    "unreachable": Label("In {0} dagen is hier niets te zien.", "In {0} days nothing can be seen here."),
    "try": Label(
        "Te veel? Verdeel 50/50, neem een langer tijdvak, een stap eerder in de reis, of een grotere verandering.",
        "Too many? Divide 50/50, take a longer window, a step earlier in the journey, or a larger change.",
    ),
}


def text(key: str, said: Language, *values: str) -> str:
    """Returns a sentence with its values filled in."""
    return TEXTS[key].text(said).format(*values)
