"""Takes a part of the journeys: one segment, one period. Whole journeys only, so that every measure still holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import About, Bucket, Journeys

PER_TOUCH = ("at", "touch", "event", "channel", "detail", "value", "score", "survey", "flags")


def sliced(
    journeys: Journeys, *, segment: str | None = None, since: int | None = None, until: int | None = None
) -> Journeys:
    """Returns only the journeys of a segment that began from `since` and before `until` (microseconds UTC).

    The same journeys come back, untouched, when nothing is asked. A bucket without such journeys stays, empty. The end
    of the data stays what it is, so that an entry is as mature as it was. Raises OptionError for an unknown segment.
    """
    if segment is None and since is None and until is None:
        return journeys
    bit = None if segment is None else _bit(journeys.about, segment)
    buckets = tuple(_kept(bucket, _asked(bucket, bit, since, until)) for bucket in journeys.buckets)
    about = replace(
        journeys.about,
        segment=segment if segment is not None else journeys.about.segment,
        since=since if since is not None else journeys.about.since,
        until=until if until is not None else journeys.about.until,
    )
    return replace(journeys, buckets=buckets, about=about)


def _bit(about: About, segment: str) -> np.uint64:
    known = about.names.segments
    if segment not in known:
        raise OptionError(
            f"There is no segment {segment!r}.", where=f"map {about.map}", mend=did_you_mean(segment, known)
        )
    return np.uint64(1 << known.index(segment))


def _asked(bucket: Bucket, bit: np.uint64 | None, since: int | None, until: int | None) -> NDArray[np.bool_]:
    asked = np.ones(bucket.journeys, dtype=np.bool_)
    if bit is not None:
        asked &= (bucket.segments & bit) != 0
    first = bucket.at[bucket.start[:-1]]
    if since is not None:
        asked &= first >= since
    if until is not None:
        asked &= first < until
    return asked


def _kept(bucket: Bucket, asked: NDArray[np.bool_]) -> Bucket:
    if asked.all():
        return bucket
    lengths = np.diff(bucket.start)
    touches = np.repeat(asked, lengths)
    of_person = bucket.person[asked]
    new = np.diff(of_person, prepend=-1) != 0
    people = of_person[new]
    changed: dict[str, Any] = {
        name: column[touches] for name in PER_TOUCH if (column := getattr(bucket, name)) is not None
    }
    if bucket.touch is bucket.event:
        changed["touch"] = changed["event"]
    return replace(
        bucket,
        **changed,
        start=np.concatenate([[0], np.cumsum(lengths[asked])]).astype(np.int64),
        person=(np.cumsum(new) - 1).astype(np.int64),
        state=bucket.state[asked],
        segments=bucket.segments[asked],
        keys=bucket.keys[people],
        ids=None if bucket.ids is None else bucket.ids[people],
    )
