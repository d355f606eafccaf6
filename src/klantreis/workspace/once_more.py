"""What tells a hidden number once more, under another name: a step, the share of the next one, a time, a KPI.

A phase that only one touchpoint brings about counts the same people as that touchpoint; the share of the next step is
of the people at the step before; how long a way took is told of as many as went it; a KPI from a touchpoint is of who
came there.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Any, Literal

from klantreis.analyses.emotion import Emotion, Feeling
from klantreis.analyses.funnel import Funnel, FunnelStep, ToConvert
from klantreis.analyses.results import Results
from klantreis.analyses.times import Times
from klantreis.map.model import JourneyMap
from klantreis.stats.intervals import Estimate
from klantreis.stats.untold import Untold
from klantreis.workspace.secondary import Cell, beside_rows, cells_of

NONE = Estimate(None, 0)


def steps_of_one(map_: JourneyMap, results: Results, hidden: frozenset[Cell], least: int) -> frozenset[Cell]:
    """Returns the steps of a funnel that only one touchpoint brings about, when its own count may not be told.

    `hidden`: the cells that may not be told. A touchpoint where nobody came brings nobody to a step.
    """
    gone: set[str] = set()
    for whole, rows in ((results.coverage, results.coverage.touchpoints), (results.paths, results.paths.nodes)):
        aside = {place for place, row in enumerate(rows) if hidden.intersection(cells_of(row))}
        gone |= {_spot(rows[place]) for place in aside | beside_rows(whole, rows, aside, least)}
        gone |= {_spot(row) for row in rows if 0 < row.people < least}
    met = {row.touchpoint for row in results.coverage.touchpoints if row.people}
    by_phase = {phase.id: [one.id for one in map_.touchpoints if one.phase == phase.id] for phase in map_.phases}
    alone = {phase: [spot for spot in spots if spot in met] for phase, spots in by_phase.items()}
    return frozenset(("step", phase) for phase, spots in alone.items() if len(spots) == 1 and spots[0] in gone)


def funnel_told(funnel: Funnel, least: int) -> Funnel:
    """Returns a funnel of which steps are hidden without the shares that are of the people at these, and without how
    many took how long to come to a last step that is hidden; a few who still go on are not counted.
    """
    funnel = _unopened(funnel, least)
    steps: list[FunnelStep] = []
    before = False
    for step in funnel.steps:
        hidden = isinstance(step.people, Untold)
        told = replace(step, from_previous=NONE) if before else step
        steps.append(replace(told, share=NONE) if steps and isinstance(steps[0].people, Untold) else told)
        before = before if step.optional else hidden
    last = bool(steps) and isinstance(steps[-1].people, Untold)
    return replace(funnel, steps=tuple(steps), to_convert=ToConvert() if last else funnel.to_convert)


def felt_told(told: Emotion, whole: Emotion, least: int, *, segment: bool) -> Emotion:
    """Returns the feelings without how many answers there are in all when that tells of a few: of a touchpoint that is
    hidden, or of those that no touchpoint could take. `told` is without small rows already.

    Of a `segment` those that no touchpoint took, and those off the scale, are never told: everybody's less these.
    """
    off = () if segment else tuple((survey, n) for survey, n in whole.unusable if n >= least)
    few, hidden = 0 < whole.unplaced < least, any(mine.feel.n != one.feel.n for mine, one in _beside(told, whole))
    apart = few or (segment and whole.unplaced > 0)
    return replace(
        told,
        unusable=off,
        answers=_bound(whole.answers, least) if hidden or apart or 0 < whole.answers < least else whole.answers,
        unplaced=_bound(whole.unplaced, least) if apart else whole.unplaced,
    )


def _beside(told: Emotion, whole: Emotion) -> list[tuple[Feeling, Feeling]]:
    return list(zip(told.feelings, whole.feelings, strict=True))


def _bound(count: int, least: int) -> Untold:
    return Untold(least, "<" if count < least else "≥")


def _unopened(funnel: Funnel, least: int) -> Funnel:
    """The funnel without how many still go on or may get further, nor how many are over, where these are a few.

    Where there is a window the shares stay, with the n that they are of.
    """
    going = funnel.may_go_on
    few = 0 < funnel.open_entries < least or 0 < going < least
    sign: Literal["<", "≥"] = "<" if funnel.open_entries < least else "≥"
    steps = tuple(
        replace(step, mature=Untold(least, "≥" if step.mature >= least else "<"))
        if 0 < step.people - step.mature < least and step.mature
        else step
        for step in funnel.steps
    )
    return replace(funnel, steps=steps, open_entries=Untold(least, sign) if few else funnel.open_entries)


def times_told(times: Times, hidden: frozenset[Cell], ways: Set[tuple[str, str]], least: int) -> Times:
    """Returns the times without those of phases whose step is hidden, of hidden ways, and of those who went on from a
    phase in which only a few stopped: these are the difference.
    """
    stay = {one.source: one.n for one in times.phases if ("step", one.source) not in hidden}
    return replace(
        times,
        phases=tuple(one for one in times.phases if one.source in stay),
        onward=tuple(one for one in times.onward if not 0 < stay.get(one.source, one.n + 1) - one.n < least),
        between=tuple(one for one in times.between if (one.source, one.target) not in ways),
    )


def kpis_of(map_: JourneyMap, hidden: frozenset[Cell]) -> frozenset[str]:
    """Returns the KPIs that are about a touchpoint or a phase whose count is hidden."""
    gone = {where for kind, where in hidden if kind in {"seen", "step"}}
    return frozenset(kpi.id for kpi in map_.kpis if gone.intersection((kpi.at, kpi.start, kpi.end, kpi.phase)))


def _spot(row: Any) -> str:
    return next(where for _, where in cells_of(row))
