"""How long until something happens, when some have not had it yet: Kaplan-Meier curves.

Who has not had it by the time the data (or the window) ends is *censored*: known to have waited at least so long.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from klantreis.stats.intervals import Z95, Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING = 1e-12
"""How far a product of shares can lie above the half that it is: 9/10 * 6/9 * 5/6 is a hair more."""


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan-Meier curve: after `times[i]` a `left[i]` share still waits, between `low[i]` and `high[i]` (95 %).

    `times` are the distinct durations, rising, in the unit they came in; `at_risk` how many waited just before,
    `events` and `censored` how many stopped at that time. `n` all together.
    """

    n: int
    times: Floats
    at_risk: Ints
    events: Ints
    censored: Ints
    left: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> Estimate:
        """Returns the share that still waits after `time`; no value without cases. n: how many waited until then."""
        if not self.n:
            return Estimate(None, 0)
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return Estimate(1.0, self.n, 1.0, 1.0)
        return Estimate(
            float(self.left[place]), int(self.at_risk[place]), float(self.low[place]), float(self.high[place])
        )

    def median(self) -> Estimate:
        """Returns the time at which half has had it, n the events; no value when the curve never falls to a half.

        The interval is where the curve's own interval crosses a half (Brookmeyer & Crowley 1982); a side that never
        does is None.
        """
        return Estimate(
            self._fallen(self.left), int(self.events.sum()), self._fallen(self.low), self._fallen(self.high)
        )

    def _fallen(self, curve: Floats) -> float | None:
        below = np.flatnonzero(curve <= 0.5 + ROUNDING)
        return float(self.times[below[0]]) if len(below) else None


def kaplan_meier(durations: Floats, happened: NDArray[np.bool_], weights: Ints | None = None) -> Survival:
    """Returns the curve of durations (any unit, 0 or more) that ended in the event where `happened`, else censored.

    `weights`: how many cases each row stands for (None: one). At one time events come before censoring. No rows: n 0
    and empty arrays. Sources: Kaplan & Meier (1958), JASA 53:457-481; variance of Greenwood (1926), interval on the
    log(-log) scale (Kalbfleisch & Prentice 2002), as lifelines' KaplanMeierFitter.
    """
    many = np.ones(len(durations), np.int64) if weights is None else weights
    times, place = np.unique(np.asarray(durations, np.float64), return_inverse=True)
    events, censored = np.zeros(len(times), np.int64), np.zeros(len(times), np.int64)
    np.add.at(events, place[happened], many[happened])
    np.add.at(censored, place[~happened], many[~happened])
    gone = np.cumsum(events + censored)
    n = int(gone[-1]) if len(gone) else 0
    at_risk = n - gone + events + censored
    kept = (at_risk > 0) & (events + censored > 0)
    times, at_risk, events, censored = times[kept], at_risk[kept], events[kept], censored[kept]
    return _curve(n, times, (at_risk, events, censored))


def where_it_falls(times: Floats, events: Ints, waited: Floats, beyond: int) -> Survival:
    """Returns the same curve, told only at the times of events, where it falls: so its median is the same.

    `times`: distinct and rising, with how many `events` each; `waited`: how long the censored cases had waited, rising,
    and `beyond` how many more waited longer than any of these; `censored` counts those from a time to the next.
    """
    n = int(events.sum()) + len(waited) + beyond
    before = np.searchsorted(waited, times)
    at_risk = n - before - np.cumsum(events) + events
    return _curve(n, times, (at_risk, events, np.diff(before, append=len(waited))))


def _curve(n: int, times: Floats, counts: tuple[Ints, Ints, Ints]) -> Survival:
    at_risk, events, censored = counts
    left = np.cumprod(1 - events / at_risk, dtype=np.float64)
    low, high = _log_log(left, events, at_risk)
    return Survival(n, times, at_risk, events, censored, left, low, high)


def _log_log(left: Floats, events: Ints, at_risk: Ints) -> tuple[Floats, Floats]:
    """The interval of each share; a share of 1 or 0 has no width on this scale and keeps its own value."""
    inside = (left > 0) & (left < 1)
    alive = np.where(at_risk > events, at_risk * (at_risk - events).astype(np.float64), math.inf)
    greenwood = np.cumsum(events / alive)
    low, high = left.copy(), left.copy()
    log = np.log(left[inside])
    width = Z95 * np.sqrt(greenwood[inside]) / log
    low[inside], high[inside] = np.exp(log * np.exp(-width)), np.exp(log * np.exp(width))
    return low, high
