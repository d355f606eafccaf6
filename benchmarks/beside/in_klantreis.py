"""Klantreis: the pass to sorted arrays, and each measure over them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba  # noqa: F401 - the compiler is loaded here, as what the other tools import is
import numpy as np
from asked import COLUMNS, GAP_DAYS, GOAL, STEPS

import klantreis
from klantreis.analyses import fit
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Bucket, Journeys
from klantreis.journeys.sessions import sessions
from klantreis.map.path import Sequence, Visit

FOREVER = 10**9
READ = klantreis.read
"""Loaded here, as the other tools are: what it takes to import them is no part of reading."""
IN_SCOPE = fit.Options(path=Sequence(tuple(Visit(step) for step in STEPS)), only=STEPS)


def load(file: str) -> Journeys:
    """Reads, checks, codes and sorts the events."""
    return READ(file, person="person", at="at", event="event")


def loaded(journeys: Journeys) -> dict[str, object]:
    """Returns what was loaded."""
    return {"events": journeys.touches, "people": journeys.people}


def _sessions(journeys: Journeys) -> int:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(_sessions_in, journeys.buckets))


def _sessions_in(bucket: Bucket) -> int:
    person = np.repeat(bucket.person, np.diff(bucket.start))
    return len(sessions(person, bucket.at, gap_seconds=GAP_DAYS * 86_400, longest_seconds=FOREVER).state)


def _edges(found: Any) -> dict[str, object]:
    outside = {found.start, found.end}
    return {
        f"{one.source}>{one.target}": one.count for one in found.edges if outside.isdisjoint((one.source, one.target))
    }


def _cells(found: Any) -> dict[str, object]:
    rows = [row for row in found.table if row.id not in {found.start, found.end}]
    return {f"{row.id}@{cell.step}": cell.count for row in rows for cell in row.cells if cell.count}


def _last(found: Any) -> dict[str, object]:
    last = next(model for model in found.models if model.model == "last")
    return {"conversions": found.conversions, **{one.channel: round(one.conversions) for one in last.credits}}


def _back(found: Any) -> dict[str, object]:
    return {"cohorts": len(found.cohorts), "back": sum(one.people or 0 for row in found.cohorts for one in row.cells)}


MEASURES = {
    "directly-follows": (klantreis.paths, _edges),
    "variants": (klantreis.paths, lambda found: {"variants": found.variants_all, "most": found.variants[0].count}),
    "funnel": (lambda data: klantreis.funnel(data, STEPS), lambda found: {"people": [s.people for s in found.steps]}),
    "sessions": (_sessions, lambda found: {"sessions": found}),
    "fit": (lambda data: fold(fit, data, IN_SCOPE), lambda found: {"fit": found.conforming, "cost": found.cost}),
    "cohorts": (lambda data: klantreis.retention(data, unit="week", by="calendar", intervals=27), _back),
    "attribution": (lambda data: klantreis.attribution(data, GOAL, by="event", within=None, order=1), _last),
    "step matrix": (lambda data: klantreis.steps(data, forward=COLUMNS), _cells),
}
