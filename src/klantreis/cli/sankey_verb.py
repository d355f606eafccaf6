"""`klantreis sankey`: where people go from a touchpoint, and where they came from."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli import ways
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.sankey import sankey

Forward = Annotated[int, typer.Option(help="How many steps to follow ahead.", min=0)]
Backward = Annotated[int, typer.Option(help="How many steps to follow back.", min=0)]
Occurrence = Annotated[Literal["every", "first", "last"], typer.Option(help="Which times a journey meets the anchor.")]
Top = Annotated[int, typer.Option(help="How many touchpoints to show; the others go together.", min=0)]
Shown = Annotated[str | None, typer.Option(help="Which touchpoints to show instead: a,b,c.")]


@asks
def run(
    asked: Asked,
    anchor: ways.Anchor = None,
    forward: Forward = 3,
    backward: Backward = 0,
    occurrence: Occurrence = "every",
    top: Top = 8,
    shown: Shown = None,
    collapse: ways.Collapse = False,
    unmapped: ways.Unmapped = False,
) -> Answer:
    """Where people go from a touchpoint and where they came from, in streams that add up.

    Example: klantreis sankey web.csv --person user_id --at timestamp --event event --anchor cart --backward 2
    """
    found = sankey(
        asked.data, anchor, forward=forward, backward=backward, occurrence=occurrence, top=top, shown=shown,
        collapse=collapse, unmapped=unmapped,
    )  # fmt: skip
    return Answer(found, ways.sankey)
