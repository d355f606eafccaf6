"""`prove`: what became of the changes on a map."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from klantreis.analyses import effect as analysis
from klantreis.analyses.effect import Effects
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError, did_you_mean
from klantreis.journeys.model import Journeys
from klantreis.map.model import JourneyMap


def prove(
    map_: JourneyMap, journeys: Journeys, change: str | None = None, *, looks: Literal["once", "any"] = "once"
) -> Effects:
    """Returns what became of the changes on a map that have a date, or of one of them.

    `journeys` are those of the map: `shop.journeys(shop.map())`. `looks`: 'once' judges when the agreed window is over,
    'any' on an interval that may be looked at every day (randomised changes only). Raises OptionError for an unknown
    change, or one without a date.
    """
    options = analysis.asked_by(map_)
    dated = () if options is None else options.changes
    if change is not None:
        dated = tuple(one for one in dated if one.id == change)
        if not dated:
            raise _unknown(map_, change)
    answer: Effects = fold(analysis, journeys, replace(options or analysis.Options(), changes=dated, looks=looks))
    return answer


def _unknown(map_: JourneyMap, change: str) -> OptionError:
    known = [one.id for one in map_.changes]
    if change in known:
        return OptionError(
            f"The change {change!r} has no date, so it cannot be judged.",
            where=f"map {map_.id}", mend="Write when it begins: 'starts_at: 2026-05-01'.",
        )  # fmt: skip
    return OptionError(f"There is no change {change!r}.", where=f"map {map_.id}", mend=did_you_mean(change, known))
