"""`klantreis rfm`: who bought recently, often and for much."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.value_views import rfm as show
from klantreis.map.goal import goal
from klantreis.verbs.rfm import rfm

Orders = Annotated[
    str | None,
    typer.Option(help="Events that are orders: buy,renew. Default: the goal of the map, or every event with a value."),
]
OneOrder = Annotated[
    Literal["event", "moment", "day", "journey"],
    typer.Option(help="What one order is: each event, or all of a customer at one moment, on one day, in one journey."),
]
AsOf = Annotated[str | None, typer.Option(help="Last day that counts: 2026-11-22. Default: that of the last event.")]
Rule = Annotated[
    Literal["ntile", "quantile"],
    typer.Option(help="Groups of one size (ties by customer id), or by bounds as R rfm does."),
]
Bins = Annotated[int, typer.Option(help="How many scores.", min=2, max=10)]
Groups = Annotated[Path | None, typer.Option(help="Your own groups, in a YAML file. Default: the usual nine.")]
PerCustomer = Annotated[bool, typer.Option("--per-customer", help="List every customer in the JSON too.")]


def orders_of(asked: Asked, orders: str | None) -> str | None:
    """Returns the orders that were named, else the goal of the map."""
    return orders or (",".join(goal(asked.map)) if asked.map is not None else None) or None


@asks
def run(
    asked: Asked,
    orders: Orders = None,
    one_order: OneOrder = "event",
    as_of: AsOf = None,
    rule: Rule = "ntile",
    bins: Bins = 5,
    groups: Groups = None,
    per_customer: PerCustomer = False,
) -> Answer:
    """Who bought recently, often and for much: champions, loyal and sleeping customers.

    Example: klantreis rfm web.csv --person user_id --at timestamp --event event --orders buy
    """
    found = rfm(
        asked.data,
        orders=orders_of(asked, orders),
        one_order=one_order,
        as_of=as_of,
        rule=rule,
        bins=bins,
        groups=groups,
        per_customer=per_customer,
    )
    return Answer(found, show)
