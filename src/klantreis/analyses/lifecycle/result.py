"""What the lifecycle gives: who is new, returning, resurrected and dormant; how often people are active; how long."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from klantreis.analyses.result import Result, about_dict
from klantreis.stats.intervals import Estimate

EMPTY = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """One day, week (its Monday) or month. `active` = `new` (never active before) + `returning` (also active in the one
    before) + `resurrected` (active earlier, not in the one before). `dormant`: active in the one before and not in this
    one, as a negative number: lost; None while the interval is not over (`complete` False).

    `kept`: returning, of the active of the one before; no value while it is not over. `active_days`: on how many days
    the active were, on average.
    """

    interval: str
    active: int
    new: int
    returning: int
    resurrected: int
    dormant: int | None
    kept: Estimate
    active_days: float | None
    complete: bool


@dataclass(frozen=True, slots=True)
class ActiveDay:
    """One day: how many were active on it, in the 7 days up to it, and in the 30 days up to it.

    None: the data begin later than such a stretch, or the day is not over.
    """

    day: str
    active: int
    week_active: int | None
    month_active: int | None


@dataclass(frozen=True, slots=True)
class Stickiness:
    """How much of a stretch people are active in: `day_of_week` is the active of a day, of those of the 7 days up to
    it (DAU/WAU); `day_of_month` of those of 30 days (DAU/MAU); `week_of_month` (WAU/MAU). n: days it was taken over.

    `spread[d - 1]`: of the people active in a whole week or month, the share active on exactly d days of it.
    """

    day_of_week: Estimate = EMPTY
    day_of_month: Estimate = EMPTY
    week_of_month: Estimate = EMPTY
    spread: tuple[Estimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """A point of a curve: `share` of people for whom it had happened within `days` of their first time."""

    days: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Lifecycle(Result):
    """Everybody's activity over time. `people` were ever active, `again` of them at least twice: the repeat rate.

    `again_within` and `gone_within` are Kaplan-Meier curves: who had not had the time counts for as long as they had.
    `again_days`, `gone_days`: medians in whole days. Someone is *gone* when nothing was heard of them for `silence`
    microseconds; None: not asked.
    """

    unit: str = "week"
    intervals: tuple[Interval, ...] = ()
    days: tuple[ActiveDay, ...] = ()
    stickiness: Stickiness = field(default_factory=Stickiness)
    people: int = 0
    again: int = 0
    repeat_rate: Estimate = EMPTY
    again_within: tuple[Within, ...] = ()
    again_days: Estimate = EMPTY
    silence: int | None = None
    gone: int | None = None
    gone_within: tuple[Within, ...] = ()
    gone_days: Estimate = EMPTY
    events: tuple[str, ...] = ()
    time_zone: str = "UTC"
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Returns the lifecycle in the shape of `schemas/lifecycle.schema.json`."""
        return {
            "unit": self.unit,
            "intervals": [asdict(interval) for interval in self.intervals],
            "days": [asdict(day) for day in self.days],
            "stickiness": asdict(self.stickiness),
            "people": self.people,
            "again": self.again,
            "repeat_rate": asdict(self.repeat_rate),
            "again_within": [asdict(point) for point in self.again_within],
            "again_days": asdict(self.again_days),
            "silence_seconds": None if self.silence is None else self.silence / 1e6,
            "gone": self.gone,
            "gone_within": [asdict(point) for point in self.gone_within],
            "gone_days": asdict(self.gone_days),
            "rules": {"events": list(self.events), "time_zone": self.time_zone},
            "unknown": list(self.unknown),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per interval."""
        return [
            {
                "interval": one.interval,
                "active": one.active,
                "new": one.new,
                "returning": one.returning,
                "resurrected": one.resurrected,
                "dormant": one.dormant,
                "kept": one.kept.value,
                "kept_low": one.kept.low,
                "kept_high": one.kept.high,
                "kept_n": one.kept.n,
                "active_days": one.active_days,
                "complete": one.complete,
            }
            for one in self.intervals
        ]
