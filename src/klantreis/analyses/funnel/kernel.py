"""The arithmetic of funnels: for every unit, how deep each of its entries gets and when.

One pass over each unit's events, *backwards*. Going back in time, row j holds the earliest moment at which each later
step can be reached by someone who is at step j now; meeting an event of step 1 therefore tells at once how far that
very entry gets, and how fast. An exhaustive search over all orders gives the same answer (see the tests).

A mask says which steps an event satisfies: bit j for step j. `-1` marks an event out of scope. All times are int64
microseconds; `NEVER` is later than any.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, inline_making, kernel

Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).max)
FILE, STEP, STRICT = 0, 1, 2
LOOSE, REPEATS, REENTRY = 0, 1, 2


@inline_making
def steps_in_a_row(masks: Ints, first: int, steps: int) -> int:
    """Returns how many steps from `first` on can each have an event of their own among `masks`.

    Distinct representatives, one augmenting path a step (Hall 1935; Kuhn 1955).
    """
    events = len(masks)
    step_of = np.full(events, -1, np.int64)
    event_of = np.full(steps, -1, np.int64)
    for wanted in range(first, steps):
        came_from = np.full(events, -1, np.int64)
        line = np.empty(events + 1, np.int64)
        line[0] = wanted
        head, tail, free = 0, 1, -1
        while head < tail and free < 0:
            step = line[head]
            head += 1
            for event in range(events):
                if came_from[event] < 0 and (masks[event] >> step) & 1 == 1:
                    came_from[event] = step
                    if step_of[event] < 0:
                        free = event
                        break
                    line[tail] = step_of[event]
                    tail += 1
        if free < 0:
            return wanted - first
        while free >= 0:
            step = came_from[free]
            before = event_of[step]
            step_of[free] = step
            event_of[step] = free
            free = before if step != wanted else -1
    return steps - first


@inline
def run_of(masks: Ints, all_masks: int, first: int, steps: int) -> int:
    """Returns how many steps from `first` (which they do) the events of one instant can satisfy, each used once."""
    for mask in masks:
        if mask & (mask - 1) != 0:
            return steps_in_a_row(masks, first, steps)
    run = 1
    while first + run < steps and (all_masks >> (first + run)) & 1 == 1:
        run += 1
    return run


@inline
def take_entry(rows: Ints, row: int, within: int, found: Ints, unit: int) -> None:
    """Weighs the entry whose moments stand in one row: keeps those of the deepest (then soonest, then latest) entry in
    `found[0]`, and in `found[1]` per step the earliest entry that reaches it.
    """
    steps = rows.shape[1]
    entry = rows[row, 0]
    mine = 0
    while mine < steps and rows[row, mine] != NEVER and rows[row, mine] - entry <= within:
        found[1, unit, mine] = entry
        mine += 1
    if mine < steps and found[0, unit, mine] != NEVER:
        return
    if rows[row, mine - 1] < found[0, unit, mine - 1]:
        for step in range(mine):
            found[0, unit, step] = rows[row, step]


@inline
def forget(table: Ints) -> None:
    """Empties a table of moments."""
    for row in range(table.shape[0]):
        for step in range(table.shape[1]):
            table[row, step] = NEVER


@inline
def meet(rows: Ints, step: int, run: int, now: int) -> None:
    """Goes back over one instant for who is at `step`: these `run` steps happen now, the rest as soon as it could."""
    for later in range(step, step + run):
        rows[step, later] = now
    for later in range(step + run, rows.shape[1]):
        rows[step, later] = rows[step + run, later]


@inline
def meet_apart(rows: Ints, together: int, now: int) -> None:
    """Goes back over one instant in which nobody takes more than one step."""
    for step in range(rows.shape[1]):
        if (together >> step) & 1 == 1:
            meet(rows, step, 1, now)


@inline
def meet_tied(rows: Ints, masks: Ints, together: int, now: int) -> None:
    """Goes back over events of one instant, which may happen in any order."""
    for step in range(rows.shape[1]):
        if (together >> step) & 1 == 1:
            meet(rows, step, run_of(masks, together, step, rows.shape[1]), now)


@kernel
def follow(mask_of: Ints, touch: NDArray[np.int32], at: Ints, first: Ints, rules: tuple[int, int, int, int]) -> Ints:
    """Returns per unit (rows) and step (columns): when the best attempt reached it, and the earliest entry reaching it.

    `mask_of` holds the mask of each touchpoint code; `first` are the units' offsets into the events; `rules` are
    (steps, within, ties, only the first entry counts). Both tables, stacked, hold NEVER where a step is not reached.
    """
    steps, within, ties, only_first = rules
    units = len(first) - 1
    found = np.full((2, units, steps), NEVER, np.int64)
    rows = np.empty((steps + 1, steps), np.int64)
    for unit in range(units):
        forget(rows)
        high = first[unit + 1]
        while high > first[unit]:
            low = high - 1
            together = mask_of[touch[low]]
            if together == 0:
                high = low
                continue
            while ties != FILE and low > first[unit] and at[low - 1] == at[high - 1]:
                low -= 1
                together |= mask_of[touch[low]]
            if ties == STEP and high - low > 1:
                meet_tied(rows, mask_of[touch[low:high]], together, at[low])
            else:
                meet_apart(rows, together, at[low])
            if together & 1 == 1:
                if only_first == 1:
                    for step in range(steps):
                        found[0, unit, step] = NEVER
                        found[1, unit, step] = NEVER
                take_entry(rows, 0, within, found, unit)
            high = low
    return found


@kernel
def matured(earliest: Ints, left_out: NDArray[np.bool_], until: int) -> tuple[Ints, Ints, Ints]:
    """Returns per step how many units reached it by an entry up to `until`; the later entries, step by step; and their
    offsets. Units that are `left_out` do not count (an empty array: all do).
    """
    steps = earliest.shape[1]
    mature, first = np.zeros(steps, np.int64), np.zeros(steps + 1, np.int64)
    for unit in range(len(earliest)):
        if len(left_out) == 0 or not left_out[unit]:
            for step in range(steps):
                entry = earliest[unit, step]
                mature[step] += entry <= until and entry != NEVER
                first[step + 1] += until < entry and entry != NEVER
    for step in range(steps):
        first[step + 1] += first[step]
    place, pending = first[:-1].copy(), np.empty(first[steps], np.int64)
    if first[steps] > 0:
        for unit in range(len(earliest)):
            if len(left_out) == 0 or not left_out[unit]:
                for step in range(steps):
                    if until < earliest[unit, step] and earliest[unit, step] != NEVER:
                        pending[place[step]] = earliest[unit, step]
                        place[step] += 1
    return mature, pending, first


@kernel
def legs(best: Ints) -> tuple[Ints, Ints, Ints]:
    """Returns how many units reached each step; how long each leg took them, leg by leg; and the offsets of the legs.

    Leg k is that to step k, and the last one the whole way; leg 0 is empty. Who reached a step reached those before.
    """
    steps = best.shape[1]
    people, first = np.zeros(steps, np.int64), np.zeros(steps + 2, np.int64)
    for unit in range(len(best)):
        for step in range(steps):
            people[step] += best[unit, step] != NEVER
    for step in range(1, steps + 1):
        first[step + 1] = first[step] + people[min(step, steps - 1)]
    place, took = first[:-1].copy(), np.empty(first[-1], np.int64)
    for unit in range(len(best)):
        for step in range(1, steps + 1):
            if best[unit, min(step, steps - 1)] == NEVER:
                break
            since = best[unit, step - 1] if step < steps else best[unit, 0]
            took[place[step]] = best[unit, min(step, steps - 1)] - since
            place[step] += 1
    return people, took, first
