"""`klantreis balance`: what each phase is given, what it asks of customers, and where the revenue comes from."""

from __future__ import annotations

from klantreis.cli.asking import Answer, Asked, asks
from klantreis.cli.value_views import balance as show
from klantreis.errors import NothingToMeasure


@asks
def run(asked: Asked) -> Answer:
    """Effort balance: what you put into each phase of a map, beside the revenue of first and later orders.

    Example: klantreis balance --map ring-kopen
    """
    found = asked.of_map("balance")
    if found is None:
        raise NothingToMeasure(
            "No phase of this map has an action, so there is no effort to weigh.",
            where="actions",
            mend="Write what you do in a phase: actions: {bellen: {do: ..., hours: 4, cost: 200}}",
        )
    return Answer(found, show)
