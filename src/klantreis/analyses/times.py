"""Times: how long journeys, phases and the ways between touchpoints take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.analyses.result import Result

name = "times"


@dataclass(frozen=True, slots=True)
class Options:
    """`phases`: (touchpoint, phase) pairs, phases in the order of the map. Empty: no time per phase."""

    phases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Duration:
    """A spread of durations in seconds. `exact` False: quantiles come from a histogram (within 0.4 %).

    kind 'journey' (first to last touch), 'phase' (first touch in `source` to first touch in a later phase, or to the
    last touch when none follows), 'between' (`source` directly followed by `target`).
    """

    kind: Literal["journey", "phase", "between"]
    source: str | None
    target: str | None
    n: int
    min: float | None = None
    q25: float | None = None
    median: float | None = None
    q75: float | None = None
    p90: float | None = None
    max: float | None = None
    mean: float | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Times(Result):
    """One `Duration` for the whole journey, one per phase, one per touchpoint pair (most frequent first)."""

    journey: Duration = field(default_factory=lambda: Duration("journey", None, None, 0))
    phases: tuple[Duration, ...] = ()
    between: tuple[Duration, ...] = ()
