"""Drivers: what goes with reaching the outcome or with leaving, of all that people do before it.

Why: a leak says where people leave; this says what those who leave did and met more often than those who go on.

Per person (or journey) only what comes strictly before the first outcome counts; for those without it, everything.
Who may still reach it is left out. Each touchpoint, event off the map, channel and (when few) word gives a two-by-two
table; and at each touchpoint what went wrong, was done twice in a row, was come back to inside its phase, or took long,
among those who met it. Odds ratio with 0.5 added, its 95 % interval, and the Mantel-Haenszel odds ratio among journeys
of like length. All that are compared are adjusted for how many they are (Benjamini-Hochberg at 5 %).

Options: see `Options`. Example: 312 people call before they pay; 40 % of them pay, of the others 61 %; odds 0.4 times
(0.3 to 0.6), among those who did as much 0.5: calling goes with leaving. Not: 9 people call.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.drivers.count import counted
from klantreis.analyses.drivers.feel import Felt, feel_of, felt_of
from klantreis.analyses.drivers.judge import NO_OUTCOME, NOBODY, SAME, barriers_of, drivers_of
from klantreis.analyses.drivers.laid_out import NOBODY as NOBODY_ASKED
from klantreis.analyses.drivers.laid_out import log_of, place_of, rows_of
from klantreis.analyses.drivers.options import KINDS, Kind, Options, asked_by, check
from klantreis.analyses.drivers.result import Driver, Drivers, FeelDriver
from klantreis.journeys.examples import joined, part_exchanged
from klantreis.journeys.model import OPEN, VALUE_UNIT, About, Bucket
from klantreis.journeys.questions import felt
from klantreis.journeys.success import brought
from klantreis.labels import Label
from klantreis.stats.intervals import share

__all__ = [
    "KINDS", "Driver", "Drivers", "FeelDriver", "Felt", "Kind", "Options", "Part", "asked_by", "exchange", "felt",
    "finish", "measure", "merge", "name",
]  # fmt: skip

name = "drivers"
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Units by (row, stratum, outcome) with examples, by touchpoint met, by longest stay, of everyone; those still
    going; the sum and number of values at the outcome. `felt`: the same with the feelings of those who answered.
    """

    did: Ints
    examples: Ints
    met: Ints
    stayed: Ints
    stay_examples: Ints
    everyone: Ints
    still: int
    value: int
    valued: int
    felt: Felt | None = None


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds. Raises OptionError for a threshold or unit that cannot be."""
    check(options)
    log = log_of(bucket, options)
    rows = len(rows_of(bucket.names, options))
    place, open_ = place_of(bucket.names, options), bucket.state == OPEN
    counts = counted(log, place, open_, rows, NOBODY_ASKED)
    feelings = felt_of(bucket, options, log, place, rows) if options.questions else None
    return Part(*counts, *brought(bucket, options.outcome), feelings)


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        one.did + other.did,
        joined(one.examples, other.examples),
        one.met + other.met,
        one.stayed + other.stayed,
        joined(one.stay_examples, other.stay_examples),
        one.everyone + other.everyone,
        one.still + other.still,
        one.value + other.value,
        one.valued + other.valued,
        one.felt + other.felt if one.felt is not None and other.felt is not None else None,
    )


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return part_exchanged(whole, was, now, "examples", "stay_examples")


def finish(part: Part, options: Options, about: About) -> Drivers:
    """Returns the drivers; nobody, no outcome, or everybody alike: no drivers, and `why`."""
    missed, reached = (int(number) for number in part.everyone.sum(0))
    worth = part.value / part.valued / VALUE_UNIT if part.valued else None
    why = Label() if missed and reached else SAME if missed + reached else NOBODY
    if not options.outcome:
        why = NO_OUTCOME
    found, few = ((), 0) if why else drivers_of(part, options, about.names)
    feel, answered = feel_of(part.felt, options, about.names)
    return Drivers(
        about=about,
        outcome=options.outcome,
        unit=options.unit,
        reached=share(reached, missed + reached) if options.outcome else share(0, 0),
        still=part.still,
        few=few,
        drivers=found,
        feel=feel,
        answered=answered,
        surveys=tuple(one.survey for one in options.questions),
        barriers=barriers_of((found, feel), options, (missed + reached, answered), worth),
        per_success=worth,
        why=why,
    )
