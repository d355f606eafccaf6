"""Times: how long journeys, phases and the ways between touchpoints take.

Quantiles interpolate linearly, as numpy and pandas do. All durations are of what was seen: an open journey counts up
to its last event so far. Events the map does not know lengthen a journey but are no touchpoint, unless `unmapped`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.result import Result, about_dict
from klantreis.analyses.succession import Codes, Ints, Tally, added, ends, named, runs, waits, ways
from klantreis.errors import OptionError
from klantreis.journeys.model import About, Bucket
from klantreis.kernels import kernel
from klantreis.labels import Label
from klantreis.stats.exchange import exchanged
from klantreis.stats.spread import Spreads, Summary, collect, empty, gathered, summaries
from klantreis.stats.spread import merge as spread_over
from klantreis.stats.spread import settled as one_piece

name = "times"
NEVER = int(np.iinfo(np.int64).max)
Kind = Literal["journey", "phase", "onward", "between", "pair"]


@dataclass(frozen=True, slots=True)
class Options:
    """`phases`: (touchpoint, phase) pairs, phases in the order of the map. Empty: no time per phase. `pairs`:
    (touchpoint, touchpoint) whose first meetings are compared, whatever lies between. `unmapped`: events the map does
    not know take part in `between`, under their own name.
    """

    phases: tuple[tuple[str, str], ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    unmapped: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """A spread of durations in seconds. `exact` False: quantiles come from a histogram (within 0.4 %).

    kind 'journey' (first to last touch), 'phase' (first touch in `source` to first touch in a later phase, or to the
    last touch when none follows), 'onward' (the same, of journeys that went on to a later phase), 'between' (`source`
    directly followed by `target`), 'pair' (first touch at `source` to first touch at `target` in journeys that have
    both; `negative` of them had `target` first).
    """

    kind: Kind
    source: str | None
    target: str | None
    n: int
    min: float | None = None
    q25: float | None = None
    median: float | None = None
    q75: float | None = None
    p90: float | None = None
    max: float | None = None
    mean: float | None = None
    exact: bool = True
    negative: int = 0


@dataclass(frozen=True, slots=True)
class Times(Result):
    """One `Duration` for the whole journey, one per phase, one per phase of who went on, and one per touchpoint pair
    (most frequent first).
    """

    journey: Duration = field(default_factory=lambda: Duration("journey", None, None, 0))
    phases: tuple[Duration, ...] = ()
    onward: tuple[Duration, ...] = ()
    between: tuple[Duration, ...] = ()
    pairs: tuple[Duration, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the times in the shape of `schemas/times.schema.json`."""
        return {
            "journey": _seconds(self.journey),
            "phases": [{"phase": phase.source, **_seconds(phase)} for phase in self.phases],
            "onward": [{"phase": phase.source, **_seconds(phase)} for phase in self.onward],
            "between": [_pair(pair) for pair in self.between],
            "pairs": [{**_pair(pair), "negative": pair.negative} for pair in self.pairs],
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row for the journey, one per phase and one per pair of touchpoints."""
        listed = (self.journey, *self.phases, *self.onward, *self.between, *self.pairs)
        return [{"kind": one.kind, **_pair(one), "negative": one.negative} for one in listed]


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds: the spreads, and per asked pair (key) how many were negative."""

    journey: Spreads
    phases: Spreads
    onward: Spreads
    between: Spreads
    pairs: Spreads
    negative: Tally


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns the durations in one bucket. Raises OptionError for more phases than a map can have (62)."""
    found = runs(bucket, unmapped=options.unmapped)
    group, apart = _apart(bucket, options.pairs)
    below = np.bincount(group[apart < 0], minlength=len(options.pairs)).astype(np.int64)
    phases, onward = _phases(bucket, options.phases)
    return Part(
        journey=gathered(np.array([0, bucket.journeys]), _whole(bucket.at, bucket.start), np.arange(1)),
        phases=phases,
        onward=onward,
        between=waits(found, ways(found)),
        pairs=collect(group, apart, np.arange(len(options.pairs))),
        negative=Tally(np.arange(len(below)), below[:, np.newaxis]),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        journey=spread_over(one.journey, other.journey),
        phases=spread_over(one.phases, other.phases),
        onward=spread_over(one.onward, other.onward),
        between=spread_over(one.between, other.between),
        pairs=spread_over(one.pairs, other.pairs),
        negative=added(one.negative, other.negative),
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return exchanged(whole, was, now)


def settled(part: Part) -> Part:
    """Returns the part of all, its durations in one piece."""
    journey, phases, onward = map(one_piece, (part.journey, part.phases, part.onward))
    return Part(journey, phases, onward, one_piece(part.between), one_piece(part.pairs), part.negative)


def finish(part: Part, options: Options, about: About) -> Times:
    """Returns the durations; phases and pairs nobody was in have n = 0 and no seconds."""
    phases, onward, pairs = (summaries(spreads) for spreads in (part.phases, part.onward, part.pairs))
    order = _order(options.phases)
    negative = part.negative.table[:, 0].tolist()
    return Times(
        about=about,
        journey=_duration("journey", (None, None), summaries(part.journey).get(0)),
        phases=tuple(_duration("phase", (phase, None), phases.get(place)) for place, phase in enumerate(order)),
        onward=tuple(_duration("onward", (phase, None), onward.get(place)) for place, phase in enumerate(order)),
        between=_between(part.between, about),
        pairs=tuple(
            _duration("pair", pair, pairs.get(place), negative[place]) for place, pair in enumerate(options.pairs)
        ),
    )


def _between(spreads: Spreads, about: About) -> tuple[Duration, ...]:
    seconds = summaries(spreads)
    source, target = (side.tolist() for side in ends(np.fromiter(seconds, np.int64, len(seconds))))
    codes = sorted({*source, *target})
    called = dict(zip(codes, named(codes, about.names), strict=True))
    listed = [
        _duration("between", (called[one], called[other]), spread)
        for spread, one, other in zip(seconds.values(), source, target, strict=True)
    ]
    return tuple(sorted(listed, key=lambda pair: (-pair.n, str(pair.source), str(pair.target))))


def _duration(
    kind: Kind,
    names: tuple[str | None, str | None],
    seconds: Summary | None,
    negative: int = 0,
) -> Duration:
    if seconds is None:
        return Duration(kind, *names, n=0)
    told = {field: getattr(seconds, field) for field in Summary.__slots__}
    return Duration(kind, *names, **told, negative=negative)


def _order(phases: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phase for _, phase in phases))


def _phases(bucket: Bucket, phases: tuple[tuple[str, str], ...]) -> tuple[Spreads, Spreads]:
    """Returns the time in each phase: of all, and of those who went on to a later one."""
    order = {phase: place for place, phase in enumerate(_order(phases))}
    if len(order) > 62:
        raise OptionError(
            Label(
                f"Een kaart heeft hoogstens 62 fasen; deze heeft er {len(order)}.",
                f"A map has at most 62 phases; this one has {len(order)}.",
            ),
            mend=Label("Voeg er een paar samen.", "Join some of them."),
        )
    of_touch = np.full(len(bucket.names.touchpoints) + 1, -1, np.int64)
    for touch, phase in phases:
        if touch in bucket.names.touchpoints:
            of_touch[bucket.names.touchpoints.index(touch)] = order[phase]
    if not order:
        return empty(), empty()
    group, lasted, went_on = _time_in(of_touch, bucket.touch, bucket.at, bucket.start, len(order))
    keys = np.arange(len(order))
    return collect(group, lasted, keys), collect(np.where(went_on, group, -1), lasted, keys)


def _apart(bucket: Bucket, pairs: tuple[tuple[str, str], ...]) -> tuple[Ints, Ints]:
    """Returns per journey with both of a pair: which pair, and the time from first meeting the one to the other."""
    known = {touch: place for place, touch in enumerate(bucket.names.touchpoints)}
    wanted = sorted({known[touch] for pair in pairs for touch in pair if touch in known})
    slot = np.full(len(known) + 1, -1, np.int64)
    slot[wanted] = np.arange(len(wanted))
    first = _first_met(slot, bucket.touch, bucket.at, bucket.start, len(wanted))
    group, apart = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for place, (one, other) in enumerate(pairs):
        if one in known and other in known:
            begin, end = first[:, slot[known[one]]], first[:, slot[known[other]]]
            both = (begin != NEVER) & (end != NEVER)
            apart.append((end - begin)[both])
            group.append(np.full(len(apart[-1]), place))
    return np.concatenate(group), np.concatenate(apart)


@kernel
def _whole(at: Ints, start: Ints) -> Ints:
    """Per journey: from its first touch to its last."""
    lasted = np.empty(len(start) - 1, np.int64)
    for journey in range(len(lasted)):
        lasted[journey] = at[start[journey + 1] - 1] - at[start[journey]]
    return lasted


@kernel
def _first_met(slot: Ints, touch: Codes, at: Ints, start: Ints, slots: int) -> Ints:
    """Per journey and slot: the first moment, or NEVER. Code -1 falls on the last place of `slot`, which is none."""
    first = np.full((len(start) - 1, slots), NEVER, np.int64)
    if slots > 0:
        for journey in range(len(start) - 1):
            for i in range(start[journey + 1] - 1, start[journey] - 1, -1):
                here = slot[touch[i]]
                if here >= 0:
                    first[journey, here] = at[i]
    return first


@kernel
def _time_in(of_touch: Ints, touch: Codes, at: Ints, start: Ints, phases: int) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Which phase, from its first touch to the first later touch in a later phase, else to the last touch, and whether
    there was a later one.

    `begun` and `going` hold one bit a phase, so a touch that ends nothing costs next to nothing.
    """
    group = np.empty(len(touch), np.int64)
    lasted = np.empty(len(touch), np.int64)
    went_on = np.empty(len(touch), np.bool_)
    since = np.empty(phases, np.int64)
    found = 0
    for journey in range(len(start) - 1):
        begun, going = 0, 0
        for i in range(start[journey], start[journey + 1] + 1):
            last = i == start[journey + 1]
            here = phases if last else of_touch[touch[i]]
            now = at[i - 1] if last else at[i]
            if here > 0 and going & ((1 << here) - 1) != 0:
                for phase in range(here):
                    if (going >> phase) & 1 == 1:
                        group[found] = phase
                        lasted[found] = now - since[phase]
                        went_on[found] = not last
                        found += 1
                going = (going >> here) << here
            if here >= 0 and not last and (begun >> here) & 1 == 0:
                since[here] = now
                begun |= 1 << here
                going |= 1 << here
    return group[:found].copy(), lasted[:found].copy(), went_on[:found].copy()


def _seconds(one: Duration) -> dict[str, Any]:
    return {
        "n": one.n,
        "min_seconds": one.min,
        "q25_seconds": one.q25,
        "median_seconds": one.median,
        "q75_seconds": one.q75,
        "p90_seconds": one.p90,
        "max_seconds": one.max,
        "mean_seconds": one.mean,
        "exact": one.exact,
    }


def _pair(one: Duration) -> dict[str, Any]:
    return {"from": one.source, "to": one.target, **_seconds(one)}
