"""The arithmetic of funnels in a strict order: nothing in scope comes between two steps, but repeats of those done."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER, REPEATS, STRICT, forget, take_entry
from klantreis.analyses.funnel.passed import Passed, depth, laid, room_for, tell
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]


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
    for step in range(moved.shape[1]):
        allowed = 1 << step if between == REPEATS else (1 << (step + 1)) - 1
        if mask & allowed == 0:
            moved[step, :] = NEVER


@inline
def unbroken(masks: Ints, first: int, last: int, optional: int) -> int:
    """Returns where the first entry's order is broken: an event of no step, or of one whose step before was not met.

    So ClickHouse's `strict_order` stops looking. `optional`: the steps that may be skipped, a bit each.
    """
    met = 0
    for event in range(first, last):
        following = met << 1
        skipped = following & optional
        while skipped != 0:
            following |= skipped << 1
            skipped = (skipped << 1) & optional
        fits = masks[event] & (following | 1)
        if met != 0 and masks[event] >= 0 and fits == 0:
            return event
        if masks[event] > 0:
            met |= fits
    return last


@kernel
def strictly(
    masks: Ints, at: Ints, units: tuple[Ints, NDArray[np.bool_]], rules: tuple[int, int, int, int, int, int]
) -> Passed:
    """Returns the same as `straight`, where no other event in scope may come between two steps.

    `masks` are of each event; `rules` as there, and what may come between: repeats of the step before, or of any step
    before. Row j holds who has passed step j and waits for the next (the last row: who enters now); `moved` the same
    for who passed it at this very instant, which matters only when steps must be strictly later. The first entry lasts
    until the order is broken (see `unbroken`); entries before that are the same one, begun again.
    """
    steps, within, ties, only_first, until, between = rules
    first, left_out = units
    counts, kept = room_for(steps, len(first) - 1)
    found = np.full((2, steps), NEVER, np.int64)
    rows = np.empty((steps + 1, steps), np.int64)
    moved = np.empty((steps + 1, steps), np.int64)
    after = moved if ties == STRICT else rows
    for unit in range(len(first) - 1):
        forget(rows)
        forget(found)
        instant = NEVER
        end = unbroken(masks, first[unit], first[unit + 1], 0) if only_first == 1 else first[unit + 1]
        for event in range(end - 1, first[unit] - 1, -1):
            mask = masks[event]
            if mask < 0:
                continue
            if instant != at[event]:
                instant = at[event]
                moved[:, :] = rows
            if mask & 1 == 1:
                after[steps, 0] = instant
                for step in range(1, steps):
                    after[steps, step] = after[0, step]
                take_entry(after, steps, within, found)
            meet_strictly(rows, after, mask, instant, between)
            let_pass(moved, mask, between)
        tell(counts, kept, found, (depth(found), until, len(left_out) == 0 or not left_out[unit]))
    return laid(counts, kept)
