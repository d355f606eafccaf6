"""The arithmetic of funnels with more rules: which entries of each unit get furthest, and which event was which step.

Needed when a step has a longest time of its own, when events exclude an attempt, when steps are optional, or when it
matters which event was which step. An exhaustive search gives the same answer (see the tests). Every entry is followed
by itself (see `ways`); where nothing limits the time only the best one is, which one look back tells (see `entries`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.entries import best_entry, unlimited
from klantreis.analyses.funnel.kernel import NEVER
from klantreis.analyses.funnel.strict import unbroken
from klantreis.analyses.funnel.ways import (
    ALLOWED,
    ANYTHING,
    AT,
    DEPTH,
    OPEN,
    OPTIONAL,
    PATIENCE,
    STEPS,
    TAKEN,
    Log,
    Room,
    Rules,
    Tables,
    best_node,
    follow_entry,
    lay_slots,
    write_way,
)
from klantreis.kernels import inline, inline_making, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]


@inline
def first_is_best(law: Ints, within: int) -> bool:
    """Says whether no later entry gets further than the first that is not excluded.

    Without a window, times per step, a strict order or an exclusion right after the first step, whatever a later entry
    can reach an earlier one can as well.
    """
    limits = within != NEVER or law[OPEN, 0] != 0 or law[ALLOWED, 0] != ANYTHING
    for step in range(1, law.shape[1]):
        limits = limits or law[PATIENCE, step] != NEVER
    return not limits


@inline_making
def follow_unit(room: Room, log: Log, tables: Tables, slots: int, rules: Rules) -> tuple[Ints, bool]:
    """Returns the attempts of one unit that were its best so far, and whether it has any entry."""
    slot, node, _ = room
    law = tables[2]
    full, every, alike = law[DEPTH, -1], law[OPTIONAL].sum(), first_is_best(law, rules[1])
    found, used, entered = np.empty((1, law.shape[1]), np.int64), 0, False
    depth, taken, arrival = 0, -1, NEVER
    if unlimited(law, rules):
        best, entered = best_entry(room, log[0], tables, slots, rules)
        if best >= 0:
            until = follow_entry(room, log[0], tables, (best, slots), rules)
            now, last, _ = best_node(node, law, best, until)
            write_way(found[0], room, log[0], tables, (now, last))
            used = 1
        return found[:used], entered
    for entry in range(slots):
        if slot[STEPS, entry] & 1 == 0:
            continue
        most = alike or (depth == full and taken == every)
        if (entered and rules[5] == 1) or (most and slot[AT, entry] > arrival):
            break
        entered = True
        until = follow_entry(room, log[0], tables, (entry, slots), rules)
        now, last, deep = best_node(node, law, entry, until)
        if deep == 0 or deep < depth:
            continue
        more, moment = node[TAKEN, now, last], slot[AT, now]
        if deep > depth or more > taken or (more == taken and moment <= arrival):
            depth, taken, arrival = deep, more, moment
            if used == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            write_way(found[used], room, log[0], tables, (now, last))
            used += 1
    return found[:used], entered


@kernel
def attempts(touch: Codes, at: Ints, first: Ints, tables: Tables, rules: Rules) -> tuple[Ints, int]:
    """Returns the attempts that were the best of their unit so far, in order of entry, and how many units are excluded.

    One row each: the unit, and per step which event was it (-1: not reached or skipped). The best is the deepest; of
    these that with the most optional steps; of these the soonest; of these the latest. So the last row of a unit is
    its matched attempt, and the last row up to any moment its matched attempt of the entries until then. A unit is
    excluded when it has entries and each of them is.
    """
    steps, optional = rules[0], 0
    most, used, excluded = 0, 0, 0
    for step in range(steps):
        optional |= tables[2][OPTIONAL, step] << step
    for unit in range(len(first) - 1):
        most = max(most, first[unit + 1] - first[unit])
    room = (
        np.empty((5, most + 1), np.int64),
        np.empty((5, most + 1, steps), np.int64),
        np.empty((4, steps), np.int64),
    )
    found = np.empty((64, steps + 1), np.int64)
    for unit in range(len(first) - 1):
        end = first[unit + 1]
        if rules[5] == 2:
            broken = first[unit] + unbroken(tables[0][touch[first[unit] : end]], 0, end - first[unit], optional)
            end = min(end, broken + 1)  # what breaks the order may be an exclusion, which ends the attempt
        slots = lay_slots(room[0], (touch, at), (first[unit], end), tables, rules)
        rows, entered = follow_unit(room, (touch, at), tables, slots, rules)
        while used + len(rows) > len(found):
            found = np.concatenate((found, np.empty_like(found)))
        for row in range(len(rows)):
            found[used, 0] = unit
            for step in range(steps):
                found[used, step + 1] = rows[row, step]
            used += 1
        excluded += entered and len(rows) == 0
    return found[:used].copy(), excluded
