"""`klantreis paths`: what follows what, and whole routes."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.analyses.paths import Paths
from klantreis.cli import columns, speak
from klantreis.verbs import paths

Collapse = Annotated[bool, typer.Option("--collapse", help="Repeats of one event in a row count once.")]
Top = Annotated[int, typer.Option(help="How many whole routes to keep.", min=1)]


def run(
    file: columns.File,
    collapse: Collapse = False,
    top: Top = 10_000,
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
    """What follows what: times, people and waits on each way; and the whole routes.

    Example: klantreis paths web.csv --person user_id --at timestamp --event event --grain session_id
    """
    named = columns.reading(
        person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding, time_zone=time_zone,
        dates=dates,
    )  # fmt: skip
    with speak.progress("reading and following"):
        result = paths(file, collapse=collapse, top=top, **named)
    if json:
        speak.as_json(result.to_dict())
    else:
        show(result)


def show(result: Paths) -> None:
    """Prints the busiest ways and routes for a person."""
    speak.out.print(f"{result.journeys:,} journeys, {result.people:,} people, {result.events:,} events")
    speak.table(
        (
            {
                "from": edge.source,
                "to": edge.target,
                "times": edge.count,
                "people": edge.people,
                "share": f"{edge.share:.1%}",
                "median wait": speak.duration(edge.median_seconds),
            }
            for edge in result.edges[:20]
        ),
        title=f"Ways ({min(20, len(result.edges))} of {len(result.edges)})",
    )
    speak.table(
        (
            {"journeys": variant.count, "share": speak.percent(variant.share), "route": " > ".join(variant.path)}
            for variant in result.variants[:10]
        ),
        title=f"Routes ({min(10, result.variants_all)} of {result.variants_all:,})",
    )
