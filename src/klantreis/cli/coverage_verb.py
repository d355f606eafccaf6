"""`klantreis coverage`: what people do that the map does not know."""

from __future__ import annotations

from klantreis.cli import coverage_view
from klantreis.cli.asking import Answer, Asked, asks


@asks
def run(asked: Asked) -> Answer:
    """What people do that the map does not know, and touchpoints nothing was seen of.

    Example: klantreis coverage --map ring-kopen
    """
    return Answer(asked.of_map("coverage"), coverage_view.coverage)
