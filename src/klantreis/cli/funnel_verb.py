"""`klantreis funnel`: how many get from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import typer

from klantreis.analyses.funnel import Funnel
from klantreis.cli import views
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError
from klantreis.labels import Language
from klantreis.verbs.funnel import funnel

Steps = Annotated[
    str | None,
    typer.Option(help="Events in order: a,b,c. Several that count as one step: a|b. Default: the phases of the map."),
]
Within = Annotated[str | None, typer.Option(help="Time from the first step to the last: 30m, 7d. Default: no limit.")]
Ties = Annotated[
    Literal["step", "file", "strict"],
    typer.Option(help="Events at one instant: in step order, in file order, or never."),
]
Entry = Annotated[Literal["any", "first"], typer.Option(help="Any start may succeed, or only the first.")]


@asks
def run(asked: Asked, steps: Steps = None, within: Within = None, ties: Ties = "step", entry: Entry = "any") -> Answer:
    """How many get from step to step, with 95 % intervals.

    Example: klantreis funnel web.csv --person user_id --at timestamp --event event --steps view,cart,buy --within 7d
    """
    if steps is not None:
        return Answer(funnel(asked.data, steps, within=within, ties=ties, entry=entry), show)
    drawn = asked.planned("funnel")
    if drawn is None:
        raise OptionError("Which steps?", where="steps", mend="Name events, separated by commas: --steps a,b,c")
    return Answer(drawn, show)


def show(result: Funnel, said: Language, names: Mapping[str, str]) -> None:
    """Prints a funnel."""
    views.funnel(result, said, names, "people" if result.grain == "person" else "journeys")
