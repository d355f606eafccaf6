"""Estimates with their uncertainty: shares (Wilson) and means (Student's t), at 95 %."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that was estimated from `n` cases; `low`..`high` is its 95 % interval.

    `value` is None when there is nothing to estimate from (n = 0); `low` and `high` are None when n is too small
    for an interval (a mean of one case).
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, float | int | None]:
        """Returns value, n, low and high as plain values."""
        return {"value": self.value, "n": self.n, "low": self.low, "high": self.high}


Z95 = 1.959963984540054


def share(count: int, of: int) -> Estimate:
    """Returns count / of with its Wilson score interval (Wilson 1927, JASA 22:209-212), both 0 to 1."""
    if of <= 0:
        return Estimate(None, 0)
    low, high = wilson(count / of, of)
    return Estimate(count / of, of, 0.0 if count == 0 else low, 1.0 if count == of else high)


def wilson(p: float, of: float) -> tuple[float, float]:
    """Returns the ends of Wilson's interval of a share `p` of `of` cases, above 0; both may be no whole numbers."""
    z2 = Z95 * Z95
    centre = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, centre - half), min(1.0, centre + half)
