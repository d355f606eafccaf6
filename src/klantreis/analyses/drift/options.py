"""What drift is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from klantreis.analyses import fit, kpis
from klantreis.stats.calendar import Unit
from klantreis.stats.spread import SECOND

DAY = 86_400 * SECOND


@dataclass(frozen=True, slots=True)
class Options:
    """`unit` of a period. `within`: how long each journey is looked at, in microseconds. `fits`: the paths to follow;
    `kpis`: the KPIs. The rest is known from the data: `time_zone`, and `first`, `last`, `low`, in microseconds.
    """

    unit: Unit = "week"
    within: int = 7 * DAY
    fits: tuple[fit.Options, ...] = ()
    kpis: kpis.Options = field(default_factory=kpis.Options)
    time_zone: str = "UTC"
    first: int = 0
    last: int = 0
    low: int = 0
