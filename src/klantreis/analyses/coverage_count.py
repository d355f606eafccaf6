"""Counting for coverage: who does what off the map, between which touchpoints, and what it goes with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.examples import KEPT, NONE, keep
from klantreis.kernels import inline, kernel

STRATA = 9
"""Persons are compared at like length: 0, 1, 2-3, 4-7, ... events before the outcome; 128 and more in the last."""


class Log(NamedTuple):
    """The arrays of a bucket; `row` numbers the event codes that occur off the map, -1 for the others."""

    event: NDArray[np.int32]
    at: NDArray[np.int64]
    start: NDArray[np.int64]
    person: NDArray[np.int64]
    rank: NDArray[np.int64]
    row: NDArray[np.int32]


class Met(NamedTuple):
    """Per row (touchpoints first, then behaviours): events, journeys, people, last moment (0: never), and examples."""

    events: NDArray[np.int64]
    journeys: NDArray[np.int64]
    people: NDArray[np.int64]
    last: NDArray[np.int64]
    examples: NDArray[np.int64]


@kernel
def met(touch: NDArray[np.int32], log: Log, touchpoints: int, behaviours: int) -> Met:
    """Returns how often, in how many journeys and by how many people each touchpoint and each behaviour is met."""
    event, at, start, person, rank, number = log
    rows = touchpoints + behaviours
    events, journeys, people = np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    last, examples = np.zeros(rows, np.int64), np.full((rows, KEPT), NONE, np.int64)
    last_journey, last_person = np.full(rows, -1, np.int64), np.full(rows, -1, np.int64)
    for journey in range(person.size):
        for spot in range(start[journey], start[journey + 1]):
            row = touch[spot] if touch[spot] >= 0 else touchpoints + number[event[spot]]
            last[row] = max(last[row], at[spot]) if events[row] > 0 else at[spot]
            events[row] += 1
            if last_journey[row] != journey:
                last_journey[row] = journey
                journeys[row] += 1
                keep(examples, row, rank[journey])
                if last_person[row] != person[journey]:
                    last_person[row] = person[journey]
                    people[row] += 1
    return Met(events, journeys, people, last, examples)


@kernel
def between(
    touch: NDArray[np.int32], log: Log, touchpoints: int, behaviours: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Returns how often each touchpoint is the nearest one before a behaviour, and after it, in the same journey."""
    event, start, number = log.event, log.start, log.row
    earlier = np.zeros((behaviours, touchpoints), np.int32)
    later = np.zeros((behaviours, touchpoints), np.int32)
    for journey in range(start.size - 1 if behaviours > 0 else 0):
        nearest = -1
        for spot in range(start[journey], start[journey + 1]):
            if touch[spot] >= 0:
                nearest = touch[spot]
            elif nearest >= 0:
                earlier[number[event[spot]], nearest] += 1
        nearest = -1
        for spot in range(start[journey + 1] - 1, start[journey] - 1, -1):
            if touch[spot] >= 0:
                nearest = touch[spot]
            elif nearest >= 0:
                later[number[event[spot]], nearest] += 1
    return earlier, later


@kernel
def compared(
    touch: NDArray[np.int32], log: Log, reached: NDArray[np.bool_], behaviours: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns people by (behaviour, stratum, outcome) and by (stratum, outcome); outcome 1 when it was reached.

    `reached` marks the touches that are the outcome. Only what a person does before the first of them counts, for the
    behaviours and for the stratum alike.
    """
    event, at, start, person, number = log.event, log.at, log.start, log.person, log.row
    did = np.zeros((behaviours, STRATA, 2), np.int64)
    everyone = np.zeros((STRATA, 2), np.int64)
    last_person = np.full(behaviours, -1, np.int64)
    journey = 0
    while journey < person.size:
        after = journey + 1
        while after < person.size and person[after] == person[journey]:
            after += 1
        low, end = start[journey], start[after]
        cut = _first(at, reached, low, end)
        mixed = _mixed(at, start, journey, after)
        if cut >= 0 and not mixed:
            end = cut
        length = end - low
        if mixed and cut >= 0:
            length = 0
            for spot in range(low, end):
                length += 1 if _earlier(at, spot, cut) else 0
        stratum, outcome = _stratum(length), 1 if cut >= 0 else 0
        everyone[stratum, outcome] += 1
        for spot in range(low, end):
            if touch[spot] < 0 and (not mixed or cut < 0 or _earlier(at, spot, cut)):
                row = number[event[spot]]
                if last_person[row] != journey:
                    last_person[row] = journey
                    did[row, stratum, outcome] += 1
        journey = after
    return did, everyone


@inline
def _first(at: NDArray[np.int64], reached: NDArray[np.bool_], low: int, high: int) -> int:
    cut = -1
    for spot in range(low, high):
        if reached[spot] and (cut < 0 or at[spot] < at[cut]):
            cut = spot
    return cut


@inline
def _mixed(at: NDArray[np.int64], start: NDArray[np.int64], journey: int, after: int) -> bool:
    """Says whether a person's journeys overlap in time, as they may when a column (an order number) names them."""
    mixed = False
    for later in range(journey + 1, after):
        mixed = mixed or at[start[later]] < at[start[later] - 1]
    return mixed


@inline
def _earlier(at: NDArray[np.int64], spot: int, cut: int) -> bool:
    return at[spot] < at[cut] or (at[spot] == at[cut] and spot < cut)


@inline
def _stratum(length: int) -> int:
    stratum = 0
    while length > 0 and stratum < STRATA - 1:
        length >>= 1
        stratum += 1
    return stratum
