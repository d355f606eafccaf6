"""An interval for a number on which a few cases weigh far more than the others: it reaches further to their side."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.quantiles import student_quantile

Floats = NDArray[np.float64]


def skewed(value: float, influence: Floats) -> tuple[float, float]:
    """Returns the ends of the 95 % interval of a number, from how much each of n cases (2 or more) moves it, times n.

    The lopsided part of chance is taken out by Hall's transformation (1992, Journal of the Royal Statistical Society B
    54:221-228). Student's t has the degrees of freedom that the spread of a variance tells (Satterthwaite 1946,
    Biometrics Bulletin 2:110-114): few when a few cases make most of the spread. No spread: the number itself, twice.
    """
    n = len(influence)
    moves = influence - influence.mean()
    squares = moves * moves
    spread = float(squares.mean())
    if not spread > 0:
        return value, value
    curved = float((squares * squares).mean()) / spread**2
    far = student_quantile(0.975, max(1.0, min(n - 1.0, 2 * n / max(curved - 1, 1e-9))))
    skew = float((squares * moves).mean()) / spread**1.5 / math.sqrt(n)
    error = math.sqrt(spread / (n - 1))
    return value - error * straight(far, skew), value - error * straight(-far, skew)


def straight(far: float, skew: float) -> float:
    """Returns the inverse of Hall's cubic at `far`: how many errors off a lopsided t is as far as a normal one is.

    `skew`: the skewness of the cases over the root of how many there are.
    """
    if abs(skew) < 1e-9:
        return far
    return 3 / skew * (float(np.cbrt(1 + skew * (far - skew / 6))) - 1)
