"""`klantreis concentration`: which share of customers brings which share of the revenue."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.rfm_verb import AsOf, Orders, orders_of
from klantreis.cli.value_views import concentration as show
from klantreis.verbs.concentration import concentration

Revenue = Annotated[float, typer.Option(help="Share of the revenue that the fewest customers are asked for.")]
Customers = Annotated[float, typer.Option(help="Share of the customers whose revenue is asked for.")]


@asks
def run(
    asked: Asked, orders: Orders = None, as_of: AsOf = None, revenue: Revenue = 0.8, customers: Customers = 0.2
) -> Answer:
    """Whether 80 % of revenue really comes from 20 % of customers, from your own orders.

    Example: klantreis concentration web.csv --person user_id --at timestamp --event event --orders buy
    """
    return Answer(
        concentration(asked.data, orders=orders_of(asked, orders), as_of=as_of, revenue=revenue, customers=customers),
        show,
    )
