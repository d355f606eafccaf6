"""`klantreis funnel`: how many get from step to step."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.analyses.funnel import Funnel
from klantreis.cli import columns, speak
from klantreis.verbs import funnel

Steps = Annotated[
    str, typer.Option(help="Events in order: a,b,c. Several that count as one step: a|b.", show_default=False)
]
Within = Annotated[str | None, typer.Option(help="Time from the first step to the last: 30m, 7d. Default: no limit.")]
Ties = Annotated[
    Literal["step", "file", "strict"],
    typer.Option(help="Events at one instant: in step order, in file order, or never."),
]
Entry = Annotated[Literal["any", "first"], typer.Option(help="Any start may succeed, or only the first.")]


def run(
    file: columns.File,
    steps: Steps,
    within: Within = None,
    ties: Ties = "step",
    entry: Entry = "any",
    person: columns.Person = None,
    at: columns.At = None,
    event: columns.Event = None,
    grain: columns.Grain = "person",
    delimiter: columns.Delimiter = None,
    encoding: columns.Encoding = None,
    time_zone: columns.Zone = "UTC",
    dates: columns.Dates = None,
    json: columns.Json = False,
) -> None:
    """How many get from step to step, with 95 % intervals.

    Example: klantreis funnel web.csv --person user_id --at timestamp --event event --steps view,cart,buy --within 7d
    """
    named = columns.reading(
        person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding, time_zone=time_zone,
        dates=dates,
    )  # fmt: skip
    with speak.progress("reading and counting"):
        result = funnel(file, steps, within=within, ties=ties, entry=entry, **named)
    if json:
        speak.as_json(result.to_dict())
    else:
        show(result)


def show(result: Funnel) -> None:
    """Prints a funnel for a person."""
    speak.table(
        {
            "step": step.step,
            "people": step.people,
            "from previous": speak.percent(step.from_previous),
            "of all that entered": speak.percent(step.share),
            "n mature": step.mature,
            "median from previous": speak.duration(step.median_seconds),
        }
        for step in result.steps
    )
    if result.open_entries:
        speak.out.print(f"[dim]{result.open_entries:,} entered too late to tell; shares leave them out.[/]")
