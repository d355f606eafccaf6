"""`standing`: in which phase people are now."""

from __future__ import annotations

from klantreis.analyses import standing as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.standing import Standing
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.map.model import JourneyMap


@held
def standing(map_: JourneyMap, journeys: Journeys) -> Standing:
    """Returns how many people with an open journey are in each phase of a map, at the end of the data.

    `journeys` are those of the map, or a part of them: `shop.slice(map_, segment="x")`. A map without a phase that data
    can show has no phases; one whose journeys know no end says `why`.
    """
    found: Standing = fold(analysis, journeys, analysis.asked_by(map_) or analysis.Options())
    return found
