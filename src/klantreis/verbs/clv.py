"""`clv`: what customers will still buy, and what that is worth."""

from __future__ import annotations

from typing import Any, Literal

from klantreis.analyses import clv as analysis
from klantreis.analyses.clv import Clv
from klantreis.analyses.fold import fold
from klantreis.kinds import held
from klantreis.stats.calendar import Unit
from klantreis.verbs.data import Data, micros
from klantreis.verbs.ordering import Orders, order_rule, ordered


@held
def clv(
    data: Data,
    *,
    orders: Orders = None,
    as_of: str | None = None,
    period: Unit = "day",
    model: Literal["bgnbd", "paretonbd"] = "bgnbd",
    horizon: str = "365d",
    per_customer: bool = False,
    **columns: Any,
) -> Clv:
    """Returns what the present customers will still buy within `horizon`, and what that is worth.

    `orders`: event names that are orders (None: every event that carries a value). `as_of`: the last day that counts,
    '2026-11-22' (None: the day of the last event); when the data go on after it, the forecast is laid beside what
    happened. `period`: orders within one 'day', 'week' or 'month' are one purchase. `model`: 'bgnbd' or 'paretonbd'.
    `per_customer`: list customers in the JSON too; `rows()` always does. `columns`: as for `read`.
    """
    journeys = ordered(data, **columns)
    options = analysis.Options(
        orders=order_rule(journeys, orders, as_of=as_of, period=period),
        model=model,
        horizon=micros(horizon, "horizon") or 0,
        per_customer=per_customer,
    )
    answer: Clv = fold(analysis, journeys, options)
    return answer
