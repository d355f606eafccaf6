"""`clusters`: groups of journeys that go alike."""

from __future__ import annotations

from typing import Any

from klantreis.analyses import clusters as analysis
from klantreis.analyses.clusters import Clusters
from klantreis.analyses.fold import fold
from klantreis.kinds import held
from klantreis.verbs.data import Data, opened


@held
def clusters(
    data: Data,
    groups: int | None = None,
    *,
    most: int = 300,
    longest: int = 100,
    collapse: bool = True,
    unmapped: bool = False,
    **columns: Any,
) -> Clusters:
    """Returns groups of journeys that go alike, each with the route in its middle.

    `groups`: how many; None: the number from 2 to 8 that parts them best. `most`: only the so many most taken routes
    are laid beside each other. `longest`: longer routes are left out. `collapse`: repeats in a row count once.
    `unmapped`: also events that the map does not know. `columns`: as for `read`.
    """
    options = analysis.Options(groups=groups, most=most, longest=longest, unmapped=unmapped, collapse=collapse)
    answer: Clusters = fold(analysis, opened(data, **columns), options)
    return answer
