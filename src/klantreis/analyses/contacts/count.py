"""Counting for contacts: to which touch each contact is charged, and how many people each touchpoint sends on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.examples import KEPT, NONE, keep
from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]


class Log(NamedTuple):
    """The touches of each person in order of time. `row`: of what they are (-1: neither); `contact`: is one; `person`:
    offsets of persons; `rank`: of the journey; `goal`: is the outcome; `still`: the person may still reach it.
    """

    row: NDArray[np.int32]
    contact: NDArray[np.bool_]
    at: Ints
    person: Ints
    rank: Ints
    goal: NDArray[np.bool_]
    still: NDArray[np.bool_]


class Counts(NamedTuple):
    """Per touch the row it is charged to (-1: none). Per row: people who had the time, and those of them who made
    contact; people by (row, contact or not, outcome) before the outcome, and after these rows the same of contacts by
    whether they came again; people by contact, and who came again, with
    examples of both. `people`: with any contact, with the whole time after one, and who came again.
    """

    cause: NDArray[np.int32]
    visitors: Ints
    senders: Ints
    before: Ints
    callers: Ints
    again: Ints
    examples: Ints
    again_examples: Ints
    people: Ints
    seen: Ints
    """Per kind of count, who was counted last in each row."""


VISITED, SENT, BEFORE, CHARGED, CALLED, AGAIN, CALLED_BEFORE, AGAIN_BEFORE = range(8)


class Span(NamedTuple):
    """The times asked, in microseconds, and where the data ends."""

    within: int
    again: int
    last: int


@kernel
def counted(log: Log, span: Span, rows: int) -> Counts:
    """Returns the contacts, each charged to the last touch that is none, no more than `within` earlier."""
    counts = Counts(
        np.full(log.row.size, -1, np.int32),
        np.zeros(rows, np.int64),
        np.zeros(rows, np.int64),
        np.zeros((2 * rows, 2, 2), np.int64),
        np.zeros(rows, np.int64),
        np.zeros(rows, np.int64),
        np.full((rows, KEPT), NONE, np.int64),
        np.full((rows, KEPT), NONE, np.int64),
        np.zeros(3, np.int64),
        np.full((8, rows), -1, np.int64),
    )
    for who in range(log.person.size - 1):
        _count(log, span, counts, who)
    return counts


@inline
def _count(log: Log, span: Span, counts: Counts, who: int) -> None:
    """Counts one person."""
    low, high = log.person[who], log.person[who + 1]
    cut = low
    while cut < high and not log.goal[cut]:
        cut += 1
    outcome = 1 if cut < high else 0
    told = cut if outcome == 1 or not log.still[who] else low
    before = called = -1
    mature = more = 0
    for spot in range(low, high):
        if log.row[spot] < 0:
            continue
        if not log.contact[spot]:
            before = spot
            _visit(log, span, counts, (spot, who, told, outcome))
            continue
        if called >= 0:
            more |= _return(log, span, counts, (called, spot, who, told, outcome))
        called = spot
        mature |= _call(log, span, counts, (spot, who, told, outcome))
        if before >= 0 and log.at[spot] - log.at[before] <= span.within:
            _charge(log, span, counts, (before, spot, who, told, outcome))
    counts.people[0] += 1 if called >= 0 else 0
    counts.people[1] += mature
    counts.people[2] += more


@inline
def _once(counts: Counts, kind: int, row: int, who: int) -> bool:
    """Says whether a person is new to a row, and remembers."""
    new = counts.seen[kind, row] != who
    counts.seen[kind, row] = who
    return bool(new)


@inline
def _visit(log: Log, span: Span, counts: Counts, what: tuple[int, int, int, int]) -> None:
    spot, who, told, outcome = what
    row = log.row[spot]
    if log.at[spot] + span.within <= span.last and _once(counts, VISITED, row, who):
        counts.visitors[row] += 1
    if spot < told and _once(counts, BEFORE, row, who):
        counts.before[row, 0, outcome] += 1


@inline
def _call(log: Log, span: Span, counts: Counts, what: tuple[int, int, int, int]) -> int:
    """Returns 1 for a contact that had the whole time to be followed by another."""
    spot, who, told, outcome = what
    if spot < told and _once(counts, CALLED_BEFORE, log.row[spot], who):
        counts.before[counts.callers.size + log.row[spot], 0, outcome] += 1
    if log.at[spot] + span.again > span.last:
        return 0
    if _once(counts, CALLED, log.row[spot], who):
        counts.callers[log.row[spot]] += 1
    return 1


@inline
def _return(log: Log, span: Span, counts: Counts, what: tuple[int, int, int, int, int]) -> int:
    """Returns 1 when a contact comes soon after the one before, which had the whole time."""
    called, spot, who, told, outcome = what
    row = log.row[called]
    if log.at[spot] - log.at[called] > span.again:
        return 0
    if spot < told and _once(counts, AGAIN_BEFORE, row, who):
        counts.before[counts.callers.size + row, 0, outcome] -= 1
        counts.before[counts.callers.size + row, 1, outcome] += 1
    if log.at[called] + span.again > span.last:
        return 0
    if _once(counts, AGAIN, row, who):
        counts.again[row] += 1
        keep(counts.again_examples, row, log.rank[called])
    return 1


@inline
def _charge(log: Log, span: Span, counts: Counts, what: tuple[int, int, int, int, int]) -> None:
    before, spot, who, told, outcome = what
    row = log.row[before]
    counts.cause[spot] = row
    if log.at[before] + span.within <= span.last and _once(counts, SENT, row, who):
        counts.senders[row] += 1
        keep(counts.examples, row, log.rank[before])
    if spot < told and _once(counts, CHARGED, row, who):
        counts.before[row, 0, outcome] -= 1
        counts.before[row, 1, outcome] += 1
