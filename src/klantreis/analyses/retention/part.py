"""What one bucket adds to retention: counts of the entries that are old enough, bits of those that are not yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.retention.kernel import tallied

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Entries that are old enough for every interval are counted per cohort: `entries[c]`, and `kept[c, k]` of them
    came back in interval k; c counts from cohort number `first`.

    Younger ones wait: `birth` (moment, or number of the calendar unit), cohort number, bits. `now` is the bucket's own
    last moment or unit, `length` how many of these go in a unit, `top` the age that is old enough.
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


def ripened(part: Part) -> Part:
    """Returns the same part with the entries that are old enough by its own `now` counted."""
    if not len(part.birth):
        return part
    ripe = part.birth <= part.now - part.top * part.length
    if not ripe.any():
        return part
    cohort, marks = part.cohort[ripe], part.marks[ripe]
    low = int(cohort.min())
    size, intervals = int(cohort.max()) - low + 1, part.kept.shape[1]
    kept, _ = tallied(cohort - low, marks, np.zeros(len(cohort), np.int64), size, intervals)
    counted = replace(part, first=low, entries=np.bincount(cohort - low, minlength=size), kept=kept)
    first, entries, kept = _aligned(part, counted)
    waits = ~ripe
    return replace(
        part, first=first, entries=entries, kept=kept,
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
        )
    )


def tables(part: Part, now: int, seen: int, lows: Ints, highs: Ints) -> Tables:
    """Returns all that was counted, as it stands when it is `now`; `seen` is the last moment or unit that has data."""
    mature = np.searchsorted(highs + 1, (now - part.birth) // part.length, side="right")
    begun = np.searchsorted(lows, (seen - part.birth) // part.length, side="right")
    low = int(part.cohort.min()) if len(part.cohort) else part.first
    cohort, size = part.cohort - low, (int(part.cohort.max()) - low + 1 if len(part.cohort) else 0)
    people, returned = tallied(cohort, part.marks, mature.astype(np.int64), size, len(lows))
    young = np.bincount(cohort, minlength=size)
    first, old, kept = part.first, part.entries, part.kept
    start = min([one for one, many in ((first, len(old)), (low, size)) if many], default=0)
    stop = max([one + many for one, many in ((first, len(old)), (low, size)) if many], default=0)

    def both(settled: Ints, waiting: Ints) -> Ints:
        whole = np.zeros((stop - start, *settled.shape[1:]), np.int64)
        if len(old):
            whole[first - start : first - start + len(old)] += settled
        if size:
            whole[low - start : low - start + size] += waiting
        return whole

    everyone = np.repeat(old[:, np.newaxis], len(lows), axis=1)
    return Tables(
        first=start,
        entries=both(old, young),
        people=both(kept, people),
        begun=both(everyone, _reached(cohort, begun, size, len(lows))),
        mature=both(everyone, _reached(cohort, mature, size, len(lows))),
        returned=both(kept, returned),
    )


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
