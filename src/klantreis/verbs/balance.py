"""`balance`: what each phase of a map is given, what it asks of customers, and where the revenue comes from."""

from __future__ import annotations

from klantreis.analyses import balance as analysis
from klantreis.analyses.balance import Balance
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Journeys
from klantreis.kinds import held
from klantreis.map.model import JourneyMap


@held
def balance(journeys: Journeys, map_: JourneyMap) -> Balance:
    """Returns the effort balance of a map: actions, hours and cost per phase beside contacts, effort and revenue.

    `journeys` are those of the map, as a workspace gives them. A map without actions has nothing to weigh, and says so.
    """
    answer: Balance = fold(analysis, journeys, analysis.options_of(map_))
    return answer
