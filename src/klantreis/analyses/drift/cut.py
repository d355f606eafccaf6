"""Periods of a bucket: the journeys that began in each, every one looked at for the same stretch of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import ENDED, TIMED_OUT, Bucket
from klantreis.journeys.slices import PER_TOUCH, kept
from klantreis.kernels import kernel
from klantreis.stats.calendar import Calendar

Ints = NDArray[np.int64]


def periods(bucket: Bucket, pages: Calendar) -> Iterator[tuple[int, Bucket]]:
    """Yields (number of the period, the journeys that began in it), only those with journeys."""
    if not bucket.journeys:
        return
    begun = pages.numbers(bucket.at[bucket.start[:-1]])
    for number in np.unique(begun).tolist():
        yield number, kept(bucket, begun == number)


def first_stretch(bucket: Bucket, within: int) -> Bucket:
    """Returns the journeys with only their touches up to `within` (microseconds, included) after their first one.

    So an old journey and a young one are alike. One that had not ended by then counts as closed by silence.
    """
    many = _early(bucket.at, bucket.start, within)
    whole = many == np.diff(bucket.start)
    state = np.where(whole & (bucket.state == ENDED), ENDED, TIMED_OUT).astype(bucket.state.dtype)
    if whole.all():
        return replace(bucket, state=state, generation="")
    start = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
    rows = np.arange(start[-1]) + np.repeat(bucket.start[:-1] - start[:-1], many)
    changed: dict[str, Any] = {
        name: column[rows] for name in PER_TOUCH if (column := getattr(bucket, name)) is not None
    }
    if bucket.touch is bucket.event:
        changed["touch"] = changed["event"]
    return replace(bucket, **changed, start=start, state=state, generation="")


@kernel
def _early(at: Ints, start: Ints, within: int) -> Ints:
    """Kernel: per journey how many of its touches, which stand in order of time, come `within` after the first."""
    many = np.empty(len(start) - 1, np.int64)
    for journey in range(len(many)):
        spot, after = start[journey], start[journey + 1]
        began = at[spot]
        while spot < after and at[spot] - began <= within:
            spot += 1
        many[journey] = spot - start[journey]
    return many
