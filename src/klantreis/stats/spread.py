"""How durations spread: counts, sums and quantiles of many groups at once, in parts that can be added up.

A group's quantiles are exact while the whole holds at most `EXACT` durations, or the group at most `EXACT_GROUP`;
beyond that they come from a histogram with bins 1/128 of an octave wide, so within 0.4 % (HdrHistogram's layout).
Whether a group is exact depends only on all durations together, so any split and any order of adding give the same
answer. Sums are integers, kept in two halves that cannot overflow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import inline, kernel

EXACT = 1 << 20
"""Up to this many durations in all groups together, every quantile is exact."""

EXACT_GROUP = 4096
"""A group of at most this many durations is exact, however large the whole is."""

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
SECOND = 1_000_000
HALF, MASK = 20, (1 << 20) - 1
RANKS = np.array([0.25, 0.5, 0.75, 0.9])
_SHIFT, _FINE, _LINEAR = 45, 128, 256
_BEFORE = ((1023 + 8) << 7) - _LINEAR
_NOWHERE = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True)
class Limits:
    """When quantiles stop being exact; tests make them small."""

    whole: int = EXACT
    group: int = EXACT_GROUP


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Spreads:
    """Durations (microseconds, any sign) of groups, as a part that adds up.

    Per group (sorted by `keys`): `n`, `low`, `high`, and the sum as `upper` * 2**20 + `lower`. `values` holds the raw
    durations group by group while they are needed; `counts` the histograms of the groups above `Limits.group`, each
    from the bin of its `low` to the bin of its `high`.
    """

    keys: Ints
    n: Ints
    low: Ints
    high: Ints
    upper: Ints
    lower: Ints
    values: Ints
    counts: Ints
    limits: Limits = LIMITS

    @property
    def kept(self) -> Ints:
        """How many raw durations `values` holds per group."""
        if int(self.n.sum()) <= self.limits.whole:
            return self.n
        return np.where(self.n <= self.limits.group, self.n, 0)

    @property
    def bins(self) -> Ints:
        """How many histogram bins `counts` holds per group."""
        width = bins(self.high) - bins(self.low) + 1
        return np.where(self.n > self.limits.group, width, 0)


@dataclass(frozen=True, slots=True)
class Summary:
    """One group's durations in seconds; `exact` False: the quantiles are within 0.4 %."""

    n: int
    min: float
    q25: float
    median: float
    q75: float
    p90: float
    max: float
    mean: float
    exact: bool


def collect(group: Codes, value: Ints, keys: Ints, limits: Limits = LIMITS) -> Spreads:
    """Returns the spread of `value` (microseconds) per group.

    `group[i]` is the place of value i in `keys` (sorted, unique), or -1 to leave it out. Groups without values are
    dropped; no values at all give an empty part.
    """
    return gathered(*_by_group(group, value, len(keys)), keys, limits)


def gathered(first: Ints, values: Ints, keys: Ints, limits: Limits = LIMITS) -> Spreads:
    """Returns the same as `collect` of values that stand group by group, key i's from first[i] to first[i + 1]."""
    n, low, high, upper, lower = _totals(first, values)
    some = np.flatnonzero(n)
    none = np.empty(0, np.int64)
    whole = Spreads(keys[some], n[some], low[some], high[some], upper[some], lower[some], none, none, limits)
    counts = np.zeros(int(whole.bins.sum()), np.int64)
    _tally(counts, _places(whole, np.arange(len(some)), whole.n > limits.group), _offsets(whole.n), values)
    return replace(whole, values=_still_kept(values, whole.n, whole.kept), counts=counts)


def empty(limits: Limits = LIMITS) -> Spreads:
    """Returns the part of no durations at all."""
    none = np.empty(0, np.int64)
    return Spreads(none, none, none, none, none, none, none, none, limits)


def merge(one: Spreads, other: Spreads) -> Spreads:
    """Returns two parts as one; associative and commutative (both must have the same limits)."""
    if not len(one.keys) or not len(other.keys):
        return other if not len(one.keys) else one
    keys = np.union1d(one.keys, other.keys)
    here, there = np.searchsorted(keys, one.keys), np.searchsorted(keys, other.keys)

    def both(field: str) -> Ints:
        return _placed(here, getattr(one, field), len(keys)) + _placed(there, getattr(other, field), len(keys))

    low, high = np.full(len(keys), np.iinfo(np.int64).max), np.full(len(keys), np.iinfo(np.int64).min)
    low[here], high[here] = one.low, one.high
    low[there], high[there] = np.minimum(low[there], other.low), np.maximum(high[there], other.high)
    none = np.empty(0, np.int64)
    whole = Spreads(keys, both("n"), low, high, both("upper"), both("lower"), none, none, one.limits)
    counts = np.zeros(int(whole.bins.sum()), np.int64)
    _pour(one, counts, whole, here)
    _pour(other, counts, whole, there)
    wanted = whole.kept
    mine, first = _of(one, here, wanted)
    its, second = _of(other, there, wanted)
    return replace(whole, values=_woven(first, mine, second, its), counts=counts)


def summaries(spreads: Spreads) -> dict[int, Summary]:
    """Returns min, quartiles, median, 90th percentile, max and mean per key; quantiles interpolate linearly."""
    kept, values = _offsets(spreads.kept), spreads.values
    totals = [(int(high) << HALF) + int(low) for high, low in zip(spreads.upper, spreads.lower, strict=True)]
    binned = dict(zip(*_binned_quantiles(spreads, np.flatnonzero(np.diff(kept) == 0)), strict=True))
    found: dict[int, Summary] = {}
    for place, key in enumerate(spreads.keys.tolist()):
        n, low, high = int(spreads.n[place]), int(spreads.low[place]), int(spreads.high[place])
        exact = place not in binned
        q25, median, q75, p90 = (
            _exact_quantiles(values[kept[place] : kept[place + 1]]) if exact else tuple(binned[place])
        )
        mean = totals[place] / n / SECOND
        found[key] = Summary(n, low / SECOND, q25, median, q75, p90, high / SECOND, mean, exact)
    return found


@inline
def bins(values: Ints) -> Ints:
    """Returns the histogram bin of each value: exact below 256 microseconds, then 128 bins an octave; mirrored below 0.

    The top bits of a float are its logarithm, so no logarithm is computed.
    """
    size = np.abs(values)
    code = (size.astype(np.float64).view(np.int64) >> _SHIFT) - _BEFORE
    for i in range(len(values)):
        if size[i] < _LINEAR:
            code[i] = size[i]
        if values[i] < 0:
            code[i] = -1 - code[i]
    return code


def middles(codes: Ints) -> NDArray[np.float64]:
    """Returns the middle of each bin in microseconds; at most 1/256 from any value in it."""
    mirrored = np.where(codes < 0, -1 - codes, codes)
    octave = np.maximum(mirrored - _LINEAR, 0) >> 7
    start = (_FINE + ((mirrored - _LINEAR) & 127)) << (octave + 1)
    middle = np.where(mirrored < _LINEAR, mirrored, start + (1 << octave) - 0.5)
    return np.where(codes < 0, -middle, middle)


def _exact_quantiles(values: Ints) -> tuple[float, ...]:
    rank = RANKS * (len(values) - 1)
    return _interpolated(np.partition(values, np.unique([np.floor(rank), np.ceil(rank)]).astype(np.int64)), rank)


def _binned_quantiles(spreads: Spreads, places: Ints) -> tuple[list[int], list[list[float]]]:
    """Returns the places of the groups that have a histogram, and their quantiles in seconds.

    Interpolates between the middles of the bins that hold the neighbouring ranks, never beyond `low` or `high`.
    """
    first, low, high = _offsets(spreads.bins)[places][:, None], spreads.low[places], spreads.high[places][:, None]
    reached = np.concatenate([np.zeros(1, np.int64), np.cumsum(spreads.counts)])
    rank = RANKS * (spreads.n[places] - 1)[:, None]
    under, over = (
        np.clip(
            middles(bins(low)[:, None] + np.searchsorted(reached[1:], reached[first] + side, side="right") - first),
            low[:, None],
            high,
        )
        for side in (np.floor(rank).astype(np.int64), np.ceil(rank).astype(np.int64))
    )
    quantiles = under + (over - under) * (rank - np.floor(rank))
    return places.tolist(), (quantiles / SECOND).tolist()


def _interpolated(ordered: Ints, rank: NDArray[np.float64]) -> tuple[float, ...]:
    under, over = np.floor(rank).astype(np.int64), np.ceil(rank).astype(np.int64)
    return _in_seconds(ordered[under] + (ordered[over] - ordered[under]) * (rank - under))


def _in_seconds(quantiles: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple((quantiles / SECOND).tolist())


def _pour(part: Spreads, counts: Ints, whole: Spreads, at: Ints) -> None:
    """Adds the histograms of `part` to `counts`, and its raw values of the groups that only now became large."""
    large, was = whole.n[at] > whole.limits.group, part.n > part.limits.group
    _add_runs(counts, _places(whole, at, was) + np.where(was, bins(part.low), 0), _offsets(part.bins), part.counts)
    _tally(counts, _places(whole, at, large & ~was), _offsets(part.kept), part.values)


def _places(whole: Spreads, at: Ints, wanted: NDArray[np.bool_]) -> Ints:
    """Returns where bin 0 of each group would stand among the counts of `whole`; `_NOWHERE` when not wanted."""
    return np.where(wanted, (_offsets(whole.bins)[:-1] - bins(whole.low))[at], _NOWHERE)


def _of(part: Spreads, at: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Returns the raw values of a part that the whole keeps, and their offsets by the groups of the whole."""
    held = part.kept
    kept = np.where(wanted[at] > 0, held, 0)
    return _still_kept(part.values, held, kept), _offsets(_placed(at, kept, len(wanted)))


def _still_kept(values: Ints, held: Ints, wanted: Ints) -> Ints:
    return values if len(values) == int(wanted.sum()) else values[np.repeat(wanted > 0, held)]


def _placed(at: Ints, values: Ints, size: int) -> Ints:
    out = np.zeros(size, np.int64)
    out[at] = values
    return out


def _offsets(lengths: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


@kernel
def _by_group(group: Codes, value: Ints, groups: int) -> tuple[Ints, Ints]:
    """Counting sort: the offsets of each group, and the values group by group."""
    first = np.zeros(groups + 1, np.int64)
    for i in range(len(group)):
        if group[i] >= 0:
            first[group[i] + 1] += 1
    for g in range(groups):
        first[g + 1] += first[g]
    place = first[:-1].copy()
    out = np.empty(first[groups], np.int64)
    for i in range(len(group)):
        g = group[i]
        if g >= 0:
            out[place[g]] = value[i]
            place[g] += 1
    return first, out


@kernel
def _totals(first: Ints, values: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """n, lowest, highest and the two halves of the sum, per group."""
    groups = len(first) - 1
    n = np.zeros(groups, np.int64)
    low = np.zeros(groups, np.int64)
    high = np.zeros(groups, np.int64)
    upper = np.zeros(groups, np.int64)
    lower = np.zeros(groups, np.int64)
    for g in range(groups):
        n[g] = first[g + 1] - first[g]
        if n[g] > 0:
            part = values[first[g] : first[g + 1]]
            low[g] = part.min()
            high[g] = part.max()
            upper[g] = (part >> HALF).sum()
            lower[g] = (part & MASK).sum()
    return n, low, high, upper, lower


@kernel
def _tally(counts: Ints, place: Ints, first: Ints, values: Ints) -> None:
    """Counts the values of each group into its bins."""
    for g in range(len(place)):
        if place[g] != _NOWHERE:
            for code in bins(values[first[g] : first[g + 1]]):
                counts[place[g] + code] += 1


@kernel
def _add_runs(counts: Ints, place: Ints, first: Ints, runs: Ints) -> None:
    """Adds each group's run of counts at its place."""
    for g in range(len(place)):
        size = first[g + 1] - first[g]
        if size > 0:
            counts[place[g] : place[g] + size] += runs[first[g] : first[g + 1]]


@kernel
def _woven(first: Ints, values: Ints, more_first: Ints, more: Ints) -> Ints:
    """Two ragged arrays as one: each group's values of the one, then of the other."""
    out = np.empty(len(values) + len(more), np.int64)
    at = 0
    for g in range(len(first) - 1):
        size, more_size = first[g + 1] - first[g], more_first[g + 1] - more_first[g]
        out[at : at + size] = values[first[g] : first[g + 1]]
        out[at + size : at + size + more_size] = more[more_first[g] : more_first[g + 1]]
        at += size + more_size
    return out
