"""`klantreis balance`: what each phase is given, what it asks of customers, and where the revenue comes from."""

from __future__ import annotations

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.value_views import balance as show
from klantreis.errors import OptionError
from klantreis.verbs.balance import balance


@asks
def run(asked: Asked) -> Answer:
    """Effort balance: what you put into each phase of a map, beside the revenue of first and later orders.

    Example: klantreis balance --map ring-kopen
    """
    if asked.map is None:
        raise OptionError("A file has no phases with actions.", mend="Leave the file out: --map of a workspace.")
    return Answer(balance(asked.data, asked.map), show)
