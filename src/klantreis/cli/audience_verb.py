"""`klantreis audience`: whether you reach whom you want to reach."""

from __future__ import annotations

from typing import Annotated

import typer

from klantreis.cli import loyal_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.verbs.audience import audience

Aims = Annotated[
    str | None, typer.Option(help="Segments of the map you aim at: nieuw,regio. Default: those of its personas.")
]


@asks
def run(asked: Asked, segments: Aims = None) -> Answer:
    """Which share of the people who come for the first time is in the segments you aim at.

    Example: klantreis audience --map ring-kopen --segments nieuw
    """
    if asked.map is None:
        raise OptionError(
            Label("Een bestand heeft geen segmenten.", "A file has no segments."),
            mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
        )
    return Answer(audience(asked.map, asked.data, segments=segments), loyal_view.audience)
