"""Measures one map: every analysis over its journeys, for everybody and for each segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from klantreis.analyses import coverage, emotion, fit, funnel, kpis, paths, times
from klantreis.analyses.fold import fold
from klantreis.analyses.results import Results
from klantreis.journeys.model import VALUE_UNIT, Journeys
from klantreis.journeys.questions import questions_of
from klantreis.journeys.slices import sliced
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.plugins import part, parts

Tell = Callable[[float, float, str], None]
SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Which analyses to run with which options: what a map asks of its journeys."""

    steps: tuple[tuple[str, Any, Any], ...]
    """(name, analysis module, options): asked for everybody and for each segment."""
    further: tuple[tuple[str, Any, Any], ...] = ()
    """The same, asked for everybody only: what plugged-in analyses want to tell of this map (`asked_by`)."""


def plan(map_: JourneyMap, others: Sequence[JourneyMap] = ()) -> Plan:
    """Returns what a map asks: a funnel over its phases, fit to each ideal scenario, and the rest.

    `others` are the maps beside it: an event that one of them knows is not unknown behaviour here.
    """
    order = {phase.id: place for place, phase in enumerate(map_.phases)}
    seen = sorted((one for one in map_.touchpoints if one.matcher is not None), key=lambda one: order.get(one.phase, 0))
    phases = tuple((touch.id, touch.phase) for touch in seen)
    steps: list[tuple[str, Any, Any]] = [
        ("funnel", funnel, _funnel(map_, phases)),
        ("paths", paths, paths.Options()),
        ("times", times, times.Options(phases=phases)),
        ("coverage", coverage, coverage.Options(outcome=goal(map_), known=_known(map_, others))),
        ("emotion", emotion, emotion.Options(questions=questions_of(map_))),
        ("kpis", kpis, kpis.Options(kpis=map_.kpis, surveys=map_.surveys, phases=phases, steps=_steps(map_))),
    ]
    unseen = tuple(touch.id for touch in map_.touchpoints if touch.matcher is None)
    for scenario in map_.scenarios:
        if scenario.kind == "ideal":
            options = fit.Options(path=scenario.path, scenario=scenario.id, phases=phases, unseen=unseen)
            steps.append((f"fit:{scenario.id}", fit, options))
    return Plan(tuple(steps), _further(map_))


def measured(
    map_: JourneyMap,
    journeys: Journeys,
    *,
    others: Sequence[JourneyMap] = (),
    tell: Tell | None = None,
    threads: int | None = None,
) -> Results:
    """Returns everything measured for a map, with the same for each of its segments.

    `others` are the maps beside it; an event that they know is no unknown behaviour here.
    `tell(done, all, word)` is called as work goes on. No journeys: every Result says so by n = 0.
    """
    slices = [None, *(segment.id for segment in map_.segments)]
    asked = plan(map_, others)
    total = len(slices) * len(asked.steps) + len(asked.further)
    done = 0

    def folded(steps: Sequence[tuple[str, Any, Any]], part: Journeys) -> dict[str, Any]:
        nonlocal done
        found: dict[str, Any] = {}
        for name, analysis, options in steps:
            if tell is not None:
                tell(done, total, name)
            found[name] = fold(analysis, part, options, threads=threads)
            done += 1
        return found

    sliced_ = [sliced(journeys, segment=segment) for segment in slices]
    per_slice = [_results(part, map_, folded(asked.steps, part)) for part in sliced_]
    segments = dict(zip((str(name) for name in slices[1:]), per_slice[1:], strict=True))
    return replace(per_slice[0], segments=segments, more=folded(asked.further, journeys))


def _funnel(map_: JourneyMap, phases: tuple[tuple[str, str], ...]) -> funnel.Options:
    steps = [(phase.id, tuple(touch for touch, spot in phases if spot == phase.id)) for phase in map_.phases]
    within = map_.journey.within_seconds
    return funnel.Options(
        steps=tuple(step for step in steps if step[1]),
        within=None if within is None else round(within * SECOND),
        grain="journey",
    )


def _further(map_: JourneyMap) -> tuple[tuple[str, Any, Any], ...]:
    """Returns what the plugged-in analyses that know what to ask of a map ask of this one."""
    found = [(name, part("analysis", name)) for name in parts("analysis")]
    asked = [(name, one, one.asked_by(map_)) for name, one in found if hasattr(one, "asked_by")]
    return tuple((name, one, options) for name, one, options in asked if options is not None)


def _known(map_: JourneyMap, others: Sequence[JourneyMap]) -> tuple[str, ...]:
    beside = [touch.matcher.event for other in others for touch in other.touchpoints if touch.matcher is not None]
    answers = [survey.matcher.event for one in (map_, *others) for survey in one.surveys if survey.matcher is not None]
    return tuple(dict.fromkeys([*beside, *answers]))


def _steps(map_: JourneyMap) -> tuple[tuple[str, str], ...]:
    return tuple((touch, step.id) for _, step in map_.steps() for touch in step.touchpoints)


def _results(journeys: Journeys, map_: JourneyMap, found: dict[str, Any]) -> Results:
    fits = {name.removeprefix("fit:"): result for name, result in found.items() if name.startswith("fit:")}
    rest = {name: result for name, result in found.items() if not name.startswith("fit:")}
    return Results(
        about=journeys.about,
        fits=fits,
        **rest,
        overlaps=journeys.overlaps,
        outside=journeys.outside,
        counts=journeys.counts,
        values=_values(journeys, goal(map_)),
    )


def _values(journeys: Journeys, success: tuple[str, ...]) -> dict[str, float]:
    """Returns 'per_success': the mean value of touches at the goal, in the currency; empty when none carries one."""
    known = journeys.about.names.touchpoints
    codes = [known.index(touch) for touch in success if touch in known]
    total = count = 0
    for bucket in journeys.buckets:
        if bucket.value is None or not codes:
            continue
        valued = bucket.value[_at(bucket.touch, codes) & (bucket.value > 0)]
        total, count = total + int(valued.sum()), count + len(valued)
    return {"per_success": total / count / VALUE_UNIT} if count else {}


def _at(touch: Any, codes: list[int]) -> Any:
    at = touch == codes[0]
    for code in codes[1:]:
        at |= touch == code
    return at
