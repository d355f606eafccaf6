"""`follows`: what comes after what, directly or later; who comes back, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantreis.analyses import follows as analysis
from klantreis.analyses.fold import fold
from klantreis.analyses.follows import Follows
from klantreis.kinds import held
from klantreis.map.model import JourneyMap
from klantreis.verbs.data import Data, listed, opened, warn_unknown
from klantreis.verbs.ways import Row, pair, row


@held
def follows(
    data: Data,
    *,
    order: Row | JourneyMap = None,
    between: Sequence[str | tuple[str, str]] | str | None = (),
    only: str | Sequence[str] | None = None,
    collapse: bool = False,
    unmapped: bool = False,
    **columns: Any,
) -> Follows:
    """Returns what follows what, rework, loops, steps back, and the time between touchpoints.

    `order`: what steps back are against: 'a,b|c,d' (b and c have one rank), or a map, whose touchpoints have the rank
    of their phase. `between`: pairs whose time is asked, such as ['cart,pay']; 'all': every pair that occurs (slower).
    `only`: the touchpoints in scope. `collapse`: repeats in a row count once. `unmapped`: also events that the map does
    not know. `columns`: as for `read`.
    """
    journeys = opened(data, **columns)
    ranks = in_phases(order) if isinstance(order, JourneyMap) else row(order, "order")
    wanted = None if between is None or between == "all" else _pairs(between)
    scope = listed(only)
    given = () if isinstance(order, JourneyMap) else [name for names in ranks for name in names]
    warn_unknown(
        journeys, [] if unmapped else [*given, *(scope or ()), *(name for two in wanted or () for name in two)]
    )
    options = analysis.Options(order=ranks, between=wanted, only=scope, unmapped=unmapped, collapse=collapse)
    answer: Follows = fold(analysis, journeys, options)
    return answer


def in_phases(map_: JourneyMap) -> tuple[tuple[str, ...], ...]:
    """Returns the touchpoints of a map, those of one phase together, phases in their order."""
    grouped = [tuple(touch.id for touch in map_.touchpoints if touch.phase == phase.id) for phase in map_.phases]
    return tuple(group for group in grouped if group)


def _pairs(between: Sequence[str | tuple[str, str]] | str) -> tuple[tuple[str, str], ...]:
    return tuple(pair(two, "between") for two in ([between] if isinstance(between, str) else between))
