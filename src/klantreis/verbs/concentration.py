"""`concentration`: which share of customers brings which share of the revenue."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import concentration as analysis
from klantreis.analyses.concentration import Concentration
from klantreis.analyses.fold import fold
from klantreis.kinds import held
from klantreis.verbs.data import Data, opened
from klantreis.verbs.ordering import Orders, order_rule


@held
def concentration(
    data: Data,
    *,
    orders: Orders = None,
    as_of: str | None = None,
    revenue: float = 0.8,
    customers: float = 0.2,
    **columns: Any,
) -> Concentration:
    """Returns how few customers bring `revenue` (a share) of it all, and what the best `customers` (a share) bring.

    `orders`: event names that are orders (None: every event that carries a value). `as_of`: the last day that counts,
    '2026-11-22' (None: the day of the last event). `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    rule = order_rule(journeys, orders, as_of=as_of)
    answer: Concentration = fold(analysis, journeys, analysis.Options(rule, revenue, customers))
    return answer
