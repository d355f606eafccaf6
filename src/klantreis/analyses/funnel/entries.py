"""Which entry of a unit gets furthest where nothing limits the time: told in one look back over its slots.

How far somebody gets from a node then depends on that node alone, not on when they entered. So what can still be
reached is told per step from the last slot to the first, and every entry knows its end as soon as it is met. Following
each entry forwards would take as long as there are entries, times the slots after them.

What can be reached is: how deep; how many optional steps more on a way that ends there unexcluded (-1: there is none);
and the first slot where one does. Of two, that is the better which is deeper; then that with more; then the sooner.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER
from klantreis.analyses.funnel.seats import seated
from klantreis.analyses.funnel.ways import (
    ALLOWED,
    ANYTHING,
    AT,
    BEFORE,
    DEPTH,
    FIRST,
    MARKS,
    OPEN,
    OPTIONAL,
    PATIENCE,
    SEATS,
    STEPS,
    Room,
    Rules,
    Tables,
)
from klantreis.kernels import inline, inline_making

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Reach = tuple[Ints, Ints]
"""What can be reached by who meets each step at this slot, and by who waits after it; in these rows:"""
DEEP, MORE, WHERE, SAFE_YET = range(4)


@inline
def unlimited(law: Ints, rules: Rules) -> bool:
    """Says whether any entry may succeed, in an order that lets anything pass, without a longest time anywhere."""
    limits = rules[1] != NEVER or rules[5] != 0 or law[ALLOWED, 0] != ANYTHING
    for step in range(law.shape[1]):
        limits = limits or law[PATIENCE, step] != NEVER
    return not limits


@inline
def better(table: Ints, place: int, deep: int, more: int, where: int) -> None:
    """Keeps the better of two at a place of a table."""
    same = deep == table[DEEP, place]
    ahead = more > table[MORE, place] or (more == table[MORE, place] and where < table[WHERE, place])
    if deep > table[DEEP, place] or (same and ahead):
        table[DEEP, place], table[MORE, place], table[WHERE, place] = deep, more, where


@inline
def none_at(table: Ints, place: int) -> None:
    """Says that nothing can be reached."""
    table[DEEP, place], table[MORE, place], table[WHERE, place] = 0, -1, NEVER


@inline
def met_at(tables: Reach, law: Ints, now: int, end: int, taken: int) -> None:
    """Weighs the node of step `end` at a slot, `taken` optional steps after its way began here: to end, or to go on."""
    here, ahead = tables
    spot = law.shape[1]
    none_at(here, spot)
    better(here, spot, law[DEPTH, end], 0 if ahead[SAFE_YET, end] == 1 else -1, now)
    better(here, spot, ahead[DEEP, end], ahead[MORE, end], ahead[WHERE, end])
    here[MORE, spot] += taken if here[MORE, spot] >= 0 else 0


@inline
def reach_from(tables: Reach, room: Room, masks: Ints, law: Ints, step: tuple[int, int]) -> None:
    """Writes down what can be reached by who meets step[1] at slot step[0]: it alone, or more of one instant."""
    here = tables[0]
    now, begin = step
    slot, _, work = room
    steps = law.shape[1]
    none_at(here, begin)
    for end in range(begin, steps):
        if end > begin and len(masks) < 2:
            return
        taken = law[OPTIONAL, begin] if end == begin else seated(masks, begin, end, law[OPTIONAL], work[SEATS])
        if taken < 0 and law[OPTIONAL, end] == 0:
            return
        if taken >= 0 and not (begin > 0 and slot[MARKS, now] & law[OPEN, begin - 1] & law[OPEN, end] != 0):
            met_at(tables, law, now, end, taken)
            better(here, begin, here[DEEP, steps], here[MORE, steps], here[WHERE, steps])


@inline
def look_back(here: Ints, ahead: Ints, law: Ints, met: int, mark: int) -> None:
    """Goes back over a slot for who waits after each step: an exclusion lets them meet a step here, but not later."""
    steps = law.shape[1]
    for last in range(steps):
        if mark & law[OPEN, last] != 0:
            none_at(ahead, last)
            ahead[SAFE_YET, last] = 0
        for begin in range(last + 1, steps):
            if law[BEFORE, begin] <= last and (met >> begin) & 1 == 1:
                better(ahead, last, here[DEEP, begin], here[MORE, begin], here[WHERE, begin])


@inline_making
def best_entry(room: Room, touch: Codes, tables: Tables, slots: int, rules: Rules) -> tuple[int, bool]:
    """Returns the slot of the entry that gets deepest, with most optional steps, soonest, latest; -1 when every one is
    excluded. And whether there is any.
    """
    slot, mask_of, law = room[0], tables[0], tables[2]
    here, ahead = np.empty((3, law.shape[1] + 1), np.int64), np.empty((4, law.shape[1]), np.int64)
    for step in range(law.shape[1]):
        none_at(ahead, step)
        ahead[SAFE_YET, step] = 1
    found, deep, more, moment, entered = -1, 0, -1, NEVER, False
    for now in range(slots - 1, -1, -1):
        first, last = slot[FIRST, now], slot[FIRST, now + 1]
        masks = mask_of[touch[first:last]] if rules[3] == 1 and last - first > 1 else mask_of[:0]
        for step in range(law.shape[1]):
            if (slot[STEPS, now] >> step) & 1 == 1:
                reach_from((here, ahead), room, masks, law, (now, step))
        if slot[STEPS, now] & 1 == 1:
            entered = True
            if here[MORE, 0] >= 0:
                soon, depth = slot[AT, here[WHERE, 0]], here[DEEP, 0]
                further = depth > deep or (depth == deep and here[MORE, 0] > more)
                if further or (depth == deep and here[MORE, 0] == more and soon < moment):
                    found, deep, more, moment = now, depth, here[MORE, 0], soon
        look_back(here, ahead, law, slot[STEPS, now], slot[MARKS, now])
    return found, entered
