"""`klantreis drift`: is the newest week in line with those before it, and when did something change?"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli import drift_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.drift import drift

Per = Annotated[Literal["day", "week", "month"], typer.Option(help="What one period is; weeks begin on Monday.")]
Within = Annotated[
    str | None, typer.Option(help="How long each journey is looked at: 14d. Default: as the map says, else 7d.")
]
Way = Annotated[str | None, typer.Option("--path", help="Of a file: count who follows 'a, b|c, d?'.")]
Goal = Annotated[str | None, typer.Option(help="Of a file: count who gets to this event; a,b for either.")]


@asks
def run(asked: Asked, per: Per = "week", within: Within = None, path: Way = None, goal: Goal = None) -> Answer:
    """Is the newest period in line with those before it? With an alarm, the mix, and when something changed.

    Example: klantreis drift web.csv --person user_id --at timestamp --event event --goal buy --per day --within 1d
    """
    found = drift(asked.data, asked.map, per=per, within=within, path=path, goal=goal)
    return Answer(found, lambda result, said, names: drift_view.show(result, said, names, asked.map))
