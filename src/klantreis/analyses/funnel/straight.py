"""The quickest way through a funnel whose steps let anything pass: one look at the events of a unit.

Who takes each step at the first chance gets as deep as anybody can, and there soonest, as long as no two events fall on
one instant and no window runs out. So most units are done in one look ahead, which finds how deep and when, and a short
look back from there to the latest entry that does as well. Units with a tie, and those whose first entry ran out of
time, are followed in full (`kernel.look_back`). Of who only entered, without a window, no moment is told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER, look_back
from klantreis.analyses.funnel.passed import MATURE, PEOPLE, Passed, depth, laid, room_for, tell
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@kernel
def straight(
    mask_of: Ints, touch: Codes, at: Ints, units: tuple[Ints, NDArray[np.bool_]], rules: tuple[int, int, int, int, int]
) -> Passed:
    """Returns what the units of a bucket add to a funnel: their offsets into the events, and those never mature.

    `mask_of` holds the mask of each touchpoint code; when no unit is named as never mature (an empty array) all may be.
    `rules` are (steps, within, ties, only the first entry counts, the last moment of an entry whose window has passed).
    """
    steps, within, ties, only_first, until = rules
    first, left_out = units
    counts, kept = room_for(steps, len(first) - 1)
    found = np.full((2, steps), NEVER, np.int64)
    rows = np.empty((steps + 1, steps), np.int64)
    place = np.empty(steps + 1, np.int64)
    for unit in range(len(first) - 1):
        low, high = first[unit], first[unit + 1]
        deep = _ahead(mask_of, touch, place, (low, high))
        if deep == 0:
            continue
        begin, end = place[0], place[steps - 1] + 1 if deep == steps else high
        ripens = len(left_out) == 0 or not left_out[unit]
        tied = _tied(at, max(begin, low + 1), min(end + 1, high))
        if deep == 1 and steps > 1 and within == NEVER and not tied:
            counts[PEOPLE, 0] += 1
            counts[MATURE, 0] += ripens
            continue
        if tied or at[place[deep - 1]] - at[begin] > within:
            while begin > low and at[begin - 1] == at[begin]:
                begin -= 1
            look_back((mask_of, touch, at), rows, found, (begin, high, within, ties, only_first))
            deep = depth(found)
        else:
            for step in range(deep):
                found[0, step], found[1, step] = at[place[step]], at[begin]
            if only_first == 0 and deep > 1:
                _latest((mask_of, touch, at), place[deep - 1], deep - 1, found)
        tell(counts, kept, found, (deep, until, ripens))
    return laid(counts, kept)


@inline
def _ahead(mask_of: Ints, touch: Codes, place: Ints, span: tuple[int, int]) -> int:
    """Returns how many steps are taken one after the other, each at the first chance, and puts where in `place`."""
    deep, steps = 0, place.size - 1
    for spot in range(span[0], span[1]):
        place[deep] = spot
        deep += (mask_of[touch[spot]] >> deep) & 1
        if deep == steps:
            break
    return deep


@inline
def _tied(at: Ints, low: int, high: int) -> bool:
    """Says whether one of these events is at the same instant as the one before it."""
    tied = False
    for spot in range(low, high):
        tied |= at[spot] == at[spot - 1]
    return tied


@inline
def _latest(events: tuple[Ints, Codes, Ints], spot: int, step: int, found: Ints) -> None:
    """Puts in `found[0]` when the latest entry takes its steps that takes `step` at this spot too."""
    mask_of, touch, at = events
    while step > 0:
        spot -= 1
        step -= (mask_of[touch[spot]] >> (step - 1)) & 1
    while at[spot] != found[0, step]:
        found[0, step] = at[spot]
        step += 1
        spot += 1
        while (mask_of[touch[spot]] >> step) & 1 == 0:
            spot += 1
