"""`klantreis times`: how long journeys and the ways between events take."""

from __future__ import annotations

from klantreis.cli import times_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.times import times


@asks
def run(asked: Asked) -> Answer:
    """How long whole journeys take, and the ways between events: median, quartiles, p90.

    Example: klantreis times web.csv --person user_id --at timestamp --event event
    """
    return Answer(asked.planned("times") or times(asked.data), times_view.times)
