"""What one bucket adds to the proof of a change: sums per group, sums per day, and times where a time is the metric."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.effect.cases import Cases, Ints, Measure, cases
from klantreis.analyses.effect.groups import NEVER, NOBODY, Groups, groups_of, room_for
from klantreis.analyses.effect.options import Options, Trial, endless, trials
from klantreis.journeys.model import Bucket
from klantreis.kernels import kernel
from klantreis.stats import spread
from klantreis.stats.calendar import Calendar, calendar
from klantreis.stats.exchange import exchanged
from klantreis.stats.sums import Sums, sums_of_rows
from klantreis.stats.whole import bulk

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


def measured(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds."""
    days, begun = days_of(options), bucket.at[bucket.start[:-1]]
    asked = trials(options, bucket.names.touchpoints)
    found: list[tuple[Measure, Cases]] = []  # changes often name one KPI
    judged = [trial for trial in asked if not endless(trial.change, options)]
    for measure in (one for trial in judged for one in trial.measures):
        if all(measure != known for known, _ in found):
            found.append((measure, cases(bucket, measure, options.last)))
    people = len(bucket.keys)
    tried, room, table = [], room_for(people), np.empty((people + 1, 4), np.int64)
    for trial in asked:
        if trial not in judged:
            tried.append(Tried((0, 0), 0, ()))
            continue
        groups = groups_of(bucket, trial, begun, room)
        of_each = [next(one for one in found if one[0] == measure) for measure in trial.measures]
        counted = (_counted(own, (trial, measure), groups, days, table) for measure, own in of_each)
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


def _inside(at: Ints, span: tuple[int, int]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (at >= span[0]) & (at < span[1])
    return inside


def _counted(found: Cases, asked: tuple[Trial, Measure], groups: Groups, days: Calendar, table: Ints) -> Counted:
    (trial, measure), person = asked, found.person
    rows = _per_person(found, asked, groups, table)
    if not trial.compared:
        rows = rows[rows[:, 1] + rows[:, 3] > 0]
    treated = groups.sizes[0]
    sides = sums_of_rows(rows[:treated]), sums_of_rows(rows[treated:])
    times, size = spread.empty(), len(days.begins) - 1
    above, below = np.zeros((2, size), np.int64), np.zeros((2, size), np.int64)
    # What chance divided is not told by day.
    if not trial.randomised or measure.asked.family == "time":
        mine = np.flatnonzero((found.at < trial.ends) & (groups.side[person] != NOBODY))
        if measure.asked.family == "time":
            times = _times(found, (mine, person[mine]), trial, groups, days)
        if measure.asked.kpi.metric == "people":
            mine = mine[_once_a_day(days, person[mine], found.at[mine])]
        above, below = _by_day(days, groups.side[person[mine]].astype(np.int64), found.at[mine], found.number[mine])
    size = bulk(found.number) if measure.asked.family == "value" else 0
    return Counted(sides, above, below, times, size)


def _per_person(found: Cases, asked: tuple[Trial, Measure], groups: Groups, table: Ints) -> Ints:
    """Returns a row of a table per person: what was counted, and over how many cases (1 for a count per person), since
    and before.
    """
    trial, measure = asked
    numbers = np.zeros_like(found.number) if measure.asked.family == "time" else found.number
    told, rows = (found.person, found.at, numbers, found.known), table[: sum(groups.sizes)]
    moments = (trial.before, trial.begins, trial.ends)
    with np.errstate(over="ignore"):  # what is too large to add up is refused by its `bulk`
        _add(table[: len(rows) + 1], told, (groups.place, groups.since), moments, trial.randomised)
    if measure.asked.kpi.metric == "people":
        rows[:, ::2] = rows[:, ::2] > 0
    if measure.per_person:
        rows[:, 1::2] = 1
    return rows


@kernel
def _add(
    table: Ints, cases: tuple[Any, ...], groups: tuple[Any, Any], moments: tuple[int, int, int], blind: bool
) -> None:
    """Writes per place the sum and the number of the cases since and before; a last row is for what does not count.

    An entry counts when it could still go either way at the moment its person came into the group. What somebody did
    before must not know what came after: with `blind` an entry counts as a success only if it was one by then. Which
    of these it is, is up to chance, so nothing branches on it.
    """
    (person, at, number, known), (place, since), (before, begins, ends) = cases, groups, moments
    table[:] = 0
    people = len(table) - 1
    for row in range(person.size):
        who, moment, much, then = person[row], at[row], number[row], known[row]
        early, here, spot = moment < begins, since[who], place[who]
        counts = (moment >= before) & (moment < ends) & (here != NEVER) & (early | (then >= here))
        spot = (spot if spot >= 0 else people + spot) if counts else people
        column = 2 if early else 0
        table[spot, column] += 0 if early & blind & (then >= begins) else much
        table[spot, column + 1] += 1


def _once_a_day(days: Calendar, place: NDArray[np.int32], at: Ints) -> Ints:
    """Returns the first case of each person on each day."""
    pairs = place.astype(np.int64) * len(days.begins) + (days.numbers(at) - days.first)
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
    found: Cases, which: tuple[Ints, NDArray[np.int32]], trial: Trial, groups: Groups, days: Calendar
) -> spread.Spreads:
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
