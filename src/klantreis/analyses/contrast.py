"""Two groups beside each other, cell by cell: the share in each, and the difference with its interval.

The contract of every analysis that can be compared. The groups must be different people (two segments that do not
overlap, two files): the interval takes them as independent. Each interval is 95 % by itself; of a hundred cells without
any difference, about five seem sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from klantreis.analyses.result import Result, about_dict
from klantreis.stats.clustered import gap
from klantreis.stats.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Gap:
    """One cell: a touchpoint at a step, or on the way to another (`target`); its share in both groups; `difference` is
    the first minus the second, `sure` when its interval does not hold 0.
    """

    touchpoint: str
    target: str | None
    step: int | None
    one: Estimate
    other: Estimate
    difference: Estimate

    @property
    def sure(self) -> bool:
        """Whether the interval of the difference does not hold 0."""
        low, high = self.difference.low, self.difference.high
        return low is not None and high is not None and (low > 0 or high < 0)


@dataclass(frozen=True, slots=True)
class Contrast(Result):
    """`gaps`, in the order of the picture. `kind`: what the cells are of, 'steps' (share of journeys at a touchpoint at
    a step) or 'follows' (share of people who go directly from one to the next). `names`: of the first and the second
    group, with `n` cases each.
    """

    kind: Literal["steps", "follows"] = "steps"
    names: tuple[str, str] = ("one", "other")
    n: tuple[int, int] = (0, 0)
    gaps: tuple[Gap, ...] = ()
    anchor: str = "start"
    start: str = "start"
    end: str = "end"

    def to_dict(self) -> dict[str, Any]:
        """Returns the comparison in the shape of `schemas/contrast.schema.json`."""
        return {
            "kind": self.kind,
            "names": list(self.names),
            "n": list(self.n),
            "anchor": self.anchor,
            "cells": [_cell(one) for one in self.gaps],
            "start": self.start,
            "end": self.end,
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per cell: touchpoint, to, step, one, other, difference with low and high, sure."""
        return [
            {
                "touchpoint": cell.touchpoint,
                "to": cell.target,
                "step": cell.step,
                "one": cell.one.value,
                "other": cell.other.value,
                "difference": cell.difference.value,
                "difference_low": cell.difference.low,
                "difference_high": cell.difference.high,
                "sure": cell.sure,
            }
            for cell in self.gaps
        ]


def gap_at(place: tuple[str, str | None, int | None], one: Estimate, other: Estimate) -> Gap:
    """Returns the cell of a place (touchpoint, target, step) from its share in both groups."""
    return Gap(*place, one, other, gap(one, other))


def _cell(cell: Gap) -> dict[str, Any]:
    return {
        "touchpoint": cell.touchpoint,
        "to": cell.target,
        "step": cell.step,
        "one": cell.one.to_dict(),
        "other": cell.other.to_dict(),
        "difference": cell.difference.to_dict(),
        "sure": cell.sure,
    }
