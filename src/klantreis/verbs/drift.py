"""`drift`: the newest period against those before it, with an alarm, and where a series changes level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast, get_args

from klantreis.analyses import drift as analysis
from klantreis.analyses import fit, kpis
from klantreis.analyses.drift import Drift, Options
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError, did_you_mean
from klantreis.kinds import held
from klantreis.labels import Label, plain
from klantreis.map.measures import Kpi
from klantreis.map.model import JourneyMap
from klantreis.map.path import touchpoints
from klantreis.map.path_text import parse
from klantreis.stats.calendar import Unit
from klantreis.verbs.data import Data, listed, micros, opened, warn_unknown

CONVERTS = "converts"


@held
def drift(
    data: Data,
    map_: JourneyMap | None = None,
    *,
    per: str = "week",
    within: str | None = None,
    path: str | None = None,
    goal: str | None = None,
    **columns: Any,
) -> Drift:
    """Returns how the newest week (or day, or month) differs from those before it, and whether that is an alarm.

    `map_`: follow its ideal scenarios and its KPIs. Without a map: `path` ('a, b|c, d?') is the way whose followers are
    counted, `goal` the event ('buy', or 'buy,book' for either) whose share of journeys is counted; the mix of routes
    and channels is told without either. `within`: how long each journey is looked at ('7d'; None: as the map says, else
    7 days). `columns`: as for `read`. Raises OptionError for an unknown period, and a map beside a path or goal.
    """
    if per not in get_args(Unit):
        raise OptionError(
            Label(f"{per!r} is geen periode.", f"{per!r} is not a period."),
            where="per",
            mend=did_you_mean(per, get_args(Unit)) or Label("Een van: day, week, month.", "One of: day, week, month."),
        )
    if map_ is not None and (path or goal):
        raise OptionError(
            Label("Een kaart noemt haar eigen paden en doelen.", "A map names its own paths and goals."),
            mend=Label("Laat het pad en het doel weg, of de kaart.", "Leave out the path and the goal, or the map."),
        )
    journeys = opened(data, **columns)
    asked = _of_file(path, listed(goal)) if map_ is None else analysis.asked_by(map_) or Options()
    if map_ is None:
        warn_unknown(journeys, [*(touchpoints(asked.fits[0].path) if asked.fits else ()), *(listed(goal) or ())])
    window = micros(within, "within")
    options = replace(asked, unit=cast(Unit, per), within=asked.within if window is None else window)
    answer: Drift = fold(analysis, journeys, options)
    return answer


def _of_file(path: str | None, goal: tuple[str, ...] | None) -> Options:
    fits = (fit.Options(path=parse(path)),) if path else ()
    if not goal:
        return Options(fits=fits)
    named = tuple((touch, CONVERTS) for touch in goal)
    kpi = Kpi(CONVERTS, plain(" | ".join(goal)), "share", end=CONVERTS)
    return Options(fits=fits, kpis=kpis.Options((kpi,), phases=named))
