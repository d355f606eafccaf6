"""`compare`: two segments of a map, or one and everybody else, on every core measure at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np

from klantreis.analyses import times
from klantreis.analyses.comparison import Comparison, Kind, Measure, lined
from klantreis.analyses.fold import fold
from klantreis.analyses.kpi_asked import COUNTED, FAMILIES
from klantreis.errors import OptionError, warn
from klantreis.journeys.model import Journeys
from klantreis.journeys.slices import sliced
from klantreis.kinds import held
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.measure import plan
from klantreis.stats.ranks import quantile
from klantreis.verbs.ways import in_both

JOURNEY = "journey"
"""The id of the line that tells how long a whole journey takes."""


@held
def compare(journeys: Journeys, map_: JourneyMap, segment: str, *, other: str | None = None) -> Comparison:
    """Returns how a segment differs from another one, or from everybody else (`other` None), strongest first.

    Compared are: the funnel per phase (share of those who began), the fit to each ideal scenario (share that follows
    it), median times (whole journey and phases, in seconds), the mean feeling, and every KPI that is an estimate.
    Journeys that are in both groups are warned of. A difference between groups is one between people; it is no effect.
    Raises OptionError for an unknown segment, and for a segment beside itself.
    """
    if segment == other:
        raise OptionError(
            Label(f"{segment!r} naast zichzelf verschilt niet.", f"{segment!r} beside itself does not differ."),
            mend=Label("Noem een ander segment, of laat het weg.", "Name another segment, or leave it out."),
        )
    one = sliced(journeys, segment=segment)
    rest = sliced(journeys, without=segment) if other is None else sliced(journeys, segment=other)
    if other is not None and (shared := sliced(one, segment=other).journeys):
        warn(in_both(shared, segment, other))
    return Comparison(
        about=replace(journeys.about, segment=None),
        names=(segment, other),
        n=(one.journeys, rest.journeys),
        people=(one.people, rest.people),
        both=_both(one, rest),
        lines=lined(_measures(map_, one), _measures(map_, rest)),
    )


def _measures(map_: JourneyMap, part: Journeys) -> Iterator[Measure]:
    # A KPI that is split by segments is compared once, for the group as a whole.
    plain = replace(map_, kpis=tuple(replace(kpi, by=(), target=None) for kpi in map_.kpis), segments=())
    for name, analysis, options in plan(plain).steps:
        if name == "funnel":
            found = fold(analysis, part, options)
            yield from (Measure("phase", step.step, "share", step.share, True) for step in found.steps[1:])
        elif name.startswith("fit:"):
            found = fold(analysis, part, options)
            yield Measure("fit", found.scenario, "share", found.share, True)
        elif name == "times":
            yield from _times(part, options)
        elif name == "emotion":
            yield Measure("feeling", "feeling", "score", fold(analysis, part, options).mean)
        elif name == "kpis":
            yield from _kpis(plain, fold(analysis, part, options))


def _times(part: Journeys, options: Any) -> Iterator[Measure]:
    whole = reduce(times.merge, (times.measure(bucket, options) for bucket in part.buckets))
    yield Measure("time", JOURNEY, "seconds", quantile(whole.journey, 0, 0.5))
    for place, phase in enumerate(dict.fromkeys(phase for _, phase in options.phases)):
        yield Measure("time", phase, "seconds", quantile(whole.phases, place, 0.5))


def _kpis(map_: JourneyMap, found: Any) -> Iterator[Measure]:
    kind: Kind = "kpi"
    for kpi, value in zip(map_.kpis, found.values, strict=True):
        if kpi.metric not in COUNTED and kpi.metric in FAMILIES:
            of_cases = FAMILIES[kpi.metric] in {"share", "again", "bounce"} or kpi.metric == "survey_top2"
            yield Measure(kind, kpi.id, value.unit, value.estimate, of_cases)


def _both(one: Journeys, rest: Journeys) -> int:
    """Returns how many people have a journey in both groups."""
    pairs = zip(one.buckets, rest.buckets, strict=True)
    return sum(len(np.intersect1d(a.keys, b.keys, assume_unique=True)) for a, b in pairs)
