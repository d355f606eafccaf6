"""Telling whole routes apart: each journey's nodes become one 124-bit number, and equal numbers are one variant.

A route of up to 20 nodes is written out in its number, six bits a node. A longer one, or one with a code that six bits
cannot hold, is folded: four polynomial hashes modulo the prime 2**31 - 1 (Karp & Rabin 1987), so that two different
routes of a thousand nodes share a number less than once in 10**25.
"""

from __future__ import annotations

import numpy as np

from klantreis.analyses.succession import EVENT, Codes, Ints
from klantreis.kernels import inline, inline_making, kernel

PARTS, PART_SHIFT = 32, 26
"""Routes are dealt out over so many parts by their number, so that each part can be counted by itself."""

SHORT, HALF_SHORT, BITS = 20, 10, 6
WRITTEN, LEAD = 1 << 62, 54
"""The bit that marks a route as written out, and where the first of its nodes stands (one higher than its code)."""

SPREAD = 1_540_483_477
PRIME = (1 << 31) - 1
BASES = (1_234_567_891, 987_654_323, 1_500_450_271, 715_827_881)


@kernel
def numbered(node: Codes, start: Ints, touchpoints: int) -> tuple[Ints, Ints]:
    """Returns the number of each journey's route, in two halves: written out (marked so) or folded."""
    most = min(touchpoints, (1 << BITS) - 1)
    left = np.empty(len(start) - 1, np.int64)
    right = np.empty(len(start) - 1, np.int64)
    for journey in range(len(start) - 1):
        low, high = start[journey], start[journey + 1]
        middle, end = min(high, low + HALF_SHORT), min(high, low + SHORT)
        upper, high_code = _written(node, low, middle)
        lower, higher_code = _written(node, middle, end)
        left[journey], right[journey] = upper | WRITTEN, lower
        if high > end or max(high_code, higher_code) >= most:
            left[journey], right[journey] = _folded(node, low, high, touchpoints)
    return left, right


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
def _folded(node: Codes, low: int, high: int, touchpoints: int) -> tuple[np.int64, np.int64]:
    b0, b1, b2, b3 = BASES
    h0, h1, h2, h3 = np.int64(1), np.int64(2), np.int64(3), np.int64(4)
    for i in range(low, high):
        here = np.int64(node[i])
        if here >= touchpoints:
            here += EVENT - touchpoints
        h0, h1 = _roll(h0, b0, here), _roll(h1, b1, here)
        h2, h3 = _roll(h2, b2, here), _roll(h3, b3, here)
    return (h0 << 31) | h1, (h2 << 31) | h3


@inline
def _roll(number: np.int64, base: int, node: np.int64) -> np.int64:
    """One step of a polynomial hash; 2**31 is 1 modulo the prime, so its quotient is added back."""
    wide = number * base + node + 1
    folded = (wide & PRIME) + (wide >> 31)
    return folded - PRIME if folded >= PRIME else folded


@inline
def _mixed(left: np.int64, right: np.int64) -> np.int64:
    """Returns 31 bits in which every bit of a number has a say; products stay below 2**63."""
    mixed = (((left & PRIME) * SPREAD) >> 16) & PRIME
    mixed = (((mixed ^ (left >> 31)) & PRIME) * SPREAD >> 16) & PRIME
    mixed = (((mixed ^ right) & PRIME) * SPREAD >> 16) & PRIME
    return (((mixed ^ (right >> 31)) & PRIME) * SPREAD >> 16) & PRIME


@kernel
def unique(left: Ints, right: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Returns the counts of each distinct pair added up at its first place, 0 at the other places; and mixed bits.

    A pair whose mixed bits no other has is alone. The others are dealt out over small piles, so that each pile's table
    stays in the fastest memory.
    """
    slots = 1024
    while slots < 8 * len(left):
        slots *= 2
    mixed, met = np.empty(len(left), np.int64), np.zeros(slots, np.uint8)
    for i in range(len(left)):
        mixed[i] = _mixed(left[i], right[i])
        slot = mixed[i] & (slots - 1)
        met[slot] = 1 if met[slot] == 0 else 2
    total, shared = np.zeros(len(left), np.int64), np.empty(len(left), np.int64)
    doubts = 0
    for i in range(len(left)):
        alone = met[mixed[i] & (slots - 1)] == 1
        total[i] = count[i] if alone else 0
        shared[doubts] = i
        doubts += 0 if alone else 1
    _settle((left, right, count), mixed, shared[:doubts], total)
    return total, mixed


@inline_making
def _settle(pairs: tuple[Ints, Ints, Ints], mixed: Ints, shared: Ints, total: Ints) -> None:
    """Adds up the counts of the pairs that may not be alone."""
    left, right, count = pairs
    piles = 1
    while piles * 1024 < len(shared):
        piles *= 2
    first = np.zeros(piles + 1, np.int64)
    for i in shared:
        first[(mixed[i] & (piles - 1)) + 1] += 1
    for pile in range(piles):
        first[pile + 1] += first[pile]
    place = first[:-1].copy()
    dealt = np.empty((len(shared), 3), np.int64)
    for i in shared:
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


@kernel
def dealt_out(numbers: tuple[Ints, Ints], total: Ints, mixed: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Returns (left, right, total, begin, end) of the routes with a total, part by part, and the parts' offsets.

    The part is told by the highest of the mixed bits; `unique` looks at the others.
    """
    left, right = numbers
    first = np.zeros(PARTS + 1, np.int64)
    for i in range(len(total)):
        first[(mixed[i] >> PART_SHIFT) + 1] += total[i] > 0
    for part in range(PARTS):
        first[part + 1] += first[part]
    place = first[:-1].copy()
    out = np.empty((5, first[PARTS]), np.int64)
    for i in range(len(total)):
        if total[i] > 0:
            spot = place[mixed[i] >> PART_SHIFT]
            out[0, spot], out[1, spot], out[2, spot] = left[i], right[i], total[i]
            out[3, spot], out[4, spot] = begin[i], end[i]
            place[mixed[i] >> PART_SHIFT] = spot + 1
    return out, first


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
