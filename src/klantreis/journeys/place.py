"""The pass without a map: every event name is its own touchpoint, every person (or session, or order) a journey."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.engines.base import Engine, Query, quoted
from klantreis.journeys.arrange import bucket_bits, spread
from klantreis.journeys.assemble import Columns, Cutter, Sorted, assembled, in_order
from klantreis.journeys.cut import Cuts, by_name, whole
from klantreis.journeys.fetch import AMOUNTS, Fetched, fetch
from klantreis.journeys.model import About, Bucket, Journeys, Names
from klantreis.journeys.sessions import sessions

PER_TOUCH = ("at", "event", "channel", "detail", "value", "score")
"""What a bucket of this pass has of each touch; its touchpoint is its event."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is taken from the rows besides person, at and event, and what makes a journey.

    `name`: the column that names the journey (None: the person does). `gap_seconds`: cut persons into sessions
    instead. `apart`: channels that keep sessions of their own. `grain` is how the result calls it.
    """

    channel: bool = False
    detail: bool = False
    value: bool = False
    score: bool = False
    name: str | None = None
    gap_seconds: float | None = None
    apart: tuple[str, ...] = ()
    grain: str = "person"


def place(
    engine: Engine,
    rows: Query,
    wanted: Wanted | None = None,
    *,
    bits: int | None = None,
    threads: int | None = None,
) -> Journeys:
    """Returns the events of `rows` as journeys; each event name is a touchpoint.

    `rows` has the columns of `CheckedRows`; those with a reason are left out and counted as rejected. Equal moments of
    one person keep the order of the rows. `bits`: log2 of the number of buckets (None: by size). `counts` adds up
    (read = stored + duplicate + rejected); nothing is dropped, and `repeated` tells how many rows say the same as one
    before. No rows: one empty bucket.
    """
    asked = wanted or Wanted()
    fetched = _fetched(engine, rows, asked)
    columns: dict[str, Any] = fetched.columns  # each is let go when there is another in its place
    read = len(fetched)
    names = _names(fetched.words, _good(columns, fetched.words["event"]))
    if asked.name is not None:
        columns["key"] = _owners(columns["key"], columns["name"])
    cutter = _cutter(asked, names)
    stored = len(columns["key"])
    cuts = bucket_bits(stored) if bits is None else bits
    done = _over_buckets(columns, cuts, lambda part: _one(part, names, cutter, cuts), threads)
    counts = {
        "read": read,
        "stored": stored,
        "duplicate": 0,
        "rejected": read - stored,
        "repeated": sum(one.repeated for one in done),
    }
    about = About(
        names=names,
        first=min((one.first for one in done if one.first is not None), default=0),
        last=max((one.last for one in done if one.last is not None), default=0),
        grain=asked.grain,
        version=_version(stored, sum(one.mixed for one in done), names, asked),
    )
    return Journeys(tuple(one.bucket for one in done), about, outside=sum(one.outside for one in done), counts=counts)


def only_events(rows: Query, names: tuple[str, ...]) -> Query:
    """Returns the rows with one of these event names; all rows when no name is given."""
    if not names:
        return rows
    asked = f'SELECT * FROM {quoted(rows.steps[-1][0])} WHERE list_contains($only_events, "event")'
    return rows.then("only_events", asked, only_events=list(names))


def _fetched(engine: Engine, rows: Query, wanted: Wanted) -> Fetched:
    words = {"event": '"event"'}
    words |= {name: f'"{name}"' for name in ("channel", "detail") if getattr(wanted, name)}
    others = {name: AMOUNTS[name] for name in ("value", "score") if getattr(wanted, name)}
    others["bad"] = '("reason" IS NOT NULL)::UTINYINT'
    if wanted.name is not None:
        column = quoted(wanted.name)
        others["name"] = f"CASE WHEN {column} IS NULL THEN 0::UBIGINT ELSE hash({column}) END"
    return fetch(engine, rows, words=words, others=others)


def _good(columns: dict[str, Any], events: tuple[str, ...]) -> tuple[str, ...]:
    """Leaves the bad rows out of the columns, and "bad" too; returns the events that good rows use: bad rows leave no
    trace.
    """
    good = columns.pop("bad") == 0
    if good.all():
        return events
    for name, column in columns.items():
        columns[name] = column[good]
    seen = np.flatnonzero(np.bincount(columns["event"], minlength=len(events)))
    if len(seen) < len(events):
        again = np.full(len(events), -1, dtype=np.int32)
        again[seen] = np.arange(len(seen), dtype=np.int32)
        columns["event"] = again[columns["event"]]
    return tuple(events[code] for code in seen)


def _names(words: Mapping[str, tuple[str, ...]], events: tuple[str, ...]) -> Names:
    return Names(
        touchpoints=events,
        events=events,
        channels=words.get("channel", ()),
        details=words.get("detail", ()),
    )


def _owners(key: NDArray[np.uint64], name: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns the keys with every named journey under one person: the smallest key among those who share it."""
    order = np.lexsort((key, name))
    name, by_name = name[order], key[order]
    same = name[1:] == name[:-1]
    if not np.any(same & (by_name[1:] != by_name[:-1]) & (name[1:] != 0)):
        return key
    first = np.r_[True, ~same] | (name == 0)
    owner = np.empty_like(key)
    owner[order] = by_name[first][np.cumsum(first) - 1]
    return owner


def _cutter(wanted: Wanted, names: Names) -> Cutter:
    if wanted.name is not None:
        return _named
    if wanted.gap_seconds is None:
        return lambda ready: whole(ready.person)
    gap = wanted.gap_seconds
    group = np.array([*(1 + wanted.apart.index(c) if c in wanted.apart else 0 for c in names.channels), 0], np.int32)

    def visits(ready: Sorted) -> Cuts:
        channel = ready.columns.channel
        apart = group[channel] if channel is not None and wanted.apart else None
        return sessions(ready.person, ready.columns.at, apart, gap_seconds=gap)

    return visits


def _named(ready: Sorted) -> Cuts:
    columns = ready.columns
    assert columns.name is not None
    return by_name(ready.person, columns.at, columns.touch, columns.name)


@dataclass(frozen=True, slots=True)
class Part:
    """One bucket, and what is told of its events: how many fell outside or repeat another, the first and last moment,
    and a number that they mix to.
    """

    bucket: Bucket
    outside: int
    repeated: int
    first: int | None
    last: int | None
    mixed: int


def _one(part: Columns, names: Names, cutter: Cutter, skip: int) -> Part:
    ready = in_order(part, skip)
    columns = ready.columns
    bucket, outside = assembled(ready, cutter(ready), names)
    first, last = (int(columns.at.min()), int(columns.at.max())) if len(columns.at) else (None, None)
    return Part(_home(bucket, part), outside, _repeated(columns), first, last, _mixed(columns))


def _home(bucket: Bucket, part: Columns) -> Bucket:
    """Returns the bucket with its touches in the memory of the columns it was made of, which nobody needs any more."""
    kept: dict[str, Any] = {}
    for name in PER_TOUCH:
        column = getattr(bucket, name)
        if column is not None:
            kept[name] = getattr(part, name)[: bucket.touches]
            kept[name][:] = column
    return replace(bucket, **kept, touch=kept["event"])


def _over_buckets(
    columns: dict[str, Any], bits: int, work: Callable[[Columns], Part], threads: int | None
) -> list[Part]:
    """Returns what is made of each bucket; the columns are written over."""
    start = spread(columns, bits, threads)
    every = Columns(touch=columns["event"], **columns)
    parts = [every.taken(slice(low, high)) for low, high in pairwise(start.tolist())]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        return list(pool.map(work, parts))


def _repeated(columns: Columns) -> int:
    """Returns how many events equal an earlier one in everything that was read."""
    if len(columns.key) == 0:
        return 0
    tied = (columns.key[1:] == columns.key[:-1]) & (columns.at[1:] == columns.at[:-1])
    if not tied.any():
        return 0
    alike = columns.taken(np.r_[tied, False] | np.r_[False, tied])
    parts = (alike.key, alike.at, alike.event, alike.name, alike.channel, alike.detail, alike.value, alike.score)
    told = [column for column in parts if column is not None]
    order = np.lexsort(told)
    same: NDArray[np.bool_] = np.ones(len(order) - 1, dtype=np.bool_)
    for column in told:
        same &= column[order][1:] == column[order][:-1]
    return int(np.count_nonzero(same))


def _mixed(columns: Columns) -> int:
    """Returns a number that person, moment and event of all events mix to, whatever their order."""
    mixed = columns.key + columns.at.view(np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed += columns.event.astype(np.uint64)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return int(np.sum(mixed, dtype=np.uint64))


def _version(stored: int, mixed: int, names: Names, wanted: Wanted) -> str:
    """Returns a hash of what was read, whatever the order of the rows."""
    told = f"{stored} {mixed % 2**64} {names.events} {wanted}"
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
