"""How long until somebody converts, when some entries have not had their time yet (Kaplan-Meier)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.bins import bins, middles
from klantreis.stats.intervals import Estimate
from klantreis.stats.pieces import Piece
from klantreis.stats.spread import SECOND, Spreads, group
from klantreis.stats.survival import Survival, where_it_falls

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waits:
    """Matched attempts that did not convert: `over` of them had their whole window; `since` the entries of the rest,
    rising once they are settled.

    `gone`: entries that are among them (or are over by now) and no longer count.
    """

    over: int
    since: Ints
    gone: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def __add__(self, other: Waits) -> Waits:
        """Returns both together."""
        since, gone = (np.concatenate([getattr(self, name), getattr(other, name)]) for name in ("since", "gone"))
        return Waits(self.over + other.over, since, gone)

    def __neg__(self) -> Waits:
        """Returns what takes these away from others."""
        return Waits(-self.over, self.gone, self.since)

    def exchanged(self, was: Waits, now: Waits) -> Waits:
        """Returns the attempts of all when some, who were `was`, are `now`; see `stats.exchange`."""
        return self + -was + now

    def settled(self, within: int, last: int) -> Waits:
        """Returns the same at the end of the data, nothing gone."""
        still, gone = waits(self.since, within, last), waits(self.gone, within, last)
        since, less = np.sort(still.since), np.sort(gone.since)
        if len(less):
            turn = np.arange(len(less)) - np.searchsorted(less, less)
            since = np.delete(since, np.searchsorted(since, less) + turn)
        return Waits(self.over + still.over - gone.over, since)


NOBODY = Waits(0, np.empty(0, np.int64))


def waits(entry: Ints, within: int, last: int) -> Waits:
    """Returns these entries (microseconds) of attempts that did not convert, for data that ends at `last`."""
    over = entry <= last - within
    return Waits(int(over.sum()), entry[~over])


@dataclass(frozen=True, slots=True)
class OpenEntries:
    """Entries, per group, of matched attempts that did not convert and had no whole window when they were counted.

    `since`: their moments; `groups`: of each its code; `signs`: 1, or -1 for one that no longer counts.
    """

    since: Ints
    groups: Ints
    signs: Ints

    def __add__(self, other: OpenEntries) -> OpenEntries:
        """Returns both together."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in ("since", "groups", "signs"))
        return OpenEntries(*(np.concatenate(pair) for pair in pairs))

    def exchanged(self, was: OpenEntries, now: OpenEntries) -> OpenEntries:
        """Returns the entries of all when some, who were `was`, are `now`; see `stats.exchange`."""
        return self + OpenEntries(was.since, was.groups, -was.signs) + now

    def settled(self, group: int, stayed: int, ends: tuple[int, int]) -> Waits:
        """Returns the waits of a group, of whom `stayed` did not convert; `ends`: window and end of the data."""
        mine = (self.groups == group) & (self.since > ends[1] - ends[0])
        entries, place = np.unique(self.since[mine], return_inverse=True)
        times = np.bincount(place, self.signs[mine], len(entries)).astype(np.int64)
        return Waits(stayed - int(times.sum()), np.repeat(entries, times))


def open_entries(entry: Ints, groups: Ints, within: int, last: int) -> OpenEntries:
    """Returns those of these entries (microseconds) whose window is not over at `last`, each with its group."""
    still = entry > last - within
    return OpenEntries(entry[still], groups[still], np.ones(int(still.sum()), np.int64))


def median_wait(spreads: Spreads, key: int, waiting: Waits, ends: tuple[int, int]) -> Estimate | None:
    """Returns the median time to convert in seconds, of all entries; None when no entry is open.

    `ends`: the window and the end of the data. Open entries are censored at the end of the data, the others at the
    end of their window. No value: fewer than half are known to convert. Source: see `stats.survival`.
    """
    still = waiting.settled(*ends)
    if not len(still.since):
        return None
    return median_of(curve(group(spreads, key), still, ends))


def median_of(waited: Survival) -> Estimate:
    """Returns the median of a curve over microseconds, in seconds."""
    found = waited.median()
    return Estimate(_seconds(found.value), found.n, _seconds(found.low), _seconds(found.high))


def curve(converted: Piece | None, waiting: Waits, ends: tuple[int, int]) -> Survival:
    """Returns the share that still waits, over microseconds since entry, where it falls; `waiting` is settled."""
    _, last = ends
    return where_it_falls(*_durations(converted), (last - waiting.since[::-1]).astype(np.float64), waiting.over)


def _durations(piece: Piece | None) -> tuple[NDArray[np.float64], Ints]:
    """Returns the distinct durations, rising, and how many have each; of a large group the middles of its bins."""
    if piece is None:
        return np.empty(0), np.empty(0, np.int64)
    if len(piece.values):
        values, many = np.unique(piece.values, return_counts=True)
        return values.astype(np.float64), many
    codes = int(bins(piece.low)[0]) + np.flatnonzero(piece.counts)
    return np.clip(middles(codes), piece.low[0], piece.high[0]), piece.counts[piece.counts > 0]


def _seconds(micros: float | None) -> float | None:
    return None if micros is None else micros / SECOND
