"""Two groups beside each other: the difference of two shares, with its interval."""

from __future__ import annotations

import math

from klantreis.stats.intervals import Estimate, share


def difference(one: tuple[int, int], other: tuple[int, int]) -> Estimate:
    """Returns the first share minus the second, each `(count, of)`, with Newcombe's interval at 95 %; -1 to 1.

    `n` is the smaller of the two groups. No value when one group is empty.
    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10 (Wilson limits combined by squares).
    """
    first, second = share(*one), share(*other)
    if first.value is None or second.value is None:
        return Estimate(None, 0)
    assert first.low is not None
    assert first.high is not None
    assert second.low is not None
    assert second.high is not None
    gap = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return Estimate(gap, min(one[1], other[1]), gap - below, gap + above)
