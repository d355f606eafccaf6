"""Funnel: how many get from step to step, within a window, and how long it takes them.

A unit (a person, or a journey) *reached* step k when it has k different events, in order, the j-th satisfying step j,
the last at most `within` after the first (ClickHouse `windowFunnel`, PostHog). Any entry may succeed. The *matched
attempt* of a unit, which its seconds come from, is the entry that gets deepest; of these the one that gets there
soonest, and of these the latest; each step counts at the earliest moment that entry could reach it.

Rates speak of *mature* entries only: those whose whole window lies within the data. A unit is mature when it has such
an entry, and reached step k maturely when one of them did; so recent entries, which had less time, pull no rate down,
and recent successes push none up. Without a window every unit is mature, except a journey that is still open.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import (
    FILE,
    LOOSE,
    NEVER,
    REENTRY,
    REPEATS,
    STEP,
    STRICT,
    follow,
    follow_strictly,
    legs,
    matured,
    units_of,
)
from klantreis.analyses.result import Result, about_dict
from klantreis.errors import OptionError
from klantreis.journeys.model import OPEN, About, Bucket
from klantreis.stats.intervals import Estimate, share
from klantreis.stats.spread import SECOND, Spreads, Summary, gathered, summaries
from klantreis.stats.spread import merge as added

name = "funnel"
MOST_STEPS = 62
Ints = NDArray[np.int64]
TIES = {"file": FILE, "step": STEP, "strict": STRICT}
BETWEEN = {"ordered": LOOSE, "strict": REPEATS, "reentry": REENTRY}


@dataclass(frozen=True, slots=True)
class Options:
    """`steps`: per step its id and the touchpoint ids that count as it. `within`: microseconds from the entry to the
    last step, inclusive; None: no limit. `ties`: 'step' lets events at the same instant convert in step order,
    'strict' asks for strictly later, 'file' keeps the order of the source. `entry`: 'any' entry may succeed, or only
    each unit's 'first'. `order`: 'ordered' lets anything happen between steps; 'strict' nothing in `scope` but
    repeats of the step before; 'reentry' nothing but repeats of any step before. `scope`: the touchpoints that can
    break a strict order; None: every event. `grain`: count 'person's (events of all their journeys together) or
    'journey's.
    """

    steps: tuple[tuple[str, tuple[str, ...]], ...]
    within: int | None = None
    ties: Literal["step", "strict", "file"] = "step"
    entry: Literal["any", "first"] = "any"
    order: Literal["ordered", "strict", "reentry"] = "ordered"
    grain: Literal["person", "journey"] = "person"
    scope: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step: `people` who reached it (all entries), `mature` of them whose entry had its whole window in the data,
    `share` of the mature entrants at step 1 that reached this step, `from_previous` of the mature that reached the
    step before, `of_all` of everyone in the data, and seconds from the previous step of the matched attempt
    (quartiles and p90; None when nobody).
    """

    step: str
    people: int
    mature: int
    share: Estimate
    from_previous: Estimate
    q25_seconds: float | None = None
    median_seconds: float | None = None
    q75_seconds: float | None = None
    p90_seconds: float | None = None
    of_all: Estimate = field(default_factory=lambda: Estimate(None, 0))


@dataclass(frozen=True, slots=True)
class Funnel(Result):
    """The steps; `all_people` is everyone in the data, entered or not; `open_entries` people whose entry is immature.

    `unknown`: touchpoints of the steps that the data has no name for.
    """

    steps: tuple[FunnelStep, ...] = ()
    within: int | None = None
    all_people: int = 0
    open_entries: int = 0
    median_seconds: float | None = None
    """From first to last step, of those who got there."""
    ties: str = "step"
    entry: str = "any"
    order: str = "ordered"
    grain: str = "person"
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the funnel in the shape of `schemas/funnel.schema.json`."""
        return {
            "steps": [asdict(step) for step in self.steps],
            "within_seconds": None if self.within is None else self.within / SECOND,
            "all_people": self.all_people,
            "open_entries": self.open_entries,
            "median_seconds": self.median_seconds,
            "rules": {"ties": self.ties, "entry": self.entry, "order": self.order, "grain": self.grain},
            "unknown": list(self.unknown),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per step; estimates stand in columns `share`, `share_low`, `share_high`, `share_n`."""
        return [_flat(asdict(step)) for step in self.steps]


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds to a funnel: counts per step; `pending` per step the entries too recent to call mature by
    the bucket's own last event; the seconds of each leg (key k: to step k; key K: from first to last).
    """

    units: int
    people: Ints
    mature: Ints
    pending: tuple[Ints, ...]
    last: int
    within: int | None
    seconds: Spreads


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds: every unit's matched attempt, counted.

    Raises OptionError for more steps than a mask has bits, or a negative window.
    """
    steps = len(options.steps)
    if steps > MOST_STEPS:
        raise OptionError(
            f"A funnel has at most {MOST_STEPS} steps; this one has {steps}.", mend="Leave some steps out."
        )
    if options.within is not None and options.within < 0:
        raise OptionError("A funnel's window cannot be shorter than nothing.", mend="Give a span such as '7d'.")
    first, order = bucket.start, None
    if options.grain == "person" and bucket.journeys:
        first, order = units_of(bucket.person, bucket.start, bucket.at)
    touch, at = bucket.touch, bucket.at
    if order is not None:
        touch, at = touch[order], at[order]
    best, earliest = _followed(_masks(bucket, options), touch, at, (first, options))
    last = int(bucket.at.max()) if bucket.touches else int(np.iinfo(np.int64).min)
    open_units = options.grain == "journey" and options.within is None
    left_out = bucket.state == OPEN if open_units else np.empty(0, np.bool_)
    mature, pending, offsets = matured(earliest, left_out, _until(options.within, last))
    people, took, leg = legs(best)
    return Part(
        units=len(first) - 1,
        people=people,
        mature=mature,
        pending=tuple(pending[offsets[step] : offsets[step + 1]] for step in range(steps)),
        last=last,
        within=options.within,
        seconds=gathered(leg, took, np.arange(steps + 1)),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    last = max(one.last, other.last)
    both = Part(
        units=one.units + other.units,
        people=one.people + other.people,
        mature=one.mature + other.mature,
        pending=tuple(np.concatenate(pair) for pair in zip(one.pending, other.pending, strict=True)),
        last=last,
        within=one.within,
        seconds=added(one.seconds, other.seconds),
    )
    return _ripened(both, last)


def finish(part: Part, options: Options, about: About) -> Funnel:
    """Returns the funnel; with nobody in it every count is 0 and every estimate empty."""
    ripe = _ripened(part, max(part.last, about.last))
    seconds = summaries(part.seconds)
    total = seconds.get(len(options.steps))
    wanted = dict.fromkeys(touch for _, touches in options.steps for touch in touches)
    return Funnel(
        about=about,
        steps=tuple(_step(ripe, place, id_, seconds.get(place)) for place, (id_, _) in enumerate(options.steps)),
        within=options.within,
        all_people=part.units,
        open_entries=int(part.people[0] - ripe.mature[0]) if options.steps else 0,
        median_seconds=None if total is None else total.median,
        ties=options.ties,
        entry=options.entry,
        order=options.order,
        grain=options.grain,
        unknown=tuple(touch for touch in wanted if touch not in set(about.names.touchpoints)),
    )


def _step(part: Part, place: int, id_: str, seconds: Summary | None) -> FunnelStep:
    mature, people = part.mature.tolist(), int(part.people[place])
    return FunnelStep(
        step=id_,
        people=people,
        mature=mature[place],
        share=share(mature[place], mature[0]),
        from_previous=share(mature[place], mature[place - 1]) if place else Estimate(None, 0),
        q25_seconds=seconds.q25 if seconds else None,
        median_seconds=seconds.median if seconds else None,
        q75_seconds=seconds.q75 if seconds else None,
        p90_seconds=seconds.p90 if seconds else None,
        of_all=share(people, part.units),
    )


def _masks(bucket: Bucket, options: Options) -> Ints:
    """Returns per touchpoint code which steps it satisfies; the last place, which code -1 falls on, is unmapped."""
    codes = {id_: code for code, id_ in enumerate(bucket.names.touchpoints)}
    masks = np.zeros(len(codes) + 1, np.int64)
    if options.scope is not None and options.order != "ordered":
        masks[[code for id_, code in codes.items() if id_ not in options.scope] + [-1]] = -1
    for place, (_, touches) in enumerate(options.steps):
        for touch in touches:
            if touch in codes:
                masks[codes[touch]] = max(int(masks[codes[touch]]), 0) | 1 << place
    return masks


def _followed(mask_of: Ints, touch: NDArray[np.int32], at: Ints, units: tuple[Ints, Options]) -> Ints:
    first, options = units
    steps, ties, between = len(options.steps), TIES[options.ties], BETWEEN[options.order]
    within = NEVER if options.within is None else options.within
    only_first = int(options.entry == "first")
    if not steps:
        return np.empty((2, len(first) - 1, 0), np.int64)
    if between == LOOSE:
        return follow(mask_of, touch, at, first, (steps, within, ties, only_first))
    masks = mask_of[touch]
    if ties == STEP:
        masks = masks[_in_step_order(masks, at, first)]
    return follow_strictly(masks, at, first, (steps, within, ties, only_first, between))


def _in_step_order(masks: Ints, at: Ints, first: Ints) -> Ints:
    """Sorts events of one instant by the first step they satisfy; those of no step come first, as in ClickHouse."""
    unit = np.repeat(np.arange(len(first) - 1), np.diff(first))
    return np.lexsort((masks & -masks, at, unit))


def _ripened(part: Part, last: int) -> Part:
    """Moves entries whose window has passed by `last` from pending to mature."""
    until = _until(part.within, last)
    ripe = [entries <= until for entries in part.pending]
    return Part(
        units=part.units,
        people=part.people,
        mature=part.mature + np.array([done.sum() for done in ripe], np.int64),
        pending=tuple(entries[~done] for entries, done in zip(part.pending, ripe, strict=True)),
        last=last,
        within=part.within,
        seconds=part.seconds,
    )


def _until(within: int | None, last: int) -> int:
    """Returns the last entry whose window has passed by `last`."""
    return NEVER if within is None else max(last - within, -NEVER)


def _flat(step: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in step.items():
        if isinstance(value, dict):
            row |= {key if part == "value" else f"{key}_{part}": number for part, number in value.items()}
        else:
            row[key] = value
    return row
