"""The arithmetic of the lifecycle: one walk over each person's events, day by day and unit by unit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel
from klantreis.stats.calendar import place_of

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
WEEK, MONTH = 7, 30
NEW, RETURNING, RESURRECTED, DORMANT = 0, 1, 2, 3
ACTIVE, WITHIN_WEEK, WITHIN_MONTH = 0, 1, 2


@inline
def count_day(days: Ints, day: int, before: int) -> None:
    """Counts an active day, and the stretches of 7 and 30 days in which somebody active on it has been active.

    `days[1]` and `days[2]` hold differences: adding them up from the left gives how many are within a stretch.
    """
    days[0, day] += 1
    for row, stretch in ((1, 7), (2, 30)):
        begin = day if before < 0 else max(day, before + stretch)
        days[row, begin] += 1
        days[row, day + stretch] -= 1


@inline
def enter_unit(states: Ints, unit: int, before: int) -> None:
    """Counts what somebody is who is active in a unit, when they were last active in `before` (-1: never)."""
    if before < 0:
        states[0, unit] += 1
    elif unit == before + 1:
        states[1, unit] += 1
    else:
        states[2, unit] += 1
        states[3, before + 1] += 1


@kernel
def walked(
    role: Ints, touch: Codes, at: Ints, first: Ints, pages: tuple[Ints, Ints, int, int, int]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns what everybody is per unit, active days per day, persons per unit and number of active days in it, and
    per active person when they were first, second (-1: never) and last active.

    `pages`: when each day begins, the unit of each day, how many units, most days in one, and the end of the data.
    """
    begins, unit_of, units, most, end = pages
    states = np.zeros((4, units + 1), np.int64)
    days = np.zeros((3, len(begins) + 30), np.int64)
    spread = np.zeros((units, most + 1), np.int64)
    lives = np.empty((len(first) - 1, 3), np.int64)
    found = 0
    for person in range(len(first) - 1):
        day, unit, often, begun, until = -1, -1, 0, False, 0
        for i in range(first[person], first[person + 1]):
            now = at[i]
            if role[touch[i]] & 1 == 0 or now > end:
                continue
            if not begun:
                lives[found, 0], lives[found, 1] = now, -1
                begun = True
            elif lives[found, 1] == -1:
                lives[found, 1] = now
            lives[found, 2] = now
            if now < until:
                continue
            here = place_of(begins, now, 86_400_000_000)
            until = begins[here + 1]
            count_day(days, here, day)
            if unit_of[here] != unit:
                if unit >= 0:
                    spread[unit, often] += 1
                enter_unit(states, unit_of[here], unit)
                unit, often = unit_of[here], 0
            day = here
            often += 1
        if begun:
            spread[unit, often] += 1
            states[3, unit + 1] += 1
            found += 1
    return states, days, spread, lives[:found].copy()


def tally(numbers: Ints) -> Any:
    """Returns how often each whole number from 0 on occurs."""
    return np.bincount(numbers).astype(np.int64) if len(numbers) else np.zeros(0, np.int64)
