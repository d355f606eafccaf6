"""`klantreis standing`: in which phase people are now."""

from __future__ import annotations

from klantreis.cli import loyal_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.verbs.standing import standing


@asks
def run(asked: Asked) -> Answer:
    """How many people are now in each phase: by the last phase of their open journeys, at the end of the data.

    Example: klantreis standing --map ring-kopen
    """
    if asked.map is None:
        raise OptionError(
            Label("Een bestand heeft geen fasen.", "A file has no phases."),
            mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
        )
    return Answer(standing(asked.map, asked.data), loyal_view.standing)
