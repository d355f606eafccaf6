"""How durations spread: counts, sums and quantiles of many groups at once, in parts that can be added up.

A group's quantiles are exact while the whole holds at most `pieces.EXACT` durations, or the group `EXACT_GROUP`;
beyond that they come from a histogram with bins 1/128 of an octave wide, so within 0.4 % (see `bins`). Whether a group
is exact depends only on all durations together, so any split and any order of adding give the same answer. Sums are
integers, kept in two halves that cannot overflow.

Adding two parts only lays their pieces side by side; pieces become one when many durations wait, and at the end. So a
duration is handled once or twice, not once for every doubling of the whole. A piece may say the bin of each duration
and where the durations themselves are found: those of a group that turns out to be large are never laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from klantreis.kernels import kernel
from klantreis.stats.bins import NOWHERE, bins, bins_at, middles
from klantreis.stats.counted import counted
from klantreis.stats.elapsed import HALF, MASK
from klantreis.stats.pieces import LIMITS, Limits, Origin, Piece
from klantreis.stats.spread_ends import known

WAITING = 1 << 22
"""So many durations may wait before pieces become one: 32 MB."""

WAITING_BINS = 1 << 22
"""So many bins may wait: 8 MB, and the rows of the log that they were made of, if nobody else holds these."""

MOST_PIECES = 256
SOME = 1 << 14

Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
SECOND = 1_000_000
ADDED: dict[str, tuple[np.ufunc, int]] = {
    "n": (np.add, 0),
    "upper": (np.add, 0),
    "lower": (np.add, 0),
    "low": (np.minimum, int(np.iinfo(np.int64).max)),
    "high": (np.maximum, int(np.iinfo(np.int64).min)),
}
"""How the totals of pieces add up, and what nothing adds."""
RANKS = np.array([0.25, 0.5, 0.75, 0.9])


@dataclass(frozen=True, slots=True)
class Spreads:
    """Durations of groups, as a part that adds up: pieces side by side, each with any of the groups."""

    pieces: tuple[Piece, ...] = ()
    limits: Limits = LIMITS


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
    some = np.flatnonzero(np.diff(first))
    if not len(some):
        return Spreads((), limits)
    raw = np.append(first[some], first[-1])
    none = np.zeros(len(some) + 1, np.int64)
    return Spreads((Piece(keys[some], *_totals(raw, values), raw, values, none, none[:0]),), limits)


def told(totals: Ints, keys: Ints, values: Ints, origin: Origin | None, limits: Limits = LIMITS) -> Spreads:
    """Returns the same as `gathered` of durations that were counted before; `totals` as `elapsed` tells them.

    They stand in `values`, key by key, or there are none and an `origin`. A key without durations is dropped.
    """
    some = np.flatnonzero(totals[:, 0])
    if not len(some):
        return Spreads((), limits)
    n, low, high, upper, lower = np.ascontiguousarray(totals[some].T)
    none = np.zeros(len(some) + 1, np.int64)
    piece = Piece(keys[some], n, low, high, upper, lower, _offsets(n), values, none, none[:0], origin)
    return Spreads((piece,), limits)


def empty(limits: Limits = LIMITS) -> Spreads:
    """Returns the part of no durations at all."""
    return Spreads((), limits)


def merge(one: Spreads, other: Spreads) -> Spreads:
    """Returns two parts as one; associative and commutative (both must have the same limits)."""
    pieces = one.pieces + other.pieces
    waiting = [len(piece.values) for piece in pieces]
    # A piece that holds most of what waits was made by the last time, and is not worth another.
    many = sum(waiting) > max(WAITING, 2 * max(waiting, default=0))
    if many or len(pieces) > MOST_PIECES or _waiting_bins(pieces) > WAITING_BINS:
        pieces = (as_one(pieces, one.limits),)
    return Spreads(pieces, one.limits)


def settled(spreads: Spreads) -> Spreads:
    """Returns the same durations in one piece, as small as it can be: for those of all, which more may still join."""
    return replace(spreads, pieces=(as_one(spreads.pieces, spreads.limits),)) if spreads.pieces else spreads


def summaries(spreads: Spreads) -> dict[int, Summary]:
    """Returns min, quartiles, median, 90th percentile, max and mean per key, keys rising.

    Quantiles interpolate linearly.
    """
    if not spreads.pieces:
        return {}
    whole = as_one(spreads.pieces, spreads.limits)
    rank = RANKS * (whole.n - 1)[:, None]
    under = np.floor(rank).astype(np.int64)
    sides = ordered(whole, np.column_stack([under, np.ceil(rank).astype(np.int64)]))
    low, high = sides[:, : len(RANKS)], sides[:, len(RANKS) :]
    quantiles = (low + (high - low) * (rank - under)) / SECOND
    totals = [(upper << HALF) + lower for upper, lower in zip(whole.upper.tolist(), whole.lower.tolist(), strict=True)]
    ends = np.column_stack([whole.low, whole.high]) / SECOND
    exact = (np.diff(whole.binned) == 0).tolist()
    told = zip(whole.keys.tolist(), whole.n.tolist(), ends.tolist(), quantiles.tolist(), totals, exact, strict=True)
    return {
        key: Summary(n, least, q25, median, q75, p90, most, total / n / SECOND, is_exact)
        for key, n, (least, most), (q25, median, q75, p90), total, is_exact in told
    }


def group(spreads: Spreads, key: int) -> Piece | None:
    """Returns one group's durations as a piece of one group; None when it has none."""
    if not any(key in piece.keys for piece in spreads.pieces):
        return None
    whole = as_one(spreads.pieces, spreads.limits)
    place = int(np.searchsorted(whole.keys, key))
    own = slice(place, place + 1)
    raw, binned = whole.raw[place : place + 2], whole.binned[place : place + 2]
    return Piece(
        whole.keys[own],
        whole.n[own],
        whole.low[own],
        whole.high[own],
        whole.upper[own],
        whole.lower[own],
        raw - raw[0],
        whole.values[raw[0] : raw[1]],
        binned - binned[0],
        whole.counts[binned[0] : binned[1]],
    )


def ordered(whole: Piece, ranks: Ints) -> NDArray[np.float64]:
    """Returns per group (row) the values in microseconds at its `ranks` (from 0) were its durations sorted.

    Of a group with a histogram: the middles of the bins that hold these ranks, never beyond `low` or `high`.
    """
    rising = np.argsort(ranks, axis=1)
    codes = np.empty(ranks.shape, np.int64)
    found = bins_at(whole.counts, whole.binned, np.take_along_axis(ranks, rising, axis=1))
    np.put_along_axis(codes, rising, found, axis=1)
    near = np.clip(middles(bins(whole.low)[:, None] + codes), whole.low[:, None], whole.high[:, None])
    for place in np.flatnonzero(np.diff(whole.raw)).tolist():
        near[place] = _at_ranks(whole.values[whole.raw[place] : whole.raw[place + 1]], ranks[place])
    return near


def _at_ranks(values: Ints, ranks: Ints) -> Ints:
    """Returns the values at these ranks; numpy sorts a few, or finds one rank among many, much faster than several."""
    if len(values) <= SOME:
        return np.sort(values)[ranks]
    values, done = values.copy(), 0
    for rank in np.unique(ranks).tolist():
        values[done:].partition(rank - done)
        done = rank + 1
    return values[ranks]


def as_one(pieces: tuple[Piece, ...], limits: Limits) -> Piece:
    """Returns pieces as one; groups that are no longer exact have a histogram, the others their durations."""
    keys = np.unique(np.concatenate([piece.keys for piece in pieces]))
    at = [np.searchsorted(keys, piece.keys) for piece in pieces]
    n, upper, lower, low, high = (_added(pieces, at, name, len(keys)) for name in ADDED)
    large = (n > limits.group) & (int(n.sum()) > limits.whole)
    if len(pieces) == 1 and not (large & (np.diff(pieces[0].raw) > 0)).any():
        return pieces[0].laid_out()
    binned = _offsets(np.where(large, bins(high) - bins(low) + 1, 0))
    counts = np.zeros(binned[-1], np.int64)
    raw = _offsets(np.where(large, 0, n))
    values = np.empty(raw[-1], np.int64)
    bin_zero = np.where(large, binned[:-1] - bins(low), NOWHERE)
    free = np.where(large, NOWHERE, raw[:-1])
    for piece, spot in zip(pieces, at, strict=True):
        if piece.origin is None:
            _pour(values, free, spot, piece.raw, piece.values)
        else:
            _pour(values, free, spot, *_exact(piece, free[spot] != NOWHERE, piece.origin))
    counted(list(zip(pieces, at, strict=True)), bin_zero, counts, np.where(large, n, 0))
    ends = known(pieces, [large[spot] for spot in at])
    return Piece(keys, n, low, high, upper, lower, raw, values, binned, counts, None, ends)


def _waiting_bins(pieces: tuple[Piece, ...]) -> int:
    return sum(len(piece.origin.bins) for piece in pieces if piece.origin is not None)


def _exact(piece: Piece, wanted: NDArray[np.bool_], origin: Origin) -> tuple[Ints, Ints]:
    """Returns the offsets and the durations of the wanted groups, and none of the others."""
    first = _offsets(np.where(wanted, np.diff(piece.raw), 0))
    return first, origin.laid(first) if first[-1] else piece.values


def _added(pieces: tuple[Piece, ...], at: list[Ints], name: str, groups: int) -> Ints:
    add, nothing = ADDED[name]
    out = np.full(groups, nothing, np.int64)
    add.at(out, np.concatenate(at), np.concatenate([getattr(piece, name) for piece in pieces]))
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
    """n, lowest, highest and the two halves of the sum, per group; every group has a value."""
    groups = len(first) - 1
    n, low, high = np.zeros(groups, np.int64), np.zeros(groups, np.int64), np.zeros(groups, np.int64)
    upper, lower = np.zeros(groups, np.int64), np.zeros(groups, np.int64)
    for g in range(groups):
        n[g] = first[g + 1] - first[g]
        part = values[first[g] : first[g + 1]]
        low[g] = part.min()
        high[g] = part.max()
        upper[g] = (part >> HALF).sum()
        lower[g] = (part & MASK).sum()
    return n, low, high, upper, lower


@kernel
def _pour(out: Ints, free: Ints, spot: Ints, first: Ints, values: Ints) -> None:
    """Puts each group's values where its group in `out` is still free; `spot` tells which group that is."""
    for g in range(len(spot)):
        size = first[g + 1] - first[g]
        place = free[spot[g]]
        if size > 0 and place != NOWHERE:
            out[place : place + size] = values[first[g] : first[g + 1]]
            free[spot[g]] = place + size
