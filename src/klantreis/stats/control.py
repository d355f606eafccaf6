"""A control chart that knows its own false alarms: is the newest moment of a series out of line with those before it?

The level is the weighted mean of the moments before. Weeks lie farther apart than chance alone tells (over-dispersion):
that variance between moments is estimated from them (DerSimonian & Laird 1986, Controlled Clinical Trials 7:177-188)
and added. The newest moment is tested against where one more moment would fall (Higgins, Thompson & Spiegelhalter
2009, Journal of the Royal Statistical Society A 172:137-159), by Student's t with two degrees of freedom fewer than
there are moments, so that the chance of an alarm without a change stays at 5 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.quantiles import student_quantile, student_tails

Floats = NDArray[np.float64]
LEAST = 5
"""Fewer moments before the newest than this give no limits."""


@dataclass(frozen=True, slots=True)
class Control:
    """`level` of the moments before; `low`..`high` the limits for the newest at 95 %; `p` of a moment so far off
    without a change; `between`: the standard deviation between moments beyond chance; `n`: how many moments before.
    """

    level: float
    low: float
    high: float
    p: float
    between: float
    n: int


def control(values: Sequence[float], errors: Sequence[float], *, level: float = 0.95) -> Control | None:
    """Returns the limits for the last value from those before it; `errors` are standard errors, in the same unit.

    Values that are not known (nan) or without an error are passed over. None: the last is not known, or fewer than 5
    stand before it.
    """
    y, e = np.asarray(values, np.float64), np.asarray(errors, np.float64)
    good = np.isfinite(y) & np.isfinite(e) & (e > 0)
    if not len(y) or not good[-1] or np.count_nonzero(good) <= LEAST:
        return None
    newest, error = float(y[-1]), float(e[-1])
    good[-1] = False
    y, weight = y[good], 1 / e[good] ** 2
    between = _between(y, weight)
    weight = 1 / (1 / weight + between)
    mean = float(np.average(y, weights=weight))
    wide = math.sqrt(error * error + between + 1 / float(weight.sum()))
    half = student_quantile((1 + level) / 2, len(y) - 2) * wide
    p = student_tails((newest - mean) / wide, len(y) - 2)
    return Control(mean, mean - half, mean + half, p, math.sqrt(between), len(y))


def share_errors(counts: Sequence[int], of: Sequence[int]) -> list[float]:
    """Returns the standard error of each share were all alike: from the pooled share; nan where nothing was counted.

    Half a case on either side keeps it above 0 when all or none are counted.
    """
    pooled = (sum(counts) + 0.5) / (sum(of) + 1)
    return [math.sqrt(pooled * (1 - pooled) / n) if n > 0 else math.nan for n in of]


def alarms(p_values: Sequence[float], *, level: float = 0.05) -> list[bool]:
    """Returns which of several tests raise the alarm, so that the chance of any false one is at most `level` (Holm
    1979, Scandinavian Journal of Statistics 6:65-70).
    """
    order = sorted(range(len(p_values)), key=lambda spot: p_values[spot])
    raised = [False] * len(p_values)
    for done, spot in enumerate(order):
        if p_values[spot] > level / (len(p_values) - done):
            break
        raised[spot] = True
    return raised


def _between(y: Floats, weight: Floats) -> float:
    """Returns the variance between moments beyond that of chance, at least 0."""
    mean = float(np.average(y, weights=weight))
    beyond = float((weight * (y - mean) ** 2).sum()) - (len(y) - 1)
    return max(0.0, beyond / float(weight.sum() - (weight**2).sum() / weight.sum()))
