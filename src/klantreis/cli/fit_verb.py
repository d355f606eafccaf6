"""`klantreis fit`: how well journeys follow a path."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.analyses.fit import Fit
from klantreis.cli import columns, speak
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
    json: columns.Json = False,
) -> None:
    """How well journeys follow a path, and where they deviate (optimal alignments).

    Example: klantreis fit orders.xes.gz --path "ordered, paid, (packed & billed), sent, returned?"
    """
    named = columns.reading(
        person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding, time_zone=time_zone,
        dates=dates,
    )  # fmt: skip
    with speak.progress("reading and aligning"):
        result = fit(file, path, only=only, per_journey=per_journey, **named)
    if json:
        speak.as_json(result.to_dict())
    else:
        show(result)


def show(result: Fit) -> None:
    """Prints fit and deviations for a person."""
    if not result.computed:
        speak.out.print(f"Not computed: {result.why}")
        return
    mean = "–" if result.mean_fitness is None else f"{result.mean_fitness:.4f}"
    speak.out.print(
        f"{result.conforming:,} of {result.journeys:,} journeys follow it exactly ({speak.percent(result.share)}); "
        f"mean fitness {mean}"
    )
    speak.table(
        {
            "deviation": deviation.kind.replace("_", " "),
            "at": deviation.touchpoint,
            "journeys": deviation.journeys,
            "people": deviation.people,
            "share": speak.percent(deviation.share),
        }
        for deviation in result.deviations[:20]
    )
