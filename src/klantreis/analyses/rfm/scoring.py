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


def ntile(values: Floats, bins: int) -> tuple[Ints, list[tuple[int, float, float]]]:
    """Returns 1 for the lowest of `bins` equal groups to `bins` for the highest, equal values in the order they come,
    and (score, first, last value) of each group with somebody in it.

    As SQL's NTILE: when the groups cannot be equal, the first ones hold one more. Only equals that a bound between two
    groups cuts are put in order.
    """
    size, more = divmod(len(values), bins)
    sizes = [size + (place < more) for place in range(bins)]
    order, scores = np.argsort(values), np.empty(len(values), np.int64)
    rising = values[order]
    for bound in np.cumsum(sizes)[:-1].tolist():
        if 0 < bound < len(values) and rising[bound - 1] == rising[bound]:
            low, high = (int(np.searchsorted(rising, rising[bound], side)) for side in ("left", "right"))
            order[low:high].sort()
    scores[order] = np.repeat(np.arange(1, bins + 1), sizes)
    ends = zip(range(1, bins + 1), sizes, np.cumsum(sizes).tolist(), strict=True)
    return scores, [(score, float(rising[end - n]), float(rising[end - 1])) for score, n, end in ends if n]


def bounds(values: Floats, bins: int) -> list[tuple[float, float]]:
    """Returns (lower, upper) of each bin: R rfm 0.3.0, quantile of type 7 plus 1, left-closed; nothing for nobody.

    Step by step as R computes `quantile(x, seq(0, 1, length.out = bins + 1))`: a whole number at a bound lies on the
    side where R's rounding puts it.
    """
    if not len(values):
        return []
    place = 1 + (len(values) - 1) * (np.arange(1, bins) * (1 / bins))
    below, above = np.floor(place).astype(np.int64) - 1, np.ceil(place).astype(np.int64) - 1
    rising = np.partition(values, np.union1d(below, above))
    part, low, high = place - np.floor(place), rising[below], rising[above]
    inner = np.where(low == high, low, (1 - part) * low + part * high) + 1
    edges = [float(values.min()), *inner.tolist(), float(values.max()) + 1]
    return list(pairwise(edges))


def within(values: Floats, edges: list[tuple[float, float]]) -> Ints:
    """Returns the number (from 1) of the bin that each value lies in."""
    return 1 + np.searchsorted(np.array([upper for _, upper in edges[:-1]]), values, side="right").astype(np.int64)
