"""Who is in which group of a change, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.effect.cases import Ints
from klantreis.analyses.effect.options import Trial
from klantreis.journeys.model import Bucket
from klantreis.journeys.spells import journey_of, meets
from klantreis.kernels import kernel

TREATED, CONTROL, NOBODY = 0, 1, -1
NEVER = int(np.iinfo(np.int64).max)
NO_BIT, BITS = np.uint64(0), (np.uint64(1), np.uint64(2))
Room = tuple[NDArray[np.int8], Ints, NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Groups:
    """Per person the `side` they are on from day to day, or NOBODY (those who only came earlier have one too), since
    when they are in it, or NEVER, and their `place` in it: the treated from 0 up, the others from -1 down. How many are
    in each group, and how many were in both.
    """

    side: NDArray[np.int8]
    since: Ints
    place: NDArray[np.int32]
    sizes: tuple[int, int]
    both: int


@dataclass(frozen=True, slots=True)
class _Came:
    """When who came, by person, with the `bits` of where they were; which bit is each arm's. `rest`: who came and was
    not in the arm with the change, is in the other, whatever its bit.
    """

    person: Ints
    at: Ints
    bits: NDArray[np.uint64]
    arms: tuple[np.uint64, np.uint64]
    rest: bool


def room_for(people: int) -> Room:
    """Returns room for the groups of one change, which those of the next may use again."""
    return np.empty(people, np.int8), np.empty(people, np.int64), np.empty(people, np.int32)


def groups_of(bucket: Bucket, trial: Trial, begun: Ints, room: Room) -> Groups:
    """Returns the groups of a change; `begun` tells when each journey did. When periods are compared, everybody is
    treated. The arrays may be those of `room`, as new memory takes more time than filling it.
    """
    people = len(bucket.keys)
    if not trial.compared:
        place = np.arange(people, dtype=np.int32)
        return Groups(np.zeros(people, np.int8), np.full(people, trial.begins), place, (people, 0), 0)
    first, came = trial.begins if trial.randomised else trial.before, _came(bucket, trial.arms, begun)
    rows, how = (came.person, came.at, came.bits), (came.arms, came.rest)
    (side, since, place), (ours, theirs, both) = room, _sided(rows, how, (first, trial.ends), room)
    if not trial.randomised:  # how the groups moved before is told of all who were in them then, not of who came back
        early, *_ = before = room_for(people)
        _sided(rows, how, (-NEVER, first), before)
        side = np.where(side == NOBODY, early, side)
        since = np.where(since < NEVER, first, NEVER)
    return Groups(side, since, place, (int(ours), int(theirs)), int(both))


def _came(bucket: Bucket, arms: tuple[str | None, str | None], begun: Ints) -> _Came:
    """Returns when people came into the arms: with the beginning of a journey, or at a touch where one names that."""
    treated, control = arms
    if not any(_is_touchpoint(bucket, arm) for arm in arms):
        bits = (_bit(bucket, treated), _bit(bucket, control))
        return _Came(bucket.person, begun, bucket.segments, bits, control is None)
    both = [_in_arm(bucket, arm, begun) for arm in (treated, control)]
    person, at = (np.concatenate([came[column] for came in both]) for column in (0, 1))
    bits_each = np.repeat(np.array(BITS, np.uint64), [came[0].size for came in both])
    order, each_arm = np.argsort(person, kind="stable"), (NO_BIT if treated is None else BITS[0], BITS[1])
    return _Came(person[order], at[order], bits_each[order], each_arm, control is None)


def _in_arm(bucket: Bucket, arm: str | None, begun: Ints) -> tuple[Ints, Ints]:
    """Returns who came into an arm and when; None: everybody who began a journey."""
    if _is_touchpoint(bucket, arm):
        rows = np.flatnonzero(meets(bucket, (arm,) if arm else ()))
        return bucket.person[journey_of(bucket, rows)], bucket.at[rows]
    if arm is None:
        return bucket.person, begun
    mine = np.flatnonzero(bucket.segments & _bit(bucket, arm))
    return bucket.person[mine], begun[mine]


def _is_touchpoint(bucket: Bucket, arm: str | None) -> bool:
    return arm in bucket.names.touchpoints and arm not in bucket.names.segments


def _bit(bucket: Bucket, arm: str | None) -> np.uint64:
    """Returns the bit of a segment; none when it is not known."""
    segments = bucket.names.segments
    return np.uint64(1 << segments.index(arm)) if arm is not None and arm in segments else NO_BIT


@kernel
def _sided(
    rows: tuple[Any, ...], how: tuple[tuple[Any, Any], bool], span: tuple[int, int], room: Room
) -> tuple[int, int, int]:
    """Writes who is in which group, the one they came into first within a span, as `Groups` tells it; returns how many
    are in each, and in both.

    Rows stand by person. Which group somebody is in is up to chance, so nothing branches on that.
    """
    (person, at, bits), ((with_it, without), rest), (side, since, place) = rows, how, room
    ours, theirs, both, row = 0, 0, 0, 0
    for who in range(side.size):
        one = other = NEVER
        while row < person.size and person[row] == who:
            moment, bit = at[row], bits[row]
            inside = (moment >= span[0]) & (moment < span[1])
            one = min(one, moment if inside & ((bit & with_it) != 0) else NEVER)
            other = min(other, moment if inside & (rest | ((bit & without) != 0)) else NEVER)
            row += 1
        other = NEVER if rest & (one < NEVER) else other
        ahead, behind = one < other, other < one
        both += (one < NEVER) & (other < NEVER)
        theirs += behind
        side[who] = TREATED if ahead else CONTROL if behind else NOBODY
        since[who] = NEVER if one == other else min(one, other)
        place[who] = ours if ahead else -theirs
        ours += ahead
    return ours, theirs, both
