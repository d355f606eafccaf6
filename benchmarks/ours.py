"""What is ours: the pass from file to sorted arrays, and each analysis over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from asked import STEPS, WITHIN_DAYS

import klantreis
from klantreis.analyses import coverage, fit, funnel, paths, times
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Journeys
from klantreis.map.path import Sequence, Visit

DAY = 86_400_000_000


def read(path: Path) -> Journeys:
    """The relational pass: read, check, code, sort and cut."""
    return klantreis.read(path, person="person", at="at", event="event")


def analyses(journeys: Journeys) -> dict[str, Callable[[], object]]:
    """Each analysis, ready to be timed."""
    steps = tuple((step, (step,)) for step in STEPS)
    asked = {
        "funnel": (funnel, funnel.Options(steps=steps, within=WITHIN_DAYS * DAY)),
        "paths": (paths, paths.Options()),
        "fit": (fit, fit.Options(path=Sequence(tuple(Visit(step) for step in STEPS)), only=STEPS)),
        "times": (times, times.Options()),
        "coverage": (coverage, coverage.Options(outcome=("order_paid",))),
    }
    return {name: lambda a=module, o=options: fold(a, journeys, o) for name, (module, options) in asked.items()}
