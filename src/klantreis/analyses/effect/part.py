"""What one bucket adds to the proof of a change: sums per group, sums per day, and times where a time is the metric."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.effect.cases import Cases, Ints, Measure, cases
from klantreis.analyses.effect.options import Options, Trial, endless, trials
from klantreis.journeys.model import Bucket
from klantreis.journeys.spells import journey_of, meets
from klantreis.stats import spread
from klantreis.stats.calendar import Calendar, calendar
from klantreis.stats.exchange import exchanged
from klantreis.stats.sums import Sums, sums_of

TREATED, CONTROL, NOBODY = 0, 1, -1
NEVER = int(np.iinfo(np.int64).max)
WHOLE = 4
"""Groups of times: treated and control since the change, both before it; from here on a day of everybody's."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure: the sums of both groups (columns as `stats.contrast`), and per group and day what was counted and
    over how many cases. When periods are compared, everybody is 'treated'.
    """

    sides: tuple[Sums, Sums]
    above: NDArray[np.int64]
    below: NDArray[np.int64]
    times: spread.Spreads

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            (self.sides[0] + other.sides[0], self.sides[1] + other.sides[1]),
            self.above + other.above,
            self.below + other.below,
            spread.merge(self.times, other.times),
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
    """Per person the `place` among those of both groups, the treated first, or NOBODY, and the `side` they are on from
    day to day, which those who only came earlier have too; per place when they came into it; how many are in each
    group, and how many were in both.
    """

    place: Ints
    side: Ints
    since: Ints
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
        everybody = np.zeros(people, np.int64)
        return Groups(np.arange(people), everybody, np.full(people, trial.begins), (people, 0), 0)
    first = trial.begins if trial.randomised else trial.before
    with_it, without = _arms(bucket, trial, begun, (first, trial.ends))
    both = int(np.count_nonzero((with_it < NEVER) & (without < NEVER)))
    ours, theirs = np.flatnonzero(with_it < without), np.flatnonzero(without < with_it)
    grouped, place = np.concatenate([ours, theirs]), np.full(people, NOBODY)
    place[grouped] = np.arange(grouped.size)
    side = np.full(people, NOBODY)
    if not trial.randomised:  # how the groups moved before is told of all who were in them then, not of who came back
        early, early_without = _arms(bucket, trial, begun, (-NEVER, first))
        side[early < early_without], side[early_without < early] = TREATED, CONTROL
    side[ours], side[theirs] = TREATED, CONTROL
    since = np.concatenate([with_it[ours], without[theirs]]) if trial.randomised else np.full(grouped.size, first)
    return Groups(place, side, since, (ours.size, theirs.size), both)


def _arms(bucket: Bucket, trial: Trial, begun: Ints, span: tuple[int, int]) -> tuple[Ints, Ints]:
    """Returns per person the first moment within `span` in the group with the change and in that without, or NEVER."""
    treated, control = trial.arms
    came = np.flatnonzero(_inside(begun, span))
    moments = (came, begun[came])
    with_it = np.full(len(bucket.keys), NEVER) if treated is None else _first_in(bucket, treated, span, moments)
    without = _first_in(bucket, control, span, moments)
    return with_it, np.where(with_it < NEVER, NEVER, without) if control is None else without


def _first_in(bucket: Bucket, name: str | None, span: tuple[int, int], came: tuple[Ints, Ints]) -> Ints:
    """Returns per person the first moment within `span` that they were in an arm; NEVER when they were not.

    None: everybody who began a journey then; `came` tells which journeys began, and when.
    """
    if name in bucket.names.touchpoints and name is not None and name not in bucket.names.segments:
        rows = np.flatnonzero(meets(bucket, (name,)))
        rows = rows[_inside(bucket.at[rows], span)]
        journey, at = journey_of(bucket, rows), bucket.at[rows]
    else:
        journey, at = came
        if name is not None:
            known = name in bucket.names.segments
            bit = np.uint64(1 << bucket.names.segments.index(name)) if known else np.uint64(0)
            member = np.flatnonzero(bucket.segments[journey] & bit)
            journey, at = journey[member], at[member]
    found = np.full(len(bucket.keys), NEVER)
    np.minimum.at(found, bucket.person[journey], at)
    return found


def _inside(at: Ints, span: tuple[int, int]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (at >= span[0]) & (at < span[1])
    return inside


def _counted(found: Cases, person: Ints, asked: tuple[Trial, Measure], groups: Groups, days: Calendar) -> Counted:
    trial, measure = asked
    # What chance divided is not told by day, so that no case is looked at that came before all that counts.
    daily = not trial.randomised or measure.asked.family == "time"
    rows = np.flatnonzero(found.at < trial.ends if daily else _inside(found.at, (trial.before, trial.ends)))
    side = groups.side[person[rows]]
    grouped = np.flatnonzero(side != NOBODY)
    rows, side = rows[grouped], side[grouped]
    at, number, known, place = found.at[rows], found.number[rows], found.known[rows], groups.place[person[rows]]
    # An entry counts when it could still go either way at the moment its person came into the group; NOBODY is last.
    since = np.flatnonzero((at >= trial.begins) & (known >= np.append(groups.since, NEVER)[place]))
    before = np.flatnonzero(_inside(at, (trial.before, trial.begins)) & (place != NOBODY))
    # What somebody did before must not know what came after: an entry counts as a success only if it was one by then.
    number_before = np.where(known[before] < trial.begins, number[before], 0) if trial.randomised else number[before]
    people = groups.since.size
    columns = [
        *_per_person(measure, place[since], number[since], people),
        *_per_person(measure, place[before], number_before, people),
    ]
    if not trial.compared:
        mine = columns[1] + columns[3] > 0
        columns = [column[mine] for column in columns]
    treated = groups.sizes[0]
    sides = [sums_of([column[mine] for column in columns]) for mine in (slice(treated), slice(treated, None))]
    once: slice | Ints = slice(None) if daily else slice(0)
    if daily and measure.asked.kpi.metric == "people":
        once = _once_a_day(days, person[rows], at)
    above, below = _by_day(days, side[once], at[once], number[once])
    times = _times(measure, (side[since], side[before], at), (number[since], number[before], number), days)
    return Counted((sides[0], sides[1]), above, below, times)


def _per_person(measure: Measure, place: Ints, number: Ints, people: int) -> tuple[Ints, Ints]:
    """Returns per person what was counted, and over how many cases (1 for a count per person)."""
    above = np.zeros(people, np.int64)
    if measure.asked.family != "time":
        np.add.at(above, place, number)
    if measure.asked.kpi.metric == "people":
        above = (above > 0).astype(np.int64)
    if measure.per_person:
        return above, np.ones(people, np.int64)
    return above, np.bincount(place, minlength=people).astype(np.int64)


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


def _times(
    measure: Measure, which: tuple[Ints, Ints, Ints], numbers: tuple[Ints, Ints, Ints], days: Calendar
) -> spread.Spreads:
    """Returns the times of the groups since the change, of those before it, and of everybody by day."""
    if measure.asked.family != "time":
        return spread.empty()
    since, before, at = which
    keys = np.concatenate([since, before + 2, days.numbers(at) - days.first + WHOLE])
    values = np.concatenate(numbers)
    known, place = np.unique(keys, return_inverse=True)
    return spread.collect(place, values, known) if len(values) else spread.empty()
