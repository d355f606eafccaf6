"""The arithmetic of the lifecycle: one walk over each person's events, day by day and unit by unit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel
from klantreis.stats.calendar import DAY, place_of

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
WEEK, MONTH = 7, 30
NEW, RETURNING, RESURRECTED, DORMANT = 0, 1, 2, 3
ACTIVE, WITHIN_WEEK, WITHIN_MONTH = 0, 1, 2


LONG_AGO = -1000
"""Before any day whose stretches could still go on."""

LOWEST = int(np.iinfo(np.int64).min)


@kernel
def walked(
    role: Ints, touch: Codes, at: Ints, first: Ints, pages: tuple[Ints, Ints, int, int, int]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns what everybody is per unit, active days per day, persons per unit and number of active days in it, and
    per active person when they were first, second (LOWEST: never) and last active.

    `pages`: when each day begins, the unit of each day, how many units, most days in one, and the end of the data.
    `active[1]` and `active[2]` hold differences: adding them up from the left gives how many are within a stretch.

    Units are counted one higher, so that who was in none yet stands in row 0, which is cut off. Whether a day is in
    another unit than the one before is as good as a coin, so nothing branches on it.
    """
    begins, unit_of, units, most, end = pages
    states = np.zeros((units + 2, 4), np.int64)
    days = np.zeros((len(begins) + MONTH, 3), np.int64)
    spread = np.zeros((units + 1, most + 1), np.int64)
    lives, found = np.empty((len(first) - 1, 3), np.int64), 0
    for person in range(len(first) - 1):
        day, unit, often, until = LONG_AGO, np.int64(0), np.int64(0), LOWEST
        times, begun, again, last = 0, np.int64(LOWEST), np.int64(LOWEST), np.int64(LOWEST)
        for i in range(first[person], first[person + 1]):
            now = at[i]
            if role[touch[i]] & 1 == 0 or now > end:
                continue
            begun = now if times == 0 else begun
            again = now if times == 1 else again
            last = now
            times += 1
            if now < until:
                continue
            here = place_of(begins, now, DAY)
            until = begins[here + 1]
            days[here, ACTIVE] += 1
            days[max(here, day + WEEK), WITHIN_WEEK] += 1
            days[max(here, day + MONTH), WITHIN_MONTH] += 1
            entered = unit_of[here] + 1
            other = np.int64(entered != unit)
            spread[unit, often] += other
            state = NEW if unit == 0 else RETURNING if entered == unit + 1 else RESURRECTED
            states[entered, state] += other
            states[unit + 1, DORMANT] += other & (state == RESURRECTED)
            unit, often, day = entered, often * (1 - other) + 1, here
        if times > 0:
            lives[found, 0], lives[found, 1], lives[found, 2] = begun, again, last
            spread[unit, often] += 1
            states[unit + 1, DORMANT] += 1
            found += 1
    active = days.T.copy()
    for row, stretch in ((WITHIN_WEEK, WEEK), (WITHIN_MONTH, MONTH)):
        active[row, stretch:] -= days[: len(days) - stretch, ACTIVE]  # who is active on a day is so until it is past
    return states[1:].T.copy(), active, spread[1:].copy(), lives[:found].copy()


def tally(numbers: Ints) -> Any:
    """Returns how often each whole number from 0 on occurs."""
    return np.bincount(numbers).astype(np.int64) if len(numbers) else np.zeros(0, np.int64)
