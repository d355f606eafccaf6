"""The words of customer value in the terminal, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.labels import Label

HEADS: Mapping[str, Label] = {
    "customers": Label("klanten", "customers"),
    "recency": Label("dagen geleden", "days ago"),
    "orders_each": Label("bestellingen", "orders"),
    "money": Label("omzet", "revenue"),
    "money_share": Label("deel van omzet", "of revenue"),
    "again": Label("keer terug", "came back"),
    "model": Label("volgens model", "model says"),
    "parameter": Label("parameter", "parameter"),
    "referrer": Label("wie", "who"),
    "invited": Label("bracht mee", "brought"),
    "ordered": Label("kochten", "ordered"),
    "actions": Label("acties", "actions"),
    "hours": Label("uren p.m.", "hours/mo"),
    "cost": Label("kosten p.m.", "cost/mo"),
    "contacts": Label("contacten p.p.", "contacts each"),
    "effort": Label("moeite (−2 tot +2)", "effort (−2 to +2)"),
}
UNITS: Mapping[str, Label] = {"week": Label("weken", "weeks"), "month": Label("maanden", "months")}
SHARES: Mapping[str, Label] = {
    "nps": Label("NPS (−100 tot +100)", "NPS (−100 to +100)"),
    "promoters": Label("promotors, van wie antwoordde", "promoters, of who answered"),
    "fans": Label("fans: promotor en kocht vaker", "fans: promoter and bought again"),
    "advocates": Label(
        "ambassadeurs: promotor en kocht vaker of beval aan", "advocates: promoter who came back or told"
    ),
    "again": Label("promotors die terugkwamen, van wie kocht", "promoters who came back, of who bought"),
    "others_again": Label("anderen die terugkwamen, van wie kocht", "others who came back, of who bought"),
    "referrers": Label("klanten die iemand aanbevalen", "customers who referred somebody"),
    "invited_ordered": Label("aanbevolen personen die kochten", "referred persons who ordered"),
}
TEXTS: Mapping[str, Label] = {
    "rfm": Label(
        "{n} klanten met {orders} bestellingen; recentheid telt terug vanaf {on}.",
        "{n} customers with {orders} orders; recency counts back from {on}.",
    ),
    "few": Label(
        "{share} van de klanten ({needed} van {n}) brengt {asked} van de omzet.",
        "{share} of customers ({needed} of {n}) bring {asked} of the revenue.",
    ),
    "top": Label("De beste {top} brengen {part} van de omzet.", "The best {top} bring {part} of the revenue."),
    "once": Label(
        "{once} kocht één keer en brengt {once_money} van de omzet.",
        "{once} ordered once and bring {once_money} of the revenue.",
    ),
    "gini": Label(
        "Gini: {gini} (0: allen evenveel, 1: één klant alles).", "Gini: {gini} (0: all alike, 1: one has all)."
    ),
    "rule_of_thumb": Label(
        "80/20 is een vuistregel; dit is de verdeling in je eigen bestellingen. Tussen haakjes het 95%-interval.",
        "80/20 is a rule of thumb; this is how your own orders are divided. In brackets the 95 % interval.",
    ),
    "clv": Label(
        "Van {n} klanten tot en met {on} ({repeaters} kwamen terug) {alive}. In de "
        "komende {horizon} {unit} kopen ze samen {purchases} keer; een nieuwe klant komt dan {newcomer} keer terug.",
        "Of {n} customers up to {on} ({repeaters} came back) {alive}. In the next {horizon} {unit} "
        "they will buy {purchases} times together; a new customer comes back {newcomer} times by then.",
    ),
    "alive": Label("zijn er naar schatting nog {alive} klant", "about {alive} still are"),
    "not_alive": Label("is niet te zeggen hoeveel er nog klant zijn", "it cannot be told how many still are"),
    "clv_money": Label(
        "Dat is {value} aan omzet, niet verdisconteerd; {each} per keer.",
        "That is {value} in revenue, not discounted; {each} each time.",
    ),
    "held": Label(
        "Getoetst: in de {weeks} weken erna verwachtte het model {expected} aankopen; het werden er {bought}.",
        "Tested: in the {weeks} weeks that followed the model expected {expected} purchases; there were {bought}.",
    ),
    "clv_note": Label(
        "Tussen haakjes het 95%-interval; bij de aankopen met het toeval erin.",
        "In brackets the 95 % interval; that of the purchases has chance in it.",
    ),
    "unknown": Label("niet te bepalen", "not identified"),
    "winning": Label("werven", "winning"),
    "keeping": Label("behouden", "keeping"),
    "balance": Label(
        "Naar behouden gaat {cost} van de kosten en {hours} van de uren; {again} van de omzet komt uit "
        "vervolgbestellingen, van {returning} van de klanten.",
        "Keeping gets {cost} of the cost and {hours} of the hours; {again} of the revenue comes from later orders, by "
        "{returning} of customers.",
    ),
    "balance_note": Label(
        "Acties, uren en kosten staan op je kaart (aanname); de rest is gemeten.",
        "Actions, hours and cost are what your map says (assumed); the rest is measured.",
    ),
}
