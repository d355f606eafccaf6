"""`kpis`: how each KPI of a map stands against its target."""

from __future__ import annotations

from collections.abc import Sequence

from klantreis.analyses import kpis as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.kpis import Kpis
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.map.model import JourneyMap
from klantreis.measure import plan


@held
def kpis(map_: JourneyMap, journeys: Journeys, *, others: Sequence[JourneyMap] = ()) -> Kpis:
    """Returns each KPI of a map against its target, with its interval; a map without KPIs: none.

    `journeys` are those of the map, or a part of them: `shop.slice(map_, segment="x")`. `others`: the maps beside it.
    """
    options = next(options for name, _, options in plan(map_, others).steps if name == "kpis")
    answer: Kpis = fold(analysis, journeys, options)
    return answer
