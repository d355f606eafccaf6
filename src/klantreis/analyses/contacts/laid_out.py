"""Lays a bucket out for counting contacts: each person's touches in order of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.contacts.count import Log
from klantreis.analyses.contacts.options import Options
from klantreis.journeys.examples import ranks
from klantreis.journeys.model import FAILED, OPEN, Bucket, Names

Marks = NDArray[np.bool_]


def names_of(names: Names) -> tuple[tuple[str, str], ...]:
    """Returns what each row is: ('touchpoint', id), then ('event', name)."""
    return (*(("touchpoint", one) for one in names.touchpoints), *(("event", one) for one in names.events))


def log_of(bucket: Bucket, options: Options) -> Log:
    """Returns the touches; a survey's answer, a known event and what may not be a cause have row -1."""
    names, size = bucket.names, len(bucket.names.touchpoints)
    row = np.where(bucket.touch >= 0, bucket.touch, bucket.event + size).astype(np.int32)
    contact = _named(bucket, options.contacts)
    first = _named(bucket, options.first) if options.first else np.ones(bucket.touches, np.bool_)
    known = np.array([*(one in options.known for one in names.events), False])[bucket.event]
    answer = np.zeros(bucket.touches, np.bool_) if bucket.survey is None else bucket.survey >= 0
    aside = (bucket.touch < 0) & (known | answer)
    row[(aside | ~first) & ~contact] = -1
    aim = np.array([*(one in options.outcome for one in names.touchpoints), False])[bucket.touch]
    if bucket.flags is not None:
        aim &= (bucket.flags & FAILED) == 0
    people = np.append(np.flatnonzero(np.diff(bucket.person, prepend=-1)), bucket.journeys)
    journey = np.repeat(np.arange(bucket.journeys), np.diff(bucket.start))
    still = np.logical_or.reduceat(bucket.state == OPEN, people[:-1]) if len(people) > 1 else np.zeros(0, np.bool_)
    order = _order(bucket, journey)
    return Log(
        row[order], contact[order], bucket.at[order], bucket.start[people], ranks(bucket)[journey][order], aim[order],
        still,
    )  # fmt: skip


def _order(bucket: Bucket, journey: NDArray[np.int64]) -> NDArray[np.int64] | slice:
    """Returns the order of time within each person; nothing changes unless somebody's journeys overlap."""
    whose = bucket.person[journey]
    back = (np.diff(bucket.at) < 0) & (np.diff(whose) == 0)
    return np.lexsort((bucket.at, whose)) if back.any() else slice(None)


def _named(bucket: Bucket, words: tuple[str, ...]) -> Marks:
    """Marks the touches whose touchpoint, event or channel is named."""
    names = bucket.names
    found: Marks = np.array([*(one in words for one in names.touchpoints), False])[bucket.touch]
    found |= np.array([*(one in words for one in names.events), False])[bucket.event]
    if bucket.channel is not None:
        found |= np.array([*(one in words for one in names.channels), False])[bucket.channel]
    return found
