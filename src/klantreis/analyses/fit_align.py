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
        np.zeros((rows.phase.size, 4), np.int32),
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
        first[variant + 1] = at + _named(desk, count, rows, moves[at:])
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


@inline
def _fill(togo: NDArray[np.int32], own: NDArray[np.int32], graph: Graph, is_open: int, on_path: int) -> int:
    """Fills `togo` for the events that are on the path (the others are unplanned anyway); returns how many are."""
    met = 0
    for symbol in own:
        met += 1 if symbol >> 1 < on_path else 0
    for state in range(graph.rest.size):
        togo[met, state] = 0 if is_open else graph.rest[state]
    left = met
    for spot in range(own.size - 1, -1, -1):
        row = own[spot] >> 1
        if row < on_path:
            left -= 1
            for state in range(graph.rest.size):
                togo[left, state] = togo[left + 1, state] + 1
            while _lowered(togo, left, row, graph) and graph.loops:
                pass
    return met


@inline
def _lowered(togo: NDArray[np.int32], left: int, row: int, graph: Graph) -> bool:
    changed = False
    for state in range(graph.rest.size - 1, -1, -1):
        best = togo[left, state]
        for edge in range(graph.first[state], graph.first[state + 1]):
            target = graph.target[edge]
            by = togo[left + 1, target] if graph.label[edge] == row else togo[left, target] + 1
            best = min(best, by)
        if best < togo[left, state]:
            togo[left, state] = best
            changed = True
    return changed


@inline
def _walk(desk: _Desk, own: NDArray[np.int32], graph: Graph, is_open: int, on_path: int) -> tuple[int, int]:
    """Writes the steps of the chosen cheapest way from front to back; returns how many, and the state it ends in."""
    steps = desk.steps
    state, left, spot, count = 0, 0, 0, 0
    while spot < own.size or (not is_open and graph.rest[state] > 0):
        row = own[spot] >> 1 if spot < own.size else -1
        move, edge = _UNPLANNED, -1
        if row < on_path:
            move, edge = _cheapest(desk.togo, left, state, row, graph)
        steps[count, 0] = move
        steps[count, 1] = graph.label[edge] if move == _MISSED else row
        steps[count, 2] = own[spot] & 1 if move != _MISSED else 0
        count += 1
        if edge >= 0:
            state = graph.target[edge]
        if move != _MISSED:
            spot += 1
            left += 1 if row < on_path else 0
    return count, state


@inline
def _cheapest(togo: NDArray[np.int32], left: int, state: int, row: int, graph: Graph) -> tuple[int, int]:
    cost = togo[left, state]
    for edge in range(graph.first[state], graph.first[state + 1]):
        if row >= 0 and graph.label[edge] == row and togo[left + 1, graph.target[edge]] == cost:
            return _MATCHED, edge
    for edge in range(graph.first[state], graph.first[state + 1]):
        if togo[left, graph.target[edge]] + 1 == cost:
            return _MISSED, edge
    return _UNPLANNED, -1


@inline
def _named(desk: _Desk, count: int, rows: Rows, moves: NDArray[np.int32]) -> int:
    """Writes what each step that is not a plain match is called; returns how many moves were written."""
    steps, tally = desk.steps, desk.tally
    for step in range(count):
        tally[steps[step, 1], steps[step, 0]] += 1
    for step in range(count):
        row = steps[step, 1]
        pairs = min(tally[row, _MISSED], tally[row, _UNPLANNED])
        tally[row, _MISSED] = tally[row, _UNPLANNED] = pairs
    written, phase_now = 0, 0
    for step in range(count):
        move, row = steps[step, 0], steps[step, 1]
        phase = rows.phase[row] if rows.phase[row] >= 0 else phase_now
        if move == _MATCHED:
            phase_now = phase
        kind = _kind(move, tally[row], rows.known[row], steps[step, 2])
        if kind >= 0:
            moves[written] = (row * KINDS + kind) * rows.phases + (phase_now if kind == AD_HOC else phase)
            written += 1
    for step in range(count):
        tally[steps[step, 1], :] = 0
    return written


@inline
def _kind(move: int, tally: NDArray[np.int32], known: int, failed: int) -> int:
    """Returns the kind of one move, -1 for a plain match. `tally` holds: matches of the row in the whole journey, pairs
    still to give out to missing and to unplanned moves, and whether the row was met before.
    """
    if move != _MATCHED and tally[move] > 0:
        tally[move] -= 1
        kind = OUT_OF_ORDER
    elif move == _MISSED:
        kind = MISSING
    elif move == _MATCHED:
        kind = FAILURE if failed else -1
    else:
        kind = REPEAT if known and (tally[3] > 0 or tally[_MATCHED] > 0) else AD_HOC
    if move != _MISSED:
        tally[3] = 1
    return kind
