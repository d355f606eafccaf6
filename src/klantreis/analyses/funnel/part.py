"""What one bucket adds to a funnel, and how two such parts become one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from klantreis.analyses.funnel.tally import SPAN, Tally
from klantreis.analyses.funnel.tally import merge as both
from klantreis.analyses.funnel.waiting import NOBODY, OpenEntries, Waits
from klantreis.stats.exchange import exchanged
from klantreis.stats.spread import Spreads
from klantreis.stats.spread import merge as added
from klantreis.stats.spread import settled as one_piece

WHOLE = SPAN - 1
"""The leg from the first step to the last."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one bucket adds to a funnel: counts of everybody and per group; durations of each leg (key: group * SPAN +
    step, or WHOLE); matched attempts that did not convert, and per group those still open (a funnel with a window); how
    many units are excluded, and how many did each step.
    """

    units: int
    last: int
    whole: Tally
    seconds: Spreads
    waiting: Waits = NOBODY
    groups: Tally | None = None
    group_seconds: Spreads | None = None
    excluded: int = 0
    met: tuple[int, ...] = ()
    group_waiting: OpenEntries | None = None


def merge(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    groups, seconds, waiting = one.groups, one.group_seconds, one.group_waiting
    if groups is not None and other.groups is not None:
        groups = both(groups, other.groups)
    if seconds is not None and other.group_seconds is not None:
        seconds = added(seconds, other.group_seconds)
    if waiting is not None and other.group_waiting is not None:
        waiting = waiting + other.group_waiting
    return Part(
        units=one.units + other.units,
        last=max(one.last, other.last),
        whole=both(one.whole, other.whole),
        seconds=added(one.seconds, other.seconds),
        waiting=one.waiting + other.waiting,
        groups=groups,
        group_seconds=seconds,
        excluded=one.excluded + other.excluded,
        met=tuple(mine + its for mine, its in zip(one.met, other.met, strict=True)),
        group_waiting=waiting,
    )


def settled(part: Part) -> Part:
    """Returns the part of all, its durations in one piece."""
    grouped = part.group_seconds
    return replace(part, seconds=one_piece(part.seconds), group_seconds=None if grouped is None else one_piece(grouped))


def exchange(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`."""
    return replace(exchanged(*(replace(part, last=0) for part in (whole, was, now))), last=max(whole.last, now.last))
