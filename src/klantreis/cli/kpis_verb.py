"""`klantreis kpis`: how each KPI of a map stands against its target."""

from __future__ import annotations

from klantreis.cli import views
from klantreis.cli.asking import Answer, Asked, asks


@asks
def run(asked: Asked) -> Answer:
    """KPIs against their targets, for everybody and for each segment.

    Example: klantreis kpis --map ring-kopen
    """
    return Answer(asked.of_map("kpis"), views.kpis)
