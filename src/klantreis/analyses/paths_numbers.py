"""Telling whole routes apart: a route's nodes become one 124-bit number, and equal numbers are one variant.

A route of up to 20 nodes is written out in its number, six bits a node. A longer one, or one with a code that six bits
cannot hold, is folded: four polynomial hashes modulo the prime 2**31 - 1 (Karp & Rabin 1987), so that two different
routes of a thousand nodes share a number less than once in 10**25.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.analyses.paths_mixed import Mixed
from klantreis.analyses.succession import EVENT, Codes, Ints
from klantreis.kernels import inline, kernel

Marks = NDArray[np.uint8]

SHORT, HALF_SHORT, BITS = 20, 10, 6
WRITTEN, LEAD = 1 << 62, 54
"""The bit that marks a route as written out, and where the first of its nodes stands (one higher than its code)."""

MOST_WRITTEN = (1 << BITS) - 1
PRIME = (1 << 31) - 1
BASES = (1_234_567_891, 987_654_323, 1_500_450_271, 715_827_881)


@kernel
def numbered(nodes: Codes, start: Ints, own: Ints, short: bool) -> tuple[Ints, Ints]:
    """Returns the numbers of some routes, in two halves, written out (marked so) or folded.

    `short`: six bits hold every node. Then the next twenty nodes are taken as they come and those of other routes
    shifted out: a loop as long as the route ends where no processor expects it to.
    """
    left, right = np.empty(len(own), np.int64), np.empty(len(own), np.int64)
    last = len(nodes) - SHORT if short else -1
    for place in range(len(own)):
        low, high = start[own[place]], start[own[place] + 1]
        if high - low > SHORT:
            left[place], right[place] = _folded(nodes, low, high)
        elif low <= last:
            left[place], right[place] = _next_twenty(nodes, np.uint64(low), high - low)
        else:
            left[place], right[place] = _one_by_one(nodes, low, high)
    return left, right


@inline
def _next_twenty(node: Codes, low: np.uint64, size: int) -> tuple[np.int64, np.int64]:
    """Returns the number of a route of at most twenty nodes; `low` is where it begins."""
    upper, lower, half = np.int64(0), np.int64(0), np.uint64(HALF_SHORT)
    for place in range(HALF_SHORT):
        shift, spot = BITS * (HALF_SHORT - 1 - place), low + np.uint64(place)
        upper |= (np.int64(node[spot]) + 1) << shift
        lower |= (np.int64(node[spot + half]) + 1) << shift
    inside = min(size, HALF_SHORT)
    beyond, none = BITS * (HALF_SHORT - inside), BITS * (SHORT - size - HALF_SHORT + inside)
    return ((upper >> beyond) << beyond) | WRITTEN, (lower >> none) << none


@inline
def _one_by_one(node: Codes, low: int, high: int) -> tuple[np.int64, np.int64]:
    """Returns the number of a route of at most twenty nodes; folded when six bits do not hold one of its codes."""
    middle = min(high, low + HALF_SHORT)
    upper, high_code = _written(node, low, middle)
    lower, higher_code = _written(node, middle, high)
    if max(high_code, higher_code) >= MOST_WRITTEN:
        return _folded(node, low, high)
    return upper | WRITTEN, lower


@inline
def _written(node: Codes, low: int, high: int) -> tuple[np.int64, np.int64]:
    """Returns up to ten nodes as bits, the first one highest, and the highest code."""
    number, highest = np.int64(0), np.int64(0)
    for i in range(low, high):
        here = np.int64(node[i])
        number = (number << BITS) | (here + 1)
        highest = max(highest, here)
    return number << (BITS * (HALF_SHORT - (high - low))), highest


@inline
def _folded(node: Codes, low: int, high: int) -> tuple[np.int64, np.int64]:
    b0, b1, b2, b3 = BASES
    h0, h1, h2, h3 = np.int64(1), np.int64(2), np.int64(3), np.int64(4)
    for i in range(low, high):
        here = np.int64(node[i])
        h0, h1 = _roll(h0, b0, here), _roll(h1, b1, here)
        h2, h3 = _roll(h2, b2, here), _roll(h3, b3, here)
    return (h0 << 31) | h1, (h2 << 31) | h3


@inline
def _roll(number: np.int64, base: int, node: np.int64) -> np.int64:
    """One step of a polynomial hash; 2**31 is 1 modulo the prime, so its quotient is added back."""
    wide = number * base + node + 1
    folded = (wide & PRIME) + (wide >> 31)
    return folded - PRIME if folded >= PRIME else folded


@kernel
def note(mixed: Mixed, once: Marks, twice: Marks) -> None:
    """Marks the mixed bits that were met, and those that were met twice; the marks are a power of two."""
    for bits in mixed:
        spot = np.int64(bits) & (8 * len(once) - 1)
        mark = 1 << (spot & 7)
        twice[spot >> 3] |= once[spot >> 3] & mark
        once[spot >> 3] |= mark


@kernel
def marked(mixed: Mixed, twice: Marks) -> Ints:
    """Returns the places of the mixed bits that are marked; they may be some by chance, as marks are few."""
    found, out = 0, np.empty(len(mixed), np.int64)
    for i in range(len(mixed)):
        spot = np.int64(mixed[i]) & (8 * len(twice) - 1)
        out[found] = i
        found += (twice[spot >> 3] >> (spot & 7)) & 1
    return out[:found].copy()


@kernel
def settled(left: Ints, right: Ints, mixed: Mixed, count: Ints) -> Ints:
    """Returns the counts of each distinct pair added up at its first place, 0 at the other places.

    They are dealt out over small piles, so that each pile's table stays in the fastest memory.
    """
    piles = 1
    while piles * 1024 < len(left):
        piles *= 2
    first = np.zeros(piles + 1, np.int64)
    for bits in mixed:
        first[(bits & (piles - 1)) + 1] += 1
    for pile in range(piles):
        first[pile + 1] += first[pile]
    place, total = first[:-1].copy(), np.zeros(len(left), np.int64)
    dealt = np.empty((len(left), 3), np.int64)
    for i in range(len(left)):
        spot = place[mixed[i] & (piles - 1)]
        place[mixed[i] & (piles - 1)] = spot + 1
        dealt[spot, 0], dealt[spot, 1], dealt[spot, 2] = left[i], right[i], i
    for pile in range(piles):
        size = 4
        while size < 2 * (first[pile + 1] - first[pile]):
            size *= 2
        owner = np.full(size, -1, np.int64)
        for spot in range(first[pile], first[pile + 1]):
            slot = (mixed[dealt[spot, 2]] >> 12) & (size - 1)
            while owner[slot] >= 0 and (
                dealt[owner[slot], 0] != dealt[spot, 0] or dealt[owner[slot], 1] != dealt[spot, 1]
            ):
                slot = (slot + 1) & (size - 1)
            if owner[slot] < 0:
                owner[slot] = spot
            total[dealt[owner[slot], 2]] += count[dealt[spot, 2]]
    return total


@kernel
def picked(nodes: Codes, begin: Ints, first: Ints, touchpoints: int) -> Codes:
    """Returns the chosen routes' nodes, one after the other, under their lasting codes."""
    out = np.empty(first[-1], np.int32)
    for route in range(len(begin)):
        shift = begin[route] - first[route]
        for i in range(first[route], first[route + 1]):
            here = np.int64(nodes[i + shift])
            out[i] = here if here < touchpoints else here + EVENT - touchpoints
    return out
