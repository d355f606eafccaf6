"""Rows of codes beside each other: how many edits apart, and groups around a middle row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PAD = -1
PAIRS = 1 << 16
"""About so many pairs of rows are compared at a time."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups around medoids: `medoids` are places of rows, `group` says of each row which; `cost` is the weighted mean
    distance to the own medoid; `widths` are the silhouette widths of the rows, `silhouette` their mean (None with one
    group). There each row counts once: weighed, rows that many took would look best all by themselves.
    """

    medoids: tuple[int, ...]
    group: Ints
    cost: float
    silhouette: float | None
    widths: Floats


def edits(rows: Sequence[Sequence[int]]) -> Ints:
    """Returns the edit distance (Levenshtein 1966: insert, delete, replace, each 1) of every two rows of codes >= 0.

    All pairs go through the cells of their tables together, so a cell is a few steps over a row of all pairs.
    """
    size = len(rows)
    long = np.array([len(row) for row in rows], np.int64)
    width = int(long.max(initial=0))
    table = np.full((width, size), PAD, np.int64)
    for place, row in enumerate(rows):
        table[: len(row), place] = row
    apart = np.zeros((size, size), np.int64)
    for begin in range(0, size, max(1, PAIRS // max(size, 1))):
        some = slice(begin, min(size, begin + max(1, PAIRS // max(size, 1))))
        others = slice(begin, size)
        found = _edited((table[:, some, None], table[:, None, others]), (long[some], long[others]))
        apart[some, others] = found
        apart[others, some] = found.T
    return apart


def _edited(tables: tuple[Ints, Ints], long: tuple[Ints, Ints]) -> Ints:
    """Returns the edit distance of each of some rows to each of others; the nodes of a row stand below each other."""
    some, others = (table.astype(np.int32) for table in tables)
    shape = len(long[0]), len(long[1])
    kind = np.int16 if len(some) < 1 << 14 else np.int32
    line = [np.full(shape, at, kind) for at in range(int(long[1].max(initial=0)) + 1)]
    found = np.zeros(shape, np.int64)
    ends = [(at, np.flatnonzero(long[1] == at)) for at in np.unique(long[1]).tolist()]
    for done in range(int(long[0].max(initial=0)) + 1):
        if done:
            before, line = line, [np.full(shape, done, kind)]
            for at, above in enumerate(before[1:]):
                best = before[at] + (some[done - 1] != others[at])
                np.minimum(best, above + kind(1), out=best)
                line.append(np.minimum(best, line[at] + kind(1), out=best))
        ready = np.flatnonzero(long[0] == done)
        for at, columns in ends if len(ready) else ():
            here = np.ix_(ready, columns)
            found[here] = line[at][here]
    return found


def distances(rows: Sequence[Sequence[int]]) -> Floats:
    """Returns the normalised edit distance of every two rows: 2e / (m + n + e), from 0 (equal) to 1 (nothing shared).

    e is the edit distance, m and n the lengths. Unlike e / max(m, n) it keeps the triangle inequality. Source: Li & Liu
    (2007), IEEE Trans. Pattern Analysis and Machine Intelligence 29(6):1091-1095.
    """
    apart = edits(rows).astype(np.float64)
    long = np.array([len(row) for row in rows], np.float64)
    below = long[:, None] + long[None, :] + apart
    return np.divide(2 * apart, below, out=np.zeros_like(apart), where=below > 0)


def medoids(apart: Floats, weight: Ints, groups: int) -> Grouping:
    """Returns the rows in `groups` groups (at most one a row): the medoids that make the weighted distance least.

    Built one by one, then swapped while a swap helps (PAM: Kaufman & Rousseeuw 1990, "Finding Groups in Data", ch. 2).
    Nothing is drawn by chance: of equals the first row wins, so equal input gives equal groups. No rows: no groups.
    """
    size = len(weight)
    if not size:
        return Grouping((), np.empty(0, np.int64), 0.0, None, np.empty(0))
    chosen = _swapped(apart, weight, _built(apart, weight, min(groups, size)))
    chosen = sorted(chosen, key=lambda row: (-_taken(apart, weight, chosen, row), row))
    group = np.argmin(apart[:, chosen], axis=1)
    group[chosen] = np.arange(len(chosen))
    cost = float((apart[np.arange(size), np.array(chosen)[group]] * weight).sum() / weight.sum())
    widths = silhouettes(apart, np.ones(size, np.int64), group, len(chosen))
    mean = float(widths.mean()) if len(chosen) > 1 else None
    return Grouping(tuple(chosen), group, cost, mean, widths)


def silhouettes(apart: Floats, weight: Ints, group: Ints, groups: int) -> Floats:
    """Returns each row's silhouette width, -1 to 1; rows count as often as their weight.

    A row that is alone in its group has 0, as has every row of a single group. Source: Rousseeuw (1987), Journal of
    Computational and Applied Mathematics 20:53-65.
    """
    size = len(weight)
    if groups < 2:
        return np.zeros(size)
    belongs = np.zeros((size, groups))
    belongs[np.arange(size), group] = weight
    heavy, sums = belongs.sum(axis=0), apart @ belongs
    own = heavy[group] - 1
    near = np.divide(sums[np.arange(size), group], own, out=np.zeros(size), where=own > 0)
    means = sums / heavy
    means[np.arange(size), group] = np.inf
    far = means.min(axis=1)
    larger = np.maximum(near, far)
    width = np.divide(far - near, larger, out=np.zeros(size), where=larger > 0)
    return np.where(own > 0, width, 0.0)


def _built(apart: Floats, weight: Ints, groups: int) -> list[int]:
    chosen: list[int] = []
    near = np.full(len(weight), np.inf)
    for _ in range(groups):
        costs = weight @ np.minimum(near[:, None], apart)
        costs[chosen] = np.inf
        chosen.append(_least(costs))
        near = np.minimum(near, apart[:, chosen[-1]])
    return chosen


def _swapped(apart: Floats, weight: Ints, chosen: list[int]) -> list[int]:
    """Swaps a medoid for another row while that helps; what each swap would cost is told for all at once.

    Without its medoid a row goes to the second nearest one (FastPAM1: Schubert & Rousseeuw 2021, Information Systems
    101:101804).
    """
    cost = _cost(apart, weight, chosen)
    for _ in range(len(weight)):
        costs = _swap_costs(apart, weight, chosen)
        spots = [_least(row) for row in costs]
        best, swap = cost, None
        for spot, row in enumerate(spots):
            if costs[spot, row] < best - 1e-9 * max(1.0, cost):
                best, swap = float(costs[spot, row]), (spot, row)
        if swap is None:
            return chosen
        chosen[swap[0]], cost = swap[1], best
    return chosen


def _swap_costs(apart: Floats, weight: Ints, chosen: list[int]) -> Floats:
    """Returns the cost when the medoid of a spot (rows) gives way to a row (columns); a medoid cannot come in."""
    to = apart[:, chosen]
    own, rows = np.argmin(to, axis=1), np.arange(len(weight))
    near = to[rows, own]
    to[rows, own] = np.inf
    mine = np.zeros((len(chosen), len(weight)))
    mine[own, rows] = weight
    with_it = np.minimum(near[:, None], apart)
    without = np.minimum(to.min(axis=1)[:, None], apart)
    costs: Floats = weight @ with_it + mine @ (without - with_it)
    costs[:, chosen] = np.inf
    return costs


def _least(costs: Floats) -> int:
    """Returns the first of the least, where a difference in the last digits is no difference."""
    least = costs.min()
    return int(np.flatnonzero(costs <= least + 1e-9 * max(1.0, float(least)))[0])


def _cost(apart: Floats, weight: Ints, chosen: list[int]) -> float:
    return float((apart[:, chosen].min(axis=1) * weight).sum())


def _taken(apart: Floats, weight: Ints, chosen: list[int], row: int) -> int:
    group = np.argmin(apart[:, chosen], axis=1)
    group[chosen] = np.arange(len(chosen))
    return int(weight[group == chosen.index(row)].sum())
