"""`klantreis drivers`: what goes with reaching the goal, and with leaving."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.barrier_views import drivers as show
from klantreis.verbs.drivers import drivers

Outcome = Annotated[
    str | None, typer.Option(help="Events that mean success: buy. Default: the goal of the map.", show_default=False)
]
Unit = Annotated[Literal["person", "journey"], typer.Option(help="Whom to count.")]
Fewest = Annotated[int, typer.Option(help="People below which nothing is compared.", min=1)]
Scale = Annotated[
    str | None, typer.Option(help="Of --score: 1..5, csat, ces; tells what goes with the last score too.")
]
Reverse = Annotated[bool, typer.Option("--reverse", help="A low score is good.")]


@asks
def run(
    asked: Asked,
    outcome: Outcome = None,
    unit: Unit = "person",
    n_min: Fewest = 25,
    scale: Scale = None,
    reverse: Reverse = False,
) -> Answer:
    """What goes with reaching the goal, with leaving and with how people feel, of all that they do before it.

    Example: klantreis drivers --map ring-kopen
    Example: klantreis drivers web.csv --person user_id --at timestamp --event event --outcome buy
    """
    found = drivers(
        asked.data, outcome, unit=unit, n_min=n_min, scale=scale, reverse=reverse, map_=asked.map
    )  # fmt: skip
    return Answer(found, show)
