"""`klantreis fit`: how well journeys follow a path."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import columns, speak, views
from klantreis.verbs import fit

Drawn = Annotated[str, typer.Option("--path", help="'a, b|c, d?, (e, f)+, g&h'.", show_default=False)]
Only = Annotated[str | None, typer.Option(help="Events in scope: a,b,c. Default: every event counts.")]
Each = Annotated[bool, typer.Option("--per-journey", help="Also give a row for each journey.")]


def run(
    file: columns.File,
    path: Drawn,
    only: Only = None,
    per_journey: Each = False,
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
    """How well journeys follow a path, and where they deviate (optimal alignments).

    Example: klantreis fit orders.xes.gz --path "ordered, paid, (packed & billed), sent, returned?"
    """
    said = speak.language(language)
    with speak.progress("reading") as tell:
        bare = columns.opened(
            file, said, person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding,
            time_zone=time_zone, dates=dates,
        )  # fmt: skip
        tell(1, 2, "and aligning")
        result = fit(bare.journeys, path, only=only, per_journey=per_journey)
    if json:
        speak.as_json(result.to_dict() | {"quality": columns.quality(bare)})
        return
    views.fit(result, said)
    speak.quality(columns.quality(bare), said)
