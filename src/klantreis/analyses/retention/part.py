"""What one bucket adds to retention: counts of the entries that are old enough, bits of those that are not yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.retention.kernel import tallied

Ints = NDArray[np.int64]
DENSE = 1 << 20
"""So many pairs of a birth and a cohort are counted in a table; beyond it they are sorted."""
BIRTH, COHORT, MANY, GIVEN = range(4)
"""The columns of `Part.groups`; from the last on how many came back in each interval."""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries that are old enough for every interval are counted per cohort: `entries[c]`, and `kept[c, k]` of them
    came back in interval k; c counts from cohort number `first`.

    Younger ones wait: `birth` (moment), cohort number, bits. Where units are pages of the calendar many are of one age,
    and wait in `groups`: a row for each birth (number of the unit) and cohort, sorted, with these two, how many there
    are, and how many of them came back in each interval. `now` is the bucket's own last moment or unit, `length` how
    many of these go in a unit, `top` the age that is old enough.
    """

    persons: int
    started: int
    met: Ints
    first: int
    entries: Ints
    kept: Ints
    birth: Ints
    cohort: Ints
    marks: Ints
    now: int
    length: int
    top: int
    groups: Ints


@dataclass(frozen=True, slots=True)
class Tables:
    """Per cohort (from number `first`) its `entries`; per cohort and interval who came back (`people`), for whom it has
    begun (`begun`), for whom it is over (`mature`), and who of these came back (`returned`).
    """

    first: int
    entries: Ints
    people: Ints
    begun: Ints
    mature: Ints
    returned: Ints


def grouped(birth: Ints, cohort: Ints, marks: Ints, intervals: int) -> Ints:
    """Returns entries as `Part.groups`: their calendar units, cohorts and bits."""
    if not len(birth):
        return np.zeros((0, GIVEN + intervals), np.int64)
    low, first = int(birth.min()), int(cohort.min())
    width = int(cohort.max()) - first + 1
    code = (birth - low) * width + (cohort - first)
    if int(code.max()) < DENSE:
        counts = np.bincount(code)
        used = np.flatnonzero(counts)
        place = np.zeros(len(counts), np.int64)
        place[used] = np.arange(len(used))
        at, many = place[code], counts[used]
    else:
        used, at, many = np.unique(code, return_inverse=True, return_counts=True)
    came, _ = tallied(at, marks, np.zeros(len(at), np.int64), len(used), intervals)
    return np.column_stack([used // width + low, used % width + first, many, came])


def ripened(part: Part) -> Part:
    """Returns the same part with the entries that are old enough by its own `now` counted."""
    until = part.now - part.top * part.length
    ripe, ready = part.birth <= until, part.groups[:, BIRTH] <= until
    if not ripe.any() and not ready.any():
        return part
    waits, rows = ~ripe, part.groups[ready]
    cohort, intervals = np.append(part.cohort[ripe], rows[:, COHORT]), part.kept.shape[1]
    low = int(cohort.min())
    size = int(cohort.max()) - low + 1
    own = part.cohort[ripe] - low
    kept, _ = tallied(own, part.marks[ripe], np.zeros(len(own), np.int64), size, intervals)
    entries = np.bincount(own, minlength=size)
    np.add.at(kept, rows[:, COHORT] - low, rows[:, GIVEN:])
    np.add.at(entries, rows[:, COHORT] - low, rows[:, MANY])
    first, entries, kept = _aligned(part, replace(part, first=low, entries=entries, kept=kept))
    return replace(
        part, first=first, entries=entries, kept=kept, groups=part.groups[~ready],
        birth=part.birth[waits], cohort=part.cohort[waits], marks=part.marks[waits],
    )  # fmt: skip


def added(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    first, entries, kept = _aligned(one, other)
    return ripened(
        Part(
            persons=one.persons + other.persons,
            started=one.started + other.started,
            met=one.met + other.met,
            first=first,
            entries=entries,
            kept=kept,
            birth=np.concatenate([one.birth, other.birth]),
            cohort=np.concatenate([one.cohort, other.cohort]),
            marks=np.concatenate([one.marks, other.marks]),
            now=max(one.now, other.now),
            length=one.length,
            top=one.top,
            groups=_summed(np.concatenate([one.groups, other.groups])),
        )
    )


def tables(part: Part, now: int, seen: int, lows: Ints, highs: Ints) -> Tables:
    """Returns all that was counted, as it stands when it is `now`; `seen` is the last moment or unit that has data."""
    everyone = np.repeat(part.entries[:, np.newaxis], len(lows), axis=1)
    found = Tables(part.first, part.entries, part.kept, everyone, everyone, part.kept)
    for birth, told in ((part.birth, _loose), (part.groups[:, BIRTH], _in_groups)):
        if len(birth):
            mature = np.searchsorted(highs + 1, (now - birth) // part.length, side="right")
            begun = np.searchsorted(lows, (seen - birth) // part.length, side="right")
            found = _together(found, told(part, begun, mature, len(lows)))
    return found


def _loose(part: Part, begun: Ints, mature: Ints, intervals: int) -> Tables:
    """Returns what the entries that wait one by one add; of each how many intervals have begun, and are over."""
    low = int(part.cohort.min())
    cohort, size = part.cohort - low, int(part.cohort.max()) - low + 1
    people, returned = tallied(cohort, part.marks, mature.astype(np.int64), size, intervals)
    begins, over = (_reached(cohort, count, size, intervals) for count in (begun, mature))
    return Tables(low, np.bincount(cohort, minlength=size), people, begins, over, returned)


def _in_groups(part: Part, begun: Ints, mature: Ints, intervals: int) -> Tables:
    """Returns what the entries that wait in groups add; of each group how many intervals have begun, and are over."""
    cohort, many, came = part.groups[:, COHORT], part.groups[:, MANY], part.groups[:, GIVEN:]
    low = int(cohort.min())
    begins, over = (np.arange(intervals) < count[:, np.newaxis] for count in (begun, mature))
    cells = many, came, many[:, np.newaxis] * begins, many[:, np.newaxis] * over, came * over
    whole = [np.zeros((int(cohort.max()) - low + 1, *cell.shape[1:]), np.int64) for cell in cells]
    for table, cell in zip(whole, cells, strict=True):
        np.add.at(table, cohort - low, cell)
    return Tables(low, *whole)


def _together(one: Tables, other: Tables) -> Tables:
    """Returns two tables as one, cohort by cohort."""
    if not len(one.entries):
        return other
    first = min(one.first, other.first)
    size = max(table.first + len(table.entries) for table in (one, other)) - first
    whole = []
    for name in ("entries", "people", "begun", "mature", "returned"):
        cells = np.zeros((size, *getattr(one, name).shape[1:]), np.int64)
        for table in (one, other):
            cells[table.first - first : table.first - first + len(table.entries)] += getattr(table, name)
        whole.append(cells)
    return Tables(first, *whole)


def _summed(groups: Ints) -> Ints:
    """Returns groups with one row for each birth and cohort, sorted."""
    order = np.lexsort((groups[:, COHORT], groups[:, BIRTH]))
    groups = groups[order]
    new = np.flatnonzero((groups[1:, :MANY] != groups[:-1, :MANY]).any(axis=1)) + 1
    begins = np.append(np.zeros(min(len(groups), 1), np.int64), new)
    summed: Ints = np.add.reduceat(groups, begins, axis=0) if len(groups) else groups
    summed[:, :MANY] = groups[begins, :MANY]
    return summed


def _reached(cohort: Ints, count: Ints, cohorts: int, intervals: int) -> Ints:
    """Returns per cohort and interval how many entries have a count above the interval's place."""
    cells = np.bincount(cohort * (intervals + 1) + count, minlength=cohorts * (intervals + 1))
    above = np.cumsum(cells.reshape(cohorts, intervals + 1)[:, ::-1], axis=1)[:, ::-1]
    reached: Ints = above[:, 1:]
    return reached


def _aligned(one: Part, other: Part) -> tuple[int, Ints, Ints]:
    """Returns the first cohort, the entries and the counts of two parts, laid over each other."""
    some = [part for part in (one, other) if len(part.entries)]
    if not some:
        return 0, one.entries, one.kept
    first = min(part.first for part in some)
    size = max(part.first + len(part.entries) for part in some) - first
    entries, kept = np.zeros(size, np.int64), np.zeros((size, one.kept.shape[1]), np.int64)
    for part in some:
        own = slice(part.first - first, part.first - first + len(part.entries))
        entries[own] += part.entries
        kept[own] += part.kept
    return first, entries, kept
