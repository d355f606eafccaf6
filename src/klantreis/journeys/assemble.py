"""Makes a `Bucket` of coded columns: sorts them, cuts them into journeys, and leaves out what falls outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.arrange import arrange
from klantreis.journeys.cut import Cuts
from klantreis.journeys.model import Bucket, Names


@dataclass(frozen=True, slots=True)
class Columns:
    """One bucket's events, one value per event and all of the same length; None: the log has no such column.

    `key`: hash of the person; `name`: hash of what names the journey (0: none); `tie`: the place in the sources that
    decides equal moments (None: the order of the rows does); `segments`: bits that hold for the person at this event.
    The others are as in `Bucket`.
    """

    key: NDArray[np.uint64]
    at: NDArray[np.int64]
    event: NDArray[np.int32]
    touch: NDArray[np.int32]
    name: NDArray[np.uint64] | None = None
    tie: NDArray[np.int64] | None = None
    channel: NDArray[np.int32] | None = None
    detail: NDArray[np.int32] | None = None
    value: NDArray[np.int64] | None = None
    score: NDArray[np.int32] | None = None
    survey: NDArray[np.int32] | None = None
    flags: NDArray[np.uint8] | None = None
    segments: NDArray[np.uint64] | None = None

    def taken(self, rows: NDArray[np.integer] | NDArray[np.bool_] | slice) -> Columns:
        """Returns the events at these places, in that order; of a slice no copy is made."""
        kept: dict[int, Any] = {}  # touch and event may be one array: take it once
        for field in fields(self):
            column = getattr(self, field.name)
            if column is not None and id(column) not in kept:
                kept[id(column)] = column[rows]
        taken: dict[str, Any] = {field.name: kept.get(id(getattr(self, field.name))) for field in fields(self)}
        return replace(self, **taken)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Columns in the total order, with the number of the person of each event (from 0, without gaps)."""

    columns: Columns
    person: NDArray[np.int64]


Cutter = Callable[[Sorted], Cuts]
Taking = Callable[[Sorted, NDArray[np.int64]], NDArray[np.bool_]]


def in_order(columns: Columns, skip: int = 0) -> Sorted:
    """Returns the columns sorted by (person, name, at, tie). `skip`: top bits that all keys of the bucket share."""
    order = arrange(columns.key, columns.at, name=columns.name, tie=columns.tie, skip=skip)
    ready = columns.taken(order)
    new = np.empty(len(ready.key), dtype=np.int64)
    if len(new):
        new[0] = 0
        np.not_equal(ready.key[1:], ready.key[:-1], out=new[1:], casting="unsafe")
    return Sorted(ready, np.cumsum(new, out=new))


def assembled(ready: Sorted, cuts: Cuts, names: Names, *, taking: Taking | None = None) -> tuple[Bucket, int]:
    """Returns the bucket of the touches inside journeys, and how many fell outside.

    `taking` says per touch (with its journey) whether it is kept, for matchers that take the first or last only.
    """
    number, outside = cuts.number, 0
    inside = number >= 0
    if not inside.all():
        outside = int(len(number) - np.count_nonzero(inside))
        ready, number = _rows(ready, inside), number[inside]
    if len(number) and np.any(number[1:] < number[:-1]):
        order = np.argsort(number, kind="stable")
        ready, number = _rows(ready, order), number[order]
    if taking is not None:
        kept = taking(ready, number)
        ready, number = _rows(ready, kept), number[kept]
    return _bucket(ready, number, cuts, names), outside


def _rows(ready: Sorted, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Sorted:
    return Sorted(ready.columns.taken(rows), ready.person[rows])


def _bucket(ready: Sorted, number: NDArray[np.int64], cuts: Cuts, names: Names) -> Bucket:
    columns = ready.columns
    first = np.flatnonzero(np.diff(number, prepend=-1))
    of_person = ready.person[first]
    new = np.diff(of_person, prepend=-1) != 0  # persons without a journey leave gaps: number those with one
    bits = columns.segments
    return Bucket(
        names=names,
        at=columns.at,
        touch=columns.touch,
        event=columns.event,
        start=np.append(first, len(number)).astype(np.int64),
        person=(np.cumsum(new) - 1).astype(np.int64),
        state=cuts.state,
        segments=np.zeros(len(first), dtype=np.uint64) if bits is None else bits[first],
        keys=columns.key[first[new]],
        channel=columns.channel,
        detail=columns.detail,
        value=columns.value,
        score=columns.score,
        survey=columns.survey,
        flags=columns.flags,
    )
