"""Fit: how well real journeys follow a drawn scenario, and where they deviate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from klantreis.analyses.result import Result
from klantreis.map.path import Path, Sequence
from klantreis.stats.intervals import Estimate

name = "fit"

Kind = Literal["missing", "ad_hoc", "out_of_order", "repeat", "failed"]


@dataclass(frozen=True, slots=True)
class Options:
    """`path`: the drawn way. `scenario`: its id. `phases`: (touchpoint, phase) pairs for the split per phase.
    `unmapped`: 'ignore' events off the map, or 'count' each as a deviation. `only`: the touchpoints in scope; None: all.
    `per_journey`: also keep one row per journey (for small logs and examples).
    """

    path: Path = field(default_factory=lambda: Sequence(()))
    scenario: str = "path"
    phases: tuple[tuple[str, str], ...] = ()
    unmapped: Literal["ignore", "count"] = "ignore"
    only: tuple[str, ...] | None = None
    per_journey: bool = False


@dataclass(frozen=True, slots=True)
class Deviation:
    """One kind of deviation at one touchpoint: moves in total, in how many journeys, by how many people; `share` of
    all scored journeys; `examples` are pseudonymous journey names.
    """

    touchpoint: str
    kind: Kind
    phase: str | None
    moves: int
    journeys: int
    people: int
    share: Estimate
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseFit:
    """The part of the total cost that falls in one phase, and the journeys that deviate in it."""

    phase: str
    cost: int
    journeys: int


@dataclass(frozen=True, slots=True)
class JourneyFit:
    """One journey: its name, cost, fitness (1 = follows exactly) and whether it was still open."""

    journey: str
    cost: int
    fitness: float
    open: bool


@dataclass(frozen=True, slots=True)
class Fit(Result):
    """`conforming` journeys follow the scenario exactly; fitness of a journey = 1 - cost / (events + fewest required);
    `mean_fitness` is over journeys, `pooled_fitness` over all moves. `computed` False with a `why` when the path is
    too wide to align; then all numbers are None or 0.
    """

    scenario: str = "path"
    journeys: int = 0
    open_journeys: int = 0
    conforming: int = 0
    share: Estimate = field(default_factory=lambda: Estimate(None, 0))
    mean_fitness: float | None = None
    pooled_fitness: float | None = None
    cost: int = 0
    deviations: tuple[Deviation, ...] = ()
    phases: tuple[PhaseFit, ...] = ()
    per_journey: tuple[JourneyFit, ...] = ()
    computed: bool = True
    why: str = ""
