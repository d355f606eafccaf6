"""Counting for contacts: to which touch each contact is charged, and how many people each touchpoint sends on.

What happens at nearly every touch stands in one loop, and what is rare in steps that are handed few arrays: handing on
a tuple of a dozen took three times as long as the counting itself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.examples import KEPT, NONE, keep
from klantreis.journeys.model import FAILED
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
CONTACT, CAUSE, ASIDE, GOAL = 1, 2, 4, 8
"""What a touch is by its touchpoint, event or channel: a contact; what one may come from; an event that is neither when
it is off the map; and the outcome (of a touchpoint).
"""

VISITORS, SENDERS, CALLERS, AGAIN, BEFORE, AFTER = 0, 1, 2, 3, 4, 8
"""Columns of the counts: people who had the time, and those of them who made contact; people by contact, and who came
again; four by (contact or not, outcome) before the outcome; and four the same of contacts by whether they came again.
"""
COLUMNS = 12

VISITED, SENT, BEGAN, CHARGED, CALLED, RETURNED, BEGAN_CALL, RETURNED_CALL = (1 << kind for kind in range(8))
KINDS = 8


class Log(NamedTuple):
    """The touches of a bucket, as they are there (what it does not have is empty).

    `first`: the first journey of each person, and how many there are; `order`: the touches in order of time within each
    person (empty: as they stand); `rank` of each journey, which begins at `start`; `still`: the person may still reach
    the outcome.
    """

    touch: Codes
    event: Codes
    at: Ints
    channel: Codes
    survey: Codes
    flags: NDArray[np.uint8]
    first: Ints
    order: Ints
    start: Ints
    rank: Ints
    still: NDArray[np.bool_]


class Marks(NamedTuple):
    """What each code is (CONTACT, CAUSE, ASIDE, GOAL together); the last place is for no code."""

    touch: Codes
    event: Codes
    channel: Codes


class Counts(NamedTuple):
    """`table`: see COLUMNS, per row; examples of senders, and after these rows of who came again; `people`: with any
    contact, with the whole time after one, and who came again; `contacts`; and of each that has a cause: the cause *
    rows + the contact.
    """

    table: Ints
    examples: Ints
    people: tuple[int, int, int]
    contacts: int
    charged: Ints


class Span(NamedTuple):
    """The times asked, in microseconds, and where the data ends."""

    within: int
    again: int
    last: int


@kernel
def counted(log: Log, marks: Marks, span: Span, rows: int) -> Counts:
    """Returns the contacts, each charged to the last touch that is none, no more than `within` earlier."""
    touch, event, at, channel, survey, flags, first, order, start, rank, still = log
    of_touch, of_event, of_channel = marks
    table, examples = np.zeros((rows, COLUMNS), np.int64), np.full((2 * rows, KEPT), NONE, np.int64)
    seen, charged = np.full(rows, -1, np.int64), np.empty(len(touch), np.int64)
    aims, size = (of_touch & GOAL).sum() > 0, len(of_touch) - 1
    people = matured = returned = contacts = causes = 0
    for who in range(len(first) - 1):
        low, high = start[first[who]], start[first[who + 1]]
        cut = _cut((touch, of_touch, flags, order), low, high) if aims else high
        told = cut if cut < high or not still[who] else low
        outcome = 1 if cut < high else 0
        before = called = before_row = called_row = -1
        mature = more = 0
        for spot in range(low, high):
            here = order[spot] if len(order) > 0 else spot
            row = touch[here]
            mark = of_touch[row] | of_event[event[here]]
            if len(channel) > 0:
                mark |= of_channel[channel[here]]
            if row < 0:
                row = size + event[here]
                if mark & ASIDE != 0 or (len(survey) > 0 and survey[here] >= 0):
                    mark &= CONTACT
            if mark & CONTACT != 0:
                contacts += 1
                if called >= 0 and at[here] - at[called] <= span.again:
                    ripe, of = at[called] + span.again <= span.last, _rank(start, rank, first, who, called)
                    _return(table, seen, examples, (called_row, who, spot < told, outcome, ripe, of))
                    more |= ripe
                called, called_row = here, row
                ripe = at[here] + span.again <= span.last
                mature |= ripe
                _call(table, seen, (row, who, spot < told, outcome, ripe))
                if before >= 0 and at[here] - at[before] <= span.within:
                    charged[causes] = before_row * rows + row
                    causes += 1
                    ripe, of = at[before] + span.within <= span.last, _rank(start, rank, first, who, before)
                    _charge(table, seen, examples, (before_row, who, spot < told, outcome, ripe, of))
            elif mark & CAUSE != 0:
                before, before_row = here, row
                done = seen[row] & 255 if seen[row] >> KINDS == who else 0
                now = VISITED * (at[here] + span.within <= span.last) | BEGAN * (spot < told)
                table[row, VISITORS] += now & ~done & VISITED != 0
                table[row, BEFORE + outcome] += now & ~done & BEGAN != 0
                seen[row] = who << KINDS | done | now
        people += called >= 0
        matured += mature
        returned += more
    return Counts(table, examples, (people, matured, returned), contacts, charged[:causes].copy())


@inline
def _cut(events: tuple[Codes, Codes, NDArray[np.uint8], Ints], low: int, high: int) -> int:
    """Returns the place of the first touch at the outcome; `high` when there is none."""
    touch, of_touch, flags, order = events
    for spot in range(low, high):
        here = order[spot] if len(order) > 0 else spot
        if of_touch[touch[here]] & GOAL != 0 and (len(flags) == 0 or flags[here] & FAILED == 0):
            return spot
    return high


@inline
def _new(seen: Ints, kind: int, row: int, who: int) -> bool:
    """Says whether a person is new to a kind of count of a row, and remembers."""
    done = seen[row] if seen[row] >> KINDS == who else who << KINDS
    seen[row] = done | kind
    return bool(done & kind == 0)


@inline
def _call(table: Ints, seen: Ints, what: tuple[int, int, bool, int, bool]) -> None:
    """Counts a contact; `what`: row, person, before the outcome, the outcome, had the whole time to be followed."""
    row, who, early, outcome, ripe = what
    if early and _new(seen, BEGAN_CALL, row, who):
        table[row, AFTER + outcome] += 1
    if ripe and _new(seen, CALLED, row, who):
        table[row, CALLERS] += 1


@inline
def _return(table: Ints, seen: Ints, examples: Ints, what: tuple[int, int, bool, int, bool, int]) -> None:
    """Counts a contact that another follows soon."""
    row, who, early, outcome, ripe, rank = what
    if early and _new(seen, RETURNED_CALL, row, who):
        table[row, AFTER + outcome] -= 1
        table[row, AFTER + 2 + outcome] += 1
    if ripe and _new(seen, RETURNED, row, who):
        table[row, AGAIN] += 1
        keep(examples, len(table) + row, rank)


@inline
def _charge(table: Ints, seen: Ints, examples: Ints, what: tuple[int, int, bool, int, bool, int]) -> None:
    """Counts what a contact is charged to."""
    row, who, early, outcome, ripe, rank = what
    if ripe and _new(seen, SENT, row, who):
        table[row, SENDERS] += 1
        keep(examples, row, rank)
    if early and _new(seen, CHARGED, row, who):
        table[row, BEFORE + outcome] -= 1
        table[row, BEFORE + 2 + outcome] += 1


@inline
def _rank(start: Ints, rank: Ints, first: Ints, who: int, here: int) -> int:
    """Returns the rank of the journey, one of this person's, that a touch is of."""
    low, high = first[who], first[who + 1]
    while high - low > 1:
        middle = (low + high) >> 1
        if start[middle] <= here:
            low = middle
        else:
            high = middle
    return int(rank[low])
