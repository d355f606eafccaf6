"""Looking every day without fooling oneself: intervals that hold at all moments at once.

A 95 % interval is wrong one time in twenty when it is looked at once; looked at daily, and stopped at the first day
that pleases, far more often. A *confidence sequence* holds the truth at every moment together with chance 95 %, so it
may be looked at as often as one likes, and a test may be stopped on what it shows. The price is width: at the planned
size about 1.55 times that of the interval for one look.

Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), "Time-uniform central limit theory and asymptotic
confidence sequences", Annals of Statistics 52(6):2613-2640, theorem 2.2: Robbins' normal mixture (1970, Annals of
Mathematical Statistics 41:1397-1409) with an estimated variance; the same boundary as the always-valid mSPRT of
Johari, Koomen, Pekelis & Walsh (2022), Operations Research 70:1806-1821.
"""

from __future__ import annotations

import math
from dataclasses import replace

from klantreis.stats.contrast import Contrast
from klantreis.stats.intervals import Estimate


def widening(n: float, planned: float, *, alpha: float = 0.05) -> float:
    """Returns how many standard errors wide, to either side, a sequence is after `n` people; infinite at none.

    `planned` is the number of people at which it should be narrowest. At `n` = `planned` and 5 %: 3.04 standard errors
    instead of 1.96.
    """
    if n <= 0:
        return math.inf
    shape = _shape(max(planned, 1.0), alpha)
    grown = n * shape + 1
    return math.sqrt(2 * grown / (n * shape) * math.log(math.sqrt(grown) / alpha))


def sequence(contrast: Contrast, n: int, planned: float, *, alpha: float = 0.05) -> Estimate:
    """Returns the gap of a contrast with the interval that holds at all moments; `n` people in both groups so far.

    Its error is the larger of that of the groups and that of groups alike: a small group beside a large one that holds
    nobody yet of whom it happens rarely would seem to have no variance at all.
    """
    gap = contrast.gap
    assert gap.value is not None
    half = widening(n, planned, alpha=alpha) * max(contrast.error, contrast.alike)
    return replace(gap, low=gap.value - half, high=gap.value + half)


def _shape(planned: float, alpha: float) -> float:
    """Returns the mixture's variance that makes the sequence narrowest near `planned` people (their equation 24)."""
    edge = -2 * math.log(alpha)
    return (edge + math.log(edge + 1)) / planned
