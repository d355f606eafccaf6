"""`experience`: what customers found, in three dimensions, apart from what they did."""

from __future__ import annotations

from klantreis.analyses import experience as analysis
from klantreis.analyses.experience import Experience
from klantreis.analyses.fold import fold
from klantreis.journeys.model import Journeys
from klantreis.journeys.questions import questions_of
from klantreis.kinds import held
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap


@held
def experience(journeys: Journeys, map_: JourneyMap) -> Experience:
    """Returns both halves for a map: what people did, and what those who answered its surveys found.

    A map without surveys that ask for an experience has three dimensions without a score.
    """
    found: Experience = fold(analysis, journeys, analysis.Options(questions_of(map_), goal(map_)))
    return found
