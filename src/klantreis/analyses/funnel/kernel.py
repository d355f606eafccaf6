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

from klantreis.kernels import inline, inline_making

Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).max)
FILE, STEP, STRICT = 0, 1, 2
LOOSE, REPEATS, REENTRY = 0, 1, 2
Rules = tuple[int, int, int, int, int]


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
def take_entry(rows: Ints, row: int, within: int, found: Ints) -> None:
    """Weighs the entry whose moments stand in one row: keeps those of the deepest (then soonest, then latest) entry in
    `found[0]`, and in `found[1]` per step the earliest entry that reaches it.
    """
    steps = rows.shape[1]
    entry = rows[row, 0]
    mine = 0
    while mine < steps and rows[row, mine] != NEVER and rows[row, mine] - entry <= within:
        found[1, mine] = entry
        mine += 1
    if mine < steps and found[0, mine] != NEVER:
        return
    if rows[row, mine - 1] < found[0, mine - 1]:
        for step in range(mine):
            found[0, step] = rows[row, step]


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


@inline_making
def look_back(events: tuple[Ints, NDArray[np.int32], Ints], rows: Ints, found: Ints, rules: Rules) -> None:
    """Writes in `found`, per step, when the best attempt of one unit reached it, and the earliest entry reaching it.

    `events` are the mask of each touchpoint code, and the code and moment of each event; `rules` are (the unit's first
    event, one past its last, within, ties, only the first entry counts). NEVER where a step is not reached.
    """
    mask_of, touch, at = events
    first, high, within, ties, only_first = rules
    forget(rows)
    forget(found)
    while high > first:
        low = high - 1
        together = mask_of[touch[low]]
        if together == 0:
            high = low
            continue
        while ties != FILE and low > first and at[low - 1] == at[high - 1]:
            low -= 1
            together |= mask_of[touch[low]]
        if ties == STEP and high - low > 1:
            meet_tied(rows, mask_of[touch[low:high]], together, at[low])
        else:
            meet_apart(rows, together, at[low])
        if together & 1 == 1:
            if only_first == 1:
                forget(found)
            take_entry(rows, 0, within, found)
        high = low
