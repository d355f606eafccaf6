"""What one bucket adds to the proof of a change: sums per group, sums per day, and times where a time is the metric."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.effect.cases import Cases, Ints, Measure, cases
from klantreis.analyses.effect.options import Options, Trial, endless, trials
from klantreis.journeys.model import Bucket
from klantreis.journeys.spells import journey_of, meets
from klantreis.kernels import kernel
from klantreis.stats import spread
from klantreis.stats.calendar import Calendar, calendar
from klantreis.stats.exchange import exchanged
from klantreis.stats.sums import Sums, sums_of
from klantreis.stats.whole import bulk

TREATED, CONTROL, NOBODY = 0, 1, -1
NEVER = int(np.iinfo(np.int64).max)
ALL = np.uint64(0)
WHOLE = 4
"""Groups of times: treated and control since the change, both before it; from here on a day of everybody's."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure: the sums of both groups (columns as `stats.contrast`), and per group and day what was counted and
    over how many cases; `bulk`, see `stats.whole`. When periods are compared, everybody is 'treated'.
    """

    sides: tuple[Sums, Sums]
    above: NDArray[np.int64]
    below: NDArray[np.int64]
    times: spread.Spreads
    bulk: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            (self.sides[0] + other.sides[0], self.sides[1] + other.sides[1]),
            self.above + other.above,
            self.below + other.below,
            spread.merge(self.times, other.times),
            self.bulk + other.bulk,
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """One change: people who were in each group, people who were in both, and what was counted of each measure; nothing
    of one that is `endless`.
    """

    people: tuple[int, int]
    both: int
    counted: tuple[Counted, ...]

    def __add__(self, other: Tried) -> Tried:
        return Tried(
            (self.people[0] + other.people[0], self.people[1] + other.people[1]),
            self.both + other.both,
            tuple(one + another for one, another in zip(self.counted, other.counted, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One row per change, in the order of the options."""

    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Per person the `side` they are on from day to day, or NOBODY (those who only came earlier have one too), since
    when they are in it, or NEVER, and their `place` in it: the treated from 0 up, the others from -1 down. How many are
    in each group, and how many were in both.
    """

    side: NDArray[np.int8]
    since: Ints
    place: Ints
    sizes: tuple[int, int]
    both: int


def measured(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds."""
    days, begun = days_of(options), bucket.at[bucket.start[:-1]]
    asked = trials(options, bucket.names.touchpoints)
    found: list[tuple[Measure, Cases, Ints]] = []  # changes often name one KPI
    judged = [trial for trial in asked if not endless(trial.change, options)]
    for measure in (one for trial in judged for one in trial.measures):
        if all(measure != known for known, _, _ in found):
            own = cases(bucket, measure, options.last)
            found.append((measure, own, bucket.person[own.journey]))
    tried = []
    for trial in asked:
        if trial not in judged:
            tried.append(Tried((0, 0), 0, ()))
            continue
        groups = _groups(bucket, trial, begun)
        of_each = [next(one for one in found if one[0] == measure) for measure in trial.measures]
        counted = (_counted(own, person, (trial, measure), groups, days) for measure, own, person in of_each)
        tried.append(Tried(groups.sizes, groups.both, tuple(counted)))
    return Part(tuple(tried))


def merged(one: Part, other: Part) -> Part:
    """Returns two parts as one."""
    return Part(tuple(a + b for a, b in zip(one.tried, other.tried, strict=True)))


def traded(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`; days may have come since."""
    days = [counted.above.shape[1] for tried in now.tried for counted in tried.counted]
    return exchanged(_until(whole, days), _until(was, days), now)


def _until(part: Part, days: list[int]) -> Part:
    """Returns a part with so many days, in the order of what was counted."""
    many = iter(days)

    def longer(counted: Counted) -> Counted:
        more = ((0, 0), (0, next(many) - counted.above.shape[1]))
        return replace(counted, above=np.pad(counted.above, more), below=np.pad(counted.below, more))

    return Part(tuple(replace(tried, counted=tuple(map(longer, tried.counted))) for tried in part.tried))


def days_of(options: Options) -> Calendar:
    """Returns the days of all data, as the clock of its zone has them."""
    return calendar("day", options.time_zone, options.first, options.last)


def _groups(bucket: Bucket, trial: Trial, begun: Ints) -> Groups:
    people = len(bucket.keys)
    if not trial.compared:
        return Groups(np.zeros(people, np.int8), np.full(people, trial.begins), np.arange(people), (people, 0), 0)
    first = trial.begins if trial.randomised else trial.before
    side, since, place, sizes, both = _sided(*_arms(bucket, trial, begun, (first, trial.ends)))
    if not trial.randomised:  # how the groups moved before is told of all who were in them then, not of who came back
        early = _sided(*_arms(bucket, trial, begun, (-NEVER, first)))[0]
        side = np.where(side == NOBODY, early, side)
        since = np.where(since < NEVER, first, NEVER)
    return Groups(side, since, place, sizes, both)


@kernel
def _sided(with_it: Ints, without: Ints) -> tuple[NDArray[np.int8], Ints, Ints, tuple[int, int], int]:
    """Returns who is in which group, the one they were in first, as `Groups` tells it."""
    people, ours, theirs, both = with_it.size, 0, 0, 0
    side, since, place = np.full(people, NOBODY, np.int8), np.full(people, NEVER), np.zeros(people, np.int64)
    for who in range(people):
        one, other = with_it[who], without[who]
        if one < other:
            side[who], since[who], place[who] = TREATED, one, ours
            ours += 1
        elif other < one:
            theirs += 1
            side[who], since[who], place[who] = CONTROL, other, -theirs
        if one < NEVER and other < NEVER:
            both += 1
    return side, since, place, (ours, theirs), both


def _arms(bucket: Bucket, trial: Trial, begun: Ints, span: tuple[int, int]) -> tuple[Ints, Ints]:
    """Returns per person the first moment within `span` in the group with the change and in that without, or NEVER."""
    treated, control = trial.arms
    with_it = np.full(len(bucket.keys), NEVER) if treated is None else _first_in(bucket, treated, span, begun)
    without = _first_in(bucket, control, span, begun)
    return with_it, np.where(with_it < NEVER, NEVER, without) if control is None else without


def _first_in(bucket: Bucket, name: str | None, span: tuple[int, int], begun: Ints) -> Ints:
    """Returns per person the first moment within `span` that they were in an arm; NEVER when they were not.

    None: everybody who began a journey then; `begun` tells when each journey did.
    """
    people, segments = len(bucket.keys), bucket.segments
    if name in bucket.names.touchpoints and name is not None and name not in bucket.names.segments:
        rows = np.flatnonzero(meets(bucket, (name,)))
        return _first(bucket.person[journey_of(bucket, rows)], bucket.at[rows], (segments[:0], ALL), span, people)
    if name is None:
        return _first(bucket.person, begun, (segments[:0], ALL), span, people)
    known = name in bucket.names.segments
    bit = np.uint64(1 << bucket.names.segments.index(name)) if known else np.uint64(0)
    return _first(bucket.person, begun, (segments, bit), span, people)


@kernel
def _first(person: Ints, at: Ints, arm: tuple[Any, Any], span: tuple[int, int], people: int) -> Ints:
    """Returns per person the first moment within a span; of rows with this bit, when any bits are told."""
    (segments, bit), found = arm, np.full(people, NEVER)
    for row in range(person.size):
        inside = (at[row] >= span[0]) & (at[row] < span[1])
        if segments.size:
            inside &= (segments[row] & bit) != 0
        moment = at[row] if inside else NEVER
        found[person[row]] = min(found[person[row]], moment)
    return found


def _inside(at: Ints, span: tuple[int, int]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (at >= span[0]) & (at < span[1])
    return inside


def _counted(found: Cases, person: Ints, asked: tuple[Trial, Measure], groups: Groups, days: Calendar) -> Counted:
    trial, measure = asked
    columns = _per_person(found, person, asked, groups)
    if not trial.compared:
        mine = columns[1] + columns[3] > 0
        columns = [column[mine] for column in columns]
    treated = groups.sizes[0]
    sides = [sums_of([column[span] for column in columns]) for span in (slice(treated), slice(treated, None))]
    times, size = spread.empty(), len(days.begins) - 1
    above, below = np.zeros((2, size), np.int64), np.zeros((2, size), np.int64)
    # What chance divided is not told by day.
    if not trial.randomised or measure.asked.family == "time":
        rows = np.flatnonzero((found.at < trial.ends) & (groups.side[person] != NOBODY))
        if measure.asked.family == "time":
            times = _times(found, (rows, person[rows]), trial, groups, days)
        if measure.asked.kpi.metric == "people":
            rows = rows[_once_a_day(days, person[rows], found.at[rows])]
        above, below = _by_day(days, groups.side[person[rows]].astype(np.int64), found.at[rows], found.number[rows])
    size = bulk(found.number) if measure.asked.family == "value" else 0
    return Counted((sides[0], sides[1]), above, below, times, size)


def _per_person(found: Cases, person: Ints, asked: tuple[Trial, Measure], groups: Groups) -> list[Ints]:
    """Returns per person what was counted, and over how many cases (1 for a count per person), since and before."""
    trial, measure = asked
    numbers = np.zeros_like(found.number) if measure.asked.family == "time" else found.number
    moments = (sum(groups.sizes), trial.before, trial.begins, trial.ends)
    told = (person, found.at, numbers, found.known)
    columns = list(_added(told, (groups.place, groups.since), moments, trial.randomised))
    if measure.asked.kpi.metric == "people":
        columns[0], columns[2] = (columns[0] > 0).astype(np.int64), (columns[2] > 0).astype(np.int64)
    if measure.per_person:
        columns[1] = columns[3] = np.ones(sum(groups.sizes), np.int64)
    return columns


@kernel
def _added(cases: tuple[Any, ...], groups: tuple[Ints, Ints], moments: tuple[int, int, int, int], blind: bool) -> Ints:
    """Returns per place the sum and the number of the cases since and before.

    An entry counts when it could still go either way at the moment its person came into the group. What somebody did
    before must not know what came after: with `blind` an entry counts as a success only if it was one by then.
    """
    (person, at, number, known), (place, since), (people, before, begins, ends) = cases, groups, moments
    table = np.zeros((4, people), np.int64)
    for row in range(person.size):
        who, moment = person[row], at[row]
        if (moment < before) | (moment >= ends) | (since[who] == NEVER):
            continue
        spot = place[who]
        if moment < begins:
            table[2, spot] += 0 if blind and known[row] >= begins else number[row]
            table[3, spot] += 1
        elif known[row] >= since[who]:
            table[0, spot] += number[row]
            table[1, spot] += 1
    return table


def _once_a_day(days: Calendar, place: Ints, at: Ints) -> Ints:
    """Returns the first case of each person on each day."""
    pairs = place * len(days.begins) + (days.numbers(at) - days.first)
    first: Ints = np.unique(pairs, return_index=True)[1]
    return first


def _by_day(days: Calendar, group: Ints, at: Ints, number: Ints) -> tuple[Ints, Ints]:
    size = len(days.begins) - 1
    above = np.zeros(2 * size, np.int64)
    place = group * size + np.clip(days.numbers(at) - days.first, 0, size - 1)
    np.add.at(above, place, number)
    below = np.bincount(place, minlength=2 * size).astype(np.int64)
    return above.reshape(2, size), below.reshape(2, size)


def _times(found: Cases, which: tuple[Ints, Ints], trial: Trial, groups: Groups, days: Calendar) -> spread.Spreads:
    """Returns the times of the groups since the change, of those before it, and of everybody by day."""
    rows, person = which
    at, side, since = found.at[rows], groups.side[person].astype(np.int64), groups.since[person]
    after = np.flatnonzero((at >= trial.begins) & (since < NEVER) & (found.known[rows] >= since))
    before = np.flatnonzero(_inside(at, (trial.before, trial.begins)) & (since < NEVER))
    early = found.number[rows[before]]
    if trial.randomised:
        early = np.where(found.known[rows[before]] < trial.begins, early, 0)
    keys = np.concatenate([side[after], side[before] + 2, days.numbers(at) - days.first + WHOLE])
    values = np.concatenate([found.number[rows[after]], early, found.number[rows]])
    known, place = np.unique(keys, return_inverse=True)
    return spread.collect(place, values, known) if len(values) else spread.empty()
