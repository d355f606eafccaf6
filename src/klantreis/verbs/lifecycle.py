"""`lifecycle`: who is new, returns, comes back after a pause or goes quiet; how often, and how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantreis.analyses import lifecycle as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.lifecycle import Lifecycle
from klantreis.kinds import held
from klantreis.stats.calendar import Unit
from klantreis.verbs.data import Data, listed, micros, opened, warn_unknown
from klantreis.verbs.moments import begin


@held
def lifecycle(
    data: Data,
    *,
    events: str | Sequence[str] | None = None,
    unit: Unit = "week",
    silence: str | None = None,
    zone: str | None = None,
    end: str | None = None,
    **columns: Any,
) -> Lifecycle:
    """Returns who is new, returning, resurrected and dormant per day, week or month; stickiness, repeat rate and churn.

    `events`: those that make somebody active, 'a,b' or a list (None: any). `unit`: 'day', 'week' (Monday) or 'month' of
    the calendar in `zone` (None: the zone of the data). `silence`: a span such as '90d' after which somebody is gone
    (None: nobody is said to be). `end`: the data are whole until this date, not included (None: until the last event).
    `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    here = zone or journeys.about.time_zone
    options = analysis.Options(
        events=listed(events) or (),
        unit=unit,
        time_zone=here,
        silence=micros(silence, "silence"),
        end=None if end is None else begin(end, here, "end"),
    )
    warn_unknown(journeys, options.events)
    answer: Lifecycle = fold(analysis, journeys, options)
    return answer
