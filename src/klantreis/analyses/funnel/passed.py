"""What the units of a bucket add to a funnel that keeps only moments, counted unit by unit while they are looked at.

While that lasts `counts` has a column per step, and in its rows how many units reached it (PEOPLE), of these how many
by an entry whose window had passed (MATURE), and how many wait for that (LATER); and per leg how many took it (LEG).
`kept` has a row of moments for those who wait at each step, then one for each leg, then one of those who did not
convert.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER
from klantreis.kernels import inline, inline_making

Ints = NDArray[np.int64]
PEOPLE, MATURE, LATER, LEG = range(4)


class Passed(NamedTuple):
    """Per step how many units reached it (`people`), and of these how many by an entry whose window had passed
    (`mature`); the earliest entries of the others, step by step (`pending`, with offsets `later`). How long each leg
    took, leg by leg (`took`, with offsets `leg`): leg k is that to step k, the last one the whole way, leg 0 is empty.
    `stayed`: matched entries of those who did not convert.
    """

    people: Ints
    mature: Ints
    pending: Ints
    later: Ints
    took: Ints
    leg: Ints
    stayed: Ints


@inline_making
def room_for(steps: int, units: int) -> tuple[Ints, Ints]:
    """Returns `counts` and `kept` for so many units: nothing counted, and what is not used takes no memory."""
    return np.zeros((4, steps + 1), np.int64), np.empty((2 * steps + 2, units), np.int64)


@inline
def depth(found: Ints) -> int:
    """Returns how many steps one unit reached."""
    deep = 0
    while deep < found.shape[1] and found[0, deep] != NEVER:
        deep += 1
    return deep


@inline
def tell(counts: Ints, kept: Ints, found: Ints, who: tuple[int, int, bool]) -> None:
    """Counts one unit: `found[0]` when its best attempt reached each step, `found[1]` the earliest entry reaching it;
    and how deep it got, until when an entry is mature, and whether the unit may be.
    """
    deep, until, ripens = who
    steps = found.shape[1]
    for step in range(deep):
        counts[PEOPLE, step] += 1
        if step > 0:
            kept[steps + step, counts[LEG, step]] = found[0, step] - found[0, step - 1]
            counts[LEG, step] += 1
        if ripens and found[1, step] <= until:
            counts[MATURE, step] += 1
        elif ripens:
            kept[step, counts[LATER, step]] = found[1, step]
            counts[LATER, step] += 1
    if deep == steps:
        kept[2 * steps, counts[LEG, steps]] = found[0, steps - 1] - found[0, 0]
        counts[LEG, steps] += 1
    elif deep > 0:
        kept[2 * steps + 1, counts[LATER, steps]] = found[0, 0]
        counts[LATER, steps] += 1


@inline_making
def laid(counts: Ints, kept: Ints) -> Passed:
    """Returns what was counted, without the room that was not used."""
    steps = counts.shape[1] - 1
    people, mature = counts[PEOPLE, :steps].copy(), counts[MATURE, :steps].copy()
    stayed = kept[2 * steps + 1, : counts[LATER, steps]].copy()
    waiting, legs = _in_a_row(kept, counts[LATER, :steps]), _in_a_row(kept[steps:], counts[LEG])
    return Passed(people, mature, waiting[0], waiting[1], legs[0], legs[1], stayed)


@inline_making
def _in_a_row(table: Ints, used: Ints) -> tuple[Ints, Ints]:
    first = np.zeros(len(used) + 1, np.int64)
    for row in range(len(used)):
        first[row + 1] = first[row] + used[row]
    flat = np.empty(first[-1], np.int64)
    for row in range(len(used)):
        flat[first[row] : first[row + 1]] = table[row, : used[row]]
    return flat, first
