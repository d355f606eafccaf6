"""`klantreis funnel`: how many get from step to step."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from klantreis.cli import columns, speak, views
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
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """How many get from step to step, with 95 % intervals.

    Example: klantreis funnel web.csv --person user_id --at timestamp --event event --steps view,cart,buy --within 7d
    """
    said = speak.language(language)
    with speak.progress("reading") as tell:
        bare = columns.opened(
            file, said, person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding,
            time_zone=time_zone, dates=dates,
        )  # fmt: skip
        tell(1, 2, "and counting")
        result = funnel(bare.journeys, steps, within=within, ties=ties, entry=entry)
    if json:
        speak.as_json(result.to_dict() | {"quality": columns.quality(bare)})
        return
    views.funnel(result, said)
    speak.quality(columns.quality(bare), said)
