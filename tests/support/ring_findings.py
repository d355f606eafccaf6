"""What stands out in the report of the jewellery shop, by hand: one finding of each kind."""

from __future__ import annotations

from klantreis.findings import Edit, Finding, Measured, Place
from klantreis.labels import Label, plain

DAY = 86_400.0


def findings() -> tuple[Finding, ...]:
    def number(nl: str, value: float | None, unit: str, n: int, *bounds: float) -> Measured:
        low, high = bounds or (None, None)
        why = (
            None
            if value is not None
            else Label(f"te weinig mensen (n = {n}, nodig 380)", f"too few people (n = {n}, need 380)")
        )
        return Measured(Label(nl, nl), value, unit, n, low, high, why)

    def place(id_: str) -> Place:
        return Place("ring", id_)

    return (
        Finding(
            "leak",
            "insight",
            place("product"),
            Label("58% vertrekt op de productpagina", "58% leave at the product page"),
            Label(
                "Van de 9.120 reizen die de ring bekijken, gaan er 5.290 niet verder naar het mandje.",
                "Of 9,120 journeys that view the ring, 5,290 do not go on to the basket.",
            ),
            Label(
                "Zet de maathulp op de productpagina en meet het met een proef.",
                "Put size help on the product page and test it.",
            ),
            5290,
            41300,
            (
                number("vertrekt na de productpagina", 0.58, "share", 9120, 0.57, 0.59),
                number("vertrekt zonder zoeken op maat", 0.31, "share", 650, 0.28, 0.35),
                number("op een tablet", None, "share", 41),
            ),
            ("p3f9c2a1b-1", "p77aa01cd-2"),
        ),
        Finding(
            "unmapped_behaviour",
            "insight",
            place("site_search"),
            Label(
                "8.470 mensen zoeken op ringmaat; dat staat niet op de kaart",
                "8,470 people search for ring size; it is not on the map",
            ),
            Label("Vaakst na het filter, voor de productpagina.", "Mostly after the filter, before the product page."),
            Label("Teken het als contactmoment, dan telt het mee.", "Draw it as a touchpoint, then it counts."),
            8470,
            None,
            (number("zoekt op maat", 0.355, "share", 24192, 0.349, 0.362),),
            (),
            Edit(
                ("touchpoints", "zoekmaat"),
                {
                    "label": "Zoekt op maat",
                    "phase": "overweging",
                    "match": {"event": "site_search", "where": {"query": "~ ringmaat|maat"}},
                    "provenance": "measured",
                },
                Label("Voegt het contactmoment ‘Zoekt op maat’ toe.", "Adds the touchpoint ‘Searches size’."),
            ),
        ),
        Finding(
            "low_emotion",
            "insight",
            place("bezorgd"),
            Label("Bezorging is het dieptepunt: −1,2", "Delivery is the low: −1.2"),
            Label("Verwacht werd +1.", "+1 was expected."),
            plain("Stuur een bericht bij vertraging."),
            333,
            evidence=(number("gevoel bij bezorging", -1.2, "score", 366, -1.33, -1.07),),
        ),
        Finding(
            "missed_target",
            "warning",
            place("optijd"),
            Label("Op tijd bezorgd mist het doel", "On time misses its target"),
            people=333,
            evidence=(number("op tijd", 0.874, "share", 2641, 0.861, 0.886),),
        ),
        Finding(
            "slow_phase",
            "insight",
            place("aankoop"),
            Label("Aankoop duurt langer dan verwacht", "Purchase takes longer than expected"),
            people=820,
            evidence=(number("mediane tijd", 3 * DAY, "seconds", 2684, 2.9 * DAY, 3.1 * DAY),),
        ),
        Finding(
            "dead_matcher",
            "warning",
            place("chat"),
            Label("Niemand raakt Chat", "Nobody meets Chat"),
            Label("Geen enkele chat_open in deze periode.", "Not one chat_open in this period."),
            plain("Kijk of de gebeurtenis nog zo heet."),
        ),
        Finding(
            "check",
            "hint",
            Place("ring", None, "maps/ring.reis.yaml", 12, 3),
            Label("Er is geen herzieningsdatum", "There is no review date"),
        ),
    )
