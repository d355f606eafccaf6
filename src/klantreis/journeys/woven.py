"""Whole persons taken out of the arrays of a bucket, and put in: what changed is laid anew, the rest only moves.

Arrays go by name, as they stand on the disk: those of `model.Bucket`, and `last`, the last moment of each journey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import NO_SCORE, NO_VALUE

Arrays = dict[str, NDArray[Any]]
Keys = NDArray[np.uint64]
LAST = "last"
"""An array beside those of the Bucket: the last moment of each journey, from which its state follows when opened."""
TOUCHED = "touched"
"""An array beside those of persons as they were: who changed since, the new ones among them."""
NOBODY: Keys = np.empty(0, np.uint64)
PER_JOURNEY = ("state", "segments", LAST)
SAYS_NOTHING: Mapping[str, tuple[int, Any]] = {
    "channel": (-1, np.int32),
    "detail": (-1, np.int32),
    "value": (NO_VALUE, np.int64),
    "score": (NO_SCORE, np.int32),
    "survey": (-1, np.int32),
    "flags": (0, np.uint8),
}
"""What stands in a column for the persons of a bucket that lacks it."""


def of(arrays: Arrays, people: Keys) -> Arrays:
    """Returns the arrays with only these persons, told in their order; nothing of the others is looked at."""
    keys, person = arrays["keys"], arrays["person"]
    spot = np.searchsorted(keys, people)
    there = spot < len(keys)
    spot, people = spot[there], people[there]
    spot = spot[keys[spot] == people]
    first, last = (np.searchsorted(person, spot, side=side) for side in ("left", "right"))
    return _laid(arrays, _ranges(first, last - first))


def woven(several: Sequence[Arrays]) -> Arrays:
    """Returns the persons of all, in the one order of persons; nobody is in two of them. At least one is given."""
    return several[0] if len(several) == 1 else _chosen(several, [np.arange(len(one["person"])) for one in several])


def instead(arrays: Arrays, others: Arrays, people: Keys) -> Arrays:
    """Returns the arrays with `others` in the place of these persons, whose arrays they are."""
    left = np.flatnonzero(np.isin(arrays["keys"], people, invert=True)[arrays["person"]])
    return _chosen([arrays, others], [left, np.arange(len(others["person"]))])


def _chosen(several: Sequence[Arrays], journeys: Sequence[NDArray[np.int64]]) -> Arrays:
    """Returns these journeys of each of them, in the one order of persons; every array is laid once."""
    keys = [one["keys"][one["person"][mine]] for one, mine in zip(several, journeys, strict=True)]
    order = np.argsort(np.concatenate(keys), kind="stable")
    ahead = np.cumsum([0, *(len(one["person"]) for one in several)])
    places = np.concatenate([mine + more for mine, more in zip(journeys, ahead, strict=False)])[order]
    return _laid(_beside(several), places)


def _beside(several: Sequence[Arrays]) -> Arrays:
    """Returns the arrays one after the other."""
    people = np.cumsum([0, *(len(one["keys"]) for one in several)])
    touches = np.cumsum([0, *(len(one["at"]) for one in several)])
    found: Arrays = {}
    for name in dict.fromkeys(name for one in several for name in one):
        found[name] = np.concatenate([one[name] if name in one else _nothing(name, len(one["at"])) for one in several])
    found["person"] = np.concatenate([one["person"] + first for one, first in zip(several, people, strict=False)])
    starts = [one["start"][:-1] + first for one, first in zip(several, touches, strict=False)]
    found["start"] = np.append(np.concatenate(starts), touches[-1]).astype(np.int64)
    return found


def _nothing(name: str, size: int) -> NDArray[Any]:
    value, kind = SAYS_NOTHING[name]
    return np.full(size, value, kind)


def _laid(arrays: Arrays, journeys: NDArray[np.int64]) -> Arrays:
    """Returns these journeys in this order; those of one person stand together."""
    start = arrays["start"]
    length = start[journeys + 1] - start[journeys]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(length)]).astype(np.int64)
    rows = rows_of(start, journeys)
    mine = arrays["keys"][arrays["person"][journeys]]
    new = np.ones(len(mine), np.bool_)
    np.not_equal(mine[1:], mine[:-1], out=new[1:])
    found = {name: array[rows] for name, array in arrays.items() if name not in (*PER_JOURNEY, *AROUND)}
    found |= {name: arrays[name][journeys] for name in PER_JOURNEY if name in arrays}
    return found | {"start": first, "person": np.cumsum(new) - 1, "keys": mine[new]}


def rows_of(start: NDArray[np.int64], journeys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the rows of the touches of these journeys, in their order."""
    return _ranges(start[journeys], start[journeys + 1] - start[journeys])


def _ranges(first: NDArray[np.int64], length: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns `length` numbers from each of `first` on, one range after the other."""
    ends = np.cumsum(length)
    return np.repeat(first - ends + length, length) + np.arange(ends[-1] if len(ends) else 0)


AROUND = ("start", "person", "keys")
