"""Lays a bucket out for counting contacts: what each code is, and each person's touches in order of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.contacts.count import ASIDE, CAUSE, CONTACT, GOAL, Log, Marks
from klantreis.analyses.contacts.options import Options
from klantreis.journeys.examples import ranks
from klantreis.journeys.model import OPEN, Bucket, Names

Ints = NDArray[np.int64]
NO_CODES = np.empty(0, np.int32)
NO_FLAGS = np.empty(0, np.uint8)


def names_of(names: Names) -> tuple[tuple[str, str], ...]:
    """Returns what each row is: ('touchpoint', id), then ('event', name)."""
    return (*(("touchpoint", one) for one in names.touchpoints), *(("event", one) for one in names.events))


def marks_of(names: Names, options: Options) -> Marks:
    """Returns what each touchpoint, event and channel is to contacts, by its name."""
    every = 0 if options.first else CAUSE
    asked = ((CONTACT, options.contacts), (CAUSE, options.first))

    def marked(listed: tuple[str, ...], *more: tuple[int, tuple[str, ...]]) -> NDArray[np.int32]:
        told = [sum(mark for mark, words in (*asked, *more) if one in words) for one in listed]
        return np.array([*told, 0], np.int32)

    touch = marked(names.touchpoints, (GOAL, options.outcome))
    return Marks(touch | every, marked(names.events, (ASIDE, options.known)), marked(names.channels))


def log_of(bucket: Bucket) -> Log:
    """Returns the touches of a bucket, and whose they are."""
    people = np.append(np.flatnonzero(np.diff(bucket.person, prepend=-1)), bucket.journeys)
    still = np.logical_or.reduceat(bucket.state == OPEN, people[:-1]) if len(people) > 1 else np.zeros(0, np.bool_)
    return Log(
        touch=bucket.touch,
        event=bucket.event,
        at=bucket.at,
        channel=NO_CODES if bucket.channel is None else bucket.channel,
        survey=NO_CODES if bucket.survey is None else bucket.survey,
        flags=NO_FLAGS if bucket.flags is None else bucket.flags,
        first=people,
        order=_order(bucket),
        start=bucket.start,
        rank=ranks(bucket),
        still=still,
    )


def _order(bucket: Bucket) -> Ints:
    """Returns the order of time within each person; empty unless somebody's journeys overlap."""
    begins = bucket.start[1:-1]
    back = (bucket.person[1:] == bucket.person[:-1]) & (bucket.at[begins] < bucket.at[begins - 1])
    if not back.any():
        return np.empty(0, np.int64)
    return np.lexsort((bucket.at, np.repeat(bucket.person, np.diff(bucket.start))))
