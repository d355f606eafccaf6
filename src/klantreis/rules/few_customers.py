"""Few customers: a small part of your customers brings most of the revenue, so losing a few would hurt.

From your own orders, where the goal of the map carries a value. It speaks when surely no more than `share` of customers
bring 80 % of the revenue: the whole interval lies below it.

Options: `n_min` customers (50), `share` of customers below which it speaks (0.2).

Fires: 120 of 1,000 customers (10 to 14 %) bring 80 % of the revenue.
Does not fire: 230 of 1,000 do; or 5 of 30 do, for 30 are too few; or orders carry no values.

A high concentration is no fault: it says where care pays, and what is at risk. The interval is that of
[concentration](../concentration.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.concentration import Concentration
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, estimated, fill, percent, spot

name = "few_customers"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` customers; `share` of customers below which it speaks."""

    n_min: int = 50
    share: float = 0.2


TITLE = Label(
    nl="{needed} van de {n} klanten brengen {asked} van de omzet",
    en="{needed} of {n} customers bring {asked} of the revenue",
)
DETAIL = Label(
    nl="Dat is {share} van je klanten ({low} tot {high}). Wie één keer kocht, is {once} van de klanten en brengt "
    "{once_money} van de omzet.",
    en="That is {share} of your customers ({low} to {high}). Who ordered once are {once} of customers and bring "
    "{once_money} of the revenue.",
)
ADVICE = Label(
    nl="Zoek deze klanten op met klantreis rfm, geef ze aandacht vóór ze vertrekken, en kijk wat hen anders maakt.",
    en="Find these customers with klantreis rfm, look after them before they leave, and see what sets them apart.",
)
NEEDED = Label(nl="klanten die het meeste brengen", en="customers who bring most")
GINI = Label(nl="Gini-coëfficiënt van de omzet", en="Gini coefficient of the revenue")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding when surely few customers bring most of the revenue."""
    found = results.more.get("concentration")
    if not isinstance(found, Concentration) or found.customers < options.n_min:
        return
    share = found.customers_share
    if share.high is None or share.high >= options.share or not goal(map_):
        return
    yield Finding(
        rule=name,
        level="insight",
        place=spot(map_, goal(map_)[0]),
        title=fill(TITLE, needed=Number(found.needed), n=Number(found.customers), asked=percent(found.revenue_asked)),
        detail=fill(
            DETAIL,
            share=percent(share.value),
            low=percent(share.low),
            high=percent(share.high),
            once=percent(found.once_share),
            once_money=percent(found.once_money_share),
        ),
        advice=ADVICE,
        people=found.needed,
        evidence=(estimated(NEEDED, share, "share"), estimated(GINI, found.gini, "mean")),
    )
