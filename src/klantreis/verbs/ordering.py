"""What counts as an order, in the words of an analyst: shared by `rfm`, `concentration`, `clv` and `advocates`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from klantreis.analyses.orders import OneOrder, Rule
from klantreis.errors import OptionError
from klantreis.journeys.model import NO_VALUE, Journeys
from klantreis.labels import Label
from klantreis.stats.calendar import Unit
from klantreis.stats.days import day_number
from klantreis.verbs.data import Data, listed, opened, warn_unknown

Orders = str | Sequence[str] | None
"""Event names that are orders: 'a,b' or a list; None: every event that carries a value."""


def ordered(data: Data, **columns: Any) -> Journeys:
    """Returns the journeys, with the customers' own ids when a file or a data frame is read here."""
    return opened(data, **columns) if isinstance(data, Journeys) else opened(data, **({"ids": True} | columns))


def order_rule(
    journeys: Journeys,
    orders: Orders,
    *,
    one_order: OneOrder = "event",
    as_of: str | None = None,
    period: Unit = "day",
) -> Rule:
    """Returns what counts as an order. Raises OptionError when it is not said, or `as_of` is no day."""
    names = listed(orders) or ()
    if not names:
        _check_values(journeys)
    warn_unknown(journeys, [name for name in names if name not in journeys.about.names.events])
    return Rule(names, one_order, _day(as_of), journeys.about.time_zone, period)


def _check_values(journeys: Journeys) -> None:
    """Raises OptionError when it cannot be seen which events are orders: none has a value, or several kinds have."""
    valued: set[str] = set()
    for bucket in journeys.buckets:
        if bucket.value is not None:
            codes = np.unique(bucket.event[(bucket.value != NO_VALUE) & (bucket.value >= 0)])
            valued |= {bucket.names.events[code] for code in codes.tolist()}
    if not valued and journeys.touches:
        raise OptionError(
            Label(
                "Welke gebeurtenis is een bestelling? Bij geen enkele staat een waarde, dus is het aan de "
                "gegevens niet te zien.",
                "Which event is an order? No event carries a value, so it cannot be seen from the data.",
            ),
            where="orders",
            mend=Label(
                "Noem haar: orders='purchase' (--orders purchase), of de kolom met het bedrag: value='amount'.",
                "Name it: orders='purchase' (--orders purchase), or the column with the amount: value='amount'.",
            ),
        )
    if len(valued) > 1:
        known = sorted(valued)
        raise OptionError(
            Label(
                "Welke gebeurtenis is een bestelling? Waarden staan bij "
                f"{', '.join(known[:8])}{' …' if len(known) > 8 else ''}.",
                f"Which event is an order? Values stand at {', '.join(known[:8])}{' …' if len(known) > 8 else ''}.",
            ),
            where="orders",
            mend=Label(
                f"Noem welke het is, of welke: orders='{known[0]}' (--orders {known[0]}).",
                f"Name the one, or the ones, that are: orders='{known[0]}' (--orders {known[0]}).",
            ),
        )


def _day(as_of: str | None) -> int | None:
    if as_of is None:
        return None
    try:
        return day_number(as_of.strip())
    except ValueError as error:
        raise OptionError(
            Label(f"{as_of!r} is geen dag.", f"{as_of!r} is not a day."),
            where="as_of",
            mend=Label("Schrijf het als 2026-11-22.", "Write it as 2026-11-22."),
        ) from error
