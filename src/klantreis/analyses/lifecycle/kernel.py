"""The arithmetic of the lifecycle: one walk over each person's events, day by day and unit by unit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel
from klantreis.stats.calendar import DAY, place_of
from klantreis.stats.groups import GROUPS

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
    role: Ints, people: tuple[Codes, Ints, Ints, Ints], pages: tuple[Ints, Ints, int, int, int]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Returns what everybody is per unit, active days per day, persons per unit and number of active days in it, and
    per active person when they were first, second (LOWEST: never) and last active.

    `people`: touches, their moments, where each person begins and the group of each. `pages`: when each day begins, the
    unit of each day, how many units, most days in one, and the end of the data. Days and numbers of days are told per
    group: row `3 * group + 1` (or 2) of `active` holds differences, which add up from the left to how many are within a
    stretch; column `group * (most + 1) + d` of `spread` holds those active on d days.

    Units are counted one higher, so that who was in none yet stands in row 0, which is cut off. Whether a day is in
    another unit than the one before is as good as a coin, so nothing branches on it.
    """
    (touch, at, first, group_of), (begins, unit_of, units, most, end) = people, pages
    states = np.zeros((units + 2, 4), np.int64)
    days = np.zeros((GROUPS, len(begins) + MONTH, 3), np.int64)
    spread = np.zeros((units + 1, GROUPS * (most + 1)), np.int64)
    lives, found = np.empty((len(first) - 1, 3), np.int64), 0
    for person in range(len(first) - 1):
        day, unit, often, until = LONG_AGO, np.int64(0), np.int64(0), LOWEST
        group = group_of[person]
        none = group * (most + 1)
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
            days[group, here, ACTIVE] += 1
            days[group, max(here, day + WEEK), WITHIN_WEEK] += 1
            days[group, max(here, day + MONTH), WITHIN_MONTH] += 1
            entered = unit_of[here] + 1
            other = np.int64(entered != unit)
            spread[unit, none + often] += other
            state = NEW if unit == 0 else RETURNING if entered == unit + 1 else RESURRECTED
            states[entered, state] += other
            states[unit + 1, DORMANT] += other & (state == RESURRECTED)
            unit, often, day = entered, often * (1 - other) + 1, here
        if times > 0:
            lives[found, 0], lives[found, 1], lives[found, 2] = begun, again, last
            spread[unit, none + often] += 1
            states[unit + 1, DORMANT] += 1
            found += 1
    active = np.empty((3 * GROUPS, days.shape[1]), np.int64)
    for group in range(GROUPS):
        active[3 * group : 3 * group + 3] = days[group].T
        for row, stretch in ((WITHIN_WEEK, WEEK), (WITHIN_MONTH, MONTH)):  # who is active is so until it is past
            active[3 * group + row, stretch:] -= days[group, : days.shape[1] - stretch, ACTIVE]
    return states[1:].T.copy(), active, spread[1:].copy(), lives[:found].copy()


def tally(numbers: Ints) -> Any:
    """Returns how often each whole number from 0 on occurs."""
    return np.bincount(numbers).astype(np.int64) if len(numbers) else np.zeros(0, np.int64)
