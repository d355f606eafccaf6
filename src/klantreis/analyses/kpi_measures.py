"""What each metric of a KPI counts in one bucket: one number per case, as tallies that add up.

Kept apart from `kpis` so that each file is one thought; nothing else uses it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.kpi_asked import Asked
from klantreis.journeys.answers import answers
from klantreis.journeys.model import NO_VALUE, OPEN, Bucket
from klantreis.journeys.spells import journey_of, meets, spells
from klantreis.stats.means import Moments, moments

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cases:
    """One number per case and the journey it belongs to. `entered`: when its window began, None without a window."""

    journey: Ints
    number: Ints
    entered: Ints | None = None

    def only(self, keep: NDArray[np.bool_]) -> Cases:
        """Returns the cases of the journeys that `keep` marks."""
        mine = keep[self.journey]
        return Cases(self.journey[mine], self.number[mine], None if self.entered is None else self.entered[mine])


@dataclass(frozen=True, slots=True)
class Young:
    """Cases whose window ends after the last event of their bucket: only at the end, when all of the data is known, can
    be said which of them were mature. `case`: twice the microsecond of entry, and 1 more for a success; rising, each
    once. `often`: how many such cases.
    """

    case: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    often: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def __add__(self, other: Young) -> Young:
        """Returns both together."""
        if not (self.case.size and other.case.size):
            return self if self.case.size else other
        return _added(np.concatenate([self.case, other.case]), np.concatenate([self.often, other.often]))

    def exchanged(self, was: Young | None, now: Young | None) -> Young:
        """Returns the cases of all when some, who were `was`, are `now`; see `stats.exchange`."""
        less = Young() if was is None else Young(was.case, -was.often)
        return self + less + (now or Young())

    def ripe(self, within: int, last: int) -> Counter[int]:
        """Returns how often each number, of the cases that had their window when the data ends at `last`."""
        over = (self.case >> 1) + within <= last
        often = np.bincount(self.case[over] & 1, self.often[over], minlength=2).astype(np.int64).tolist()
        return Counter({number: n for number, n in enumerate(often) if n})


def _added(case: Ints, often: Ints) -> Young:
    if not case.size:
        return Young()
    order = np.argsort(case, kind="stable")  # which takes two sorted halves as they are
    case = case[order]
    first = np.flatnonzero(np.diff(case, prepend=case[0] - 1))
    total = np.add.reduceat(often[order], first)
    return Young(case[first][total != 0], total[total != 0])


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases added up: how often each number, their moments, and the cases that may be too young to judge."""

    counts: Counter[int] = field(default_factory=Counter)
    moments: Moments = field(default_factory=Moments)
    young: Young = field(default_factory=Young)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts, self.moments + other.moments, self.young + other.young)


def cases(bucket: Bucket, asked: Asked) -> Cases:
    """Returns what the KPI counts in a bucket, for everybody."""
    match asked.family:
        case "share":
            return _reached(bucket, asked)
        case "time":
            return _lasted(bucket, asked)
        case "answers":
            return _answered(bucket, asked)
        case "value":
            return _worth(bucket, asked)
        case "bounce":
            return _bounced(bucket, asked)
        case "again" if asked.within is not None:
            return _visits(bucket, asked)
        case _:
            rows = np.flatnonzero(meets(bucket, asked.at))
            return Cases(journey_of(bucket, rows), np.ones(rows.size, np.int64))


def tally(bucket: Bucket, asked: Asked, found: Cases, *, closed: bool = False) -> Tally:
    """Returns the cases as a part that adds up. `closed`: every window is over, so no case is too young."""
    last = None if closed or not bucket.touches else int(bucket.at.max())
    match asked.family:
        case "people" | "journeys":
            which = found.journey if asked.family == "journeys" else bucket.person[found.journey]
            return Tally(moments=moments(np.ones(np.unique(which).size, np.int64)))
        case "again" if found.entered is not None:
            return _judged(asked, _soon_again(bucket, asked, found), last)
        case "again":
            return Tally(counts=_counter(_again(bucket, asked, found)))
        case "count" | "value":
            return Tally(moments=moments(found.number))
        case _:
            return _judged(asked, found, last)


def _reached(bucket: Bucket, asked: Asked) -> Cases:
    spell = spells(bucket, asked.start, asked.end)
    got = spell.end >= 0
    if asked.within is None:
        journey = np.flatnonzero((spell.begin >= 0) & (bucket.state != OPEN))
        return Cases(journey, got[journey].astype(np.int64))
    journey = np.flatnonzero(spell.begin >= 0)
    entered = bucket.at[spell.begin[journey]]
    in_time = got[journey] & (bucket.at[spell.end[journey]] - entered <= asked.within)
    return Cases(journey, in_time.astype(np.int64), entered)


def _lasted(bucket: Bucket, asked: Asked) -> Cases:
    """Returns microseconds per journey; a phase or journey that still goes on has no length yet."""
    last = bucket.start[1:] - 1
    if asked.end is not None or asked.at is not None:
        spell = spells(bucket, asked.start if asked.end is not None else asked.at, asked.end)
        begin, end = spell.begin, spell.end
    elif asked.later is not None:
        spell = spells(bucket, asked.start, asked.later)
        begin, end = spell.begin, np.where((spell.end < 0) & (bucket.state != OPEN), last, spell.end)
    else:
        begin, end = bucket.start[:-1], np.where(bucket.state == OPEN, -1, last)
    journey = np.flatnonzero((begin >= 0) & (end >= 0))
    return Cases(journey, bucket.at[end[journey]] - bucket.at[begin[journey]])


def _answered(bucket: Bucket, asked: Asked) -> Cases:
    found = answers(bucket, asked.about)
    mine = np.ones(found.row.size, np.bool_)
    if asked.at is not None:
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
    """Returns 1 per person who came back, else 0: met the place more than once, or made more than one journey."""
    journey = found.journey if asked.at is not None else np.unique(found.journey)
    _, times = np.unique(bucket.person[journey], return_counts=True)
    return (times > 1).astype(np.int64)


def _visits(bucket: Bucket, asked: Asked) -> Cases:
    """Returns the meetings of the place, or the journeys when none is named, each with its moment."""
    rows = bucket.start[:-1] if asked.at is None else np.flatnonzero(meets(bucket, asked.at))
    return Cases(journey_of(bucket, rows), np.ones(rows.size, np.int64), bucket.at[rows])


def _soon_again(bucket: Bucket, asked: Asked, found: Cases) -> Cases:
    """Returns one case per person, from their first meeting: 1 when the second came within the window."""
    assert found.entered is not None
    assert asked.within is not None
    person = bucket.person[found.journey]
    order = np.lexsort((found.entered, person))
    person, at = person[order], found.entered[order]
    first = np.flatnonzero(np.diff(person, prepend=-1) != 0)
    later = np.minimum(first + 1, max(person.size - 1, 0))
    again = (later > first) & (person[later] == person[first]) & (at[later] - at[first] <= asked.within)
    return Cases(found.journey[order][first], again.astype(np.int64), at[first])


def _judged(asked: Asked, found: Cases, last: int | None) -> Tally:
    if found.entered is None or asked.within is None or last is None:
        return Tally(counts=_counter(found.number))
    young = found.entered + asked.within > last
    case = np.sort(2 * found.entered[young] + found.number[young])
    return Tally(counts=_counter(found.number[~young]), young=_added(case, np.ones_like(case)))


def _counter(numbers: Ints) -> Counter[int]:
    values, often = np.unique(numbers, return_counts=True)
    return Counter(dict(zip(values.tolist(), often.tolist(), strict=True)))
