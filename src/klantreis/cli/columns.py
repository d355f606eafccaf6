"""The options that say which columns of a bare file play which part; shared by the verbs that ask a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(help="CSV, Parquet, JSON Lines or XES; .gz allowed.", show_default=False)]
Person = Annotated[str | None, typer.Option(help="Column with the person (any stable code).")]
At = Annotated[str | None, typer.Option(help="Column with the moment.")]
Event = Annotated[str | None, typer.Option(help="Column with the event's name.")]
Grain = Annotated[str, typer.Option(help="What one journey is: person, session, or a column (an order number).")]
Delimiter = Annotated[str | None, typer.Option(help="Column separator of a CSV file. Default: found out.")]
Encoding = Annotated[str | None, typer.Option(help="utf-8, cp1252, latin-1, utf-16.")]
Zone = Annotated[str, typer.Option("--time-zone", help="Zone of moments that name none.")]
Dates = Annotated[list[str] | None, typer.Option(help="How moments are written, e.g. '%d-%m-%Y %H:%M'. May repeat.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Said = Annotated[str | None, typer.Option("--language", help="nl or en.")]


def reading(**options: object) -> dict[str, object]:
    """Returns the reading options that were given, as keywords for `klantreis.read`; absent ones keep its defaults."""
    return {name: value for name, value in options.items() if value not in (None, [])}


Workspace = Annotated[Path | None, typer.Option(help="The workspace's folder. Default: here, or the nearest above.")]
Map = Annotated[str | None, typer.Option("--map", help="One map, by its id. Default: all.")]
Segment = Annotated[str | None, typer.Option(help="One segment of the map, by its id. Default: everybody.")]
Since = Annotated[str | None, typer.Option(help="Journeys that began on or after this date (2026-06-01).")]
Until = Annotated[str | None, typer.Option(help="Journeys that began before this date.")]
