"""`advocates`: promoters who also come back or bring others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantreis.analyses import advocates as analysis
from klantreis.analyses.advocates import Advocates
from klantreis.analyses.fold import fold
from klantreis.kinds import held
from klantreis.verbs.data import Data, listed, opened, warn_unknown
from klantreis.verbs.ordering import Orders, order_rule


@held
def advocates(
    data: Data,
    *,
    answers: str | Sequence[str] | None = None,
    orders: Orders = None,
    referrals: str | Sequence[str] | None = None,
    invited: str | Sequence[str] | None = None,
    as_of: str | None = None,
    **columns: Any,
) -> Advocates:
    """Returns how many promoters come back or bring others, and who refers whom.

    `answers`: events that carry a score from 0 to 10 for recommending you. `orders`: events that are orders (None:
    every event that carries a value). `referrals`: events that show that somebody referred another. `invited`: events
    of somebody who came through a referral; their `detail` names the referrer. `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    names = {"answers": answers, "referrals": referrals, "invited": invited}
    told = {option: listed(words) or () for option, words in names.items()}
    warn_unknown(
        journeys, [word for words in told.values() for word in words if word not in journeys.about.names.events]
    )
    options = analysis.Options(orders=order_rule(journeys, orders, as_of=as_of), **told)
    answer: Advocates = fold(analysis, journeys, options)
    return answer
