"""`coverage`: what people do that the map does not know."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.analyses import coverage as analysis
from klantreis.analyses.coverage import Coverage
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.map.model import JourneyMap
from klantreis.measure import plan


@held
def coverage(map_: JourneyMap, journeys: Journeys, *, others: Sequence[JourneyMap] = ()) -> Coverage:
    """Returns what people do that the map does not know, and how it goes with reaching the goal of the map.

    `journeys` are those of the map, or a part of them: `shop.slice(map_, segment="x")`. `others`: the maps beside
    it; what they know is no unknown behaviour here.
    """
    options = next(options for name, _, options in plan(map_, others).steps if name == "coverage")
    answer: Coverage = fold(analysis, journeys, options)
    return answer
