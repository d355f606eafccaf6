"""A few journeys to look at: the same ones whatever the split into buckets and whatever the order of merging."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import Bucket
from klantreis.kernels import inline, inline_always, kernel
from klantreis.stats.exchange import NotExchanged
from klantreis.stats.exchange import exchanged as counts_exchanged

EXAMPLES = 5
"""How many journeys are shown as examples of one thing."""

KEPT = 9
"""How many are kept where some may be taken away again."""

NONE = int(np.iinfo(np.int64).max)
"""An empty place among the examples."""

MORE = NONE - 1
"""A place for an example that was not kept: there may be more after those before it."""

_TRIP_BITS = 20
_KEY = np.uint64(0xFFFFFFFF)
Part = TypeVar("Part")


def ranks(bucket: Bucket) -> NDArray[np.int64]:
    """Returns one number per journey; the lowest ones are taken as examples, and `named` gives their names back."""
    return _ranks(bucket.keys, bucket.person)


@kernel
def _ranks(keys: NDArray[np.uint64], person: NDArray[np.int64]) -> NDArray[np.int64]:
    found, first = np.empty(person.size, np.int64), 0
    for journey in range(person.size):
        first = journey if person[journey] != person[first] else first
        trip = min(journey - first, (1 << _TRIP_BITS) - 1)
        found[journey] = np.int64(keys[person[journey]] & _KEY) << _TRIP_BITS | trip
    return found


@inline_always
def keep(best: NDArray[np.int64], row: int, rank: int) -> None:
    """Puts a rank among the lowest of a row, which stand in rising order, each once; empty places hold NONE.

    Most ranks are too high, and are not even handed on.
    """
    if rank < best[row, best.shape[1] - 1]:
        _put(best, row, rank)


@inline
def _put(best: NDArray[np.int64], row: int, rank: int) -> None:
    """Each place becomes the lower of itself and what must move up: nothing branches on where the rank belongs."""
    last = best.shape[1] - 1
    same = 0
    for place in range(last):
        same += 1 if best[row, place] == rank else 0
    if same:
        return
    for place in range(last, 0, -1):
        best[row, place] = max(best[row, place - 1], min(best[row, place], rank))
    best[row, 0] = min(best[row, 0], rank)


def joined(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the lowest ranks of both, row by row. What lies above the last one known of either is not told.

    Of two rising rows the lowest half is, place by place, the lower of the one and the other from its end.
    """
    both = np.sort(np.minimum(one, other[:, ::-1]), axis=1)
    if not ((one == MORE).any() or (other == MORE).any()):
        return both
    return _cut_off(both, np.minimum(_known_up_to(one), _known_up_to(other))[:, np.newaxis])


def _cut_off(rows: NDArray[np.int64], limit: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the ranks up to a limit; above it there may be more."""
    return np.where((rows > limit) & (limit < NONE), MORE, rows)


def _among(rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Says of each rank whether the same row of the others has it."""
    found: NDArray[np.bool_] = (rows[:, :, np.newaxis] == others[:, np.newaxis, :]).any(axis=2) & (rows < MORE)
    return found


def exchanged(whole: NDArray[np.int64], was: NDArray[np.int64], now: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the lowest ranks of all when those of some, which were `was`, are `now`; see `stats.exchange`.

    Raises NotExchanged when fewer are known than are shown, and there are more, or when the rows are of other things.
    """
    if not len(whole) == len(was) == len(now):
        raise NotExchanged(f"{len(whole)} rows of examples, not {len(now)}")
    limit = np.minimum(_known_up_to(whole), _known_up_to(now))[:, np.newaxis]
    filler = np.where(limit < NONE, MORE, NONE)
    stays = _among(whole, now) | ~_among(whole, was)
    both = [np.where(stays | (whole >= MORE), whole, filler), np.where(_among(now, whole), filler, now)]
    found = _cut_off(np.sort(np.concatenate(both, axis=1), axis=1), limit)[:, : whole.shape[1]]
    if np.any(found[:, EXAMPLES - 1] == MORE):
        raise NotExchanged("too few examples are left")
    return found


def part_exchanged(whole: Part, was: Part, now: Part, *names: str) -> Part:
    """Returns the part of all when some, who were `was`, are `now`; `names`: its fields that hold examples."""
    parts: tuple[Any, ...] = (whole, was, now)
    none = dict.fromkeys(names, np.zeros((0, 0), np.int64))
    ranks = {name: exchanged(*(getattr(part, name) for part in parts)) for name in names}
    found: Part = replace(counts_exchanged(*(replace(part, **none) for part in parts)), **ranks)
    return found


def _known_up_to(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns per row the rank up to which all are known; NONE: all of them."""
    last = np.where(rows < MORE, rows, -1).max(axis=1, initial=-1)
    return np.where(rows[:, -1] == NONE, NONE, last)


def lowest(*groups: Iterable[int]) -> tuple[int, ...]:
    """Returns the lowest ranks of all groups together, empty places left out."""
    return tuple(sorted({int(rank) for group in groups for rank in group} - {NONE, MORE})[:EXAMPLES])


def named(chosen: Iterable[int]) -> tuple[str, ...]:
    """Returns the pseudonymous names, as `Bucket.journey_name` gives them, of journeys by their ranks."""
    return tuple(f"p{rank >> _TRIP_BITS:08x}-{(rank & ((1 << _TRIP_BITS) - 1)) + 1}" for rank in chosen)


@dataclass(frozen=True, slots=True)
class Examples:
    """The lowest ranks of one thing, rising, as `keep` finds them: KEPT of them, so that some may be taken away."""

    ranks: tuple[int, ...] = (NONE,) * KEPT

    def __add__(self, other: Examples) -> Examples:
        """Returns the lowest of both."""
        return Examples(tuple(joined(_row(self), _row(other))[0].tolist()))

    def exchanged(self, was: Examples | None, now: Examples | None) -> Examples:
        """Returns the lowest of all when those of some, which were `was`, are `now`; see `stats.exchange`."""
        three = (_row(one or Examples()) for one in (self, was, now))
        return Examples(tuple(exchanged(*three)[0].tolist()))


def _row(examples: Examples) -> NDArray[np.int64]:
    return np.array([examples.ranks], np.int64)
