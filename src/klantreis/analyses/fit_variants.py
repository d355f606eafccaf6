"""Journeys that went the same way, found once: what is in scope of each journey, and which journeys are alike."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.journeys.model import FAILED, OPEN
from klantreis.kernels import inline, kernel


class Scope(NamedTuple):
    """The row number of each touchpoint code, and of each event code when it is unmapped; -1 leaves it out."""

    touchpoints: NDArray[np.int32]
    events: NDArray[np.int32]


@kernel
def scoped(
    touch: NDArray[np.int32],
    event: NDArray[np.int32],
    start: NDArray[np.int64],
    flags: NDArray[np.uint8],
    scope: Scope,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Returns the symbols in scope, row * 2 + failed, and the j+1 offsets that cut them into journeys.

    `flags` may be empty: nothing failed.
    """
    # Arrays come out of a tuple once, before the loop: each look-up counts references, which costs more than the work.
    # Every touch is written and only those in scope move on: no branch to mispredict, five times as fast.
    touch_row, event_row = scope.touchpoints, scope.events
    symbols = np.empty(touch.size + 1, np.int32)
    offsets = np.empty(start.size, np.int64)
    at = 0
    offsets[0] = 0
    for journey in range(start.size - 1):
        for spot in range(start[journey], start[journey + 1]):
            row = touch_row[touch[spot]] if touch[spot] >= 0 else event_row[event[spot]]
            symbols[at] = row * 2
            if flags.size > 0:
                symbols[at] += flags[spot] & FAILED
            at += 1 if row >= 0 else 0
        offsets[journey + 1] = at
    return symbols[:at], offsets


@kernel
def distinct(
    symbols: NDArray[np.int32], offsets: NDArray[np.int64], state: NDArray[np.int8]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Returns the variant of each journey, and for each variant its first journey * 2 + (1 when still open).

    A hash finds the place, the symbols themselves decide: two variants are never taken for one.
    """
    journeys = state.size
    size = 16
    while size < 2 * journeys:
        size *= 2
    table = np.full(size, -1, np.int32)
    variant = np.empty(journeys, np.int32)
    chosen = np.empty(journeys, np.int64)
    found = 0
    for journey in range(journeys):
        still_open = 1 if state[journey] == OPEN else 0
        place = _hashed(symbols, offsets[journey], offsets[journey + 1], still_open) & (size - 1)
        while table[place] >= 0 and not _alike(symbols, offsets, chosen[table[place]], journey * 2 + still_open):
            place = (place + 1) & (size - 1)
        if table[place] < 0:
            table[place] = found
            chosen[found] = journey * 2 + still_open
            found += 1
        variant[journey] = table[place]
    return variant, chosen[:found].copy()


@inline
def _hashed(symbols: NDArray[np.int32], low: int, high: int, seed: int) -> int:
    # Products stay below 2^63, so plain Python and compiled code agree without a wrap-around.
    mixed = seed + 1
    for spot in range(low, high):
        product = (mixed ^ int(symbols[spot])) * 1_540_483_477
        mixed = (product ^ (product >> 29)) & 0xFFFFFFFF
    return mixed


@inline
def _alike(symbols: NDArray[np.int32], offsets: NDArray[np.int64], one: int, other: int) -> bool:
    first, second = offsets[one >> 1], offsets[other >> 1]
    length = offsets[(one >> 1) + 1] - first
    if (one ^ other) & 1 or offsets[(other >> 1) + 1] - second != length:
        return False
    for step in range(length):  # noqa: SIM110 - a kernel has no generators
        if symbols[first + step] != symbols[second + step]:
            return False
    return True
