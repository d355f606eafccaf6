"""BG/NBD: customers buy at their own pace and may drop out after any purchase.

Purchases are Poisson, the pace Gamma(r, alpha) over customers; after each purchase a customer is gone with a chance
that is Beta(a, b) over customers. Source: Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing
Science 24:275-284. Its hypergeometric functions are taken as averages over the Beta distribution, which stay exact
where the closed form divides by a - 1 = 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from klantreis.stats.buyers import Buyers, Floats, Ints, dot
from klantreis.stats.optimum import Likelihood, Split
from klantreis.stats.special import jacobi, log_rising

PARAMETERS = ("r", "alpha", "a", "b")


def likelihood(buyers: Buyers) -> Likelihood:
    """Returns the log-likelihood as a function of the logarithms of r, alpha, a and b (equation 6 of the paper)."""
    x, most = buyers.again, int(buyers.again.max(initial=0))
    before = np.maximum(x, 1) - 1
    known, when_known = np.unique(buyers.known, return_inverse=True)
    recency, when_last = np.unique(buyers.recency, return_inverse=True)
    of_x = np.bincount(x, weights=buyers.often, minlength=most + 1)
    times, often, once = np.arange(most + 1), buyers.often.astype(float), np.flatnonzero(x == 0)

    def small(logs: Any) -> Any:
        r, _, a, b = np.exp(logs)
        rising = log_rising(r, most) + log_rising(b, most) - log_rising(a + b, most)
        return of_x @ rising + r * logs[1] * of_x.sum()

    def large(logs: Floats) -> tuple[float, Floats]:
        r, alpha, _, b = np.exp(logs)
        shape, stayed, left = r + x, np.log(alpha + known)[when_known], np.log(alpha + recency)[when_last]
        # How much likelier it is that one left after the last purchase; nobody left who bought once.
        odds = (logs[2] - np.log(b + times))[before] + shape * (stayed - left)
        odds[once] = -np.inf
        less = np.exp(-np.abs(odds))
        gone = np.where(odds > 0, 1.0, less) / (1 + less)
        height = dot(often, np.maximum(odds, 0.0) + np.log1p(less) - shape * stayed)
        stays, goes = often * (1 - gone), often * gone
        slower = dot(stays * shape, (1 / (alpha + known))[when_known])
        slower += dot(goes * shape, (1 / (alpha + recency))[when_last])
        often_gone = np.bincount(before, weights=goes, minlength=most + 1)
        later = -r * (dot(stays, stayed) + dot(goes, left))
        return height, np.array([later, -alpha * slower, goes.sum(), -often_gone @ (b / (b + times))])

    return Split(small, large)


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
    r, alpha, a, b = parameters
    again, known = buyers.pairs
    ahead, reach = np.empty(len(again)), time / (alpha + known)
    nodes = _nodes(float(reach.max(initial=0.0)))
    for x, low, high in _runs(again):
        points, weights = _averaged(nodes, float(a), float(b + x))
        ahead[low:high] = _bought(points, reach[low:high, None], r + x) @ weights
    return ahead[buyers.pair] * alive(parameters, buyers)


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


def drawn(parameters: Floats, buyers: Buyers, time: float, chance: np.random.Generator) -> Iterator[Ints]:
    """Yields possible numbers of purchases per customer within `time` after the end of observation, without end."""
    r, alpha, a, b = parameters
    shape, leaving = (r + buyers.again)[buyers.kind], (b + buyers.again)[buyers.kind]
    still, slow = alive(parameters, buyers)[buyers.kind], (alpha + buyers.known)[buyers.kind]
    while True:
        pace = chance.gamma(shape) / slow
        leaves = np.clip(chance.beta(a, leaving), 1e-12, 1.0)
        here = chance.random(len(shape)) < still
        yield np.minimum(chance.poisson(np.minimum(pace * time, 1e15)), chance.geometric(leaves)) * here


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
