"""Funnel: how many get from step to step, within a window, and how long it takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantreis.analyses.result import Result
from klantreis.stats.intervals import Estimate

name = "funnel"


@dataclass(frozen=True, slots=True)
class Options:
    """`steps`: per step its id and the touchpoint ids that count as it. `within`: microseconds from the entry to the
    last step, inclusive; None: no limit. `ties`: 'step' lets events at the same instant convert in step order,
    'strict' asks for strictly later. `entry`: 'any' entry may succeed, or only each unit's 'first'. `grain`: count
    'person's (events of all their journeys together) or 'journey's.
    """

    steps: tuple[tuple[str, tuple[str, ...]], ...]
    within: int | None = None
    ties: Literal["step", "strict", "file"] = "step"
    entry: Literal["any", "first"] = "any"
    order: Literal["ordered", "strict"] = "ordered"
    grain: Literal["person", "journey"] = "person"


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step: `people` who reached it (all entries), `mature` of them whose entry had its whole window in the data,
    `share` of the mature entrants at step 1 that reached this step, `from_previous` of the mature that reached the
    step before, and seconds from the previous step of the matched attempt (quartiles and p90; None when nobody).
    """

    step: str
    people: int
    mature: int
    share: Estimate
    from_previous: Estimate
    q25_seconds: float | None = None
    median_seconds: float | None = None
    q75_seconds: float | None = None
    p90_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Funnel(Result):
    """The steps; `all_people` is everyone in the data, entered or not; `open_entries` people whose entry is immature."""

    steps: tuple[FunnelStep, ...] = ()
    within: int | None = None
    all_people: int = 0
    open_entries: int = 0
    median_seconds: float | None = None
    """From first to last step, of those who got there."""
