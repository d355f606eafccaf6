"""BG/NBD: customers buy at their own pace and may drop out after any purchase.

Purchases are Poisson, the pace Gamma(r, alpha) over customers; after each purchase a customer is gone with a chance
that is Beta(a, b) over customers. Source: Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing
Science 24:275-284. Its hypergeometric functions are taken as averages over the Beta distribution, which stay exact
where the closed form divides by a - 1 = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from klantreis.stats.buyers import Buyers, Floats, Ints, dot
from klantreis.stats.optimum import Closed
from klantreis.stats.special import jacobi, log_rising

PARAMETERS = ("r", "alpha", "a", "b")
SLIGHT = 1e-3


def likelihood(buyers: Buyers) -> Closed:
    """Returns the log-likelihood as a function of the logarithms of r, alpha, a and b (equation 6 of the paper).

    What is told of how often and how long known, or of how often and how recently, is told once of each such pair.
    """
    most, n = int(buyers.again.max(initial=0)), buyers.n
    again, known = buyers.pairs
    bought = np.bincount(buyers.pair, weights=buyers.often, minlength=len(again))
    of_x, times = np.bincount(buyers.again, weights=buyers.often, minlength=most + 1), np.arange(most + 1)
    more = n - np.cumsum(of_x)  # how many came back more often than so many times
    back = slice(int(np.searchsorted(buyers.again, 1)), None)  # the kinds are sorted; nobody left who bought once
    pair, often = buyers.pair[back], buyers.often[back].astype(float)
    x, recency = buyers.again[back], buyers.recency[back]
    new, runs = (
        (np.diff(x, prepend=0) != 0) | (np.diff(recency, prepend=-1) != 0),
        np.flatnonzero(np.diff(x, prepend=0)),
    )
    begin, spot = np.flatnonzero(new), np.cumsum(new) - 1
    came, last = x[begin], recency[begin]

    @lru_cache(maxsize=1)
    def ways(*logs: float) -> tuple[Any, ...]:
        """The logarithms of the time until now and until the last purchase; of those who came back the odds of having
        left since, less than 1 whichever way round, and how many left; and these by both pairs.
        """
        r, alpha, _, b = np.exp(logs)
        stayed, left = np.log(alpha + known), np.log(alpha + last)
        # How much likelier it is that one left after the last purchase.
        odds = (logs[2] - np.log(b + np.maximum(again, 1) - 1) + (r + again) * stayed)[pair]
        odds -= ((r + came) * left)[spot]
        less = np.exp(-np.abs(odds))
        goes = often * np.where(odds > 0, 1.0, less) / (1 + less)
        gone = np.bincount(pair, weights=goes, minlength=len(again))
        return stayed, left, odds, less, gone, np.add.reduceat(goes, begin)

    def sloped(logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(logs)
        stayed, left, odds, less, gone, goes = ways(*logs.tolist())
        shape, both, stays = r + again, more @ (1 / (a + b + times)), bought - gone
        height = float(more @ (np.log(r + times) + np.log(b + times) - np.log(a + b + times))) + n * r * logs[1]
        height += dot(often, np.maximum(odds, 0.0) + np.log1p(less)) - dot(bought * shape, stayed)
        slower = dot(stays * shape, 1 / (alpha + known)) + dot(goes * (r + came), 1 / (alpha + last))
        often_gone = np.bincount(came - 1, goes, most + 1)
        pace = r * (more @ (1 / (r + times)) + n * logs[1] - dot(stays, stayed) - dot(goes, left))
        stay = b * (more @ (1 / (b + times)) - both) - often_gone @ (b / (b + times))
        return float(height), np.array([pace, n * r - alpha * slower, goes.sum() - a * both, stay])

    def bend(logs: Floats) -> Floats:
        r, alpha, a, b = np.exp(logs)
        stayed, left, _, less, gone, goes = ways(*logs.tolist())
        near, far, stays = alpha / (alpha + known), alpha / (alpha + last), bought - gone
        stay, both = b / (b + times), 1 / (a + b + times)
        flat, steeper = stay * (1 - stay), more @ (both * both)
        pace = n * logs[1] - dot(stays, stayed) - dot(goes, left)
        found = np.zeros((4, 4))
        found[0, 0] = more @ (r * times / (r + times) ** 2) + r * pace
        found[0, 1] = r * (n - dot(stays, near) - dot(goes, far))
        found[1, 1] = -dot(stays * (r + again), near * (1 - near)) - dot(goes * (r + came), far * (1 - far))
        found[2, 2] = a * a * steeper - a * (more @ both)
        found[2, 3] = a * b * steeper
        found[3, 3] = b * b * steeper - b * (more @ both) + more @ flat - np.bincount(came - 1, goes, most + 1) @ flat
        mixed, longer, slower = often * less / (1 + less) ** 2, stayed[pair] - left[spot], near[pair] - far[spot]
        found += _leaning((mixed, r * longer, slower), runs, r + x[runs], -stay[x[runs] - 1])
        return found + np.triu(found, 1).T

    return Closed(sloped, bend)


def _leaning(kinds: tuple[Floats, Floats, Floats], runs: Ints, shape: Floats, leaves: Floats) -> Floats:
    """Returns what the chance of having left, itself on a slope, adds to the curvature: its upper half.

    The slopes of the odds are a column of `kinds`, another times `shape`, 1 and `leaves`; the last two and `shape` are
    told per run of kinds. The first column weighs.
    """
    mixed, pace, slower = kinds
    paces, slows = mixed * pace, mixed * slower
    each = (mixed, paces, slows, paces * pace, paces * slower, slows * slower)
    all_, one, other, ones, both, others = (np.add.reduceat(column, runs) for column in each)
    return np.array(
        [
            [ones.sum(), shape @ both, one.sum(), leaves @ one],
            [0.0, shape**2 @ others, shape @ other, shape * leaves @ other],
            [0.0, 0.0, all_.sum(), leaves @ all_],
            [0.0, 0.0, 0.0, leaves**2 @ all_],
        ]
    )


def starts(buyers: Buyers) -> list[tuple[float, float, float, float]]:
    """Returns where to begin the climb."""
    known = max(dot(buyers.often.astype(float), buyers.known) / max(1, buyers.n), 1e-6)
    return [(0.5, known / 3, 1.0, 2.0), (1.5, known, 0.3, 3.0)]


def alive(parameters: Floats, buyers: Buyers) -> Floats:
    """Returns the chance per kind that a customer is still one; 1 for who bought once (they cannot have left)."""
    r, alpha, a, b = parameters
    again, known = buyers.pairs
    shape = r + again
    begun = np.where(again > 0, np.log(a / (b + np.maximum(again, 1) - 1)), -np.inf) + shape * np.log(alpha + known)
    found: Floats = 1 / (1 + np.exp(begun[buyers.pair] - shape[buyers.pair] * np.log(alpha + buyers.recency)))
    return found


def expected(parameters: Floats, buyers: Buyers, time: float, still: Floats | None = None) -> Floats:
    """Returns per kind how many purchases are to be expected within `time` after the end of observation.

    `still`: what `alive` tells, where that is known.
    """
    return _ahead(parameters, buyers, time, _bought) * (alive(parameters, buyers) if still is None else still)


def variance(parameters: Floats, buyers: Buyers, time: float, still: Floats | None = None) -> Floats:
    """Returns per kind the variance over customers of how many purchases they make within `time` after the end.

    That of chance alone, were the parameters what they seem. The mean square is that of the Poisson number of purchases
    that stops at a geometric one, from its generating function. `still`: as in `expected`.
    """
    still = alive(parameters, buyers) if still is None else still
    mean = _ahead(parameters, buyers, time, _bought) * still
    found: Floats = _ahead(parameters, buyers, time, _squared) * still - mean * mean
    return found


def newcomer(parameters: Floats, times: Floats) -> Floats:
    """Returns how many repeat purchases a new customer makes within each of `times` (equation 9 of the paper)."""
    r, alpha, a, b = parameters
    reach = np.asarray(times) / alpha
    points, weights = _averaged(_nodes(float(reach.max(initial=0.0))), float(a), (float(b),))
    found: Floats = _bought(points[0], reach[:, None], r) @ weights[0]
    return found


def chances(parameters: Floats, known: Floats, most: int) -> Floats:
    """Returns the chance of 0, 1 ... `most` - 1 repeat purchases within each time, and last of `most` or more.

    Shape (times, most + 1); equation 8 of the paper.
    """
    r, alpha, a, b = parameters
    x = np.arange(most)
    share = (known / (alpha + known))[:, None]
    still = r * np.log1p(-share) + x * np.log(np.maximum(share, 1e-300)) + log_rising(r, most)[:most]
    pace = np.where((x > 0) & (share == 0), 0.0, np.exp(still - log_rising(1.0, most)[:most]))
    stays = np.exp(log_rising(b, most) - log_rising(a + b, most))[:most]
    fewer = np.cumsum(pace, axis=1) - pace
    left = np.where(x > 0, stays * a / (b + np.maximum(x, 1) - 1) * (1 - fewer), 0.0)
    found = stays * pace + left
    return np.column_stack([found, np.maximum(0.0, 1 - found.sum(axis=1))])


def _ahead(parameters: Floats, buyers: Buyers, time: float, of: Callable[[Floats, Floats, Any], Floats]) -> Floats:
    """Returns per kind what `of` tells of the purchases to come of who still is a customer, over chances to leave."""
    r, alpha, a, b = parameters
    again, known = buyers.pairs
    found, reach = np.empty(len(again)), time / (alpha + known)
    begin = np.flatnonzero(np.diff(again, prepend=-1))
    points, weights = _averaged(_nodes(float(reach.max(initial=0.0))), float(a), tuple((b + again[begin]).tolist()))
    for run, (low, high) in enumerate(pairwise([*begin.tolist(), len(again)])):
        found[low:high] = of(points[run], reach[low:high, None], r + again[low]) @ weights[run]
    return found[buyers.pair]


@lru_cache(maxsize=1 << 4)
def _averaged(nodes: int, a: float, b: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Returns per b chances to leave, none of them 0, and their weights in an average over Beta(a, b)."""
    points, weights = jacobi(nodes, a, np.array(b))
    return np.maximum(points, 1e-15), weights


def _nodes(reach: float) -> int:
    """How many points an average over p needs: its nearest pole is at -1 / reach (Bernstein)."""
    gap = 1 / max(reach, 1e-6)
    return min(128, 8 + int(15 / math.log1p(2 * gap + 2 * math.sqrt(gap + gap * gap))))


def _bought(leaves: Floats, reach: Floats, shape: Any) -> Floats:
    """(1 - (1 + p · reach)^-shape) / p: expected purchases of a customer who leaves with chance p after each."""
    found: Floats = -np.expm1(-shape * np.log1p(leaves * reach)) / leaves
    return found


def _squared(leaves: Floats, reach: Floats, shape: Any) -> Floats:
    """The mean square of the purchases of a customer who leaves with chance p after each; a series where p is slight,
    for what is left there is the difference of two nearly equal numbers.
    """
    z = leaves * reach
    bought, here = _bought(leaves, reach, shape), shape * reach * np.exp(-(shape + 1) * np.log1p(z))
    terms = (1 / 30 * -(shape + 4) * z + 1 / 8) * (shape + 3) * z - 1 / 3
    near = shape * (shape + 1) * (0.5 + (shape + 2) * z * terms)
    squares = np.where(shape * z < SLIGHT, near, (bought - here) / leaves / reach**2)
    found: Floats = 2 * reach**2 * squares + 2 * here - bought
    return found
