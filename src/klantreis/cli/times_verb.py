"""`klantreis times`: how long journeys and the ways between events take."""

from __future__ import annotations

from klantreis.cli import columns, speak, views
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
    language: columns.Said = None,
    json: columns.Json = False,
) -> None:
    """How long whole journeys take, and the ways between events: median, quartiles, p90.

    Example: klantreis times web.csv --person user_id --at timestamp --event event
    """
    said = speak.language(language)
    with speak.progress("reading") as tell:
        bare = columns.opened(
            file, said, person=person, at=at, event=event, grain=grain, delimiter=delimiter, encoding=encoding,
            time_zone=time_zone, dates=dates,
        )  # fmt: skip
        tell(1, 2, "and timing")
        result = times(bare.journeys)
    if json:
        speak.as_json(result.to_dict() | {"quality": columns.quality(bare)})
        return
    views.times(result, said)
    speak.quality(columns.quality(bare), said)
