"""The arithmetic of funnels with more rules: follows every entry by itself, step by step, forwards.

Needed when a step has a longest time of its own, when events exclude an attempt, when steps are optional, or when it
matters which event was which step. An exhaustive search gives the same answer (see the tests).

A *slot* is what comes before or after: one event, or all events of one instant when ties have no order. A *node* is a
slot at which a step was met by a clean way from the entry. From node to node go the longest times, the exclusions and
what a strict order lets pass; so a way is clean when each of its parts is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER, unbroken
from klantreis.kernels import inline, inline_making, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Log = tuple[Codes, Ints]
Tables = tuple[Ints, Ints, Ints]
"""Per touchpoint code the steps it satisfies and the exclusions it is; and the law of each step, in these rows:"""
PATIENCE, OPTIONAL, OPEN, ALLOWED, DEPTH, LONGEST, BEFORE = range(7)
"""Longest time to arrive at it; 1 when it may be skipped; exclusions that hold after it; steps that may be repeated
after it; how many steps that cannot be skipped it completes; longest time to leave it; the last step before it that
cannot be skipped."""

Rules = tuple[int, int, int, int, int, int]
"""How many steps; the window; whether a slot is an instant; whether its events may be several steps; whether the next
slot must be strictly later; whether only the first entry counts (2: in a strict order)."""

ANYTHING = -1
"""In the row ALLOWED: whatever may happen after the step."""

Room = tuple[Ints, Ints, Ints]
"""The slots of one unit; its nodes, per slot and step; and rows to work in:"""
FIRST, AT, STEPS, MARKS, IN_SCOPE = range(5)
TAKEN, PARENT, BEGIN, LAST, SAFE = range(5)
LOW, NEWEST, SEATS = range(3)
"""The first slot from which a way can still go on; the newest node of each step; which event is which step."""


@inline_making
def seat(masks: Ints, step: int, step_of: Ints, event_of: Ints) -> bool:
    """Gives a step an event of its own, moving others when need be (one augmenting path; Kuhn 1955)."""
    events = len(masks)
    came_from = np.full(events, -1, np.int64)
    line = np.empty(events + 1, np.int64)
    line[0] = step
    head, tail = 0, 1
    while head < tail:
        now = line[head]
        head += 1
        for event in range(events):
            if came_from[event] < 0 and (masks[event] >> now) & 1 == 1:
                came_from[event] = now
                if step_of[event] >= 0:
                    line[tail] = step_of[event]
                    tail += 1
                    continue
                free = event
                while free >= 0:
                    owner = came_from[free]
                    given = event_of[owner]
                    step_of[free], event_of[owner] = owner, free
                    free = given if owner != step else -1
                return True
    return False


@inline_making
def seated(masks: Ints, begin: int, end: int, optional: Ints, event_of: Ints) -> int:
    """Gives each step from `begin` to `end` an event of one instant, optional ones where it can, earlier ones first.

    Returns how many optional steps have one, or -1 when a step that must be met has none. Sets of steps that can be
    met together form a matroid, so who must be met goes first and the most optional ones follow (Edmonds 1965).
    """
    step_of = np.full(len(masks), -1, np.int64)
    taken = 0
    for step in range(len(event_of)):
        event_of[step] = -1
    for turn in range(2):
        for step in range(begin, end + 1):
            must = optional[step] == 0 or step in (begin, end)
            if must == (turn == 0):
                if seat(masks, step, step_of, event_of):
                    taken += optional[step]
                elif must:
                    return -1
    return taken


@inline
def lay_slots(slot: Ints, log: Log, span: tuple[int, int], tables: Tables, rules: Rules) -> int:
    """Lays the events of one unit in slots and returns how many; events that change nothing are left out."""
    touch, at = log
    mask_of, mark_of, law = tables
    ordered = law[ALLOWED, 0] == ANYTHING
    slots = 0
    for event in range(span[0], span[1]):
        mask, mark = mask_of[touch[event]], mark_of[touch[event]]
        if mark == 0 and (mask == 0 if ordered else mask < 0):
            continue
        if rules[2] == 1 and slots > 0 and slot[AT, slots - 1] == at[event]:
            slot[STEPS, slots - 1] |= max(mask, 0)
            slot[MARKS, slots - 1] |= mark
            continue
        slot[FIRST, slots], slot[AT, slots] = event, at[event]
        slot[STEPS, slots], slot[MARKS, slots], slot[IN_SCOPE, slots] = max(mask, 0), mark, mask >= 0
        slots += 1
    slot[FIRST, slots] = span[1]
    return slots


@inline
def way_to(room: Room, law: Ints, now: int, step: int, later: int) -> tuple[int, int]:
    """Returns the slot and the step to come from to `step` at slot `now`, (-1, -1) when there is none: that with the
    most optional steps, of these the earliest.
    """
    slot, node, work = room
    low, found, where, before = work[LOW], -1, -1, -1
    alike = law[DEPTH, step] + law[OPTIONAL, step] == step + 1  # nothing before can be skipped: the first is the best
    for last in range(step - 1, law[BEFORE, step] - 1, -1):
        while low[last] < now and (
            node[TAKEN, low[last], last] < 0 or slot[AT, now] - slot[AT, low[last]] > law[LONGEST, last]
        ):
            low[last] += 1
        for past in range(low[last], now):
            if (later == 1 and slot[AT, past] == slot[AT, now]) or (alike and found >= 0):
                break
            taken = node[TAKEN, past, last]
            if slot[AT, now] - slot[AT, past] <= law[PATIENCE, step] and (
                taken > found or (taken == found and past < where)
            ):
                found, where, before = taken, past, last
    return where, before


@inline
def arrive(room: Room, masks: Ints, law: Ints, here: tuple[int, int], way: tuple[int, int]) -> None:
    """Marks the nodes of slot here[0] at which step here[1] is met first, come by `way`.

    `masks`: of the slot's events when they may be several steps.
    """
    slot, node, work = room
    now, begin = here
    before = 0 if way[0] < 0 else node[TAKEN, way[0], way[1]]
    for end in range(begin, law.shape[1]):
        if end > begin and len(masks) < 2:
            return
        taken = law[OPTIONAL, begin] if end == begin else seated(masks, begin, end, law[OPTIONAL], work[SEATS])
        if taken < 0 and law[OPTIONAL, end] == 0:
            return
        # An exclusion at this very instant lies between two steps when the one was met before and the other is later.
        tainted = begin > 0 and slot[MARKS, now] & law[OPEN, begin - 1] & law[OPEN, end] != 0
        if taken >= 0 and not tainted and before + taken > node[TAKEN, now, end]:
            node[TAKEN, now, end] = before + taken
            node[PARENT, now, end], node[LAST, now, end] = way
            node[BEGIN, now, end], node[SAFE, now, end] = begin, 1


@inline
def pass_slot(room: Room, law: Ints, now: int) -> None:
    """Ends the ways that an exclusion or a broken order at this slot ends; an exclusion taints who waits here."""
    slot, node, work = room
    low = work[LOW]
    for step in range(law.shape[1] - 1):
        allowed = law[ALLOWED, step]
        broken = slot[IN_SCOPE, now] == 1 and slot[STEPS, now] & allowed == 0 and allowed != ANYTHING
        tainted = slot[MARKS, now] & law[OPEN, step] != 0
        if tainted:
            for past in range(low[step], now):
                if slot[AT, now] - slot[AT, past] <= law[LONGEST, step]:
                    node[SAFE, past, step] = 0
        if tainted or broken:
            low[step] = max(low[step], now)


@inline
def goes_on(room: Room, law: Ints, now: int) -> bool:
    """Says whether any way can still go on at slot `now`."""
    slot, _, work = room
    for step in range(law.shape[1] - 1):
        newest = work[NEWEST, step]
        if newest >= work[LOW, step] and slot[AT, now] - slot[AT, newest] <= law[LONGEST, step]:
            return True
    return False


@inline
def empty_slot(node: Ints, now: int) -> None:
    """Says that no step was met at slot `now`."""
    for step in range(node.shape[2]):
        node[TAKEN, now, step] = -1


@inline
def note_nodes(room: Room, now: int) -> None:
    """Remembers the steps that were met at slot `now`."""
    _, node, work = room
    for step in range(node.shape[2]):
        if node[TAKEN, now, step] >= 0:
            work[NEWEST, step] = now


@inline_making
def follow_entry(room: Room, touch: Codes, tables: Tables, span: tuple[int, int], rules: Rules) -> int:
    """Follows the entry at slot span[0], of span[1] slots, through its window; returns up to which slot it did."""
    slot, node, work = room
    mask_of, _, law = tables
    entry, steps, every = span[0], law.shape[1], law[OPTIONAL].sum()
    for step in range(steps):
        work[LOW, step], work[NEWEST, step] = entry, -1
    now = entry
    while now < span[1] and slot[AT, now] - slot[AT, entry] <= rules[1]:
        if now > entry and not goes_on(room, law, now):
            return now
        empty_slot(node, now)
        first, last = slot[FIRST, now], slot[FIRST, now + 1]
        masks = mask_of[touch[first:last]] if rules[3] == 1 and last - first > 1 else mask_of[:0]
        if now == entry:
            arrive(room, masks, law, (now, 0), (-1, -1))
        for step in range(steps - 1, 0, -1):
            if now > entry and (slot[STEPS, now] >> step) & 1 == 1:
                way = way_to(room, law, now, step, rules[4])
                if way[0] >= 0:
                    arrive(room, masks, law, (now, step), way)
        note_nodes(room, now)
        if node[TAKEN, now, steps - 1] == every:
            return now + 1
        if now > entry:
            pass_slot(room, law, now)
        now += 1
    return now


@inline
def best_node(node: Ints, law: Ints, entry: int, until: int) -> tuple[int, int, int]:
    """Returns slot, step and depth of where an entry gets: the deepest, with the most optional steps, the soonest.

    Depth 0: it was excluded, since every way to its deepest step was followed by an exclusion in time.
    """
    deepest, most, where, last = 0, -1, -1, -1
    for now in range(entry, until):
        for step in range(law.shape[1]):
            taken, depth = node[TAKEN, now, step], law[DEPTH, step]
            if taken < 0 or depth < deepest:
                continue
            if depth > deepest:
                deepest, most = depth, -1
            if taken > most and node[SAFE, now, step] == 1:
                most, where, last = taken, now, step
    return where, last, (deepest if most >= 0 else 0)


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
def write_way(row: Ints, room: Room, touch: Codes, tables: Tables, end: tuple[int, int]) -> None:
    """Writes which event was which step, back from the end; -1 where a step was skipped or not reached."""
    slot, node, work = room
    mask_of, _, law = tables
    now, last = end
    for step in range(len(row)):
        row[step] = -1
    while now >= 0:
        begin, first = node[BEGIN, now, last], slot[FIRST, now]
        seated(mask_of[touch[first : slot[FIRST, now + 1]]], begin, last, law[OPTIONAL], work[SEATS])
        for step in range(begin, last + 1):
            if work[SEATS, step] >= 0:
                row[step] = first + work[SEATS, step]
        now, last = node[PARENT, now, last], node[LAST, now, last]


@inline_making
def follow_unit(room: Room, log: Log, tables: Tables, slots: int, rules: Rules) -> tuple[Ints, bool]:
    """Returns the attempts of one unit that were its best so far, and whether it has any entry."""
    slot, node, _ = room
    law = tables[2]
    full, every, alike = law[DEPTH, -1], law[OPTIONAL].sum(), first_is_best(law, rules[1])
    found, used, entered = np.empty((1, law.shape[1]), np.int64), 0, False
    depth, taken, arrival = 0, -1, NEVER
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
    steps = rules[0]
    most, used, excluded = 0, 0, 0
    for unit in range(len(first) - 1):
        most = max(most, first[unit + 1] - first[unit])
    room = (
        np.empty((5, most + 1), np.int64),
        np.empty((5, most + 1, steps), np.int64),
        np.empty((3, steps), np.int64),
    )
    found = np.empty((64, steps + 1), np.int64)
    for unit in range(len(first) - 1):
        end = first[unit + 1]
        if rules[5] == 2:
            end = first[unit] + unbroken(tables[0][touch[first[unit] : end]], 0, end - first[unit])
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
