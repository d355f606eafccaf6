"""Takes durations out of a spread and puts others in; quantiles stay what they would be if all were collected anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.bins import bins
from klantreis.stats.elapsed import HALF, MASK
from klantreis.stats.pieces import Limits, Piece
from klantreis.stats.spread import Ints, Spreads, as_one, gathered
from klantreis.stats.spread_ends import NotExchanged, outer, staying

MARK_BITS = 18
Pairs = tuple[Ints, Ints, Ints]
"""Keys, durations, and how often each is there."""


def exchanged(whole: Spreads, was: Spreads, now: Spreads) -> Spreads:
    """Returns the spread of all when the durations of some, which were `was`, are `now`.

    Raises NotExchanged when what is taken away was the least or the most of a group of which only a histogram is left
    and nobody knows who is it now, or when groups would be exact again.
    """
    pairs = _net(was, now)
    out, more = _only(pairs, -1), _only(pairs, 1)
    come = _spread(more, whole.limits)
    if not len(out[0]):
        return Spreads(whole.pieces + come.pieces, whole.limits)
    if not whole.pieces:
        raise NotExchanged("nothing was collected")
    left = _without(as_one(whole.pieces, whole.limits), out)
    _check(left, come, whole.limits)
    return Spreads((*((left,) if len(left.keys) else ()), *come.pieces), whole.limits)


def _net(was: Spreads, now: Spreads) -> Pairs:
    """Returns every duration that came (above zero times) or went, per group and rising."""
    listed = [(*_listed(one), sign) for sign, some in ((-1, was), (1, now)) for one in some.pieces]
    if not listed:
        none = np.empty(0, np.int64)
        return none, none, none
    keys, values = (np.concatenate([one[place] for one in listed]) for place in (0, 1))
    times = np.concatenate([np.full(len(one), sign) for one, _, sign in listed])
    order = np.lexsort((values, keys))
    keys, values, times = keys[order], values[order], times[order]
    first = np.flatnonzero(np.r_[True, (np.diff(keys) != 0) | (np.diff(values) != 0)])
    return keys[first], values[first], np.add.reduceat(times, first)


def _listed(piece: Piece) -> tuple[Ints, Ints]:
    if len(piece.counts):
        raise NotExchanged("durations are known by their histogram only")
    return np.repeat(piece.keys, np.diff(piece.raw)), piece.laid_out().values


def _only(pairs: Pairs, sign: int) -> Pairs:
    mine = pairs[2] * sign > 0
    return pairs[0][mine], pairs[1][mine], pairs[2][mine] * sign


def _spread(pairs: Pairs, limits: Limits) -> Spreads:
    keys, length = np.unique(np.repeat(pairs[0], pairs[2]), return_counts=True)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(length)])
    return gathered(first, np.repeat(pairs[1], pairs[2]), keys, limits)


def _without(whole: Piece, out: Pairs) -> Piece:
    place = np.searchsorted(whole.keys, out[0])
    if np.any(place >= len(whole.keys)) or np.any(whole.keys[np.minimum(place, len(whole.keys) - 1)] != out[0]):
        raise NotExchanged("a group was not collected")
    kept, counts = np.ones(len(whole.values), np.bool_), whole.counts.copy()
    filled, ends = np.ones(len(counts), np.bool_), [whole.ends[:, ~np.isin(whole.ends[0], out[0])]]
    low, high = whole.low.copy(), whole.high.copy()
    for group in np.unique(place).tolist():
        mine = place == group
        gone = out[1][mine], out[2][mine]
        span = slice(*whole.raw[group : group + 2].tolist())
        if span.stop > span.start:
            stay = _staying(whole.values[span], *gone)
            kept[span] = stay
            left = whole.values[span][stay]
            low[group], high[group] = (left.min(), left.max()) if len(left) else (0, 0)
            continue
        span = slice(*whole.binned[group : group + 2].tolist())
        was = int(low[group]), int(high[group])
        _take(counts[span], gone, was)
        known = staying(np.sort(whole.ends[1][whole.ends[0] == whole.keys[group]]), *gone)
        low[group], high[group] = outer(counts[span], known, gone[0], was) if counts[span].any() else (0, 0)
        first, least, most = bins(np.array([was[0], low[group], high[group]])).tolist()
        filled[span][: least - first], filled[span][most - first + 1 :] = False, False
        filled[span] &= counts[span].any()
        ends.append(np.stack([np.full(len(known), whole.keys[group]), known]))
    n, upper, lower = whole.n.copy(), whole.upper.copy(), whole.lower.copy()
    for got, amount in ((n, out[2]), (upper, (out[1] >> HALF) * out[2]), (lower, (out[1] & MASK) * out[2])):
        np.subtract.at(got, place, amount)
    raw, binned = (_offsets(stay)[bounds] for stay, bounds in ((kept, whole.raw), (filled, whole.binned)))
    some = n > 0
    keys, n, low, high, upper, lower = (column[some] for column in (whole.keys, n, low, high, upper, lower))
    raw, binned = (np.append(offsets[:-1][some], offsets[-1]) for offsets in (raw, binned))
    known = np.concatenate(ends, axis=1)
    return Piece(
        keys, n, low, high, upper, lower, raw, whole.values[kept], binned, counts[filled], None,
        known[:, np.isin(known[0], keys)],
    )  # fmt: skip


def _offsets(kept: NDArray[np.bool_]) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])


def _staying(values: Ints, gone: Ints, times: Ints) -> NDArray[np.bool_]:
    """Returns which values stay when each of `gone` (rising, different) is taken away so many times."""
    # Few values can be one of those that go: a table of marks tells which, much quicker than looking each one up.
    marks = np.zeros(1 << MARK_BITS, np.bool_)
    marks[_mark(gone)] = True
    rows = np.flatnonzero(marks[_mark(values)])
    spot = np.minimum(np.searchsorted(gone, values[rows]), len(gone) - 1)
    found = gone[spot] == values[rows]
    rows, spot = rows[found], spot[found]
    order = np.argsort(spot, kind="stable")
    rows, spot = rows[order], spot[order]
    turn = np.arange(len(rows)) - np.searchsorted(spot, spot)
    leaving = rows[turn < times[spot]]
    if len(leaving) != times.sum():
        raise NotExchanged("a duration was not collected")
    stay = np.ones(len(values), np.bool_)
    stay[leaving] = False
    return stay


def _mark(values: Ints) -> NDArray[np.uint64]:
    return (values.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - MARK_BITS)


def _take(counts: Ints, gone: tuple[Ints, Ints], ends: tuple[int, int]) -> None:
    """Takes durations out of a histogram that runs from the bin of the least to the bin of the most."""
    if not ends[0] <= gone[0][0] <= gone[0][-1] <= ends[1]:
        raise NotExchanged("a duration was not collected")
    np.subtract.at(counts, bins(gone[0]) - bins(np.array([ends[0]]))[0], gone[1])
    if counts.min() < 0:
        raise NotExchanged("a duration was not collected")


def _check(left: Piece, come: Spreads, limits: Limits) -> None:
    """Raises NotExchanged when a group with a histogram would be exact, were all collected anew."""
    if not len(left.counts):
        return
    more = {} if not come.pieces else dict(zip(come.pieces[0].keys.tolist(), come.pieces[0].n.tolist(), strict=True))
    histograms = np.diff(left.binned) > 0
    sizes = left.n + np.array([more.get(key, 0) for key in left.keys.tolist()])
    if int(left.n.sum()) + sum(more.values()) <= limits.whole or np.any(sizes[histograms] <= limits.group):
        raise NotExchanged("a group is small enough to be exact")
