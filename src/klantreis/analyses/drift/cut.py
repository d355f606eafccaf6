"""Periods of a bucket: the journeys that began in each, every one looked at for the same stretch of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import ENDED, TIMED_OUT, Bucket
from klantreis.journeys.slices import PER_TOUCH
from klantreis.kernels import kernel
from klantreis.stats.calendar import LENGTHS, Calendar, place_of

Ints = NDArray[np.int64]


def looked(bucket: Bucket, within: int, pages: Calendar) -> tuple[Ints, Ints]:
    """Returns per journey the number of the period that it began in, and how many of its touches are looked at: those
    up to `within` (microseconds, included) after its first one.
    """
    place, many = _looked(bucket.at, bucket.start, pages.begins, within, LENGTHS[pages.unit])
    return place + pages.first, many


def by_period(bucket: Bucket, period: Ints, many: Ints) -> Iterator[tuple[int, Bucket]]:
    """Yields (number of the period, the journeys that began in it, with `many` of their touches), those with journeys.

    An old journey and a young one are alike so. Persons stay numbered as they are within a period.
    """
    since = period - period.min() if len(period) else period
    small = len(since) and since.max() <= np.iinfo(np.uint16).max  # which are sorted in a tenth of the time
    order = np.argsort(since.astype(np.uint16) if small else since, kind="stable")
    yield from periods(first_stretch(bucket, many, order), period[order])


def periods(bucket: Bucket, begun: Ints) -> Iterator[tuple[int, Bucket]]:
    """Yields (number of the period, the journeys that began in it), only those with journeys.

    Periods rise, so that each is a stretch of the arrays and nothing is copied.
    """
    if not len(begun):
        return
    first = np.flatnonzero(np.diff(begun, prepend=begun[:1] - 1))
    for low, high in zip(first.tolist(), [*first[1:].tolist(), len(begun)], strict=True):
        yield int(begun[low]), _stretch(bucket, low, high)


def _stretch(bucket: Bucket, low: int, high: int) -> Bucket:
    rows = slice(*bucket.start[[low, high]].tolist())
    mine = bucket.person[low:high]
    new = np.diff(mine, prepend=-1) != 0
    people = mine[new]
    return replace(
        bucket,
        **_touches(bucket, rows),
        start=bucket.start[low : high + 1] - bucket.start[low],
        person=(np.cumsum(new) - 1).astype(np.int64),
        state=bucket.state[low:high],
        segments=bucket.segments[low:high],
        keys=bucket.keys[people],
        ids=None if bucket.ids is None else bucket.ids[people],
    )


def _touches(bucket: Bucket, rows: Any) -> dict[str, Any]:
    """Returns the columns of these touches."""
    found: dict[str, Any] = {name: column[rows] for name in PER_TOUCH if (column := getattr(bucket, name)) is not None}
    if bucket.touch is bucket.event:
        found["touch"] = found["event"]
    return found


def first_stretch(bucket: Bucket, many: Ints, order: Ints | None = None) -> Bucket:
    """Returns the journeys with only their first touches, so many of each.

    One that had not ended by then counts as closed by silence. `order`: that of the journeys, by their places; persons
    stay numbered as they are, so that such a bucket is not one to measure as a whole.
    """
    whole = many == np.diff(bucket.start)
    state = np.where(whole & (bucket.state == ENDED), ENDED, TIMED_OUT).astype(bucket.state.dtype)
    if whole.all() and order is None:
        return replace(bucket, state=state, generation="")
    order = np.arange(bucket.journeys) if order is None else order
    start = np.concatenate([[0], np.cumsum(many[order])]).astype(np.int64)
    rows = np.arange(start[-1]) + np.repeat(bucket.start[:-1][order] - start[:-1], many[order])
    person, segments = bucket.person[order], bucket.segments[order]
    return replace(
        bucket, **_touches(bucket, rows), start=start, state=state[order], person=person, segments=segments,
        generation="",
    )  # fmt: skip


@kernel
def _looked(at: Ints, start: Ints, begins: Ints, within: int, length: int) -> tuple[Ints, Ints]:
    """Kernel: per journey the place of its period, and how many of its touches come `within` after the first."""
    place, many = np.empty(len(start) - 1, np.int64), np.empty(len(start) - 1, np.int64)
    for journey in range(len(many)):
        spot, after = start[journey], start[journey + 1]
        began = at[spot]
        place[journey] = place_of(begins, began, length)
        while spot < after and at[spot] - began <= within:
            spot += 1
        many[journey] = spot - start[journey]
    return place, many
