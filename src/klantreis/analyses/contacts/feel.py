"""How those who made contact felt in the end, beside others who were at the same touchpoint, or made the same contact.

Each person who answered counts once, with the last answer. Only what came before it counts, and who is asked at a
touchpoint has met it; after the purchase too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.contacts.count import ASIDE, CAUSE, CONTACT, Log, Marks
from klantreis.journeys.last_answers import FEEL_UNIT
from klantreis.kernels import inline, kernel
from klantreis.stats.intervals import Estimate
from klantreis.stats.means import Moments
from klantreis.stats.scores import welch

Ints = NDArray[np.int64]
CAUSES, CONTACTS = 0, 1
"""First index: rows that contacts are charged to, and contacts by whether they came again."""
WITHOUT, WITH = 0, 1


class Felt(NamedTuple):
    """Per person the touch of the last answer (-1: none), and how it felt, in FEEL_UNIT; and the times asked."""

    spot: Ints
    feel: Ints
    within: int
    again: int


@kernel
def felt(log: Log, marks: Marks, said: Felt, rows: int) -> Ints:
    """Returns [causes or contacts, row, without or with a (next) contact]: persons, their feelings, and the squares."""
    table, state = np.zeros((2, rows, 2, 3), np.int64), np.full((2, rows), -1, np.int64)
    for who in range(len(log.first) - 1):
        if said.spot[who] >= 0:
            _walk(log, marks, said, who, (table, state))
    return table


@inline
def _walk(log: Log, marks: Marks, said: Felt, who: int, tables: tuple[Ints, Ints]) -> None:
    """Counts a person at all that was met before the last answer, and where it was given."""
    table, state = tables
    feel = said.feel[who]
    before = called = before_row = called_row = -1
    for place in range(log.start[log.first[who]], log.start[log.first[who + 1]]):
        here = log.order[place] if len(log.order) > 0 else place
        if here == said.spot[who] and log.touch[here] < 0:
            return
        row, mark = _what(log, marks, here)
        if mark & CONTACT != 0:
            if called >= 0 and log.at[here] - log.at[called] <= said.again:
                _tell(table[CONTACTS], state[CONTACTS], (called_row, 2 * who + 1, feel))
            called, called_row = here, row
            _tell(table[CONTACTS], state[CONTACTS], (row, 2 * who, feel))
            if before >= 0 and log.at[here] - log.at[before] <= said.within:
                _tell(table[CAUSES], state[CAUSES], (before_row, 2 * who + 1, feel))
        elif mark & CAUSE != 0:
            before, before_row = here, row
            _tell(table[CAUSES], state[CAUSES], (row, 2 * who, feel))
        if here == said.spot[who]:
            return


@inline
def _what(log: Log, marks: Marks, here: int) -> tuple[int, int]:
    """Returns the row of a touch, and what it is: as `counted` has it."""
    row = log.touch[here]
    mark = marks.touch[row] | marks.event[log.event[here]]
    if len(log.channel) > 0:
        mark |= marks.channel[log.channel[here]]
    if row >= 0:
        return row, mark
    if mark & ASIDE != 0 or (len(log.survey) > 0 and log.survey[here] >= 0):
        mark &= CONTACT
    return len(marks.touch) - 1 + log.event[here], mark


@inline
def _tell(table: Ints, state: Ints, what: tuple[int, int, int]) -> None:
    """Counts a person at a row: `what` has twice the person, one more when a contact followed, which stays so."""
    row, now, feel = what
    then = state[row]
    if then >= now:
        return
    if then == now - 1 and now % 2 == 1:
        _add(table, row, WITHOUT, -1, feel)
    _add(table, row, now % 2, 1, feel)
    state[row] = now


@inline
def _add(table: Ints, row: int, side: int, often: int, feel: int) -> None:
    table[row, side, 0] += often
    table[row, side, 1] += often * feel
    table[row, side, 2] += often * feel * feel


def lower(sides: Ints, n_min: int) -> Estimate:
    """Returns how much lower those with score than those without, in points of -2 to +2, with Welch's interval.

    `sides`: persons, feelings and squares without and with. No value when one side has fewer than `n_min`, or than 2.
    """
    others, mine = (Moments(*side.tolist()) for side in sides)
    if min(mine.n, others.n) < max(n_min, 2):
        return Estimate(None, 0)
    return welch(others, mine, FEEL_UNIT).gap
