"""The cheapest way to explain a journey by a path, and what each step of that explanation is called.

Cost 1 for a required touchpoint that is missing, 1 for one that nobody drew, 0 for a match (optimal alignments:
Adriansyah 2014, "Aligning observed and modeled behavior"). Found by dynamic programming over (events left, state of
the path), from the back to the front; for a path that is one line the cost is n + m - 2 * LCS.

Of several cheapest ways one is taken by rule: from the front, match when a match is among the cheapest, else let a
touchpoint be missing, else let the event be unplanned; the part of the path drawn first goes first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.fit_graph import Graph
from klantreis.kernels import inline, kernel

MISSING, AD_HOC, OUT_OF_ORDER, REPEAT, FAILURE = range(5)
KINDS = 5
TOO_LONG = -1
MAX_CELLS = 50_000_000
"""A journey whose events times the path's states exceed this is too long to align; its cost is TOO_LONG."""

_MATCHED, _MISSED, _UNPLANNED = 0, 1, 2
_MET, _COLUMNS = 3, 6


class Rows(NamedTuple):
    """What is known of each row (a touchpoint or event name): its `phase` or -1, and whether the map `known`s it.

    The rows of the path's own touchpoints come first; there are `on_path` of them. `phases` is at least 1.
    """

    phase: NDArray[np.int32]
    known: NDArray[np.uint8]
    on_path: int
    phases: int


class Aligned(NamedTuple):
    """Per variant its `cost`, `needed` (fewest required touchpoints) and `events` in scope; the moves of variant v are
    `moves[first[v]:first[v + 1]]`, each (row * KINDS + kind) * phases + phase; an out-of-order one is there twice.
    """

    cost: NDArray[np.int32]
    needed: NDArray[np.int32]
    events: NDArray[np.int64]
    first: NDArray[np.int64]
    moves: NDArray[np.int32]


class _Desk(NamedTuple):
    """Room to work in: `togo[e, s]` cheapest cost with events e.. left in state s; `steps` (move, row, failed)."""

    togo: NDArray[np.int32]
    steps: NDArray[np.int32]
    tally: NDArray[np.int32]


def plain_align(
    symbols: NDArray[np.int32], offsets: NDArray[np.int64], chosen: NDArray[np.int64], graph: Graph, rows: Rows
) -> Aligned:
    """Returns each chosen journey (journey * 2 + open) aligned to the path; an open one is scored as a prefix."""
    events = offsets[(chosen >> 1) + 1] - offsets[chosen >> 1]
    states = graph.rest.size
    longest, room = _sizes(events, states, graph.rest[0])
    steps = 2 * longest + graph.rest[0] + 1
    desk = _Desk(
        np.empty((longest + 1, states), np.int32),
        np.empty((steps, 3), np.int32),
        np.zeros((rows.phase.size, _COLUMNS), np.int32),
    )
    cost, needed = np.empty(chosen.size, np.int32), np.zeros(chosen.size, np.int32)
    first, moves = np.zeros(chosen.size + 1, np.int64), np.empty(room, np.int32)
    for variant in range(chosen.size):
        at = first[variant]
        first[variant + 1] = at
        if (events[variant] + 1) * states > MAX_CELLS:
            cost[variant] = TOO_LONG
            continue
        journey, is_open = chosen[variant] >> 1, chosen[variant] & 1
        own = symbols[offsets[journey] : offsets[journey + 1]]
        met = _fill(desk.togo, own, graph, is_open, rows.on_path)
        cost[variant] = desk.togo[0, 0] + own.size - met
        count, end = _walk(desk, own, graph, is_open, rows.on_path)
        needed[variant] = graph.reach[end] if is_open else graph.rest[0]
        first[variant + 1] = _named(desk, count, rows, moves, at)
    return Aligned(cost, needed, events, first, moves[: first[-1]].copy())


align = kernel(plain_align)


@inline
def _sizes(events: NDArray[np.int64], states: int, required: int) -> tuple[int, int]:
    longest, room = 0, 0
    for count in events:
        if (count + 1) * states <= MAX_CELLS:
            longest = max(longest, count)
            room += 2 * count + required
    return longest, room


# Arrays come out of a tuple once per journey: each look-up counts references, which costs more than the work itself.
# That is also why the two functions below are one step longer than they would be elsewhere.


@inline
def _fill(togo: NDArray[np.int32], own: NDArray[np.int32], graph: Graph, is_open: int, on_path: int) -> int:
    """Fills `togo` for the events that are on the path (the others are unplanned anyway); returns how many are."""
    first, label, target, rest, loops = graph.first, graph.label, graph.target, graph.rest, graph.loops
    left = 0
    for symbol in own:
        left += 1 if symbol >> 1 < on_path else 0
    met = left
    for state in range(rest.size):
        togo[met, state] = 0 if is_open else rest[state]
    for spot in range(own.size - 1, -1, -1):
        row = own[spot] >> 1
        if row >= on_path:
            continue
        left -= 1
        for state in range(rest.size):
            togo[left, state] = togo[left + 1, state] + 1
        saved = 1
        while saved > 0:
            saved = 0
            for state in range(rest.size - 1, -1, -1):
                best = togo[left, state]
                for edge in range(first[state], first[state + 1]):
                    to = target[edge]
                    best = min(best, togo[left + 1, to] if label[edge] == row else togo[left, to] + 1)
                saved += loops * (togo[left, state] - best)
                togo[left, state] = best
    return met


@inline
def _walk(desk: _Desk, own: NDArray[np.int32], graph: Graph, is_open: int, on_path: int) -> tuple[int, int]:
    """Writes and tallies the steps of the chosen way from front to back; returns how many, and the state it ends in."""
    togo, steps, tally = desk
    first, label, target, rest = graph.first, graph.label, graph.target, graph.rest
    state, left, spot, count = 0, 0, 0, 0
    while spot < own.size or (not is_open and rest[state] > 0):
        row = own[spot] >> 1 if spot < own.size else -1
        move, taken = _UNPLANNED, -1
        if row < on_path:
            for edge in range(first[state + 1] - 1, first[state] - 1, -1):
                to = target[edge]
                if row >= 0 and label[edge] == row and togo[left + 1, to] == togo[left, state]:
                    move, taken = _MATCHED, edge
                elif move != _MATCHED and togo[left, to] + 1 == togo[left, state]:
                    move, taken = _MISSED, edge
        named = label[taken] if move == _MISSED else row
        tally[named, move] += 1
        steps[count, 0] = move
        steps[count, 1] = named
        steps[count, 2] = own[spot] & 1 if move != _MISSED else 0
        count += 1
        if taken >= 0:
            state = target[taken]
        if move != _MISSED:
            spot += 1
            left += 1 if row < on_path else 0
    return count, state


@inline
def _named(desk: _Desk, count: int, rows: Rows, moves: NDArray[np.int32], at: int) -> int:
    """Writes what each step that is not a plain match is called, from `at` on; returns where the next one goes."""
    steps, tally, phase_of, known = desk.steps, desk.tally, rows.phase, rows.known
    phase_now = 0
    for step in range(count):
        move, row = steps[step, 0], steps[step, 1]
        phase = phase_of[row] if phase_of[row] >= 0 else phase_now
        if move == _MATCHED:
            phase_now = phase
            tally[row, _MET] = 1
            if steps[step, 2] == 0:
                continue
        kind = _kind(tally, row, move, known[row])
        moves[at] = (row * KINDS + kind) * rows.phases + (phase_now if kind == AD_HOC else phase)
        at += 1
    for step in range(count):
        for column in range(_COLUMNS):
            tally[steps[step, 1], column] = 0
    return at


@inline
def _kind(tally: NDArray[np.int32], row: int, move: int, known: int) -> int:
    """Returns the kind of one move. `tally` holds per row how often it is matched, missed and unplanned in the whole
    journey; then how many of the missed and of the unplanned were handed out so far, and whether it was met.
    """
    if move == _MATCHED:
        return FAILURE
    before = tally[row, _MET]
    if move == _UNPLANNED:
        tally[row, _MET] = 1
    tally[row, _MET + move] += 1
    if tally[row, _MET + move] <= min(tally[row, _MISSED], tally[row, _UNPLANNED]):
        return OUT_OF_ORDER
    if move == _MISSED:
        return MISSING
    return REPEAT if known and (before > 0 or tally[row, _MATCHED] > 0) else AD_HOC
