"""Following one entry of a funnel step by step, forwards: which steps it meets, where, and what ends it.

A *slot* is what comes before or after: one event, or all events of one instant when ties have no order. A *node* is a
slot at which a step was met by a clean way from the entry. From node to node go the longest times, the exclusions and
what a strict order lets pass; so a way is clean when each of its parts is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import NEVER
from klantreis.analyses.funnel.seats import seated
from klantreis.kernels import inline, inline_making

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
LOW, NEWEST, SEATS, LEAD = range(4)
"""The first slot from which a way can still go on; the newest node of each step; which event is which step; the first
of the nodes with the most optional steps."""


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
        if later == 0 and law[LONGEST, last] == NEVER and law[PATIENCE, step] == NEVER:
            past = work[LEAD, last]
            taken = node[TAKEN, past, last] if past >= low[last] else -1
            if taken > found or (taken == found and past < where):
                found, where, before = taken, past, last
            continue
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
            low[step], work[LEAD, step] = max(low[step], now), now


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
            lead = work[LEAD, step]
            if lead < work[LOW, step] or node[TAKEN, now, step] > node[TAKEN, lead, step]:
                work[LEAD, step] = now


@inline_making
def follow_entry(room: Room, touch: Codes, tables: Tables, span: tuple[int, int], rules: Rules) -> int:
    """Follows the entry at slot span[0], of span[1] slots, through its window; returns up to which slot it did."""
    slot, node, work = room
    mask_of, _, law = tables
    entry, steps, every = span[0], law.shape[1], law[OPTIONAL].sum()
    for step in range(steps):
        work[LOW, step], work[NEWEST, step], work[LEAD, step] = entry, -1, -1
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
