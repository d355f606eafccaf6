"""`opinion`: whether customers with a high score buy again more often."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import opinion as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.opinion import LEAST, Opinion
from klantreis.errors import OptionError
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.verbs.data import Data, listed, micros, opened, warn_unknown
from klantreis.verbs.ordering import Orders, order_rule


@held
def opinion(
    data: Data,
    *,
    answers: str,
    scale: tuple[float, float] = (1, 5),
    reverse: bool = False,
    orders: Orders = None,
    within: str | None = None,
    least: int = LEAST,
    **columns: Any,
) -> Opinion:
    """Returns whether customers with a high score bought again more often than those who scored lower.

    Args:
        data: a file, a data frame, or journeys that were read before.
        answers: the event that carries the score, or the id of a survey of the map.
        scale: the lowest and the highest score as asked; off it no answer counts. The two best points are high.
        reverse: whether a low score is the good one.
        orders: events that are orders: 'a,b' or a list; None: every event that carries a value.
        within: the time after the answer for the next order, such as '365d'; None: until the end of the data.
        least: how many people each of both groups needs before a difference is told.
        columns: as for `read`.

    Raises:
        OptionError: the scale is none, or it cannot be seen which events are orders.
    """
    low, high = scale
    if not low < high:
        raise OptionError(
            Label(f"Een schaal van {low:g} tot {high:g} is er geen.", f"A scale from {low:g} to {high:g} is none."),
            where="scale",
            mend=Label("Bijvoorbeeld: scale=(1, 5).", "For example: scale=(1, 5)."),
        )
    journeys = opened(data, **columns)
    if answers not in (*journeys.about.names.events, *journeys.about.names.surveys):
        warn_unknown(journeys, [answers])
    names = listed(orders) or order_rule(journeys, None).names
    options = analysis.Options(answers, low, high, reverse, names, micros(within, "within"), least)
    found: Opinion = fold(analysis, journeys, options)
    return found
