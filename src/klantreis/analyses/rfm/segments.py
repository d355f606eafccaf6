"""Groups of customers by their scores: data that a user may replace by their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.labels import Label

Ints = NDArray[np.int64]
Band = tuple[int, int]
ALL: Band = (1, 5)


@dataclass(frozen=True, slots=True)
class RfmSegment:
    """Customers whose scores lie in these bands, 1 (worst) to 5 (best), both ends included."""

    id: str
    label: Label
    recency: Band = ALL
    frequency: Band = ALL
    monetary: Band = ALL


def _segment(id_: str, nl: str, en: str, recency: Band, frequency: Band) -> RfmSegment:
    return RfmSegment(id_, Label(nl=nl, en=en), recency, frequency)


SEGMENTS: tuple[RfmSegment, ...] = (
    _segment("champions", "Kampioenen", "Champions", (5, 5), (4, 5)),
    _segment("loyal", "Trouwe klanten", "Loyal customers", (3, 4), (4, 5)),
    _segment("promising", "Kansrijke klanten", "Potential loyalists", (4, 5), (2, 3)),
    _segment("new", "Nieuwe klanten", "New customers", (4, 5), (1, 1)),
    _segment("attention", "Klanten die aandacht vragen", "Customers needing attention", (3, 3), (3, 3)),
    _segment("fading", "Wegzakkende klanten", "About to sleep", (3, 3), (1, 2)),
    _segment("at_risk", "Klanten die dreigen te vertrekken", "At risk", (1, 2), (4, 5)),
    _segment("slipping", "Afhakende klanten", "Slipping away", (1, 2), (3, 3)),
    _segment("sleeping", "Slapende klanten", "Hibernating", (1, 2), (1, 2)),
)
"""The groups most shops use, over recency and frequency; together they cover every pair of scores once."""

OTHER = RfmSegment("other", Label(nl="Overige klanten", en="Other customers"))
"""Whoever falls in none of the groups."""


def placed(scores: tuple[Ints, Ints, Ints | None], bins: int, segments: Sequence[RfmSegment]) -> Ints:
    """Returns the place of each customer's segment; the first that fits, len(segments) when none does.

    Scores of another number of `bins` are brought to five by ceil(score · 5 / bins). Without a monetary score (None)
    its band is not looked at.
    """
    r, f, m = scores
    wide = bins + 1
    fives = [-(-score * 5 // bins) for score in np.indices((wide, wide, wide))]
    found = np.full((wide, wide, wide), len(segments), np.int64)
    for place, segment in reversed(list(enumerate(segments))):
        inside = np.ones(found.shape, np.bool_)
        for score, (low, high) in zip(fives, (segment.recency, segment.frequency, segment.monetary), strict=True):
            if score is not fives[2] or m is not None:
                inside &= (score >= low) & (score <= high)
        found[inside] = place
    told: Ints = found.ravel()[(r * wide + f) * wide + (0 if m is None else m)]  # many customers, few cells
    return told
