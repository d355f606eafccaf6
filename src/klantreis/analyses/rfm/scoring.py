"""Scores of 1 to `bins` by one of two rules, stated in the Result: they differ where many customers are alike."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from klantreis.labels import Label

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

RULES = {
    "ntile": Label(
        nl="Gelijke groepen (ntile): klanten op volgorde gezet en in {bins} even grote groepen verdeeld; wie gelijk "
        "staat, komt op volgorde van klantnummer.",
        en="Equal groups (ntile): customers in order, cut into {bins} groups of one size; ties by customer id.",
    ),
    "quantile": Label(
        nl="Grenzen (kwantielen, R type 7): elke grens is het kwantiel plus 1, een groep begint op zijn grens; wie "
        "gelijk staat, zit in dezelfde groep, dus groepen zijn ongelijk van grootte. Zo doet R rfm het.",
        en="Bounds (quantiles, R type 7): each bound is the quantile plus 1, a group begins at its bound; equals share "
        "a group, so groups differ in size. As R rfm does.",
    ),
}


def ntile(values: Floats, tie: Ints, bins: int) -> Ints:
    """Returns 1 for the lowest of `bins` equal groups to `bins` for the highest; equal values in the order of `tie`.

    `tie` holds each place once. As SQL's NTILE: when the groups cannot be equal, the first ones hold one more. Sorted
    twice, each time one row of numbers, which takes half as long as sorting by two.
    """
    size, more = divmod(len(values), bins)
    group = np.repeat(np.arange(1, bins + 1), [size + (place < more) for place in range(bins)])
    scores, own = np.empty(len(values), np.int64), np.empty(len(values), np.int64)
    own[tie] = np.arange(len(values))
    order = np.argsort(values)
    rising = np.cumsum(np.diff(values[order], prepend=values[order[:1]]) != 0) * len(values) + tie[order]
    scores[own[np.sort(rising) % max(len(values), 1)]] = group
    return scores


def bounds(values: Floats, bins: int) -> list[tuple[float, float]]:
    """Returns (lower, upper) of each bin: R rfm 0.3.0, quantile of type 7 plus 1, left-closed; nothing for nobody."""
    if not len(values):
        return []
    inner = np.quantile(values, np.arange(1, bins) / bins) + 1
    edges = [float(values.min()), *inner.tolist(), float(values.max()) + 1]
    return list(pairwise(edges))


def within(values: Floats, edges: list[tuple[float, float]]) -> Ints:
    """Returns the number (from 1) of the bin that each value lies in."""
    return 1 + np.searchsorted(np.array([upper for _, upper in edges[:-1]]), values, side="right").astype(np.int64)
