"""`klantreis paths`: what follows what, and whole routes."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import columns, speak, views
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
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """What follows what: times, people and waits on each way; and the whole routes.

    Example: klantreis paths web.csv --person user_id --at timestamp --event event --grain session_id
    """
    said = speak.language(language)
    with speak.progress("reading") as tell:
        bare = columns.opened(
            file, said, person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding,
            time_zone=time_zone, dates=dates,
        )  # fmt: skip
        tell(1, 2, "and following")
        result = paths(bare.journeys, collapse=collapse, top=top)
    if json:
        speak.as_json(result.to_dict() | {"quality": columns.quality(bare)})
        return
    views.paths(result, said)
    speak.quality(columns.quality(bare), said)
