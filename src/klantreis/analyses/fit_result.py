"""`Fit`: the Result of the fit analysis, and the rows it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from klantreis.analyses.result import Result, about_dict
from klantreis.stats.intervals import Estimate

Kind = Literal["missing", "ad_hoc", "out_of_order", "repeat", "failed"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One kind of deviation at one touchpoint: moves in total, in how many journeys, by how many people; `share` of
    all scored journeys; `examples` are pseudonymous journey names.

    One that is out of order is two moves. The moves of all deviations but `failed` ones add up to the cost.
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
    too wide to align; then all numbers are None or 0. `too_long` journeys hold more events than can be aligned: they
    are not among the `journeys`.
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
    too_long: int = 0

    def part(self, phase: PhaseFit) -> float | None:
        """Returns the share of the cost of all phases that falls in one, 0 to 1; None when there is no cost."""
        total = sum(one.cost for one in self.phases)
        return phase.cost / total if total else None

    def to_dict(self) -> dict[str, Any]:
        """Returns the result as plain values, in the shape of `schemas/fit.schema.json`."""
        return {
            "scenario": self.scenario,
            "journeys": self.journeys,
            "open_journeys": self.open_journeys,
            "conforming": self.conforming,
            "share": self.share.to_dict(),
            "mean_fitness": self.mean_fitness,
            "pooled_fitness": self.pooled_fitness,
            "cost": self.cost,
            "deviations": [_deviation(found) for found in self.deviations],
            "phases": [
                {"phase": one.phase, "cost": one.cost, "share": self.part(one), "journeys": one.journeys}
                for one in self.phases
            ],
            "per_journey": [
                {"journey": one.journey, "cost": one.cost, "fitness": one.fitness, "open": one.open}
                for one in self.per_journey
            ],
            "too_long": self.too_long,
            "computed": self.computed,
            "why": self.why,
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per deviation, most journeys first; an empty list when every journey fits."""
        return [
            {
                "touchpoint": found.touchpoint,
                "kind": found.kind,
                "phase": found.phase,
                "moves": found.moves,
                "journeys": found.journeys,
                "people": found.people,
                "share": found.share.value,
                "share_low": found.share.low,
                "share_high": found.share.high,
            }
            for found in self.deviations
        ]


def _deviation(found: Deviation) -> dict[str, Any]:
    return {
        "touchpoint": found.touchpoint,
        "kind": found.kind,
        "phase": found.phase,
        "moves": found.moves,
        "journeys": found.journeys,
        "people": found.people,
        "share": found.share.to_dict(),
        "examples": list(found.examples),
    }
