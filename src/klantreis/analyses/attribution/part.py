"""What some persons add to an attribution: credits in whole numbers, transitions, and a few counts."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.attribution.credit import carried
from klantreis.analyses.attribution.grams import Grams, merged, without, without_groups
from klantreis.stats.exchange import NotExchanged, exchanged

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Plain counts that add up; the words are those of `Attribution`, `bulk` is of all values (see `stats.whole`)."""

    conversions: int = 0
    attributed: int = 0
    nulls: int = 0
    valued: int = 0
    people: int = 0
    touches: int = 0
    old: int = 0
    nameless: int = 0
    bulk: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Part:
    """`credits`: (model, group, channel, [conversions, rest, value, rest]). `grouped`: transitions at the highest order
    that can be kept per group of persons; `higher`: at the highest of all, None when that is the same. `waiting`: the
    last moments of paths that did not convert and may still, by the last event of the bucket they are of. `timed`
    False: the paths have no moments.
    """

    credits: Ints
    grouped: Grams
    higher: Grams | None
    counts: Counts
    waiting: tuple[Ints, ...]
    last: int
    within: int | None
    timed: bool = True

    @property
    def chain(self) -> Grams:
        """The transitions at the highest order, of all groups together."""
        return without_groups(self.grouped) if self.higher is None else self.higher


def together(one: Part, other: Part) -> Part:
    """Returns two parts as one; associative and commutative."""
    return Part(
        credits=carried(one.credits + other.credits),
        grouped=merged(one.grouped, other.grouped),
        higher=None if one.higher is None or other.higher is None else merged(one.higher, other.higher),
        counts=one.counts + other.counts,
        waiting=one.waiting + other.waiting,
        last=max(one.last, other.last),
        within=one.within,
        timed=one.timed and other.timed,
    )


def traded(whole: Part, was: Part, now: Part) -> Part:
    """Returns the part of all when some, who were `was`, are `now`; see `stats.exchange`."""
    last, higher = max(whole.last, was.last, now.last), None
    if whole.higher is not None and was.higher is not None and now.higher is not None:
        higher = merged(without(whole.higher, was.higher), now.higher)
    return Part(
        credits=carried(whole.credits - was.credits + now.credits),
        grouped=merged(without(whole.grouped, was.grouped), now.grouped),
        higher=higher,
        counts=exchanged(whole.counts, was.counts, now.counts),
        waiting=_waiting(whole, was, now, last),
        last=last,
        within=whole.within,
        timed=whole.timed,
    )


def _waiting(whole: Part, was: Part, now: Part, last: int) -> tuple[Ints, ...]:
    """Returns the moments of all that still count when the data goes on to `last`: each bucket told its own end."""
    held, gone, come = (
        np.sort(still_waiting(np.concatenate([*one.waiting, np.empty(0, np.int64)]), last, whole.within))
        for one in (whole, was, now)
    )
    spots = np.searchsorted(held, gone) + np.arange(len(gone)) - np.searchsorted(gone, gone)
    if np.any(spots >= len(held)) or np.any(held[spots] != gone):
        raise NotExchanged("a path did not wait")
    return (np.sort(np.concatenate([np.delete(held, spots), come])),)


def still_waiting(moments: Ints, last: int, within: int | None) -> Ints:
    """Returns the moments whose look-back had not passed at `last`, in no order."""
    return moments if within is None else moments[moments > last - within]
