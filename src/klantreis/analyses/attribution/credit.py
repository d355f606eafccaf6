"""Divides each conversion over the touches of its path, in whole numbers, so that any order of adding is the same.

A credit is kept as a whole part and a rest of 1 / 2**40; what rounding leaves goes to the last touch that gets
anything, so the credits of a path are exactly its conversions, and exactly its value.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
BITS = 40
ONE = 1 << BITS
MASK = ONE - 1
SIMPLE = ("first", "last", "linear", "position", "time_decay", "shapley")
"""The models that divide one path at a time, in the order of the first axis of a tally."""

FIRST, LAST, LINEAR, POSITION, DECAY, SHAPLEY = range(6)


class Walked(NamedTuple):
    """Paths to divide: their touches, when those were, where each path ends, its group, its conversions and non-
    conversions, and the value of its conversions in two parts (units, and 1 / 2**40 of one).
    """

    codes: Codes
    when: Ints
    end: Ints
    group: Ints
    conversions: Ints
    nulls: Ints
    units: Ints
    rest: Ints


def divided(walked: Walked, size: tuple[int, int], rules: tuple[float, float, float]) -> Ints:
    """Returns the credits: (model, group, channel, [conversions, rest, value, rest]).

    `size`: how many groups and channels there are. `rules`: half-life in microseconds, share of the first touch, and
    of the last.
    """
    tally: Ints = _divided(walked.codes, walked, size, rules)
    return tally


def carried(tally: Ints) -> Ints:
    """Returns a sum of tallies with every rest below one."""
    out = tally.copy()
    for spot in (0, 2):
        out[..., spot] += out[..., spot + 1] >> BITS
        out[..., spot + 1] &= MASK
    return out


def numbers(tally: Ints, spot: int) -> NDArray[np.float64]:
    """Returns the conversions (spot 0) or values (spot 2) of a tally."""
    return np.asarray(tally[..., spot] + tally[..., spot + 1] / ONE, np.float64)


@inline
def _add(tally: Ints, place: tuple[int, int, int], spot: int, amount: tuple[int, int]) -> None:
    model, group, channel = place
    rest = tally[model, group, channel, spot + 1] + amount[1]
    tally[model, group, channel, spot] += amount[0] + (rest >> BITS)
    tally[model, group, channel, spot + 1] = rest & MASK


@inline
def _part(whole: int, rest: int, share: float) -> tuple[int, int]:
    amount = (whole + rest / ONE) * share
    units = math.floor(amount)
    return units, math.floor((amount - units) * ONE + 0.5)


@inline
def _pour(tally: Ints, place: tuple[int, int], path: Any, weight: NDArray[np.float64], gift: Any) -> None:
    """Divides a gift (conversions, value, rest of the value) by weight; the last with any weight gets what is left."""
    model, group = place
    count, units, rest = gift
    last, total, valued = 0, 0.0, units != 0 or rest != 0
    for j in range(path.size):
        total += weight[j]
        if weight[j] > 0:
            last = j
    left, left_rest, value, value_rest = count, 0, units, rest
    held, one, one_rest, worth, worth_rest = -1.0, 0, 0, 0, 0
    for j in range(last):
        if weight[j] > 0:
            if weight[j] != held:  # most models weigh many touches alike
                held = weight[j]
                one, one_rest = _part(count, 0, held / total)
                worth, worth_rest = _part(units, rest, held / total) if valued else (0, 0)
            _add(tally, (model, group, path[j]), 0, (one, one_rest))
            left, left_rest = left - one, left_rest - one_rest
            if valued:
                _add(tally, (model, group, path[j]), 2, (worth, worth_rest))
                value, value_rest = value - worth, value_rest - worth_rest
    _add(tally, (model, group, path[last]), 0, (left, left_rest))
    if valued:
        _add(tally, (model, group, path[last]), 2, (value, value_rest))


@inline
def _give(tally: Ints, place: tuple[int, int], code: int, gift: Any) -> None:
    """Gives a whole gift to one channel."""
    model, group = place
    count, units, rest = gift
    tally[model, group, code, 0] += count
    if units != 0 or rest != 0:
        _add(tally, (model, group, code), 2, (units, rest))


@inline
def _weigh(model: int, path: Any, when: Ints, weight: NDArray[np.float64], rules: Any) -> None:
    """Fills in the weight of each touch of a path, for the linear, the decay and the position model."""
    half_life, first, last = rules
    size = path.size
    for j in range(size):
        if model == LINEAR:
            weight[j] = 1.0
        elif model == DECAY:
            apart = when[size - 1] - when[j]
            weight[j] = 1.0 if apart == 0 else 0.5 ** (apart / half_life)
        else:
            weight[j] = max(0.0, 1.0 - first - last) / (size - 2) if size > 2 else 0.0
    if model == POSITION:
        alike = size == 1 or (size == 2 and first + last <= 0)
        weight[0], weight[size - 1] = (1.0, 1.0) if alike else (first, last)


@kernel
def _divided(codes: Codes, walked: Walked, size: tuple[int, int], rules: tuple[float, float, float]) -> Ints:
    _, when, end, group, conversions, _, units, rest = walked
    groups, channels = size
    tally = np.zeros((6, groups, channels, 4), np.int64)
    longest = 1
    for p in range(conversions.size):
        longest = max(longest, end[p + 1] - end[p])
    weight = np.empty(longest, np.float64)
    met = np.full(channels, -1, np.int64)
    for p in range(conversions.size):
        if conversions[p] == 0 or end[p + 1] == end[p]:
            continue
        path, moments = codes[end[p] : end[p + 1]], when[end[p] : end[p + 1]]
        gift = (conversions[p], units[p], rest[p])
        if path.size == 1:
            for model in range(6):  # every model says the same
                _give(tally, (model, group[p]), path[0], gift)
            continue
        _give(tally, (FIRST, group[p]), path[0], gift)
        _give(tally, (LAST, group[p]), path[path.size - 1], gift)
        for model in (LINEAR, POSITION, DECAY):
            _weigh(model, path, moments, weight, rules)
            _pour(tally, (model, group[p]), path, weight, gift)
        for j in range(path.size):
            weight[j] = 0.0 if met[path[j]] == p else 1.0
            met[path[j]] = p
        _pour(tally, (SHAPLEY, group[p]), path, weight, gift)
    return tally
