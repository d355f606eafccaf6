"""The arithmetic of funnels without an order: how many steps somebody does within one window, each by its own event.

A window begins at every event that is a step. Events are taken as they come; one counts when the steps done can be
dealt out anew so that it has one of its own (an augmenting path; Kuhn 1955). Sets of events that can be dealt out form
a matroid, so taking them greedily does each number of steps as soon as it can be done (Edmonds 1965).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
DOES, CAME, LINE = range(3)


@inline
def takes(work: Ints, mask: int) -> bool:
    """Deals out one more event, which can be the steps of `mask`; False when no step is left for it.

    work[DOES]: per step the mask of the event that does it, 0 for none.
    """
    steps, head, tail = work.shape[1], 0, 0
    for step in range(steps):
        work[CAME, step] = -2
        if (mask >> step) & 1 == 1:
            work[CAME, step], work[LINE, tail] = -1, step
            tail += 1
    while head < tail:
        step = work[LINE, head]
        head += 1
        if work[DOES, step] == 0:
            while work[CAME, step] >= 0:
                work[DOES, step] = work[DOES, work[CAME, step]]
                step = work[CAME, step]
            work[DOES, step] = mask
            return True
        for other in range(steps):
            if (work[DOES, step] >> other) & 1 == 1 and work[CAME, other] == -2:
                work[CAME, other], work[LINE, tail] = step, other
                tail += 1
    return False


@inline
def gather_from(row: Ints, work: Ints, log: tuple[Codes, Ints], mask_of: Ints, span: tuple[int, int, int]) -> int:
    """Does as many steps as can be done from event span[0] on, before event span[1], within span[2].

    Writes the events in the order they came, and after them the steps they did; returns how many.
    """
    touch, at = log
    entry, end, within = span
    steps, done, useful = work.shape[1], 0, -1
    for step in range(steps):
        work[DOES, step], row[step] = 0, -1
    for event in range(entry, end):
        if done == steps or at[event] - at[entry] > within:
            break
        mask = mask_of[touch[event]]
        if mask & useful != 0 and takes(work, mask):
            row[done] = event
            done += 1
            # An event whose steps are all done by events that can do nothing else will never be of use.
            useful = 0
            for step in range(steps):
                single = work[DOES, step] != 0 and work[DOES, step] & (work[DOES, step] - 1) == 0
                useful |= 0 if single else 1 << step
    row[steps] = 0
    for step in range(steps):
        row[steps] |= (1 << step) if work[DOES, step] != 0 else 0
    return done


@kernel
def gathered(touch: Codes, at: Ints, first: Ints, mask_of: Ints, rules: tuple[int, int, int]) -> tuple[Ints, int]:
    """Returns the attempts that were the best of their unit so far, in order of entry, and 0 (nobody is excluded).

    One row each: the unit, the events in the order they came (-1 after the last), and the steps they did as a mask.
    `rules`: how many steps, the window, whether only the first entry counts. The best did most steps; of these the
    soonest; of these the latest.
    """
    steps, within, only_first = rules
    found, row = np.empty((64, steps + 2), np.int64), np.empty(steps + 1, np.int64)
    work, used = np.empty((3, steps), np.int64), 0
    for unit in range(len(first) - 1):
        most, arrival = 0, NEVER
        for entry in range(first[unit], first[unit + 1]):
            if mask_of[touch[entry]] == 0:
                continue
            over = most == steps or within == NEVER  # a later entry gets no further
            if most > 0 and (only_first == 1 or (over and at[entry] > arrival)):
                break
            done = gather_from(row, work, (touch, at), mask_of, (entry, first[unit + 1], within))
            moment = at[row[done - 1]]
            if done > most or (done == most and moment <= arrival):
                most, arrival = done, moment
                if used == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[used, 0] = unit
                for step in range(steps + 1):
                    found[used, step + 1] = row[step]
                used += 1
    return found[:used].copy(), 0
