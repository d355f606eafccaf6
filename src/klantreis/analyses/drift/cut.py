"""Periods of a bucket: the journeys that began in each, every one looked at for the same stretch of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from klantreis.journeys.model import ENDED, TIMED_OUT, Bucket
from klantreis.journeys.slices import PER_TOUCH, kept
from klantreis.stats.calendar import Calendar


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
    lengths = np.diff(bucket.start)
    began = np.repeat(bucket.at[bucket.start[:-1]], lengths)
    early = bucket.at - began <= within
    whole = np.logical_and.reduceat(early, bucket.start[:-1]) if bucket.journeys else np.zeros(0, np.bool_)
    state = np.where(whole & (bucket.state == ENDED), ENDED, TIMED_OUT).astype(bucket.state.dtype)
    if early.all():
        return replace(bucket, state=state)
    counted = np.add.reduceat(early.astype(np.int64), bucket.start[:-1])
    changed: dict[str, Any] = {
        name: column[early] for name in PER_TOUCH if (column := getattr(bucket, name)) is not None
    }
    if bucket.touch is bucket.event:
        changed["touch"] = changed["event"]
    return replace(bucket, **changed, start=np.concatenate([[0], np.cumsum(counted)]).astype(np.int64), state=state)
