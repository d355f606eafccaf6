"""What drift tells: every measure as a series of periods, with limits, alarm and change points; and the mixes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from klantreis.analyses.result import Result, about_dict
from klantreis.labels import Label
from klantreis.stats.changes import ChangePoint
from klantreis.stats.control import Control
from klantreis.stats.intervals import Estimate

NONE = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class Series:
    """One measure per period, in the order of `Drift.periods`. `kind`: 'fit' (share of journeys that follow the
    scenario `id`) or 'kpi'. `difference`: the newest period minus the one before. `control`: the limits for the newest
    from all periods before it, None with fewer than 5 of them. `alarm`: it lies outside, and that is no chance among
    all that was tested. `changes`: where the series goes on at another level.
    """

    kind: Literal["fit", "kpi"]
    id: str
    unit: str
    values: tuple[Estimate, ...]
    difference: Estimate = NONE
    control: Control | None = None
    alarm: bool = False
    changes: tuple[ChangePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """One kind of a mix: its share of the period before and of the newest. `kind` is a channel or a touchpoint, or the
    touchpoints of a way; empty for none, and for the small kinds together when `rest`.
    """

    kind: tuple[str, ...]
    before: float
    now: float
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Mix:
    """One mix: 'routes', 'touchpoints' or 'channels' (of the first touch). `distance`: total variation between the
    newest period and the one before; `by_chance`: what chance alone gives. `distances`: the same for every period
    against the one before it. `p` None: fewer than 6 distances before the newest. `moved`: the kinds, most moved first.
    """

    id: str
    distance: Estimate
    by_chance: float
    distances: tuple[float | None, ...]
    p: float | None = None
    alarm: bool = False
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift(Result):
    """`periods` by the day a journey began, whole ones only whose journeys had their time (`within_seconds`);
    `journeys` in each. `waiting`: periods that are not told yet, too young or cut short. `why`: why nothing is told.
    """

    unit: str = "week"
    periods: tuple[str, ...] = ()
    journeys: tuple[int, ...] = ()
    within_seconds: float = 0.0
    series: tuple[Series, ...] = ()
    mixes: tuple[Mix, ...] = ()
    waiting: int = 0
    why: Label = field(default_factory=Label)

    @property
    def alarms(self) -> tuple[Series | Mix, ...]:
        """What raises the alarm in the newest period."""
        return (*(one for one in self.series if one.alarm), *(one for one in self.mixes if one.alarm))

    def to_dict(self) -> dict[str, Any]:
        """Returns the result in the shape of `schemas/drift.schema.json`."""
        return {
            "unit": self.unit,
            "periods": list(self.periods),
            "journeys": list(self.journeys),
            "within_seconds": self.within_seconds,
            "series": [_series(one, self.periods) for one in self.series],
            "mixes": [_mix(one) for one in self.mixes],
            "waiting": self.waiting,
            "why": {"nl": self.why.nl, "en": self.why.en} if self.why else None,
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per measure and period: kind, id, period, value, low, high, n, alarm, changed."""
        return [
            {
                "kind": one.kind,
                "id": one.id,
                "period": period,
                "value": value.value,
                "low": value.low,
                "high": value.high,
                "n": value.n,
                "alarm": one.alarm and place == len(self.periods) - 1,
                "changed": any(change.at == place for change in one.changes),
            }
            for one in self.series
            for place, (period, value) in enumerate(zip(self.periods, one.values, strict=True))
        ]


def _series(one: Series, periods: tuple[str, ...]) -> dict[str, Any]:
    limits = one.control
    return {
        "kind": one.kind,
        "id": one.id,
        "unit": one.unit,
        "values": [value.to_dict() for value in one.values],
        "difference": one.difference.to_dict(),
        "control": None
        if limits is None
        else {"level": limits.level, "low": limits.low, "high": limits.high, "p": limits.p, "n": limits.n},
        "alarm": one.alarm,
        "changes": [
            {"period": periods[found.at], "before": found.before, "after": found.after, "gap": found.gap.to_dict()}
            for found in one.changes
        ],
    }


def _mix(one: Mix) -> dict[str, Any]:
    return {
        "id": one.id,
        "distance": one.distance.to_dict(),
        "by_chance": one.by_chance,
        "distances": list(one.distances),
        "p": one.p,
        "alarm": one.alarm,
        "moved": [
            {"kind": list(kind.kind), "before": kind.before, "now": kind.now, "rest": kind.rest} for kind in one.moved
        ],
    }
