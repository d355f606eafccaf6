"""BG/NBD: customers buy at their own pace and may drop out after any purchase.

Purchases are Poisson, the pace Gamma(r, alpha) over customers; after each purchase a customer is gone with a chance
that is Beta(a, b) over customers. Source: Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing
Science 24:275-284. Its hypergeometric functions are taken as averages over the Beta distribution, which stay exact
where the closed form divides by a - 1 = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from klantreis.stats.buyers import Buyers, Floats, Ints, dot
from klantreis.stats.optimum import Closed
from klantreis.stats.special import jacobi, log_rising

PARAMETERS = ("r", "alpha", "a", "b")
SLIGHT = 1e-3


def likelihood(buyers: Buyers) -> Closed:
    """Returns the log-likelihood as a function of the logarithms of r, alpha, a and b (equation 6 of the paper)."""
    x, most = buyers.again, int(buyers.again.max(initial=0))
    before, n = np.maximum(x, 1) - 1, buyers.n
    known, when_known = np.unique(buyers.known, return_inverse=True)
    recency, when_last = np.unique(buyers.recency, return_inverse=True)
    of_x = np.bincount(x, weights=buyers.often, minlength=most + 1)
    times, often, once = np.arange(most + 1), buyers.often.astype(float), np.flatnonzero(x == 0)
    more = n - np.cumsum(of_x)  # how many came back more often than so many times

    @lru_cache(maxsize=1)
    def ways(*logs: float) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """The logarithms of the time until now and until the last purchase, the odds of having left since, less than
        1 whichever way round, and their chance.
        """
        r, alpha, _, b = np.exp(logs)
        stayed, left = np.log(alpha + known)[when_known], np.log(alpha + recency)[when_last]
        # How much likelier it is that one left after the last purchase; nobody left who bought once.
        odds = (logs[2] - np.log(b + times))[before] + (r + x) * (stayed - left)
        odds[once] = -np.inf
        less = np.exp(-np.abs(odds))
        return stayed, left, odds, less, np.where(odds > 0, 1.0, less) / (1 + less)

    def sloped(logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(logs)
        stayed, left, odds, less, gone = ways(*logs.tolist())
        shape, both = r + x, more @ (1 / (a + b + times))
        height = float(more @ (np.log(r + times) + np.log(b + times) - np.log(a + b + times))) + n * r * logs[1]
        height += dot(often, np.maximum(odds, 0.0) + np.log1p(less) - shape * stayed)
        stays, goes = often * (1 - gone), often * gone
        slower = dot(stays * shape, (1 / (alpha + known))[when_known])
        slower += dot(goes * shape, (1 / (alpha + recency))[when_last])
        often_gone = np.bincount(before, weights=goes, minlength=most + 1)
        pace = r * (more @ (1 / (r + times)) + n * logs[1] - dot(stays, stayed) - dot(goes, left))
        stay = b * (more @ (1 / (b + times)) - both) - often_gone @ (b / (b + times))
        return float(height), np.array([pace, n * r - alpha * slower, goes.sum() - a * both, stay])

    def bend(logs: Floats) -> Floats:
        r, alpha, a, b = np.exp(logs)
        stayed, left, _, less, gone = ways(*logs.tolist())
        shape, stays, goes = r + x, often * (1 - gone), often * gone
        near, far = (alpha / (alpha + known))[when_known], (alpha / (alpha + recency))[when_last]
        stay, both = b / (b + times), 1 / (a + b + times)
        flat, steeper = stay * (1 - stay), more @ (both * both)
        found = np.zeros((4, 4))
        found[0, 0] = more @ (r * times / (r + times) ** 2) + r * (n * logs[1] - dot(stays, stayed) - dot(goes, left))
        found[0, 1] = found[1, 0] = r * (n - dot(stays, near) - dot(goes, far))
        found[1, 1] = -dot(stays * shape, near * (1 - near)) - dot(goes * shape, far * (1 - far))
        found[2, 2] = a * a * steeper - a * (more @ both)
        found[2, 3] = found[3, 2] = a * b * steeper
        found[3, 3] = b * b * steeper - b * (more @ both) + more @ flat - dot(goes, flat[before])
        # And what the chance of having left, itself on a slope, adds.
        mixed = np.where(x > 0, often * less / (1 + less) ** 2, 0.0)
        apart = (r * (stayed - left), shape * (near - far), np.ones(len(x)), -stay[before])
        for one, first in enumerate(apart):
            for other, second in enumerate(apart[: one + 1]):
                found[one, other] += dot(mixed * first, second)
                found[other, one] = found[one, other]
        return found

    return Closed(sloped, bend)


def starts(buyers: Buyers) -> list[tuple[float, float, float, float]]:
    """Returns where to begin the climb."""
    known = max(float(buyers.often @ buyers.known) / max(1, buyers.n), 1e-6)
    return [(0.5, known / 3, 1.0, 2.0), (1.5, known, 0.3, 3.0)]


def alive(parameters: Floats, buyers: Buyers) -> Floats:
    """Returns the chance per kind that a customer is still one; 1 for who bought once (they cannot have left)."""
    r, alpha, a, b = parameters
    x = np.maximum(buyers.again, 1)
    odds = a / (b + x - 1) * np.exp((r + x) * np.log((alpha + buyers.known) / (alpha + buyers.recency)))
    return np.where(buyers.again > 0, 1 / (1 + odds), 1.0)


def expected(parameters: Floats, buyers: Buyers, time: float) -> Floats:
    """Returns per kind how many purchases are to be expected within `time` after the end of observation."""
    return _ahead(parameters, buyers, time, _bought) * alive(parameters, buyers)


def variance(parameters: Floats, buyers: Buyers, time: float) -> Floats:
    """Returns per kind the variance over customers of how many purchases they make within `time` after the end.

    That of chance alone, were the parameters what they seem. The mean square is that of the Poisson number of purchases
    that stops at a geometric one, from its generating function.
    """
    still = alive(parameters, buyers)
    mean = _ahead(parameters, buyers, time, _bought) * still
    found: Floats = _ahead(parameters, buyers, time, _squared) * still - mean * mean
    return found


def newcomer(parameters: Floats, times: Floats) -> Floats:
    """Returns how many repeat purchases a new customer makes within each of `times` (equation 9 of the paper)."""
    r, alpha, a, b = parameters
    reach = np.asarray(times) / alpha
    points, weights = _averaged(_nodes(float(reach.max(initial=0.0))), float(a), float(b))
    found: Floats = _bought(points, reach[:, None], r) @ weights
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
    ahead, reach = np.empty(len(again)), time / (alpha + known)
    nodes = _nodes(float(reach.max(initial=0.0)))
    for x, low, high in _runs(again):
        points, weights = _averaged(nodes, float(a), float(b + x))
        ahead[low:high] = of(points, reach[low:high, None], r + x) @ weights
    return ahead[buyers.pair]


def _runs(values: Ints) -> Iterator[tuple[int, int, int]]:
    """Yields each of the sorted values, from where to where."""
    places = np.flatnonzero(np.diff(values, prepend=-1))
    yield from zip(values[places].tolist(), places.tolist(), [*places[1:].tolist(), len(values)], strict=True)


@lru_cache(maxsize=1 << 10)
def _averaged(nodes: int, a: float, b: float) -> tuple[Floats, Floats]:
    """Returns chances to leave, none of them 0, and their weights in an average over Beta(a, b)."""
    points, weights = jacobi(nodes, a, b)
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
