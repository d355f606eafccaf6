"""`klantreis follows`: what comes after what, who comes back, and how long it takes."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import ways
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.contrast import of_segments
from klantreis.verbs.follows import follows

Order = Annotated[
    str | None, typer.Option(help="Order that steps back are against: a,b|c,d. Default: the phases of the map.")
]
Between = Annotated[
    list[str] | None, typer.Option(help="Also the time of a pair: a,b. May repeat; 'all' for every pair.")
]
Only = Annotated[str | None, typer.Option(help="The touchpoints in scope: a,b,c. Default: all.")]


@asks
def run(
    asked: Asked,
    order: Order = None,
    between: Between = None,
    only: Only = None,
    collapse: ways.Collapse = False,
    unmapped: ways.Unmapped = False,
    compare: ways.Compare = None,
) -> Answer:
    """What follows what, directly or later; rework, loops and steps back; the time between two touchpoints.

    Example: klantreis follows web.csv --person user_id --at timestamp --event event --between view,buy
    """
    pairs = "all" if between == ["all"] else tuple(between or ())

    def told(data: ways.Journeys) -> ways.Follows:
        return follows(data, order=order or asked.map, between=pairs, only=only, collapse=collapse, unmapped=unmapped)

    if compare is not None:
        return Answer(of_segments(asked.data, compare, told), ways.contrast)
    return Answer(told(asked.data), ways.follows)
