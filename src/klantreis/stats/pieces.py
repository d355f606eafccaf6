"""A piece of the durations of many groups: laid out, told by a histogram, or to be found where they were met."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.elapsed import Bins

Ints = NDArray[np.int64]
EXACT = 1 << 20
"""Up to this many durations in all groups together, every quantile is exact."""

EXACT_GROUP = 4096
"""A group of at most this many durations is exact, however large the whole is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When quantiles stop being exact; tests make them small."""

    whole: int = EXACT
    group: int = EXACT_GROUP


LIMITS = Limits()


class Origin(Protocol):
    """Where the durations of a piece are found when they are asked for, and the bin of each, group by group."""

    @property
    def bins(self) -> Bins:
        """The bins of all durations: of the piece's group g those from raw[g] to raw[g + 1]."""

    def laid(self, first: Ints) -> Ints:
        """Returns the durations group by group, of group g those from first[g] to first[g + 1]: all of them, or none.

        Groups are those of the piece, in its order.
        """


@dataclass(frozen=True, slots=True)
class Piece:
    """Durations (microseconds, any sign) of groups, sorted by `keys`.

    Per group: `n`, `low`, `high`, and the sum as `upper` * 2**20 + `lower`. Group g's durations are
    values[raw[g]:raw[g + 1]], or none of them and a histogram instead: counts[binned[g]:binned[g + 1]], from the bin of
    its `low` to the bin of its `high`. With an `origin` the durations are there. `ends`: a key
    and a duration per column, of some that are surely among those of that group (see `spread_ends`).
    """

    keys: Ints
    n: Ints
    low: Ints
    high: Ints
    upper: Ints
    lower: Ints
    raw: Ints
    values: Ints
    binned: Ints
    counts: Ints
    origin: Origin | None = None
    ends: Ints = field(default_factory=lambda: np.empty((2, 0), np.int64))

    def __reduce__(self) -> tuple[Any, ...]:
        """Lets it travel with its durations, and without the log they are found in."""
        whole = self.laid_out()
        return Piece, tuple(getattr(whole, one.name) for one in fields(whole))

    def laid_out(self) -> Piece:
        """Returns the same piece with its durations laid out."""
        if self.origin is None:
            return self
        return replace(self, values=self.origin.laid(self.raw), origin=None)
