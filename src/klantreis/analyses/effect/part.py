"""What one bucket adds to the proof of a change: sums per group, sums per day, and times where a time is the metric."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.effect.cases import Cases, Ints, Measure, cases
from klantreis.analyses.effect.options import Options, Trial, trials
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
    """One change: people who were in each group, people who were in both, and what was counted of each measure."""

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
    """Per person: the group, the moment they came into it, and whether they were in both."""

    group: Ints
    since: Ints
    both: int


def measured(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds."""
    days = days_of(options)
    return Part(tuple(_tried(bucket, options, trial, days) for trial in trials(options, bucket.names.touchpoints)))


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


def _tried(bucket: Bucket, options: Options, trial: Trial, days: Calendar) -> Tried:
    groups = _groups(bucket, trial)
    counted = tuple(
        _counted(bucket, cases(bucket, measure, options.last), (trial, measure), groups, days)
        for measure in trial.measures
    )
    here = [int(np.count_nonzero(groups.group == side)) for side in (TREATED, CONTROL)]
    return Tried((here[0], here[1]), groups.both, counted)


def _groups(bucket: Bucket, trial: Trial) -> Groups:
    people = len(bucket.keys)
    if not trial.compared:
        return Groups(np.full(people, TREATED), np.full(people, trial.begins), 0)
    treated, control = trial.arms
    first = trial.begins if trial.randomised else trial.before
    span = (first, trial.ends)
    with_it = np.full(people, NEVER) if treated is None else _first_in(bucket, treated, span)
    without = _first_in(bucket, control, span)
    if control is None:
        without = np.where(with_it < NEVER, NEVER, without)
    in_both = (with_it < NEVER) & (without < NEVER)
    group = np.where(with_it < without, TREATED, np.where(without < with_it, CONTROL, NOBODY))
    since = np.minimum(with_it, without)
    return Groups(group, since if trial.randomised else np.full(people, first), int(np.count_nonzero(in_both)))


def _first_in(bucket: Bucket, name: str | None, span: tuple[int, int]) -> Ints:
    """Returns per person the first moment within `span` that they were in an arm; NEVER when they were not.

    None: everybody who began a journey then.
    """
    if name in bucket.names.touchpoints and name is not None and name not in bucket.names.segments:
        rows = np.flatnonzero(meets(bucket, (name,)))
        journey, at = journey_of(bucket, rows), bucket.at[rows]
    else:
        at = bucket.at[bucket.start[:-1]]
        journey = np.arange(bucket.journeys)
        if name is not None:
            known = name in bucket.names.segments
            bit = np.uint64(1 << bucket.names.segments.index(name)) if known else np.uint64(0)
            member = (bucket.segments & bit) != 0
            journey, at = journey[member], at[member]
    inside = (at >= span[0]) & (at < span[1])
    found = np.full(len(bucket.keys), NEVER)
    np.minimum.at(found, bucket.person[journey[inside]], at[inside])
    return found


def _counted(bucket: Bucket, found: Cases, asked: tuple[Trial, Measure], groups: Groups, days: Calendar) -> Counted:
    trial, measure = asked
    person = bucket.person[found.journey]
    group = groups.group[person]
    # An entry counts when it could still go either way at the moment its person came into the group.
    open_ = found.known >= groups.since[person]
    since = open_ & (found.at >= trial.begins) & (found.at < trial.ends) & (group >= 0)
    before = (found.at >= trial.before) & (found.at < trial.begins) & (group >= 0)
    # What somebody did before must not know what came after: an entry counts as a success only if it was one by then.
    number_before = np.where(found.known < trial.begins, found.number, 0) if trial.randomised else found.number
    columns = [
        *_per_person(measure, person[since], found.number[since], len(bucket.keys)),
        *_per_person(measure, person[before], number_before[before], len(bucket.keys)),
    ]
    mine = columns[1] + columns[3] > 0 if not trial.compared else np.ones(len(bucket.keys), np.bool_)
    sides = [sums_of([column[mine & (groups.group == side)] for column in columns]) for side in (TREATED, CONTROL)]
    shown = (found.at < trial.ends) & (group >= 0)
    once = _once_a_day(days, person, found.at, shown) if measure.asked.kpi.metric == "people" else shown
    above, below = _by_day(days, group[once], found.at[once], found.number[once])
    times = _times(measure, group, (since, before, shown), found, days)
    return Counted((sides[0], sides[1]), above, below, times)


def _per_person(measure: Measure, person: Ints, number: Ints, people: int) -> tuple[Ints, Ints]:
    """Returns per person what was counted, and over how many cases (1 for a count per person)."""
    above = np.zeros(people, np.int64)
    if measure.asked.family != "time":
        np.add.at(above, person, number)
    if measure.asked.kpi.metric == "people":
        above = (above > 0).astype(np.int64)
    if measure.per_person:
        return above, np.ones(people, np.int64)
    return above, np.bincount(person, minlength=people).astype(np.int64)


def _once_a_day(days: Calendar, person: Ints, at: Ints, shown: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns which cases are the first of their person on their day."""
    rows = np.flatnonzero(shown)
    pairs = person[rows] * len(days.begins) + (days.numbers(at[rows]) - days.first)
    first = np.zeros(len(shown), np.bool_)
    first[rows[np.unique(pairs, return_index=True)[1]]] = True
    return first


def _by_day(days: Calendar, group: Ints, at: Ints, number: Ints) -> tuple[Ints, Ints]:
    size = len(days.begins) - 1
    above, below = np.zeros((2, size), np.int64), np.zeros((2, size), np.int64)
    place = np.clip(days.numbers(at) - days.first, 0, size - 1)
    np.add.at(above, (group, place), number)
    np.add.at(below, (group, place), 1)
    return above, below


def _times(
    measure: Measure, group: Ints, which: tuple[NDArray[np.bool_], ...], found: Cases, days: Calendar
) -> spread.Spreads:
    if measure.asked.family != "time":
        return spread.empty()
    since, before, shown = which
    place = days.numbers(found.at[shown]) - days.first + WHOLE
    keys = np.concatenate([group[since], group[before] + 2, place])
    values = np.concatenate([found.number[since], found.number[before], found.number[shown]])
    known, at = np.unique(keys, return_inverse=True)
    return spread.collect(at, values, known) if len(values) else spread.empty()
