"""How sure a share is when one person gives many cases: by how much it differs between groups of persons.

Persons are put in groups by their stable hash, whatever bucket or computer they are on. How much a share moves when a
group is left out varies as chance makes it vary, so its spread gives the standard error, with Student's t for the
number of groups, or for fewer when a few groups move it most: then the spread itself is less sure. Counts per group
add up, so this needs no second look at the data. Source: Wolter (2007), Introduction to Variance Estimation, chapters 2
(random groups), 4 (the jackknife) and 6 (Taylor series); the degrees of freedom are those whose spread of a variance is
that of the groups (Satterthwaite 1946, Biometrics Bulletin 2:110-114).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Z95, Estimate, share, wilson

GROUPS = 32
FEW = 5
"""With fewer cases in or outside a share than this, its groups alone do not tell how far it may be off."""

LEAST_CASES, LEAST_GROUPS = 30, 16
"""With fewer cases, or cases in fewer groups, no interval is given."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def group_of(keys: NDArray[np.uint64], groups: int = GROUPS) -> NDArray[np.int64]:
    """Returns the group of each person (0 to groups - 1) by the stable hash of the person; `groups` a power of two."""
    if groups == 1:
        return np.zeros(len(keys), np.int64)
    mixed = keys ^ (keys >> np.uint64(32))
    bits = np.uint64(64 - (groups.bit_length() - 1))
    return ((mixed * _GOLDEN) >> bits).astype(np.int64)


def ratio_moves(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns how much each group moves sum(part) / sum(whole); `part` is groups x shares, `whole` per group."""
    total = float(whole.sum())
    if total == 0:
        return np.zeros_like(part)
    moves: NDArray[np.float64] = (part - part.sum(0) / total * whole[:, None]) / total * missed(whole)[:, None]
    return moves


def missed(whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns by how much more each group moves a share that is left without it than its linear part tells.

    A group that holds much pulls the share towards itself; without it, the share would lie farther off (the jackknife:
    Wolter 2007, chapter 4). Groups of one size: 1 each. `whole` per group, above 0 together.
    """
    rest = np.maximum(1 - whole / whole.sum(), 1 / GROUPS)
    found: NDArray[np.float64] = (1 - 1 / len(whole)) / rest
    return found


def grouped(value: float, n: int, moves: NDArray[np.float64] | None, used: int = GROUPS) -> Estimate:
    """Returns a share (0 to 1) of n cases with its 95 % interval, from how much each group moves it.

    No interval when `moves` is None, or there are too few cases or too few groups (`used`) with any. The interval is
    made on the scale of log odds, so it stays within 0 and 1; for a share of exactly 0 or 1 it is Wilson's, and where
    fewer than 5 cases are in it or outside it, it holds Wilson's.
    """
    if n <= 0:
        return Estimate(None, 0)
    if moves is None or len(moves) != GROUPS or n < LEAST_CASES or used < LEAST_GROUPS:
        return Estimate(value, n)
    if not 1e-12 < value < 1 - 1e-12:
        edge = share(round(min(max(value, 0.0), 1.0) * n), n)
        return Estimate(value, n, edge.low, edge.high)
    error = math.sqrt(GROUPS / (GROUPS - 1) * float((moves * moves).sum()))
    reach = _t95(_freedom(moves)) * error
    width, middle = reach / (value * (1 - value)), math.log(value / (1 - value))
    low, high = _share(middle - width), _share(middle + width)
    if min(value, 1 - value) * n < FEW:
        least, most = wilson(value, n)
        low, high = min(low, least), max(high, most)
    return Estimate(value, n, low, high)


def _t95(freedom: float) -> float:
    """Returns Student's t at 97.5 %, to 1e-6 from 20 degrees of freedom and 1 % from 2 (Abramowitz & Stegun 26.7.5)."""
    z = Z95
    steps = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(step / math.pow(freedom, place) for place, step in enumerate(steps, start=1))


def _freedom(moves: NDArray[np.float64]) -> float:
    """Returns the degrees of freedom of the spread of moves, at most one less than there are groups."""
    squares = moves * moves
    middle = float(squares.mean())
    curved = float((squares * squares).mean()) / (middle * middle) if middle > 0 else 0.0
    return min(GROUPS - 1.0, 2 * GROUPS / (curved - 1.0)) if curved > 1 else GROUPS - 1.0


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
