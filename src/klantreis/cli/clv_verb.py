"""`klantreis clv`: what customers will still buy, and what that is worth."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.rfm_verb import AsOf, Orders, PerCustomer, orders_of
from klantreis.cli.value_views import clv as show
from klantreis.verbs.clv import clv

Period = Annotated[
    Literal["day", "week", "month"], typer.Option(help="Orders of a customer within one of these are one purchase.")
]
Model = Annotated[Literal["bgnbd", "paretonbd"], typer.Option(help="Which model of coming back.")]
Horizon = Annotated[str, typer.Option(help="How far ahead: 39w, 365d.")]


@asks
def run(
    asked: Asked,
    orders: Orders = None,
    as_of: AsOf = None,
    period: Period = "day",
    model: Model = "bgnbd",
    horizon: Horizon = "365d",
    per_customer: PerCustomer = False,
) -> Answer:
    """What your customers will still buy, who of them still are, and what that is worth.

    With --as-of before the end of the data, the forecast is laid beside what happened.

    Example: klantreis clv web.csv --person user_id --at timestamp --event event --orders buy --horizon 26w
    """
    found = clv(
        asked.data,
        orders=orders_of(asked, orders),
        as_of=as_of,
        period=period,
        model=model,
        horizon=horizon,
        per_customer=per_customer,
    )
    return Answer(found, show)
