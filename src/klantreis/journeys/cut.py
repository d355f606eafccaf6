"""Cuts one person's sorted touches into journeys: from a start touch to an end touch or a long silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import ENDED, OPEN, TIMED_OUT
from klantreis.kernels import kernel
from klantreis.map.model import JourneyRule

SECOND = 1_000_000
OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Cuts:
    """Which journey each touch belongs to (int64, `OUTSIDE` for none) and the state of each journey (int8).

    Journeys are numbered from 0 in the order (person, first touch); a number never appears for two persons.
    """

    number: NDArray[np.int64]
    state: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Rule:
    """A `JourneyRule` in codes: `opens` and `closes` hold a truth per touchpoint, the last one for unmapped touches.

    `timeout` in microseconds, -1 for none. `ends`: whether any touchpoint closes a journey. `last`: the end of the
    data in microseconds, which decides what is still open.
    """

    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    timeout: int
    ends: bool
    last: int


def coded(rule: JourneyRule, touchpoints: tuple[str, ...], last: int) -> Rule:
    """Returns the rule in codes of `touchpoints`, for data that ends at `last` (microseconds)."""
    return Rule(
        opens=np.array([not rule.start or name in rule.start for name in touchpoints] + [not rule.start]),
        closes=np.array([name in rule.end for name in touchpoints] + [False]),
        timeout=-1 if rule.timeout_seconds is None else round(rule.timeout_seconds * SECOND),
        ends=bool(rule.end),
        last=last,
    )


def whole(person: NDArray[np.int64]) -> Cuts:
    """Returns one ended journey per person; `person` int64 per touch, never falling, from 0 without gaps."""
    people = int(person[-1]) + 1 if len(person) else 0
    return Cuts(person, np.full(people, ENDED, dtype=np.int8))


def by_rule(person: NDArray[np.int64], at: NDArray[np.int64], touch: NDArray[np.int32], rule: Rule) -> Cuts:
    """Returns the journeys that start, end and time out as `rule` says; touches sorted by (person, at).

    A silence strictly longer than the timeout closes a journey. The end touch belongs to it; after it only a touch
    that opens can begin the next. Unmapped touches belong to a journey but open one only when any touch may.
    """
    number, ended = _walk(person, at, touch, np.stack([rule.opens, rule.closes]), rule.timeout)
    return Cuts(number, _states(number, at, ended, rule))


def by_name(
    person: NDArray[np.int64],
    at: NDArray[np.int64],
    touch: NDArray[np.int32],
    name: NDArray[np.uint64],
    rule: Rule | None = None,
) -> Cuts:
    """Returns one journey per (person, name); touches sorted by (person, name, at); name 0 means none: outside.

    `rule` tells the states only; None: all ended.
    """
    if len(person) == 0:
        return Cuts(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int8))
    first = np.flatnonzero(np.r_[True, (np.diff(person) != 0) | (name[1:] != name[:-1])])
    group = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(person)]))
    named = name[first] != 0
    by_time = np.lexsort((name[first], at[first], person[first]))
    number = np.full(len(first), OUTSIDE, dtype=np.int64)
    number[by_time[named[by_time]]] = np.arange(np.count_nonzero(named))
    numbers = number[group]
    if rule is None:
        return Cuts(numbers, np.full(np.count_nonzero(named), ENDED, dtype=np.int8))
    ended = np.zeros(np.count_nonzero(named), dtype=np.bool_)
    ended[numbers[(numbers >= 0) & rule.closes[touch]]] = True
    return Cuts(numbers, _states(numbers, at, ended, rule))


def last_moments(number: NDArray[np.int64], at: NDArray[np.int64], journeys: int) -> NDArray[np.int64]:
    """Returns the moment of the last touch of each journey, in microseconds."""
    last = np.full(journeys, np.iinfo(np.int64).min, dtype=np.int64)
    inside = number >= 0
    np.maximum.at(last, number[inside], at[inside])
    return last


def settled(state: NDArray[np.int8], last: NDArray[np.int64], rule: Rule) -> NDArray[np.int8]:
    """Returns the states at the end of the data: an open journey that was silent too long has timed out."""
    # Subtracting cannot overflow where adding a long timeout to a late moment could.
    silent = (rule.timeout >= 0) & (last < rule.last - rule.timeout)
    return np.where((state == OPEN) & silent, TIMED_OUT, state).astype(np.int8)


def _states(number: NDArray[np.int64], at: NDArray[np.int64], ended: NDArray[np.bool_], rule: Rule) -> NDArray[np.int8]:
    if not rule.ends and rule.timeout < 0:
        return np.full(len(ended), ENDED, dtype=np.int8)
    state = np.where(ended, ENDED, OPEN).astype(np.int8)
    return settled(state, last_moments(number, at, len(ended)), rule)


@kernel
def _walk(
    person: NDArray[np.int64],
    at: NDArray[np.int64],
    touch: NDArray[np.int32],
    doors: NDArray[np.bool_],
    timeout: int,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Kernel: the journey of each touch, and per journey whether an end touch closed it."""
    number = np.empty(len(at), dtype=np.int64)
    ended = np.zeros(len(at), dtype=np.bool_)
    current, journeys = -1, 0
    for row in range(len(at)):
        if row > 0 and (
            person[row] != person[row - 1] or (timeout >= 0 and current >= 0 and at[row] - at[row - 1] > timeout)
        ):
            current = -1
        code = touch[row]  # -1, unmapped, is the last place of a door
        if current < 0 and doors[0, code]:
            current = journeys
            journeys += 1
        number[row] = current
        if current >= 0 and doors[1, code]:
            ended[current] = True
            current = -1
    return number, ended[:journeys].copy()
