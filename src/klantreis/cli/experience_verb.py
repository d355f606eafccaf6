"""`klantreis experience`: what customers found, apart from what they did."""

from __future__ import annotations

from klantreis.cli import feeling_view
from klantreis.cli.asking import Answer, Asked, asks
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.verbs.experience import experience


@asks
def run(asked: Asked) -> Answer:
    """What customers found (service, use, emotion, -2 to +2), beside what they did; never one number.

    Example: klantreis experience --map ring-kopen
    """
    if asked.map is None:
        raise OptionError(
            Label(
                "Een bestand zegt niet waar zijn vragen over gaan.", "A file does not say what its questions ask for."
            ),
            mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
        )
    return Answer(experience(asked.data, asked.map), feeling_view.experience)
