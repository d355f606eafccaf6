"""Cases that may be too young to judge, and what those of one person are together, until all of the data is known.

Kept apart from `kpi_measures`, which says what a KPI counts, so that each file is one thought.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel
from klantreis.stats.sums import Sums

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Young:
    """Cases whose window ends after the last event of their bucket: only at the end, when all of the data is known, can
    be said which of them were mature. `case`: twice the microsecond of entry, and 1 more for a success; rising, each
    once. `often`: how many such cases.
    """

    case: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    often: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def __add__(self, other: Young) -> Young:
        """Returns both together."""
        if not (self.case.size and other.case.size):
            return self if self.case.size else other
        return Young(*_merged(self.case, self.often, other.case, other.often))

    def exchanged(self, was: Young | None, now: Young | None) -> Young:
        """Returns the cases of all when some, who were `was`, are `now`; see `stats.exchange`."""
        less = NO_YOUNG if was is None else Young(was.case, -was.often)
        return self + less + (now or NO_YOUNG)

    def ripe(self, within: int, last: int) -> Counter[int]:
        """Returns how often each number, of the cases that had their window when the data ends at `last`."""
        over = (self.case >> 1) + within <= last
        often = np.bincount(self.case[over] & 1, self.often[over], minlength=2).astype(np.int64).tolist()
        return Counter({number: n for number, n in enumerate(often) if n})


@dataclass(frozen=True, slots=True)
class Again:
    """Young cases that are not the first of their person: how many, and of all of them together how many earlier ones
    of that person were a success, and how many there were.
    """

    cases: Young = field(default_factory=Young)
    hits: Young = field(default_factory=Young)
    earlier: Young = field(default_factory=Young)

    def __add__(self, other: Again) -> Again:
        """Returns both together."""
        if not (self.cases.case.size and other.cases.case.size):
            return self if self.cases.case.size else other
        return Again(self.cases + other.cases, self.hits + other.hits, self.earlier + other.earlier)


NO_YOUNG, NEVER_AGAIN = Young(), Again()


def young_of(cases: Ints) -> Young:
    """Returns cases, in any order, as a part that adds up."""
    return Young(*_summed(np.sort(cases), np.ones(len(cases), np.int64))) if cases.size else NO_YOUNG


def again_of(rows: Ints) -> Again:
    """Returns the same of the three rows of `kpi_sweep.Found.again`."""
    if not rows.size:
        return NEVER_AGAIN
    order = np.argsort(rows[0])
    rising, hits, earlier = rows[0][order], rows[1][order], rows[2][order]
    met = hits > 0
    return Again(
        Young(*_summed(rising, np.ones(len(rising), np.int64))),
        Young(*_summed(rising[met], hits[met])),
        Young(*_summed(rising, earlier)),
    )


def ripe_people(young: Young, again: Again, within: int, last: int) -> Sums:
    """Returns, of the young cases that had their window when the data ends at `last`, what they add to the sums over
    persons of successes and cases, in a row after those that were no longer young.
    """
    cases, repeats = young.ripe(within, last), again.cases.ripe(within, last)
    hits, earlier = again.hits.ripe(within, last), again.earlier.ripe(within, last)
    reached, n = cases[1], cases.total()
    products = (reached + 2 * hits[1], reached + hits.total() + earlier[1], n + 2 * earlier.total())
    return Sums(n - repeats.total(), (reached, n), products)


@kernel
def _summed(rising: Ints, weight: Ints) -> tuple[Ints, Ints]:
    """Rising numbers, each once, and the sum of the weights of each."""
    number, often = np.empty(len(rising), np.int64), np.zeros(len(rising), np.int64)
    place = np.int64(-1)
    for i in range(len(rising)):
        place += i == 0 or rising[i] != rising[i - 1]
        number[place] = rising[i]
        often[place] += weight[i]
    return number[: place + 1].copy(), often[: place + 1].copy()


@kernel
def _merged(one: Ints, of_one: Ints, other: Ints, of_other: Ints) -> tuple[Ints, Ints]:
    """Two rows of rising numbers as one, with how often each is in both together; what comes to 0 is left out."""
    number, often = np.empty(len(one) + len(other), np.int64), np.empty(len(one) + len(other), np.int64)
    here, there, size = 0, 0, 0
    while here < len(one) and there < len(other):
        mine, theirs, total = one[here], other[there], 0
        if mine <= theirs:
            total += of_one[here]
            here += 1
        if theirs <= mine:
            total += of_other[there]
            there += 1
        number[size], often[size] = min(mine, theirs), total
        size += total != 0
    for rest, of_rest in ((one[here:], of_one[here:]), (other[there:], of_other[there:])):
        number[size : size + len(rest)], often[size : size + len(rest)] = rest, of_rest
        size += len(rest)
    return number[:size].copy(), often[:size].copy()
