"""What each metric of a KPI counts in one bucket: one number per case, as tallies that add up.

Kept apart from `kpis` so that each file is one thought; nothing else uses it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.kpi_asked import Asked
from klantreis.analyses.kpi_sweep import LASTED, LASTED_TO_END, NOBODY, Found, Stretch
from klantreis.analyses.kpi_young import NEVER_AGAIN, NO_YOUNG, Again, Young, again_of, young_of
from klantreis.journeys.answers import answered, answers
from klantreis.journeys.model import NO_VALUE, Bucket
from klantreis.journeys.spells import journey_of, meets, spells
from klantreis.stats.means import Moments, moments
from klantreis.stats.sums import Sums, sums_of

Ints = NDArray[np.int64]
WHOLE = Stretch(None, (), LASTED_TO_END)
LARGEST = 1 << 40
"""In VALUE_UNIT: a hundred million. Four million values of one person that are no larger add up without overflow."""


@dataclass(frozen=True, slots=True)
class Cases:
    """One number per case and the journey it belongs to. `entered`: when its window began, None without a window."""

    journey: Ints
    number: Ints
    entered: Ints | None = None

    def only(self, bucket: Bucket, segment: str | None) -> Cases:
        """Returns the cases of the journeys in a segment; None: all."""
        if segment is None:
            return self
        bit = np.uint64(1 << bucket.names.segments.index(segment) if segment in bucket.names.segments else 0)
        mine = (bucket.segments[self.journey] & bit) != 0
        return Cases(self.journey[mine], self.number[mine], None if self.entered is None else self.entered[mine])


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases added up: how often each number, their moments, and the cases that may be too young to judge; of values
    and of stretches also what each person's sum to, and how many they are; `again` is that of the young ones.
    """

    counts: Counter[int] = field(default_factory=Counter)
    moments: Moments = field(default_factory=Moments)
    young: Young = NO_YOUNG
    people: Sums = NOBODY
    again: Again = NEVER_AGAIN

    def __add__(self, other: Tally) -> Tally:
        counts, moments_, people = self.counts + other.counts, self.moments + other.moments, self.people + other.people
        return Tally(counts, moments_, self.young + other.young, people, self.again + other.again)


def cases(bucket: Bucket, asked: Asked) -> Cases:
    """Returns what a KPI that is no stretch of journeys counts in a bucket, for everybody."""
    match asked.family:
        case "answers":
            return _answered(bucket, asked)
        case "value":
            return _worth(bucket, asked)
        case "bounce":
            return _bounced(bucket, asked)
        case "contacts":
            return _contacts(bucket, asked)
        case "again" if asked.within is not None:
            return _visits(bucket, asked)
        case _:
            rows = np.flatnonzero(meets(bucket, asked.at))
            return Cases(journey_of(bucket, rows), np.ones(rows.size, np.int64))


def stretch_of(asked: Asked) -> Stretch | None:
    """Returns the stretch of journeys that a KPI asks for: whether they get there, or how long it takes; else None."""
    if asked.family == "share":
        return Stretch(asked.start, asked.end, within=asked.within)
    if asked.family != "time":
        return None
    if asked.end is not None or asked.at is not None:
        return Stretch(asked.start if asked.end is not None else asked.at, asked.end, LASTED)
    return Stretch(asked.start, asked.later, LASTED_TO_END) if asked.later is not None else WHOLE


def told(found: Found) -> Tally:
    """Returns who got to the end of a stretch and who did not, as a part that adds up."""
    judged, young = _yes_or_no(found.missed, found.reached), young_of(found.cases)
    return Tally(judged, young=young, people=found.people, again=again_of(found.again))


def tally(bucket: Bucket, asked: Asked, found: Cases, last: int | None) -> Tally:
    """Returns the cases as a part that adds up. `last`: where the bucket ends; None: no case is too young."""
    match asked.family:
        case "people" | "journeys":
            many = _firsts(found.journey if asked.family == "journeys" else bucket.person[found.journey]).size
            return Tally(moments=Moments(many, many, many, many))
        case "again" if found.entered is not None:
            return _judged(asked, _soon_again(bucket, asked, found), last)
        case "again":
            return Tally(counts=_counter(_again(bucket, asked, found)))
        case "value":
            return Tally(moments=moments(found.number), people=_owners(bucket, found))
        case "count":
            return Tally(moments=moments(found.number))
        case _:
            return _judged(asked, found, last)


def _owners(bucket: Bucket, found: Cases) -> Sums:
    """Returns the sum of each person's values and how many they are; nobody where one is too large to add up so."""
    if not found.journey.size or max(abs(int(found.number.min())), abs(int(found.number.max()))) > LARGEST:
        return NOBODY
    first = _firsts(bucket.person[found.journey])
    return sums_of([np.add.reduceat(found.number.astype(np.int64), first), np.diff(first, append=found.journey.size)])


def _contacts(bucket: Bucket, asked: Asked) -> Cases:
    """Returns per journey that gets there how many contacts it had before: touches at a touchpoint of the map.

    They count from the first touch at `start`, that one included; without one from the beginning of the journey.
    """
    spell = spells(bucket, asked.start, asked.end)
    journey = np.flatnonzero(spell.end >= 0)
    met = np.concatenate([[0], np.cumsum(bucket.touch >= 0)])
    begin = bucket.start[journey] if asked.start is None else spell.begin[journey]
    return Cases(journey, met[spell.end[journey]] - met[begin])


def _answered(bucket: Bucket, asked: Asked) -> Cases:
    if asked.at is None:
        row = answered(bucket, asked.about)
        score = np.empty(0, np.int64) if bucket.score is None else bucket.score[row].astype(np.int64)
        return Cases(journey_of(bucket, row), score)
    found = answers(bucket, asked.about)
    mine = np.array([*(name in asked.at for name in bucket.names.touchpoints), False])[found.place]
    return Cases(found.journey[mine], found.score[mine].astype(np.int64))


def _worth(bucket: Bucket, asked: Asked) -> Cases:
    if bucket.value is None:
        return Cases(np.empty(0, np.int64), np.empty(0, np.int64))
    rows = np.flatnonzero(meets(bucket, asked.at) & (bucket.value != NO_VALUE))
    return Cases(journey_of(bucket, rows), bucket.value[rows])


def _bounced(bucket: Bucket, asked: Asked) -> Cases:
    """Returns 1 for each person whose first visit had nothing after its first moment, else 0.

    What happens at that very moment is part of it; all that happens counts, also what is not on the map.
    """
    journey = np.flatnonzero(np.diff(bucket.person, prepend=-1))
    if not journey.size:
        return Cases(journey, journey)
    first = bucket.start[journey]
    entered = np.minimum.reduceat(bucket.at, first)
    since = bucket.at - np.repeat(entered, np.diff(first, append=bucket.at.size))
    stayed = np.logical_or.reduceat((since > 0) & (since <= (asked.within or 0)), first)
    here = np.logical_or.reduceat((since == 0) & meets(bucket, asked.at), first)
    return Cases(journey[here], (~stayed[here]).astype(np.int64), entered[here])


def _again(bucket: Bucket, asked: Asked, found: Cases) -> Ints:
    """Returns 1 per person who came back, else 0: met the place (or made journeys) twice, or as often as is asked."""
    journey = found.journey if asked.at is not None else found.journey[_firsts(found.journey)]
    first = _firsts(bucket.person[journey])
    return (np.diff(first, append=journey.size) >= asked.times).astype(np.int64)


def _visits(bucket: Bucket, asked: Asked) -> Cases:
    """Returns the meetings of the place, or the journeys when none is named, each with its moment."""
    rows = bucket.start[:-1] if asked.at is None else np.flatnonzero(meets(bucket, asked.at))
    return Cases(journey_of(bucket, rows), np.ones(rows.size, np.int64), bucket.at[rows])


def _soon_again(bucket: Bucket, asked: Asked, found: Cases) -> Cases:
    """Returns one case per person, from their first meeting: 1 when the second (or as many as asked) came in time."""
    assert found.entered is not None
    assert asked.within is not None
    person = bucket.person[found.journey]
    order = np.lexsort((found.entered, person))
    person, at = person[order], found.entered[order]
    first = np.flatnonzero(np.diff(person, prepend=-1) != 0)
    later = first + asked.times - 1
    there = later < person.size
    later[~there] = 0
    again = there & (person[later] == person[first]) & (at[later] - at[first] <= asked.within)
    return Cases(found.journey[order][first], again.astype(np.int64), at[first])


def _judged(asked: Asked, found: Cases, last: int | None) -> Tally:
    if found.entered is None or asked.within is None or last is None:
        return Tally(counts=_counter(found.number))
    young = found.entered + asked.within > last
    return Tally(_counter(found.number[~young]), young=young_of(2 * found.entered[young] + found.number[young]))


def _firsts(numbers: Ints) -> Ints:
    """Returns the places of numbers that never fall, and are never below 0, where another number begins."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))


def _counter(numbers: Ints) -> Counter[int]:
    if not numbers.size or (numbers.min() >= 0 and numbers.max() <= 1):
        reached = int(np.count_nonzero(numbers))
        return _yes_or_no(numbers.size - reached, reached)
    values, often = np.unique(numbers, return_counts=True)
    return Counter(dict(zip(values.tolist(), often.tolist(), strict=True)))


def _yes_or_no(missed: int, reached: int) -> Counter[int]:
    return Counter({number: n for number, n in enumerate((missed, reached)) if n})
