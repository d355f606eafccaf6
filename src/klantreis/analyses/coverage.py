"""Coverage: what people do that nobody drew, and what was drawn that nobody is seen to do.

A behaviour is an event that no touchpoint matches. `success` compares persons with and without it: only what they did
before they first reached the outcome counts, so nothing that follows success can seem to cause it. Behaviours of fewer
than 25 people, or of fewer than 2 % of them, are not compared, nor is anything when everybody or nobody succeeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.coverage_count import Log, Met, between, compared, met
from klantreis.analyses.coverage_result import Association, Behaviour, Coverage, Seen
from klantreis.journeys.examples import Examples, lowest, named, ranks
from klantreis.journeys.model import FAILED, About, Bucket
from klantreis.stats.association import Table, adjusted, odds_ratio, stratified
from klantreis.stats.by_name import together
from klantreis.stats.exchange import NotExchanged, exchanged
from klantreis.stats.intervals import share

__all__ = [
    "Association",
    "Behaviour",
    "Coverage",
    "Options",
    "Part",
    "Seen",
    "exchange",
    "finish",
    "measure",
    "merge",
    "name",
]

name = "coverage"

WORDS = 10
"""How many of the most used words a behaviour keeps."""

FEWEST_PEOPLE, FEWEST_SHARE, LOPSIDED = 25, 0.02, 10


_Row = tuple[int, int, int, int]
NEVER: _Row = 0, 0, 0, -(1 << 62)
"""What is told of a touchpoint that nobody met."""


@dataclass(frozen=True, slots=True)
class Options:
    """`outcome`: touchpoints that mean the journey succeeded (empty: no association is computed). `known`: events that
    have a place elsewhere, on another map or as answers to a survey; they are no behaviour that nobody drew, and count
    in neither part of `mapped`.
    """

    outcome: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """What adds up for one behaviour. `compared`: people per (stratum, outcome), the outcome not reached first."""

    events: int
    journeys: int
    people: int
    examples: Examples
    after: Mapping[str, int]
    before: Mapping[str, int]
    words: Mapping[str, int]
    compared: tuple[tuple[int, int], ...]

    def __add__(self, other: Tally) -> Tally:
        """Returns both together."""
        return Tally(
            self.events + other.events,
            self.journeys + other.journeys,
            self.people + other.people,
            self.examples + other.examples,
            together(self.after, other.after),
            together(self.before, other.before),
            together(self.words, other.words),
            _summed(self.compared, other.compared),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Counts that add up: per behaviour, per touchpoint (events, journeys, people, last), and of everybody."""

    journeys: int
    people: int
    behaviours: Mapping[str, Tally]
    touchpoints: Mapping[str, tuple[int, int, int, int]]
    everyone: tuple[tuple[int, int], ...]


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket shows of behaviour off the map, and of each touchpoint on it."""
    names = bucket.names
    codes, log = _laid_out(bucket)
    size = len(names.touchpoints)
    seen = met(bucket.touch, log, size, len(codes))
    earlier, later = between(bucket.touch, log, size, len(codes))
    did, everyone = compared(bucket.touch, log, _reached(bucket, options.outcome), len(codes))
    words = _words(bucket)
    behaviours = {
        names.events[code]: Tally(
            int(seen.events[size + row]),
            int(seen.journeys[size + row]),
            int(seen.people[size + row]),
            Examples(tuple(seen.examples[size + row].tolist())),
            _by_name(names.touchpoints, earlier[row]),
            _by_name(names.touchpoints, later[row]),
            words.get(int(code), {}),
            _pairs(did[row]),
        )
        for row, code in enumerate(codes)
    }
    return Part(bucket.journeys, int(everyone.sum()), behaviours, _seen(names.touchpoints, seen), _pairs(everyone))


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        one.journeys + other.journeys,
        one.people + other.people,
        together(one.behaviours, other.behaviours),
        together(one.touchpoints, other.touchpoints, _seen_both),
        _summed(one.everyone, other.everyone),
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    bare = (replace(one, touchpoints={}) for one in (whole, was, now))
    names = whole.touchpoints.keys() | now.touchpoints.keys()
    left = {name: _left(*(one.touchpoints.get(name, NEVER) for one in (whole, was, now))) for name in names}
    return replace(exchanged(*bare), touchpoints={name: row for name, row in left.items() if row[0]})


def _left(row: _Row, gone: _Row, come: _Row) -> _Row:
    """Returns how a touchpoint was met; of its last moment nobody knows what it is when whose it was is gone."""
    events, journeys, people = (one - less + more for one, less, more in zip(row[:3], gone[:3], come[:3], strict=True))
    if events and gone[3] == row[3] > come[3]:
        raise NotExchanged("the last moment of a touchpoint went")
    return events, journeys, people, max(row[3], come[3])


def finish(part: Part, options: Options, about: About) -> Coverage:
    """Returns the Result; without events everything is empty and `mapped` has n = 0."""
    on_map = sum(events for events, *_ in part.touchpoints.values())
    unknown = {event: tally for event, tally in part.behaviours.items() if event not in options.known}
    off_map = sum(tally.events for tally in unknown.values())
    ranked = sorted(unknown.items(), key=lambda item: (-item[1].people, item[0]))
    listed = dict.fromkeys([*about.names.touchpoints, *part.touchpoints])
    return Coverage(
        about,
        journeys=part.journeys,
        people=part.people,
        mapped=share(on_map, on_map + off_map),
        behaviours=_with_q([_behaviour(event, tally, part, options) for event, tally in ranked]),
        touchpoints=tuple(_row(touchpoint, part) for touchpoint in listed),
    )


def _laid_out(bucket: Bucket) -> tuple[NDArray[np.intp], Log]:
    """Returns the event codes that occur off the map, and the arrays with those codes numbered."""
    occurs = np.zeros(len(bucket.names.events), np.bool_)
    occurs[bucket.event[bucket.touch < 0]] = True
    codes = np.flatnonzero(occurs)
    number = np.full(len(occurs), -1, np.int32)
    number[codes] = np.arange(len(codes))
    return codes, Log(bucket.event, bucket.at, bucket.start, bucket.person, ranks(bucket), number)


def _reached(bucket: Bucket, outcome: tuple[str, ...]) -> NDArray[np.bool_]:
    """Marks the touches that are the outcome; one that failed is not."""
    goal = np.array([*(touch in outcome for touch in bucket.names.touchpoints), False])
    reached: NDArray[np.bool_] = goal[bucket.touch]
    return reached if bucket.flags is None else reached & (bucket.flags & FAILED == 0)


def _words(bucket: Bucket) -> dict[int, dict[str, int]]:
    """Returns event code -> word -> events, off the map only."""
    if bucket.detail is None:
        return {}
    spots = np.flatnonzero((bucket.touch < 0) & (bucket.detail >= 0))
    size = len(bucket.names.details)
    keys, times = np.unique(bucket.event[spots].astype(np.int64) * size + bucket.detail[spots], return_counts=True)
    found: dict[int, dict[str, int]] = {}
    for key, count in zip(keys.tolist(), times.tolist(), strict=True):
        event, word = divmod(key, size)
        found.setdefault(event, {})[bucket.names.details[word]] = count
    return found


def _seen(touchpoints: tuple[str, ...], seen: Met) -> dict[str, tuple[int, int, int, int]]:
    columns = (seen.events.tolist(), seen.journeys.tolist(), seen.people.tolist(), seen.last.tolist())
    rows = zip(touchpoints, *columns, strict=False)
    return {touch: (events, journeys, people, last) for touch, events, journeys, people, last in rows if events}


def _by_name(names: tuple[str, ...], counts: NDArray[np.int32]) -> dict[str, int]:
    return {names[spot]: int(counts[spot]) for spot in np.flatnonzero(counts)}


def _pairs(counts: NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
    return tuple((int(missed), int(reached)) for missed, reached in counts)


def _seen_both(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], max(one[3], other[3])


def _summed(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return tuple((a + c, b + d) for (a, b), (c, d) in zip(one, other, strict=True))


def _row(touchpoint: str, part: Part) -> Seen:
    events, journeys, people, last = part.touchpoints.get(touchpoint, (0, 0, 0, 0))
    return Seen(touchpoint, events, journeys, people, last if events else None)


def _behaviour(event: str, tally: Tally, part: Part, options: Options) -> Behaviour:
    return Behaviour(
        event=event,
        events=tally.events,
        journeys=tally.journeys,
        people=tally.people,
        share=share(tally.journeys, part.journeys),
        people_share=share(tally.people, part.people),
        words=tuple(_most(tally.words)[:WORDS]),
        after=next((touch for touch, _ in _most(tally.after)), None),
        before=next((touch for touch, _ in _most(tally.before)), None),
        success=_association(tally, part) if options.outcome else None,
        examples=named(lowest(tally.examples.ranks)),
    )


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _association(tally: Tally, part: Part) -> Association | None:
    tables: list[Table] = [
        (reached, missed, all_reached - reached, all_missed - missed)
        for (missed, reached), (all_missed, all_reached) in zip(tally.compared, part.everyone, strict=True)
    ]
    a, b, c, d = (sum(table[cell] for table in tables) for cell in range(4))
    few = min(a + b, c + d) < FEWEST_PEOPLE or a + b < FEWEST_SHARE * part.people
    if few or a + c == 0 or b + d == 0:
        return None
    found = odds_ratio((a, b, c, d))
    return Association(
        found.value,
        found.low,
        found.high,
        share(a, a + b),
        share(c, c + d),
        alike=stratified(tables),
        q=found.p,
        lopsided=max(a + b, c + d) > LOPSIDED * min(a + b, c + d),
    )


def _with_q(behaviours: list[Behaviour]) -> tuple[Behaviour, ...]:
    """Adjusts the p-values of all that were compared for how many there are."""
    spots = [spot for spot, found in enumerate(behaviours) if found.success is not None]
    values = adjusted([found.success.q for found in behaviours if found.success is not None])
    for spot, q in zip(spots, values, strict=True):
        success = behaviours[spot].success
        assert success is not None
        behaviours[spot] = replace(behaviours[spot], success=replace(success, q=q))
    return tuple(behaviours)
