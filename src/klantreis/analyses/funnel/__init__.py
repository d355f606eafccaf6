"""Funnel: how many get from step to step, within a window, and how long it takes them.

A unit (a person, a journey, a session) *reached* step k when it has k different events, in order, the j-th satisfying
step j, the last at most `within` after the first (ClickHouse `windowFunnel`, PostHog). Any entry may succeed. The
*matched attempt* of a unit, which its seconds and its group come from, is the entry that gets deepest; of these the one
that takes most optional steps; of these the one that gets there soonest, and of these the latest; each step counts at
the earliest moment that entry could reach it.

Rates speak of *mature* entries only: those whose whole window lies within the data. A unit is mature when it has such
an entry, and counts as its best mature attempt; so recent entries, which had less time, pull no rate down, and recent
successes push none up. Without a window nobody can be called too recent: the rates are of all units, so far. Those of
journeys that are over would be wrong, for going on is what keeps a journey open; open ones are counted apart.

An *exclusion* between two steps ends an attempt: one that comes after the first of them was met and before the second
is. A way that meets no exclusion may still be found, and a clean retry counts. An attempt is excluded when an
exclusion follows, in time, wherever it got deepest; a unit when all its attempts are, and then it is in no step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.anyorder import gathered as any_order
from klantreis.analyses.funnel.attempts import attempts
from klantreis.analyses.funnel.kernel import LOOSE, NEVER, STEP
from klantreis.analyses.funnel.laws import (
    BETWEEN,
    TIES,
    in_step_order,
    last_of,
    law,
    marks,
    masks,
    ripe_until,
    rules,
)
from klantreis.analyses.funnel.matched import attempts_of, everybody, labelled, legs_of, stayed_of, tallied
from klantreis.analyses.funnel.options import Exclusion, Options, check
from klantreis.analyses.funnel.part import WHOLE, Part, exchange, merge, settled
from klantreis.analyses.funnel.passed import Passed, laid, room_for
from klantreis.analyses.funnel.result import Funnel, FunnelGroup, FunnelStep, ToConvert
from klantreis.analyses.funnel.straight import straight
from klantreis.analyses.funnel.strict import strictly
from klantreis.analyses.funnel.tally import Tally
from klantreis.analyses.funnel.told import finish
from klantreis.analyses.funnel.waiting import NOBODY, open_entries, waits
from klantreis.journeys.model import OPEN, Bucket
from klantreis.journeys.people import in_time
from klantreis.stats.spread import Spreads, collect, gathered

__all__ = [
    "Exclusion",
    "Funnel",
    "FunnelGroup",
    "FunnelStep",
    "Options",
    "Part",
    "ToConvert",
    "exchange",
    "finish",
    "measure",
    "merge",
    "name",
    "settled",
]

name = "funnel"
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Units = tuple[Ints, Ints | None, NDArray[np.bool_]]
"""Where each unit's events begin, the order to read them in (None: as they are), and which units are never mature."""


def measure(bucket: Bucket, options: Options) -> Part:
    """Returns what one bucket adds: every unit's matched attempt, counted.

    Raises OptionError for a funnel that cannot be asked: too many steps, a negative window, rules that clash.
    """
    check(options)
    first, order = bucket.start, None
    if options.grain == "person" and bucket.journeys:
        first, order = in_time(bucket.person, bucket.start, bucket.at)
    open_units = options.grain == "journey" and options.within is None
    units = first, order, bucket.state == OPEN if open_units else np.empty(0, np.bool_)
    return _simple(bucket, options, units) if options.plain or not options.steps else _full(bucket, options, units)


def _simple(bucket: Bucket, options: Options, units: Units) -> Part:
    """The quick way, which keeps per unit only moments: when nothing asks for attempts one by one."""
    first, order, left_out = units
    steps, last = len(options.steps), last_of(bucket, options.within)
    touch, at = (bucket.touch, bucket.at) if order is None else (bucket.touch[order], bucket.at[order])
    told = _passed(
        (masks(bucket.names, options), touch, at), (first, left_out), options, ripe_until(options.within, last)
    )
    cells = np.repeat(np.arange(steps, dtype=np.int32), np.diff(told.later))
    counts = told.people[None], told.mature[None], told.pending
    whole = Tally(np.zeros(1, np.int64), *counts, cells, np.ones(len(cells), np.int8))
    seconds = gathered(told.leg, told.took, np.append(np.arange(steps), WHOLE))
    waiting = NOBODY if options.within is None else waits(told.stayed, options.within, last)
    return Part(len(first) - 1, last, whole, seconds, waiting, met=(0,) * steps)


def _passed(
    events: tuple[Ints, Codes, Ints], units: tuple[Ints, NDArray[np.bool_]], options: Options, until: int
) -> Passed:
    steps, ties, between = len(options.steps), TIES[options.ties], BETWEEN[options.order]
    within = NEVER if options.within is None else options.within
    rules_ = steps, within, ties, int(options.entry == "first"), until
    if not steps:
        return laid(*room_for(0, 0))
    if between == LOOSE:
        return straight(*events, units, rules_)
    mask_of, touch, at = events
    found = mask_of[touch]
    if ties == STEP:
        found = found[in_step_order(found, at, units[0])]
    return strictly(found, at, units, (*rules_, between))


def _full(bucket: Bucket, options: Options, units: Units) -> Part:
    """The way that follows attempts one by one, and knows which event was which step."""
    first, _, left_out = units
    steps, last = len(options.steps), last_of(bucket, options.within)
    found, order, excluded = _attempted(bucket, options, units)
    tried = attempts_of(found, bucket.at, order, steps)
    until = ripe_until(options.within, last)
    label = everybody(tried)
    whole = tallied(tried, label, left_out, until)
    waiting = NOBODY
    if options.within is not None:
        stayed = tried.final & (tried.event[:, -1] < 0)
        waiting = waits(tried.entry[stayed], options.within, last)
    done = found[tried.final, -1] if options.order == "any" else np.empty(0, np.int64)
    met = tuple(int(((done >> step) & 1).sum()) for step in range(steps))
    groups, group_seconds, group_waiting = None, None, None
    if options.by is not None:
        label = labelled(tried, bucket, options)
        groups, group_seconds = tallied(tried, label, left_out, until), _spread(*legs_of(tried, label))
        if options.within is not None:
            group_waiting = open_entries(*stayed_of(tried, label), options.within, last)
    seconds = _spread(*legs_of(tried, everybody(tried)))
    counted = groups, group_seconds, excluded, met, group_waiting
    return Part(len(first) - 1, last, whole, seconds, waiting, *counted)


def _attempted(bucket: Bucket, options: Options, units: Units) -> tuple[Ints, Ints | None, int]:
    """Returns the rows of the kernel, where the events it read stand in the bucket, and how many are excluded."""
    first, order, _ = units
    touch, at = (bucket.touch, bucket.at) if order is None else (bucket.touch[order], bucket.at[order])
    mask_of = masks(bucket.names, options)
    if options.order == "any":
        within = NEVER if options.within is None else options.within
        asked = len(options.steps), within, int(options.entry == "first")
        return *any_order(touch, at, first, mask_of, asked)[:1], order, 0
    if options.order != "ordered" and options.ties == "step":
        sorted_ = in_step_order(mask_of[touch], at, first)
        touch, order = touch[sorted_], sorted_ if order is None else order[sorted_]
    tables = mask_of, marks(bucket.names, options), law(options)
    found, excluded = attempts(touch, at, first, tables, rules(options))
    return found, order, int(excluded)


def _spread(took: Ints, keys: Ints) -> Spreads:
    kinds, place = np.unique(keys, return_inverse=True)
    return collect(place, took, kinds)
