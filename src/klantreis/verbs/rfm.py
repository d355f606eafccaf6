"""`rfm`: who bought recently, often and for much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from klantreis.analyses import rfm as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.orders import OneOrder
from klantreis.analyses.rfm import SEGMENTS, Rfm, RfmSegment
from klantreis.kinds import held
from klantreis.verbs.data import Data
from klantreis.verbs.groups import groups_of
from klantreis.verbs.ordering import Orders, order_rule, ordered


@held
def rfm(
    data: Data,
    *,
    orders: Orders = None,
    one_order: OneOrder = "event",
    as_of: str | None = None,
    rule: Literal["ntile", "quantile"] = "ntile",
    bins: int = 5,
    groups: str | Path | Sequence[RfmSegment] | None = None,
    per_customer: bool = False,
    **columns: Any,
) -> Rfm:
    """Returns each customer's recency, frequency and monetary value, scored and put in a group.

    `orders`: event names that are orders (None: every event that carries a value). `one_order`: what one order is:
    each 'event', all of a customer at one 'moment' (lines of one receipt), on one 'day', or in one 'journey'. `as_of`:
    the last day that counts and that recency counts back from, '2026-11-22' (None: the day of the last event). `rule`:
    'ntile' gives groups of one size, ties by customer id; 'quantile' puts equals in one group, as R rfm does. `bins`:
    how many scores. `groups`: your own groups, as RfmSegments or a YAML file. `per_customer`: list customers in the
    JSON too; `rows()` always does. `columns`: as for `read`.
    """
    journeys = ordered(data, **columns)
    options = analysis.Options(
        orders=order_rule(journeys, orders, one_order=one_order, as_of=as_of),
        rule=rule,
        bins=bins,
        segments=SEGMENTS if groups is None else groups_of(groups),
        per_customer=per_customer,
    )
    answer: Rfm = fold(analysis, journeys, options)
    return answer
