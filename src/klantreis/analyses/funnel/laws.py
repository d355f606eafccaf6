"""A funnel's options in the codes of a bucket: which events are which step, and what holds between steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.funnel.kernel import FILE, LOOSE, NEVER, REENTRY, REPEATS, STEP, STRICT
from klantreis.analyses.funnel.options import Options
from klantreis.analyses.funnel.ways import ANYTHING
from klantreis.journeys.model import Bucket, Names

Ints = NDArray[np.int64]
TIES = {"file": FILE, "step": STEP, "strict": STRICT}
BETWEEN = {"ordered": LOOSE, "strict": REPEATS, "reentry": REENTRY}


def masks(names: Names, options: Options) -> Ints:
    """Returns per touchpoint code which steps it satisfies; the last place, which code -1 falls on, is unmapped."""
    codes = {id_: code for code, id_ in enumerate(names.touchpoints)}
    found = np.zeros(len(codes) + 1, np.int64)
    if options.scope is not None and options.order in {"strict", "reentry"}:
        found[[code for id_, code in codes.items() if id_ not in options.scope] + [-1]] = -1
    for place, (_, touches) in enumerate(options.steps):
        for touch in touches:
            if touch in codes:
                found[codes[touch]] = max(int(found[codes[touch]]), 0) | 1 << place
    return found


def marks(names: Names, options: Options) -> Ints:
    """Returns per touchpoint code which exclusions it is, a bit each; the last place is unmapped."""
    codes = {id_: code for code, id_ in enumerate(names.touchpoints)}
    found = np.zeros(len(codes) + 1, np.int64)
    for bit, exclusion in enumerate(options.exclude):
        for touch in exclusion.touchpoints:
            if touch in codes:
                found[codes[touch]] |= 1 << bit
    return found


def law(options: Options) -> Ints:
    """Returns what holds at and after each step, in the rows that `ways` names."""
    steps, optional = len(options.steps), options.places
    patience = [NEVER if limit is None else limit for limit in options.step_within or [None] * steps]
    between = BETWEEN[options.order]
    rows = np.zeros((7, steps), np.int64)
    before = 0
    for step in range(steps):
        after = [later for later in range(step + 1, steps) if not set(range(step + 1, later)) - optional]
        open_ = [bit for bit, one in enumerate(options.exclude) if one.after <= step < one.before]
        allowed = {LOOSE: ANYTHING, REPEATS: 1 << step, REENTRY: (1 << (step + 1)) - 1}[between]
        depth = sum(place not in optional for place in range(step + 1))
        longest = max((patience[later] for later in after), default=0)
        rows[:, step] = (
            patience[step],
            step in optional,
            sum(1 << bit for bit in open_),
            allowed,
            depth,
            longest,
            before,
        )
        before = before if step in optional else step
    return rows


def rules(options: Options) -> tuple[int, int, int, int, int, int]:
    """Returns the rules of `attempts`."""
    ties, ordered = TIES[options.ties], options.order == "ordered"
    within = NEVER if options.within is None else options.within
    first = 0 if options.entry == "any" else 1 if ordered else 2
    instants, later = ordered and ties != FILE, not ordered and ties == STRICT
    return len(options.steps), within, int(instants), int(instants and ties == STEP), int(later), first


def in_step_order(bucket_masks: Ints, at: Ints, first: Ints) -> Ints:
    """Sorts events of one instant by the first step they satisfy; those of no step come first, as in ClickHouse."""
    unit = np.repeat(np.arange(len(first) - 1), np.diff(first))
    steps = np.maximum(bucket_masks, 0)  # out of scope is no step either
    return np.lexsort((steps & -steps, at, unit))


def last_of(bucket: Bucket, within: int | None) -> int:
    """Returns the moment of the bucket's last event; before all time when it has none, or no window asks for it."""
    return int(bucket.at.max()) if bucket.touches and within is not None else int(np.iinfo(np.int64).min)


def ripe_until(within: int | None, last: int) -> int:
    """Returns the last entry whose window has passed by `last`."""
    return NEVER if within is None else max(last - within, -NEVER)
