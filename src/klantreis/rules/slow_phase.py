"""Slow phase: customers stay in a phase much longer than you expect.

A phase may say how long it should take (`expected_duration`). When the median journey takes longer, and the interval
of that median lies above the expectation, this rule says so. Without an expectation it says nothing: some phases are
long by nature.

Options: `n_min` journeys that were in the phase (30), `factor` times the expectation that is still fine (1.25).

Fires: Besluit should take 2 days; half of 400 journeys take more than 5.
Does not fire: half take more than 2 days and 4 hours; or only 12 journeys were there; or nothing was expected.

The interval of the median is that of McGill, Tukey & Larsen (1978), The American Statistician 32:12-16: median ± 1.57 x
(third - first quartile) / √n.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.results import Results
from klantreis.analyses.times import Duration
from klantreis.findings import Finding, Measured
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Phase
from klantreis.rules.contract import Number, called, estimated, fill, spot
from klantreis.stats.intervals import Estimate

name = "slow_phase"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys in the phase; `factor` times the expected time is still fine."""

    n_min: int = 30
    factor: float = 1.25


TITLE = Label(
    nl="{phase} duurt {median}, je verwachtte {expected}",
    en="{phase} takes {median}, you expected {expected}",
)
DETAIL = Label(
    nl="De helft van de {n} klantreizen is langer dan {median} ({low} tot {high}) in {phase}; één op de tien "
    "langer dan {p90}.",
    en="Half of the {n} journeys stay longer than {median} ({low} to {high}) in {phase}; one in ten longer than {p90}.",
)
ADVICE = Label(
    nl="Zoek waar klanten in {phase} op wachten of over twijfelen. Klopt het dat het zo lang duurt, pas dan de "
    "verwachte duur op je kaart aan.",
    en="Find what people wait for or doubt in {phase}. If it is right that it takes this long, change the expected "
    "duration on your map.",
)
MEDIAN = Label(nl="mediane tijd in de fase", en="median time in the phase")
EXPECTED = Label(nl="verwachte tijd", en="expected time")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per phase whose median time is surely above what was expected."""
    spent = {duration.source: duration for duration in results.times.phases}
    for phase in map_.phases:
        duration, expected = spent.get(phase.id), phase.expected_seconds
        if duration is None or expected is None or duration.n < options.n_min:
            continue
        median = _median(duration)
        if median.low is not None and median.low > expected * options.factor:
            yield _finding(map_, phase, duration, median, expected)


def _median(duration: Duration) -> Estimate:
    if duration.median is None or duration.q25 is None or duration.q75 is None:
        return Estimate(duration.median, duration.n)
    notch = 1.57 * (duration.q75 - duration.q25) / math.sqrt(duration.n)
    return Estimate(duration.median, duration.n, max(0.0, duration.median - notch), duration.median + notch)


def _finding(map_: JourneyMap, phase: Phase, duration: Duration, median: Estimate, expected: float) -> Finding:
    label = called(map_, phase.id)
    times = {"median": median.value, "low": median.low, "high": median.high, "p90": duration.p90, "expected": expected}
    words = {key: Number(value or 0, "seconds") for key, value in times.items()}
    return Finding(
        rule=name,
        level="warning",
        place=spot(map_, phase.id),
        title=fill(TITLE, phase=label, **words),
        detail=fill(DETAIL, phase=label, n=Number(duration.n), **words),
        advice=fill(ADVICE, phase=label),
        people=duration.n // 2,
        evidence=(estimated(MEDIAN, median, "seconds"), Measured(EXPECTED, expected, "seconds", duration.n)),
    )
