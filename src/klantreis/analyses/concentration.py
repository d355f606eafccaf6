"""Concentration: which share of customers brings which share of the revenue, from your own orders.

Why: "80 % of revenue comes from 20 % of customers" is a rule of thumb; this is the real share, which may be another.

Options: `orders`, what counts as an order and until when; `revenue`, the share of revenue that the fewest customers are
asked for (0.8); `customers`, the share of customers whose revenue is asked for (0.2).

Example: of 4,312 customers 23 % bring 80 % of the revenue (21 to 25 %); the top 20 % bring 77 %. When all customers
spend the same, 80 % bring 80 %, and the Gini is 0.

A customer's revenue is net of refunds; one who is below zero counts as zero (`below_zero` tells how many). Whole
customers are counted, rounded up.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from klantreis.analyses.orders import Orders, Rule, currency, end_of, gathered, in_order, in_zone, joined, traded
from klantreis.analyses.orders import check as check_rule
from klantreis.analyses.result import Result, about_dict
from klantreis.errors import OptionError
from klantreis.journeys.model import VALUE_UNIT, About, Bucket
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.stats.concentration import gini, lorenz, needed, top_share
from klantreis.stats.days import day_text
from klantreis.stats.intervals import Estimate
from klantreis.stats.whole import total

name = "concentration"
aware = in_zone
Part = Orders
NO_ORDERS = Label(nl="Niemand heeft iets besteld in deze gegevens.", en="Nobody ordered anything in these data.")
NO_MONEY = Label(
    nl="Bij geen enkele bestelling staat een bedrag, dus er is geen omzet om te verdelen.",
    en="No order carries an amount, so there is no revenue to divide.",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What is an order; the `revenue` asked for (share), and the `customers` asked for (share)."""

    orders: Rule = field(default_factory=Rule)
    revenue: float = 0.8
    customers: float = 0.2


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve: the best `customers` (share of all) bring `revenue` (share of all)."""

    customers: float
    revenue: float


@dataclass(frozen=True, slots=True)
class Concentration(Result):
    """`needed` customers, a share `customers_share` of all, bring `revenue_asked` of the revenue; the best
    `customers_asked` bring `revenue_share`. `gini` 0 is equal, 1 is one customer who brings all. `curve` is Lorenz's,
    best customers first. `why` says why there is nothing.
    """

    customers: int = 0
    orders: int = 0
    money: float | None = None
    as_of: str = ""
    revenue_asked: float = 0.8
    needed: int = 0
    customers_share: Estimate = field(default_factory=lambda: Estimate(None, 0))
    customers_asked: float = 0.2
    revenue_share: Estimate = field(default_factory=lambda: Estimate(None, 0))
    gini: Estimate = field(default_factory=lambda: Estimate(None, 0))
    once_share: float | None = None
    """Share of customers who ordered once."""
    once_money_share: float | None = None
    """Share of the revenue that they bring."""
    below_zero: int = 0
    curve: tuple[Point, ...] = ()
    why: Label = field(default_factory=Label)

    def to_dict(self) -> dict[str, Any]:
        """Returns the concentration in the shape of `schemas/concentration.schema.json`."""
        plain = {key: value for key, value in asdict(self).items() if key not in {"about", "why"}}
        return plain | {
            "why": {"nl": self.why.text("nl"), "en": self.why.text("en")},
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns the curve, one row per point: share of customers, best first, and their share of the revenue."""
        return [asdict(point) for point in self.curve]


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: how the revenue of its goal is divided over customers; None without a goal."""
    return Options(Rule(goal(map_))) if goal(map_) else None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the orders of each customer in a bucket. Raises OptionError for a share that is none."""
    check_rule(options.orders)
    for option, value in (("revenue", options.revenue), ("customers", options.customers)):
        if not 0 < value <= 1:
            raise OptionError(
                Label(f"{value} is geen aandeel.", f"{value} is not a share."),
                where=option,
                mend=Label("Geef er een boven 0 en hoogstens 1: 0.8.", "Give one above 0 and up to 1: 0.8."),
            )
    return gathered(bucket, options.orders)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return joined(one, other)


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return traded(whole, was, now)


def finish(part: Part, options: Options, about: About) -> Concentration:
    """Returns how revenue is divided; nobody, or no amounts: no values, and `why`."""
    part = in_order(part)
    priced = bool(part.priced.any())
    net = np.maximum(part.money, 0)
    values = np.sort(currency(net))
    count, share = needed(values, options.revenue)
    once = part.orders == 1
    revenue = total(net)
    return Concentration(
        about=about,
        customers=part.customers,
        orders=int(part.orders.sum()),
        money=total(part.money) / VALUE_UNIT if priced else None,
        as_of=day_text(end_of(options.orders, about)),
        revenue_asked=options.revenue,
        needed=count,
        customers_share=share,
        customers_asked=options.customers,
        revenue_share=top_share(values, options.customers),
        gini=gini(values),
        once_share=float(once.mean()) if part.customers else None,
        once_money_share=total(net[once]) / revenue if revenue else None,
        below_zero=int((part.money < 0).sum()),
        curve=tuple(Point(*point) for point in lorenz(values)),
        why=Label() if revenue else NO_MONEY if part.customers else NO_ORDERS,
    )
