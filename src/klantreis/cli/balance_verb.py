"""`klantreis balance`: what each phase is given, what it asks of customers, and where the revenue comes from."""

from __future__ import annotations

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.value_views import balance as show
from klantreis.errors import OptionError
from klantreis.labels import Label
from klantreis.verbs.balance import balance


@asks
def run(asked: Asked) -> Answer:
    """Effort balance: what you put into each phase of a map, beside the revenue of first and later orders.

    Example: klantreis balance --map ring-kopen
    """
    if asked.map is None:
        raise OptionError(
            Label("Een bestand heeft geen fasen met acties.", "A file has no phases with actions."),
            mend=Label("Laat het bestand weg: --map van een werkmap.", "Leave the file out: --map of a workspace."),
        )
    return Answer(balance(asked.data, asked.map), show)
