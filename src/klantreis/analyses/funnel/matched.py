"""From attempts to counts: who got how far, by what their matched attempt carries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER
from klantreis.analyses.funnel.options import Options
from klantreis.analyses.funnel.tally import SPAN, Tally, counted
from klantreis.journeys.model import Bucket

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
EVERYBODY = 0
MISSING, NOT_REACHED, MIXED, KNOWN = range(4)
"""Groups without a value: the event carries none; the step was not reached; the events differ. Then come the values."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Attempts that were the best of their unit so far: `unit`, and the event of each step (-1: none) as its place in
    the bucket, with its moment (NEVER: none). `final` marks the matched attempt of each unit.
    """

    unit: Ints
    event: Ints
    at: Ints
    final: Flags

    @property
    def entry(self) -> Ints:
        """The moment each attempt began."""
        return self.at[:, 0]


def attempts_of(found: Ints, at: Ints, order: Ints | None, steps: int) -> Attempts:
    """Returns the rows of a kernel as attempts; `at`: of each event of the bucket; `order`: in which it was read."""
    unit, event = found[:, 0], found[:, 1 : steps + 1]
    place = event if order is None else np.where(event >= 0, order[event] if len(order) else -1, -1)
    moments = np.where(place >= 0, at[place] if len(at) else NEVER, NEVER)
    return Attempts(unit, place, moments, np.append(unit[1:] != unit[:-1], np.ones(min(len(unit), 1), np.bool_)))


def tallied(attempts: Attempts, label: tuple[Ints, Ints], left_out: Flags, until: int) -> Tally:
    """Returns the counts per group. `label`: rows of attempts and the group each is in (a row may be in several);
    `left_out`: units that are never mature (an empty array: none); `until`: the last entry that surely is.
    """
    steps = attempts.event.shape[1]
    rows, groups = label
    ripens = ~left_out[attempts.unit] if len(left_out) else np.ones(len(attempts.unit), np.bool_)
    ripe = ripens & (attempts.entry <= until)
    best = ripe & np.append((attempts.unit[1:] != attempts.unit[:-1]) | ~ripe[1:], np.ones(min(len(ripe), 1), np.bool_))
    waits = ripens & ~ripe
    row, step = np.nonzero(attempts.event[rows] >= 0)
    cells, of = groups[row] * SPAN + step, rows[row]
    last = attempts.final[of]
    follows = np.append(waits[1:] & (attempts.unit[1:] == attempts.unit[:-1]), np.zeros(min(len(waits), 1), np.bool_))
    gains, losses = waits[of], follows[of]
    entries = np.concatenate([attempts.entry[of[gains]], attempts.entry[of[losses] + 1]])
    signs = np.concatenate([np.ones(gains.sum(), np.int8), -np.ones(losses.sum(), np.int8)])
    kinds = np.unique(cells // SPAN)
    _, reached = counted(cells[last], steps, kinds)
    _, mature = counted(cells[best[of]], steps, kinds)
    return Tally(kinds, reached, mature, entries, np.concatenate([cells[gains], cells[losses]]), signs)


def legs_of(attempts: Attempts, label: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Returns durations of matched attempts, each with its key: group * SPAN + step for the time since the step taken
    before it; step SPAN - 1 for the whole way from first to last.
    """
    rows, groups = (part[attempts.final[label[0]]] for part in label)
    at, keys, took = attempts.at[rows], [], []
    before = at[:, 0].copy() if at.shape[1] else np.empty(0, np.int64)
    for step in range(1, at.shape[1]):
        there = at[:, step] != NEVER
        keys.append(groups[there] * SPAN + step)
        took.append(at[there, step] - before[there])
        before[there] = at[there, step]
    if at.shape[1]:
        there = at[:, -1] != NEVER
        keys.append(groups[there] * SPAN + SPAN - 1)
        took.append(at[there, -1] - at[there, 0])
    none = np.empty(0, np.int64)
    return np.concatenate([none, *took]), np.concatenate([none, *keys])


def stayed_of(attempts: Attempts, label: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Returns the entries of matched attempts that did not reach the last step, each with its group."""
    rows, groups = label
    stayed = attempts.final[rows] & (attempts.event[rows, -1] < 0)
    return attempts.entry[rows[stayed]], groups[stayed]


def everybody(attempts: Attempts) -> tuple[Ints, Ints]:
    """Returns the label that puts all attempts in one group."""
    rows = np.arange(len(attempts.unit))
    return rows, np.full(len(rows), EVERYBODY, np.int64)


def labelled(attempts: Attempts, bucket: Bucket, options: Options) -> tuple[Ints, Ints]:
    """Returns rows of attempts and the group each is in: by the value of one of its events, or of all when alike."""
    if options.value_of == "all":
        return _shared(attempts, bucket, options)
    event = _event(attempts, options)
    known = np.flatnonzero(event >= 0)
    rows, groups = _values(bucket, event[known], options)
    without = np.flatnonzero(event < 0)
    return np.concatenate([known[rows], without]), np.append(groups, np.full(len(without), NOT_REACHED))


def _event(attempts: Attempts, options: Options) -> Ints:
    """Returns the event whose value counts; -1 where the attempt has none."""
    if options.value_of == "last":
        place = attempts.event.shape[1] - 1 - np.argmax(attempts.event[:, ::-1] >= 0, axis=1)
        last: Ints = attempts.event[np.arange(len(place)), place]
        return last
    ids = [id_ for id_, _ in options.steps]
    place = ids.index(options.value_of) if options.value_of in ids else 0
    return attempts.event[:, place]


def _shared(attempts: Attempts, bucket: Bucket, options: Options) -> tuple[Ints, Ints]:
    """The values that all events of an attempt carry; none: its events differ."""
    attempt, step = np.nonzero(attempts.event >= 0)
    rows, groups = _values(bucket, attempts.event[attempt, step], options)
    pairs, times = np.unique(np.column_stack([attempt[rows], groups]), axis=0, return_counts=True)
    whole = pairs[times == np.bincount(attempt, minlength=len(attempts.unit))[pairs[:, 0]]]
    mixed = np.setdiff1d(np.arange(len(attempts.unit)), whole[:, 0])
    return np.append(whole[:, 0], mixed), np.append(whole[:, 1], np.full(len(mixed), MIXED))


def _values(bucket: Bucket, event: Ints, options: Options) -> tuple[Ints, Ints]:
    """Returns rows of `event` and the group of each: its value, its segments, or that it carries none."""
    if options.by == "segment":
        return _segments(bucket, event)
    column = bucket.touch if options.by == "touchpoint" else getattr(bucket, options.by or "")
    codes = np.full(len(event), -1) if column is None else column[event].astype(np.int64)
    return np.arange(len(event)), np.where(codes < 0, MISSING, codes + KNOWN)


def _segments(bucket: Bucket, event: Ints) -> tuple[Ints, Ints]:
    journey = np.searchsorted(bucket.start, event, side="right") - 1
    bits = bucket.segments[journey]
    inside = [np.flatnonzero((bits >> np.uint64(code)) & np.uint64(1)) for code in range(len(bucket.names.segments))]
    none = np.flatnonzero(bits == 0)
    groups = [np.full(len(rows), code + KNOWN) for code, rows in enumerate(inside)]
    return np.concatenate([*inside, none]), np.concatenate([*groups, np.full(len(none), MISSING)]).astype(np.int64)
