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

from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
NEVER = int(np.iinfo(np.int64).max)
FILE, STEP, STRICT = 0, 1, 2
LOOSE, REPEATS, REENTRY = 0, 1, 2


@inline
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
    """Returns how many steps from `first` on the events of one instant can satisfy, each event used once."""
    if (all_masks >> first) & 1 == 0:
        return 0
    if len(masks) == 1:
        return 1
    for mask in masks:
        if mask & (mask - 1) != 0:
            return steps_in_a_row(masks, first, steps)
    run = 1
    while first + run < steps and (all_masks >> (first + run)) & 1 == 1:
        run += 1
    return run


@inline
def take_entry(entry: int, row: Ints, within: int, best: Ints, earliest: Ints) -> None:
    """Weighs one entry: keeps the moments of the deepest (then soonest, then latest) one in `best`, whose first place
    is the entry; and per step the earliest entry that reaches it.
    """
    deepest, mine = 0, 0
    for step in range(len(row)):
        if best[step] != NEVER:
            deepest = step + 1
        if row[step] != NEVER and row[step] - entry <= within:
            mine = step + 1
            earliest[step] = entry
    if mine > deepest or (mine == deepest and row[mine - 1] < best[mine - 1]):
        for step in range(len(row)):
            best[step] = row[step] if step < mine else NEVER


@inline
def meet(rows: Ints, masks: Ints, together: int, now: int, ties: int) -> None:
    """Goes back over one instant: who is at step j now can go on as before, or take what happens here."""
    steps = rows.shape[1]
    for step in range(steps):
        run = (together >> step) & 1
        if run > 0 and ties == STEP:
            run = run_of(masks, together, step, steps)
        if run > 0:
            rows[step, step : step + run] = now
            rows[step, step + run :] = rows[step + run, step + run :]


@inline
def meet_strictly(rows: Ints, after: Ints, mask: int, now: int, between: int) -> None:
    """Goes back over one event: who waits for the next step takes it here, or lets it pass when that is allowed."""
    steps = rows.shape[1]
    for step in range(steps):
        allowed = 1 << step if between == REPEATS else (1 << (step + 1)) - 1
        takes = step + 1 < steps and (mask >> (step + 1)) & 1 == 1
        for later in range(step + 1, steps):
            moment = rows[step, later] if mask & allowed != 0 else NEVER
            if takes:
                moment = min(moment, now if later == step + 1 else after[step + 1, later])
            rows[step, later] = moment


@inline
def let_pass(moved: Ints, mask: int, between: int) -> None:
    """Forgets who would have to let this event pass but may not."""
    for step in range(len(moved)):
        allowed = 1 << step if between == REPEATS else (1 << (step + 1)) - 1
        if mask & allowed == 0:
            moved[step, :] = NEVER


@inline
def unbroken(masks: Ints, first: int, last: int) -> int:
    """Returns where the first entry's order is broken: an event of no step, or of one whose step before was not met.

    So ClickHouse's `strict_order` stops looking.
    """
    met = 0
    for event in range(first, last):
        fits = masks[event] & ((met << 1) | 1)
        if met != 0 and masks[event] >= 0 and fits == 0:
            return event
        if masks[event] > 0:
            met |= fits
    return last


@kernel
def follow(masks: Ints, at: Ints, first: Ints, rules: tuple[int, int, int, int]) -> tuple[Ints, Ints]:
    """Returns per unit (rows) and step (columns): when the best attempt reached it, and the earliest entry reaching it.

    `first` are the units' offsets into the events; `rules` are (steps, within, ties, only the first entry counts).
    Both results hold NEVER where a step is not reached.
    """
    steps, within, ties, only_first = rules
    units = len(first) - 1
    best = np.full((units, steps), NEVER, np.int64)
    earliest = np.full((units, steps), NEVER, np.int64)
    rows = np.empty((steps + 1, steps), np.int64)
    for unit in range(units):
        rows[:, :] = NEVER
        high = first[unit + 1]
        while high > first[unit]:
            low = high - 1
            together = masks[low]
            while ties != FILE and low > first[unit] and at[low - 1] == at[high - 1]:
                low -= 1
                together |= masks[low]
            if together != 0:
                meet(rows, masks[low:high], together, at[low], ties)
            if together & 1 == 1:
                if only_first == 1:
                    best[unit, :] = NEVER
                    earliest[unit, :] = NEVER
                take_entry(at[low], rows[0], within, best[unit], earliest[unit])
            high = low
    return best, earliest


@kernel
def follow_strictly(masks: Ints, at: Ints, first: Ints, rules: tuple[int, int, int, int, int]) -> tuple[Ints, Ints]:
    """Returns the same as `follow`, where no other event in scope may come between two steps.

    `rules` are (steps, within, ties, only the first entry counts, what may come between: repeats of the step
    before, or of any step before). Row j holds who has passed step j and waits for the next; `moved` the same for who
    passed it at this very instant, which matters only when steps must be strictly later. The first entry lasts until
    the order is broken (see `unbroken`); entries before that are the same one, begun again.
    """
    steps, within, ties, only_first, between = rules
    units = len(first) - 1
    best = np.full((units, steps), NEVER, np.int64)
    earliest = np.full((units, steps), NEVER, np.int64)
    rows = np.empty((steps, steps), np.int64)
    moved = np.empty((steps, steps), np.int64)
    after = moved if ties == STRICT else rows
    row = np.empty(steps, np.int64)
    for unit in range(units):
        rows[:, :] = NEVER
        instant = NEVER
        end = unbroken(masks, first[unit], first[unit + 1]) if only_first == 1 else first[unit + 1]
        for event in range(end - 1, first[unit] - 1, -1):
            mask = masks[event]
            if mask < 0:
                continue
            if instant != at[event]:
                instant = at[event]
                moved[:, :] = rows
            if mask & 1 == 1:
                row[:] = after[0]
                row[0] = instant
                take_entry(instant, row, within, best[unit], earliest[unit])
            meet_strictly(rows, after, mask, instant, between)
            let_pass(moved, mask, between)
    return best, earliest


def units_of(person: Ints, start: Ints, at: Ints) -> tuple[Ints, Ints | None]:
    """Returns the offsets of each person's events, and the order to read them in when journeys overlap (else None)."""
    fresh = np.diff(person, prepend=-1) != 0
    first = np.append(start[:-1][fresh], start[-1])
    begins = start[1:-1]
    early = ~fresh[1:] & (at[begins] < at[begins - 1])
    if not early.any():
        return first, None
    order = np.arange(len(at))
    mixed = np.zeros(len(first) - 1, np.bool_)
    mixed[(np.cumsum(fresh) - 1)[1:][early]] = True
    of_touch = np.repeat(np.arange(len(mixed)), np.diff(first))
    places = np.flatnonzero(mixed[of_touch])
    order[places] = places[np.lexsort((at[places], of_touch[places]))]
    return first, order
