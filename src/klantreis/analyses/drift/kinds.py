"""The mixes of each period: how many journeys met which touchpoint, and came in by which channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from klantreis.analyses.drift.walk import Ints, Walk

Kind = tuple[str, ...]
"""One kind of a mix: a channel or touchpoint as one name, a way as all of its touchpoints; () for none."""


FEW = 4
"""Up to so many times as many cells as there are numbers, each is counted at its place, without a sort."""

BITS = 32
"""Of a cell: those below tell the kind, those above the number of the period."""


@dataclass(frozen=True, slots=True)
class Met:
    """Journeys per period and kind: each cell tells both, and is there so `often`; once when `settled`."""

    cells: Ints
    often: Ints

    def __add__(self, other: Met) -> Met:
        """Returns both together."""
        return Met(np.concatenate([self.cells, other.cells]), np.concatenate([self.often, other.often]))

    def exchanged(self, was: Met | None, now: Met | None) -> Met:
        """Returns what is counted when some, which were `was`, are `now`; see `stats.exchange`."""
        found = self if was is None else self + Met(was.cells, -was.often)
        return (found if now is None else found + now).settled()

    def settled(self) -> Met:
        """Returns the same with each cell once, rising; those of nobody left out."""
        cells, place = np.unique(self.cells, return_inverse=True)
        often = np.zeros(len(cells), np.int64)
        np.add.at(often, place, self.often)
        return Met(cells[often != 0], often[often != 0])

    def told(self, kinds: Sequence[Kind]) -> dict[int, Counter[Kind]]:
        """Returns the counts of each period, by kind."""
        found: dict[int, Counter[Kind]] = {}
        one = self.settled()
        for cell, n in zip(one.cells.tolist(), one.often.tolist(), strict=True):
            found.setdefault(cell >> BITS, Counter())[kinds[cell & ((1 << BITS) - 1)]] = n
        return found


NOBODY = Met(np.empty(0, np.int64), np.empty(0, np.int64))


def journeys(walk: Walk) -> Met:
    """Returns how many journeys began in each period, all of one kind."""
    return _met(walk.page, 1, walk)


def mixes(walk: Walk) -> dict[str, Met]:
    """Returns 'touchpoints', by their codes, and where the log tells them 'channels', by their codes + 1."""
    names, bucket = walk.bucket.names, walk.bucket
    found = {"touchpoints": _met(walk.met, len(names.touchpoints), walk)}
    if bucket.channel is not None:
        kinds = len(names.channels) + 1
        found["channels"] = _met(walk.page * kinds + (bucket.channel[bucket.start[:-1]] + 1), kinds, walk)
    return found


def _met(cells: Ints, kinds: int, walk: Walk) -> Met:
    """Returns what is met on each page; a cell is the place of a page times the kinds, and the kind."""
    once, often = counted(cells)
    page, code = np.divmod(once, max(1, kinds))
    return Met((walk.periods[page] << BITS) + code, often)


def counted(cells: Ints) -> tuple[Ints, Ints]:
    """Returns each cell once, rising, and how often it is there; cells are whole numbers from 0 on."""
    if not len(cells) or cells.max() > FEW * len(cells):
        return np.unique(cells, return_counts=True)
    often = np.bincount(cells)
    once = np.flatnonzero(often)
    return once, often[once]
