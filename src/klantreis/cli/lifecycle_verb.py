"""`klantreis lifecycle`: who is new, returns, comes back after a pause or goes quiet."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli import returning
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.lifecycle import lifecycle

Events = Annotated[str | None, typer.Option(help="Events that make somebody active: a,b. Default: any.")]
Unit = Annotated[Literal["day", "week", "month"], typer.Option(help="Page of the calendar; weeks begin on Monday.")]
Silence = Annotated[
    str | None, typer.Option(help="After how long a silence somebody is gone: 90d. Default: not asked.")
]


@asks
def run(
    asked: Asked,
    events: Events = None,
    unit: Unit = "week",
    silence: Silence = None,
    zone: returning.Zone = None,
    end: returning.End = None,
) -> Answer:
    """Who is new, returns, is resurrected or dormant; how often people are active, come again, and how long they stay.

    Example: klantreis lifecycle web.csv --person user_id --at timestamp --event event --unit day
    """
    answer = lifecycle(asked.data, events=events, unit=unit, silence=silence, zone=zone, end=end)
    return Answer(answer, returning.lifecycle)
