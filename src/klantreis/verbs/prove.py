"""`prove`: what became of the changes on a map."""

from __future__ import annotations

from typing import Literal

from klantreis.analyses import effect as analysis
from klantreis.analyses.effect import Effects
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.map.model import JourneyMap


@held
def prove(
    map_: JourneyMap, journeys: Journeys, change: str | None = None, *, looks: Literal["once", "any"] = "once"
) -> Effects:
    """Returns what became of the changes on a map that have a date, or of one of them.

    `journeys` are those of the map: `shop.journeys(map_)`. `looks`: 'once' judges when the agreed window is over, 'any'
    on an interval that may be looked at every day (randomised changes only). No change with a date: no effects. Raises
    OptionError for an unknown change, or one without a date.
    """
    answer: Effects = fold(analysis, journeys, analysis.of_map(map_, change, looks))
    return answer
