"""`klantreis times`: how long journeys and the ways between events take."""

from __future__ import annotations

from klantreis.analyses.times import Duration, Times
from klantreis.cli import columns, speak
from klantreis.verbs import times


def run(
    file: columns.File,
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
    """How long whole journeys take, and the ways between events: median, quartiles, p90.

    Example: klantreis times web.csv --person user_id --at timestamp --event event
    """
    named = columns.reading(
        person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding, time_zone=time_zone,
        dates=dates,
    )  # fmt: skip
    with speak.progress("reading and timing"):
        result = times(file, **named)
    if json:
        speak.as_json(result.to_dict())
    else:
        show(result)


def show(result: Times) -> None:
    """Prints durations for a person."""
    rows = [result.journey, *result.phases, *result.between[:20]]
    speak.table(row(duration) for duration in rows)


def row(duration: Duration) -> dict[str, object]:
    """Returns one duration as a row for a table."""
    spot = "whole journey" if duration.kind == "journey" else duration.source
    if duration.kind == "between":
        spot = f"{duration.source} → {duration.target}"
    return {
        "what": spot,
        "n": duration.n,
        "25 %": speak.duration(duration.q25),
        "median": speak.duration(duration.median),
        "75 %": speak.duration(duration.q75),
        "90 %": speak.duration(duration.p90),
    }
