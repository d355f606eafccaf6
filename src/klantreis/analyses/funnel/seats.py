"""Which event of one instant is which step: every step that must be met one of its own, and optional ones if they can.

Sets of steps that can be met together form a matroid (Edmonds 1965), so a step that has an event keeps having one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline_making

Ints = NDArray[np.int64]


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
