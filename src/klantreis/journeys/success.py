"""What successes brought: the values of touches at the places that mean success, those that went wrong left out."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from klantreis.journeys.model import FAILED, Bucket
from klantreis.stats.whole import total


def brought(bucket: Bucket, places: Collection[str]) -> tuple[int, int]:
    """Returns the sum, in VALUE_UNIT, and the number of values above nothing at these touchpoints.

    A touch that failed (a payment that was refused) is no success, whatever value it carries. No values: zeros.
    """
    goal = np.array([*(one in places for one in bucket.names.touchpoints), False])
    if bucket.value is None or not goal.any():
        return 0, 0
    reached = goal[bucket.touch]
    if bucket.flags is not None:
        reached &= (bucket.flags & FAILED) == 0
    values = bucket.value[reached]
    values = values[values > 0]
    return total(values), len(values)
