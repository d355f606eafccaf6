"""The texts of the pictures of customer value, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.filled import filled
from klantreis.labels import Label, Language

VALUE_WORDS: Mapping[str, Label] = {
    "rfm": Label("Klanten naar recent en vaak kopen", "Customers by how recently and how often they bought"),
    "rfm-under": Label(
        "{n} klanten, {orders} bestellingen. Hoe donkerder, hoe meer klanten; in elk vak het aantal{money}.",
        "{n} customers, {orders} orders. The darker, the more customers; each cell tells how many{money}.",
    ),
    "and-money": Label(" en hun deel van de omzet", " and their share of the revenue"),
    "recency": Label("recent gekocht", "bought recently"),
    "frequency": Label("vaak gekocht", "bought often"),
    "high": Label("5: het meest", "5: most"),
    "low": Label("1: het minst", "1: least"),
    "group": Label("Groep", "Group"),
    "customers": Label("Klanten", "Customers"),
    "share": Label("Deel van klanten", "Of customers"),
    "orders": Label("Bestellingen", "Orders"),
    "money": Label("Omzet", "Revenue"),
    "money-share": Label("Deel van omzet", "Of revenue"),
    "as-of": Label("Recentheid telt terug vanaf {on}", "Recency counts back from {on}"),
    "cell": Label("Recent {r}, vaak {f}: {n} klanten{money}", "Recency {r}, frequency {f}: {n} customers{money}"),
    "of-revenue": Label("{share} van de omzet", "{share} of revenue"),
    "lorenz": Label("Hoeveel klanten brengen hoeveel omzet?", "How many customers bring how much revenue?"),
    "lorenz-under": Label(
        "{share} van de klanten ({needed} van {n}) brengt {asked} van de omzet. 80/20 is een vuistregel; dit is jouw "
        "verdeling.",
        "{share} of customers ({needed} of {n}) bring {asked} of the revenue. 80/20 is a rule of thumb; these are your "
        "own orders.",
    ),
    "best-first": Label("deel van de klanten, beste eerst", "share of customers, best first"),
    "of-all-revenue": Label("deel van de omzet", "share of the revenue"),
    "alike": Label("allen evenveel", "all alike"),
    "gini": Label("Gini {gini}", "Gini {gini}"),
    "repeats": Label("Hoe vaak klanten terugkomen", "How often customers come back"),
    "repeats-under": Label(
        "Gezien bij {n} klanten, naast wat het model ({model}) verwacht. Liggen die dicht bijeen, dan past het model.",
        "Seen among {n} customers, beside what the model ({model}) expects. When they are close, the model fits.",
    ),
    "seen": Label("gezien", "seen"),
    "expected": Label("verwacht", "expected"),
    "times": Label("Keer terug", "Came back"),
    "held": Label(
        "Getoetst: verwacht {expected} aankopen in {weeks} weken, het werden er {bought}",
        "Tested: {expected} purchases expected in {weeks} weeks, there were {bought}",
    ),
}


def tell(key: str, language: Language, **gaps: str) -> str:
    """Returns the text called `key` with its gaps filled; a key that is not there raises KeyError."""
    return filled(VALUE_WORDS[key].text(language), **gaps)
