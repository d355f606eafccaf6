"""Rows of codes beside each other: how many edits apart, and groups around a middle row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PAD = -1


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

    One row is laid beside all others at once; the least over a line of insertions is a running minimum.
    """
    size = len(rows)
    long = np.array([len(row) for row in rows], np.int64)
    width = int(long.max(initial=0))
    table = np.full((size, width), PAD, np.int64)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    apart = np.zeros((size, size), np.int64)
    slope = np.arange(width + 1, dtype=np.int32)
    for place, row in enumerate(rows):
        others = table[place:]
        line: Any = np.broadcast_to(slope, (len(others), width + 1))
        for done, one in enumerate(row, start=1):
            best = np.empty_like(line)
            best[:, 0] = done
            np.minimum(line[:, :-1] + (others != one), line[:, 1:] + 1, out=best[:, 1:])
            line = np.minimum.accumulate(best - slope, axis=1) + slope
        found = line[np.arange(len(others)), long[place:]]
        apart[place, place:] = found
        apart[place:, place] = found
    return apart


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
        costs = (np.minimum(near[:, None], apart) * weight[:, None]).sum(axis=0)
        costs[chosen] = np.inf
        chosen.append(_least(costs))
        near = np.minimum(near, apart[:, chosen[-1]])
    return chosen


def _swapped(apart: Floats, weight: Ints, chosen: list[int]) -> list[int]:
    cost = _cost(apart, weight, chosen)
    for _ in range(len(weight)):
        best, swap = cost, None
        for spot in range(len(chosen)):
            rest = chosen[:spot] + chosen[spot + 1 :]
            near = apart[:, rest].min(axis=1) if rest else np.full(len(weight), np.inf)
            costs = (np.minimum(near[:, None], apart) * weight[:, None]).sum(axis=0)
            costs[chosen] = np.inf
            row = _least(costs)
            if costs[row] < best - 1e-9 * max(1.0, cost):
                best, swap = float(costs[row]), (spot, row)
        if swap is None:
            return chosen
        chosen[swap[0]], cost = swap[1], best
    return chosen


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
