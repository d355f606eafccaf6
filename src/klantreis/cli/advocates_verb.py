"""`klantreis advocates`: promoters who also come back or bring others."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.analyses.advocates import referrals_of
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.rfm_verb import AsOf, Orders, orders_of
from klantreis.cli.value_views import advocates as show
from klantreis.verbs.advocates import advocates

Answers = Annotated[
    str | None,
    typer.Option(help="Events with a score from 0 to 10 for recommending you. Default: the NPS surveys of the map."),
]
Referrals = Annotated[str | None, typer.Option(help="Events that show that somebody referred another.")]
Invited = Annotated[str | None, typer.Option(help="Events of who came through a referral; the detail names by whom.")]


@asks
def run(
    asked: Asked,
    answers: Answers = None,
    orders: Orders = None,
    referrals: Referrals = None,
    invited: Invited = None,
    as_of: AsOf = None,
) -> Answer:
    """Promoters who also come back or bring others, and who refers whom.

    Example: klantreis advocates web.csv --person user_id --at timestamp --event event --orders buy --referrals view
    """
    planned = None if any((answers, orders, referrals, invited, as_of)) else asked.planned("advocates")
    if planned is not None:
        return Answer(planned, show)
    drawn = referrals_of(asked.map) if asked.map is not None else ()
    referrals = referrals or ",".join(drawn) or None
    found = advocates(
        asked.data, answers=answers, orders=orders_of(asked, orders), referrals=referrals, invited=invited, as_of=as_of
    )
    return Answer(found, show)
