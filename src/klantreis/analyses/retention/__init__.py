"""Retention: how many come back, so many days, weeks or months after they began.

Each person begins at their first start event (or, with `recurring`, again and again). *Rolling* units are spans from
that very moment: day k is [24k, 24k + 24) hours after it, a week 7 days, a month 30. *Calendar* units are pages of the
calendar in a stated zone: day k is the k-th date after the date of the start, whatever the hour. Unit 0 holds the
start event itself, where that counts as coming back.

Only people for whom an interval is over are in its share: a cell without them is empty, not zero. Amplitude rolls,
PostHog goes by the calendar; what ClickHouse `retention` answers is asked as `conditions`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.retention.asked import Condition, Options, checked, interval_of, intervals_of, rules_of
from klantreis.analyses.retention.kernel import entered, marked, marked_on, marked_once, met
from klantreis.analyses.retention.part import Part, added, grouped, ripened, tables
from klantreis.analyses.retention.result import EVERYBODY, Cell, Cohort, Met, Retention
from klantreis.journeys.model import About, Bucket
from klantreis.journeys.people import People, people, role_of
from klantreis.stats.calendar import LENGTHS, NEVER, Calendar, calendar, name_of
from klantreis.stats.intervals import Estimate, share

__all__ = ["Cell", "Cohort", "Condition", "Met", "Options", "Part", "Retention", "finish", "measure", "merge", "name"]

name = "retention"
Ints = NDArray[np.int64]
NOWHEN = int(np.iinfo(np.int64).min)


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds. Raises OptionError for options that cannot be."""
    checked(options)
    found = people(bucket)
    lows, highs = intervals_of(options)
    now = options.end if options.end is not None else int(found.at.max(initial=NOWHEN))
    last = now if options.end is None else now - 1
    pages = _pages(options, found, last)
    begins = np.empty(0, np.int64) if pages is None else pages.begins
    role = role_of(bucket.names.touchpoints, (options.start, options.back))
    length = LENGTHS[options.unit]
    places, stops, started = entered(
        role, found.touch, found.at, found.first, (begins, length, int(options.recurring), last)
    )
    rule = (begins, length, lows, interval_of(lows, highs), options.at_least)
    mark = marked_on if options.on_or_after else marked_once if options.at_least == 1 else marked
    marks = mark(role, found.touch, found.at, (places, stops), rule)
    starts = found.at[places]
    births = starts if pages is None else pages.numbers(starts)
    same = pages is not None and options.cohorts == options.unit
    waiting = births, births if same else _cohorts(options, starts), marks
    none = births[:0], births[:0], marks[:0]
    alone, together = (waiting, none) if pages is None else (none, waiting)
    return ripened(
        Part(
            persons=found.count,
            started=started,
            met=_met(bucket, found, options),
            first=0,
            entries=np.zeros(0, np.int64),
            kept=np.zeros((0, len(lows)), np.int64),
            birth=alone[0],
            cohort=alone[1],
            marks=alone[2],
            now=_now(options, now),
            length=length if options.by == "rolling" else 1,
            top=int(highs[-1]) + 1,
            groups=grouped(*together, len(lows)),
        )
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return added(one, other)


def finish(part: Part, options: Options, about: About) -> Retention:
    """Returns retention; with nobody in it there are no cohorts and every cell is empty."""
    lows, highs = intervals_of(options)
    now = part.now if options.end is not None or not part.persons else max(part.now, _now(options, about.last))
    seen = now if options.end is None else _now(options, options.end - 1)
    counted = tables(part, now, seen, lows, highs)
    cells = (counted.people, counted.begun, counted.mature, counted.returned)
    once = not options.recurring
    alone = once or (options.by == "calendar" and options.cohorts == options.unit)
    overall = _row(EVERYBODY, int(counted.entries.sum()), (lows, highs), [one.sum(axis=0) for one in cells])
    cohorts = [
        _row(
            _called(options, counted.first + place),
            int(counted.entries[place]),
            (lows, highs),
            [one[place] for one in cells],
        )
        for place in np.flatnonzero(counted.entries).tolist()
        if options.cohorts is not None
    ]
    wanted = dict.fromkeys(
        [*options.start, *options.back, *(name for one in options.conditions for name in one.events)]
    )
    return Retention(
        about=about,
        overall=overall if once else _bare(overall),
        cohorts=tuple(row if alone else _bare(row) for row in cohorts),
        conditions=tuple(
            Met(one.called or str(place), count, share(count, int(part.met[0])))
            for place, (one, count) in enumerate(zip(options.conditions, part.met.tolist(), strict=True), start=1)
        ),
        all_people=part.persons,
        started=part.started,
        unit=options.unit,
        rules=rules_of(options),
        unknown=tuple(touch for touch in wanted if touch not in set(about.names.touchpoints)),
    )


def _pages(options: Options, found: People, last: int) -> Calendar | None:
    """Returns the calendar of the events; None where units are spans, or there are no events."""
    if options.by == "rolling" or not len(found.at):
        return None
    first = int(found.at[found.first[:-1]].min())
    return calendar(options.unit, options.time_zone, min(first, last), last)


def _cohorts(options: Options, starts: Ints) -> Ints:
    if options.cohorts is None or not len(starts):
        return np.zeros(len(starts), np.int64)
    pages = calendar(options.cohorts, options.time_zone, int(starts.min()), int(starts.max()))
    return pages.numbers(starts)


def _now(options: Options, last: int) -> int:
    """Returns the last moment, or the number of the calendar unit it lies in."""
    if options.by == "rolling" or last == NOWHEN:
        return last
    return int(calendar(options.unit, options.time_zone, last, last).first)


def _met(bucket: Bucket, found: People, options: Options) -> Ints:
    conditions = options.conditions
    if not conditions:
        return np.empty(0, np.int64)
    role = role_of(bucket.names.touchpoints, tuple(one.events for one in conditions))
    since = np.array([NOWHEN if one.since is None else one.since for one in conditions])
    until = np.array([NEVER if one.until is None else one.until for one in conditions])
    return met(role, found.touch, found.at, found.first, np.stack([since, until]))


def _called(options: Options, number: int) -> str:
    return name_of(options.cohorts or "day", number)


def _row(called: str, people: int, spots: tuple[Ints, Ints], cells: list[Ints]) -> Cohort:
    listed = zip(*(one.tolist() for one in (*spots, *cells)), strict=True)
    return Cohort(
        called,
        people,
        tuple(
            Cell(low, high, back if begun else None, mature, returned, share(returned, mature))
            for low, high, back, begun, mature, returned in listed
        ),
    )


def _bare(row: Cohort) -> Cohort:
    """Returns a row without intervals: one person may be in it more than once, and is no two witnesses."""
    return Cohort(
        row.cohort,
        row.people,
        tuple(
            Cell(
                cell.since, cell.until, cell.people, cell.mature, cell.returned, Estimate(cell.share.value, cell.mature)
            )
            for cell in row.cells
        ),
    )
