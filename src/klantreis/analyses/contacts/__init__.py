"""Contacts: which touchpoint makes people call, chat or write, and who has to do so again.

Why: a call costs money and patience. A contact is charged to the last touch before it that is none, when it comes no
more than `within` (72 hours) later: what people were at before they changed channel. It goes with that touchpoint; what
else they were thinking of, no log tells.

`share` is over people who had the whole time after the touchpoint, `again` over those who had the whole time after a
contact: who met it too short ago counts in neither. A next contact within `again` (7 days) is a repeat.

Options: see `Options`. Example: of 4,210 people at 'Delivered late' 312 (7.4 %, 6.7 to 8.2 %) call within 72 hours; 41
of them call again within a week. Not: somebody calls 73 hours later, or without having been anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.barriers import NOT_COMPARED, Barrier, at_stake, placed
from klantreis.analyses.contacts.count import AFTER, BEFORE, Log, Span, counted
from klantreis.analyses.contacts.feel import CAUSES, CONTACTS, Felt, felt, lower
from klantreis.analyses.contacts.laid_out import log_of, marks_of, names_of
from klantreis.analyses.contacts.options import Options, asked, asked_by, check, service_of
from klantreis.analyses.contacts.result import Again, Cause, Contacts
from klantreis.journeys.examples import joined, lowest, named, part_exchanged
from klantreis.journeys.last_answers import last_answers
from klantreis.journeys.model import VALUE_UNIT, About, Bucket
from klantreis.journeys.success import brought
from klantreis.labels import Label
from klantreis.stats.by_name import together
from klantreis.stats.compare import difference
from klantreis.stats.intervals import Estimate, share

__all__ = [
    "Again", "Cause", "Contacts", "Options", "Part", "asked", "asked_by", "aware", "exchange", "finish", "measure",
    "merge", "name", "ripens", "service_of",
]  # fmt: skip

name = "contacts"
Ints = NDArray[np.int64]
NONE_SEEN = Label(
    "In deze gegevens neemt niemand contact op.",
    "Nobody makes contact in these data.",
)
NONE_NAMED = Label(
    "Er is niet gezegd wat een contact is: noem een gebeurtenis of kanaal.",
    "It was not said what a contact is: name an event or a channel.",
)


@dataclass(frozen=True, slots=True)
class Aware:
    """The options, with the moment where the data ends."""

    asked: Options
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """Per row what adds up (see `Counts`), contacts by (cause, contact), and persons: all, with any contact, who had
    the time, who came again; the sum and number of values at the outcome; how those who answered felt (see `feel`).
    """

    visitors: Ints
    senders: Ints
    before: Ints
    callers: Ints
    again: Ints
    examples: Ints
    again_examples: Ints
    charged: Mapping[tuple[int, int], int]
    people: tuple[int, int, int, int]
    contacts: int
    worth: tuple[int, int]
    felt: Ints


def aware(options: Options, about: About) -> Aware:
    """Returns the options with where the data ends. Raises OptionError for a time that is none."""
    check(options)
    return Aware(options, about.last)


def measure(bucket: Bucket, options: Aware) -> Part:
    """Returns what one bucket adds."""
    log, asked_ = log_of(bucket), options.asked
    rows = len(bucket.names.touchpoints) + len(bucket.names.events)
    counts = counted(log, marks_of(bucket.names, asked_), Span(asked_.within, asked_.again, options.last), rows)
    visitors, senders, callers, again = counts.table[:, :BEFORE].T.copy()
    people, ripe, again_people = (int(number) for number in counts.people)
    before = [counts.table[:, begin : begin + 4].reshape(rows, 2, 2) for begin in (BEFORE, AFTER)]
    return Part(
        visitors,
        senders,
        np.concatenate(before),
        callers,
        again,
        counts.examples[:rows],
        counts.examples[rows:],
        charged=_pairs(counts.charged, rows),
        people=(len(log.first) - 1, people, ripe, again_people),
        contacts=int(counts.contacts),
        worth=brought(bucket, asked_.outcome),
        felt=_felt(bucket, log, options, rows),
    )


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    a, b, c, d = (x + y for x, y in zip(one.people, other.people, strict=True))
    return Part(
        one.visitors + other.visitors,
        one.senders + other.senders,
        one.before + other.before,
        one.callers + other.callers,
        one.again + other.again,
        joined(one.examples, other.examples),
        joined(one.again_examples, other.again_examples),
        together(one.charged, other.charged),
        (a, b, c, d),
        one.contacts + other.contacts,
        (one.worth[0] + other.worth[0], one.worth[1] + other.worth[1]),
        one.felt + other.felt,
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return part_exchanged(whole, was, now, "examples", "again_examples")


def ripens(then: Aware, now: Aware) -> tuple[int, ...]:
    """Returns after how long a touch counts, and a contact."""
    return now.asked.within, now.asked.again


def finish(part: Part, options: Aware, about: About) -> Contacts:
    """Returns the contacts; none, or none named: no causes, and `why`."""
    rows, asked_ = names_of(about.names), options.asked
    by_cause: dict[int, dict[str, int]] = {}
    for (cause, contact), count in part.charged.items():
        by_cause.setdefault(cause, {})[rows[contact][1]] = count
    causes = [_cause(part, row, rows[row], to, asked_) for row, to in by_cause.items()]
    causes.sort(key=lambda one: (-one.people, -one.contacts, one.kind, one.name))
    senders, visitors = int(part.senders.sum()), int(part.visitors.sum())
    repeats = [_again(part, row, rows[row][1], asked_) for row in np.flatnonzero(part.callers).tolist()]
    all_people, people, mature, again = part.people
    worth = part.worth[0] / part.worth[1] / VALUE_UNIT if part.worth[1] else None
    return Contacts(
        about=about,
        within_seconds=asked_.within / 1e6,
        again_seconds=asked_.again / 1e6,
        contacts=part.contacts,
        charged=sum(part.charged.values()),
        people=people,
        all_people=all_people,
        usual=senders / visitors if visitors else None,
        again=share(again, mature),
        causes=tuple(causes),
        repeats=tuple(sorted(repeats, key=lambda one: (-one.people, one.name))),
        barriers=tuple(_barriers(causes, repeats, asked_, all_people, worth)),
        why=Label() if part.contacts else NONE_SEEN if asked_.contacts else NONE_NAMED,
    )


def _pairs(charged: Ints, rows: int) -> dict[tuple[int, int], int]:
    """Returns how often each (cause, contact) comes."""
    keys, times = np.unique(charged, return_counts=True)
    return {divmod(key, rows): count for key, count in zip(keys.tolist(), times.tolist(), strict=True)}


def _felt(bucket: Bucket, log: Log, options: Aware, rows: int) -> Ints:
    """Returns how those who answered felt; nobody asked: nothing."""
    asked_ = options.asked
    spot, feel = last_answers(bucket, asked_.questions, log.first)
    if not np.any(spot >= 0):
        return np.zeros((2, rows, 2, 3), np.int64)
    return felt(log, marks_of(bucket.names, asked_), Felt(spot, feel, asked_.within, asked_.again), rows)


def _cause(part: Part, row: int, what: tuple[str, str], to: Mapping[str, int], options: Options) -> Cause:
    people = int(part.senders[row])
    return Cause(
        kind=what[0],
        name=what[1],
        contacts=sum(to.values()),
        people=people,
        share=share(people, int(part.visitors[row])),
        to=tuple(sorted(to.items(), key=lambda item: (-item[1], item[0]))),
        lost=_lost(part.before[row]) if options.outcome else NOT_COMPARED,
        examples=named(lowest(part.examples[row])),
        severity_feel=lower(part.felt[CAUSES, row], options.n_min),
    )


def _again(part: Part, row: int, what: str, options: Options) -> Again:
    people = int(part.again[row])
    lost = _lost(part.before[len(part.callers) + row]) if options.outcome else NOT_COMPARED
    examples, worse = named(lowest(part.again_examples[row])), lower(part.felt[CONTACTS, row], options.n_min)
    return Again(what, people, share(people, int(part.callers[row])), examples, lost, worse)


def _lost(before: Ints) -> Estimate:
    """How much lower the share is that reaches the outcome; `before`: people by (did it, outcome)."""
    (missed, reached), (missed_with, reached_with) = before.tolist()
    return difference((reached, missed + reached), (reached_with, missed_with + reached_with))


def _barriers(
    causes: list[Cause], repeats: list[Again], options: Options, of: int, worth: float | None
) -> list[Barrier]:
    """Returns each cause and each repeated contact of enough people, most people first."""
    on_map = None if options.drawn is None else dict(options.drawn)
    both: list[tuple[str, Cause | Again]] = [("contact", one) for one in causes]
    both += [("again", one) for one in repeats]
    found = [
        Barrier(
            kind, one.name, one.people, share(one.people, of), one.lost,
            at_stake(one.people, one.lost, worth), one.examples, severity_feel=one.severity_feel,
        )
        for kind, one in both
        if one.people >= max(options.n_min, 1)
    ]  # fmt: skip
    return sorted((placed(one, on_map) for one in found), key=lambda one: (-one.people, one.kind, one.at))
