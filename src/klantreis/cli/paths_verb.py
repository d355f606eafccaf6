"""`klantreis paths`: what follows what, and whole routes."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import paths_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.paths import paths

Collapse = Annotated[bool, typer.Option("--collapse", help="Repeats of one event in a row count once.")]
Top = Annotated[int, typer.Option(help="How many whole routes to keep.", min=1)]


@asks
def run(asked: Asked, collapse: Collapse = False, top: Top = 10_000) -> Answer:
    """What follows what: times, people and waits on each way; and the whole routes.

    Example: klantreis paths web.csv --person user_id --at timestamp --event event --grain session_id
    """
    return Answer(paths(asked.data, collapse=collapse, top=top), paths_view.paths)
