"""`klantreis steps`: at which touchpoint journeys are at step 1, 2, ... n."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli import ways
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.verbs.contrast import of_segments
from klantreis.verbs.steps import steps

Forward = Annotated[int, typer.Option(help="How many steps to look ahead.", min=0)]
Backward = Annotated[int | None, typer.Option(help="How many steps to look back. Default: with an anchor, at most 5.")]
Occurrence = Annotated[Literal["first", "last", "every"], typer.Option(help="Which time a journey meets the anchor.")]


@asks
def run(
    asked: Asked,
    anchor: ways.Anchor = None,
    forward: Forward = 10,
    backward: Backward = None,
    occurrence: Occurrence = "first",
    collapse: ways.Collapse = False,
    unmapped: ways.Unmapped = False,
    compare: ways.Compare = None,
) -> Answer:
    """Which share of the journeys is at which touchpoint at each step, who ended shown.

    Example: klantreis steps web.csv --person user_id --at timestamp --event event --forward 5
    Example: klantreis steps web.csv --person user_id --at timestamp --event event --anchor cart
    """

    def told(data: ways.Journeys) -> ways.StepMatrix:
        return steps(
            data, anchor, forward=forward, backward=backward, occurrence=occurrence, collapse=collapse,
            unmapped=unmapped,
        )  # fmt: skip

    if compare is not None:
        return Answer(of_segments(asked.data, compare, told), ways.contrast)
    return Answer(told(asked.data), ways.steps)
