"""Two touchpoints beside each other: do customers answer differently there?"""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.emotion.result import Compared, Options
from klantreis.journeys.model import SCORE_UNIT
from klantreis.journeys.questions import Question
from klantreis.stats.means import moments_of
from klantreis.stats.nps import nps_gap, sides
from klantreis.stats.scores import mann_whitney, welch

Given = Mapping[tuple[str, str | None, int], int]
"""How often each (survey, touchpoint, score in SCORE_UNIT) was given, on the scale."""


def compared(given: Given, options: Options) -> tuple[Compared, ...]:
    """Returns the two touchpoints that were asked, per survey that has answers at one of them; () when none were."""
    if options.compare is None:
        return ()
    found = (_compared(given, question, options.compare) for question in options.questions)
    return tuple(one for one in found if one is not None)


def _compared(given: Given, question: Question, places: tuple[str, str]) -> Compared | None:
    one, other = (
        {score: often for (survey, at, score), often in given.items() if (survey, at) == (question.survey, place)}
        for place in places
    )
    if not one and not other:
        return None
    gap = welch(moments_of(one.items()), moments_of(other.items()), SCORE_UNIT)
    ranks = mann_whitney(one.items(), other.items())
    nps, nps_p = None, None
    if question.kind == "NPS":
        nps, nps_p = nps_gap(sides(one.items(), SCORE_UNIT), sides(other.items(), SCORE_UNIT))
    return Compared(
        question.survey,
        *places,
        n_one=sum(one.values()),
        n_other=sum(other.values()),
        gap=gap.gap,
        t=gap.t,
        p=gap.p,
        u=None if ranks is None else ranks.u,
        ahead=None if ranks is None else ranks.ahead,
        rank_p=None if ranks is None else ranks.p,
        nps_gap=nps,
        nps_p=nps_p,
    )
