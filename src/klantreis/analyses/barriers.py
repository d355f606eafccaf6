"""`Barrier`: what gets in the way of customers, as measured: reach, severity, money at stake, examples, status.

The barrier that a map draws is a claim; a measured one is what was seen, whether anybody drew it or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from klantreis.map.model import JourneyMap
from klantreis.stats.intervals import Estimate

Status = Literal["unknown", "new", "drawn", "idea", "planned", "testing", "shipped", "rejected"]
"""'unknown': no map was asked. 'new': no barrier is drawn there. 'drawn': one is, without an opportunity that takes it
away. Else how far the furthest opportunity is that does."""

FURTHEST = ("shipped", "testing", "planned", "idea", "rejected")


NOT_COMPARED = Estimate(None, 0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The barriers that a map draws at a touchpoint, and what is done about them."""

    barriers: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Barrier:
    """One thing that gets in the way, at the touchpoint, event, channel or word `at`.

    `reach` is the share of units that meet it, `people` how many do. `severity` is how much lower the share that
    reaches the outcome is with it than without (0 to 1, a difference; no value: not to be compared). `at_most` is the
    money at stake, in the currency: people x severity x the mean value of a success. An upper bound, as if all of the
    difference were due to this and could be won back; None when no values are known or the difference is not sure.
    `severity_feel` is how much lower those who meet it score than others, in points of -2 to +2 (no value: not asked).
    """

    kind: str
    at: str
    people: int
    reach: Estimate
    severity: Estimate
    at_most: float | None = None
    examples: tuple[str, ...] = ()
    status: Status = "unknown"
    drawn: tuple[str, ...] = ()
    """The barriers that the map draws there."""
    severity_feel: Estimate = NOT_COMPARED

    def to_dict(self) -> dict[str, Any]:
        """Returns the barrier as plain values, as every schema of an analysis with barriers has it."""
        return {
            "kind": self.kind,
            "at": self.at,
            "people": self.people,
            "reach": self.reach.to_dict(),
            "severity": self.severity.to_dict(),
            "severity_feel": self.severity_feel.to_dict(),
            "at_most": self.at_most,
            "examples": list(self.examples),
            "status": self.status,
            "drawn": list(self.drawn),
        }


def drawn(map_: JourneyMap) -> tuple[tuple[str, Drawn], ...]:
    """Returns, per touchpoint of a map, the barriers drawn at it or at a step that uses it; empty where none is."""
    return tuple((touch.id, _drawn(map_, touch.id)) for touch in map_.touchpoints)


def placed(barrier: Barrier, on_map: Mapping[str, Drawn] | None) -> Barrier:
    """Returns the barrier with its status; `on_map` None: there is no map."""
    if on_map is None:
        return barrier
    found = on_map.get(barrier.at, Drawn((), "new"))
    return replace(barrier, status=found.status, drawn=found.barriers)


def at_stake(people: int, severity: Estimate, value: float | None) -> float | None:
    """Returns people x lost share x value of a success; None when a value is missing or the loss is not sure."""
    if value is None or severity.value is None or severity.low is None or severity.low <= 0:
        return None
    return people * severity.value * value


def _drawn(map_: JourneyMap, touchpoint: str) -> Drawn:
    steps = {step.id for _, step in map_.steps() if touchpoint in step.touchpoints}
    here = tuple(one.id for one in map_.barriers if one.at == touchpoint or one.at in steps)
    ideas = {idea.status for idea in map_.opportunities if set(idea.solves) & set(here)}
    furthest = next((status for status in FURTHEST if status in ideas), None)
    if furthest is None:
        return Drawn(here, "drawn" if here else "new")
    return Drawn(here, furthest)
