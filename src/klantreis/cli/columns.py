"""The options that verbs share: which columns of a bare file play which part, and which workspace, map and period."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from klantreis.bare import Bare, read_checked, source_of
from klantreis.cli import speak
from klantreis.cli.words import TEXTS
from klantreis.errors import NothingToMeasure
from klantreis.labels import Label, Language, dotted

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Said = Annotated[
    Literal["nl", "en"] | None,
    typer.Option("--language", help="nl or en. Default: KLANTREIS_LANGUAGE, the workspace's, the machine's."),
]
Workspace = Annotated[Path | None, typer.Option(help="The workspace's folder. Default: here, or the nearest above.")]
Map = Annotated[str | None, typer.Option("--map", help="One map, by its id. Default: all.")]
OneMap = Annotated[str | None, typer.Option("--map", help="Which map, by its id. Default: the one that knows most.")]
Segment = Annotated[str | None, typer.Option(help="One segment of the map, by its id. Default: everybody.")]
Since = Annotated[str | None, typer.Option(help="Journeys that began on or after this date (2026-06-01).")]
Until = Annotated[str | None, typer.Option(help="Journeys that began before this date.")]


def opened(
    file: Path,
    said: Language,
    *,
    grain: str = "person",
    person: str | None = None,
    session_gap: str | None = None,
    ids: bool = False,
    stitch: bool = False,
    **given: Any,
) -> Bare:
    """Returns the journeys of a bare file, and says on the error stream what is wrong with its rows.

    `given`: the reading options of `bare.source_of`. Raises NothingToMeasure when the file has rows and none of them
    can be used.
    """
    owner = person or (grain if grain not in {"person", "session"} else None)
    bare = read_checked(
        source_of(file, person=owner, **given), grain=grain, session_gap=session_gap, ids=ids, stitch=stitch
    )
    speak.findings(bare.findings, said, to=speak.err)
    counts = bare.journeys.counts
    if not counts["read"]:
        speak.err.print(TEXTS["no_rows"].text(said))
    elif counts["rejected"] == counts["read"]:
        raise NothingToMeasure(
            Label(
                f"Geen van de {dotted(counts['read'])} rijen is te gebruiken.",
                f"None of the {counts['read']:,} rows can be used.",
            ),
            where=str(file),
            mend=Label(
                "Maak in orde wat hierboven staat, en vraag het opnieuw.", "Mend what is said above, and ask again."
            ),
        )
    return bare


def quality(counts: Mapping[str, int]) -> dict[str, int]:
    """Returns what became of the rows of a bare file: read = used + rejected; `repeated` ones are alike, and used."""
    return {
        "read": counts["read"],
        "used": counts["stored"],
        "rejected": counts["rejected"],
        "repeated": counts["repeated"],
    }
