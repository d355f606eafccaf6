"""Measures one map: every analysis over its journeys, for everybody and for each segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from klantreis.analyses import coverage, emotion, fit, funnel, kpis, paths, times, worth
from klantreis.analyses.fold import Ask, Parts, fold, together
from klantreis.analyses.results import Results
from klantreis.journeys.model import Journeys
from klantreis.journeys.questions import questions_of
from klantreis.journeys.slices import Later, sliced, wordless
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap
from klantreis.plugins import every

Tell = Callable[[float, float, str], None]
SECOND = 1_000_000
WORDY = (coverage,)
"""Those of `plan` that look at the details of events; the others measure journeys without them."""


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
    unseen = tuple(touch.id for touch in map_.touchpoints if touch.matcher is None)
    steps: list[tuple[str, Any, Any]] = [
        ("funnel", funnel, _funnel(map_, phases)),
        ("paths", paths, paths.Options()),
        ("times", times, times.Options(phases=phases)),
        ("coverage", coverage, coverage.Options(outcome=goal(map_), known=_known(map_, others))),
        ("emotion", emotion, emotion.Options(questions=questions_of(map_))),
        ("kpis", kpis, kpis.Options(map_.kpis, map_.surveys, phases, _steps(map_), unseen)),
    ]
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
    kept: Parts | None = None,
) -> Results:
    """Returns everything measured for a map, with the same for each of its segments.

    `others` are the maps beside it; an event that they know is no unknown behaviour here.
    `tell(done, all, word)` is called as work goes on. `kept` knows what was measured of buckets before.
    No journeys: every Result says so by n = 0.
    """
    slices = [None, *(segment.id for segment in map_.segments)]
    asked = plan(map_, others)
    gone = _Gone(tell, len(slices) * (len(asked.steps) + 1) + len(asked.further))

    def folded(asks: list[Ask], whole: Journeys, word: str) -> list[Any]:
        # What is cut is cut bucket by bucket, for all that is asked of it; what is mapped from files need not be.
        if isinstance(whole.buckets, Later) and asks:
            with gone.doing(word, len(asks)) as heard:
                return together(asks, threads=threads, on_bucket=heard, parts=kept)
        found = []
        for analysis, part, options in asks:
            with gone.doing(analysis.name, 1) as heard:
                found.append(fold(analysis, part, options, threads=threads, on_bucket=heard, parts=kept))
        return found

    def of(segment: str | None) -> Results:
        part = sliced(journeys, segment=segment)
        bare = wordless(part)
        names = [name for name, _, _ in asked.steps]
        asks = [(one, part if one in WORDY else bare, options) for _, one, options in asked.steps]
        values, *found = folded([(worth, bare, worth.Options(goal(map_))), *asks], part, segment or "")
        return _results(part, dict(zip(names, found, strict=True)), values)

    everybody, *per_slice = [of(segment) for segment in slices]
    segments = dict(zip((str(name) for name in slices[1:]), per_slice, strict=True))
    further = [(one, journeys, options) for _, one, options in asked.further]
    names = [name for name, _, _ in asked.further]
    more = dict(zip(names, folded(further, journeys, ""), strict=True))
    return replace(everybody, segments=segments, more=more)


class _Gone:
    """Tells how far a map is measured: a question asked of one bucket is one piece of work."""

    def __init__(self, tell: Tell | None, total: int) -> None:
        self.tell, self.total, self.done = tell, total, 0

    @contextmanager
    def doing(self, word: str, many: int) -> Iterator[Callable[[int, int], None]]:
        """Gives what to call as `fold` does after each bucket, while so many questions are asked."""

        def heard(done: int, all_: int) -> None:
            if self.tell is not None:
                self.tell(self.done + many * done / all_, self.total, word)

        heard(0, 1)
        yield heard
        self.done += many


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
    asked = [(name, one, one.asked_by(map_)) for name, one in every("analysis").items() if hasattr(one, "asked_by")]
    return tuple((name, one, options) for name, one, options in asked if options is not None)


def _known(map_: JourneyMap, others: Sequence[JourneyMap]) -> tuple[str, ...]:
    beside = [touch.matcher.event for other in others for touch in other.touchpoints if touch.matcher is not None]
    answers = [survey.matcher.event for one in (map_, *others) for survey in one.surveys if survey.matcher is not None]
    return tuple(dict.fromkeys([*beside, *answers]))


def _steps(map_: JourneyMap) -> tuple[tuple[str, str], ...]:
    return tuple((touch, step.id) for _, step in map_.steps() for touch in step.touchpoints)


def _results(journeys: Journeys, found: dict[str, Any], values: dict[str, float]) -> Results:
    fits = {name.removeprefix("fit:"): result for name, result in found.items() if name.startswith("fit:")}
    rest = {name: result for name, result in found.items() if not name.startswith("fit:")}
    return Results(
        about=journeys.about,
        fits=fits,
        **rest,
        overlaps=journeys.overlaps,
        outside=journeys.outside,
        counts=journeys.counts,
        values=values,
    )
