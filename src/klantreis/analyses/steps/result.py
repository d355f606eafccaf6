"""The step matrix as a Result: rows of touchpoints, a cell for each step, and what it is a share of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from klantreis.analyses.result import Result, about_dict
from klantreis.analyses.succession import outside
from klantreis.analyses.windows import Anchor, all_names, called, unknown
from klantreis.journeys.model import About
from klantreis.stats.clustered import Clusters, clustered_share
from klantreis.stats.intervals import Estimate, share

NOTHING = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One touchpoint at one step: how often, by how many people, and the share of all that are looked at."""

    step: int
    count: int
    people: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Row:
    """One touchpoint, `start` or `end`, with a cell for every step of the matrix."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """Counted cells as they come from a part: node codes (moved up by two), steps, and (count, people, squares,
    cross).
    """

    nodes: Sequence[int]
    steps: Sequence[int]
    table: Sequence[Sequence[int]]


class Asked(Protocol):
    """What was asked, as far as the Result repeats it."""

    @property
    def anchor(self) -> Anchor:
        """Touchpoints of step 0."""

    @property
    def occurrence(self) -> str:
        """Which of them in a journey."""

    @property
    def unmapped(self) -> bool:
        """Whether events off the map are there."""


@dataclass(frozen=True, slots=True)
class StepMatrix(Result):
    """`table`: a row per touchpoint, most visited first, then `start` (not begun) and `end` (over). Every step's
    shares are of `of`, the windows: journeys, or places where the anchor was met. `journeys` and `people` have such a
    window, of `all_journeys` and `all_people` in the data.
    """

    steps: tuple[int, ...] = ()
    table: tuple[Row, ...] = ()
    of: int = 0
    journeys: int = 0
    people: int = 0
    all_journeys: int = 0
    all_people: int = 0
    anchor: str = "start"
    occurrence: str = "first"
    start: str = "start"
    end: str = "end"
    unknown: tuple[str, ...] = ()
    transforms: tuple[int, int, int] = (0, 0, 0)
    """Events off the map left out, journeys left out with nothing on the map, repeats in a row collapsed."""

    @property
    def reach(self) -> Estimate:
        """Returns the share of all people who have a window, with its interval."""
        return share(self.people, self.all_people)

    def to_dict(self) -> dict[str, Any]:
        """Returns the matrix in the shape of `schemas/steps.schema.json`."""
        return {
            "steps": list(self.steps),
            "touchpoints": [_row_dict(row) for row in self.table],
            "of": self.of,
            "journeys": self.journeys,
            "people": self.people,
            "all_journeys": self.all_journeys,
            "all_people": self.all_people,
            "reach": self.reach.to_dict(),
            "anchor": self.anchor,
            "occurrence": self.occurrence,
            "start": self.start,
            "end": self.end,
            "unknown": list(self.unknown),
            "transforms": dict(
                zip(("unmapped_left_out", "journeys_left_out", "collapsed"), self.transforms, strict=True)
            ),
            "about": about_dict(self.about),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Returns one row per touchpoint and step: touchpoint, step, count, people, share, share_low, share_high."""
        return [{"touchpoint": row.id, **_flat(cell)} for row in self.table for cell in row.cells]


def listed(totals: list[int], cells: Cells, steps: range, options: Asked, about: About) -> StepMatrix:
    """Returns the Result from totals and cells, touchpoints in order of how often they are met in the matrix."""
    journeys, people, of, with_one, who, squares, *transforms = totals
    clusters = Clusters(of, who, squares)
    counted: dict[int, dict[int, Sequence[int]]] = {}
    for node, step, row in zip(cells.nodes, cells.steps, cells.table, strict=True):
        counted.setdefault(node, {})[step] = row
    names = all_names(about.names, [node - 2 for node in counted if node >= 2])
    start, end = outside("start", about.names), outside("end", about.names)
    called_ = {node: names.get(node - 2, start if node == 0 else end) for node in counted}
    ranked = sorted(counted, key=lambda node: (node < 2, node if node < 2 else 0, -_met(counted[node]), called_[node]))
    return StepMatrix(
        about=about,
        steps=tuple(steps) if of else (),
        table=tuple(Row(called_[node], _cells(counted[node], steps, clusters)) for node in ranked),
        of=of,
        journeys=with_one,
        people=who,
        all_journeys=journeys,
        all_people=people,
        anchor=called(options.anchor, start),
        occurrence=options.occurrence,
        start=start,
        end=end,
        unknown=unknown(about.names, options.anchor, unmapped=options.unmapped),
        transforms=(transforms[0], transforms[1], transforms[2]),
    )


def _met(cells: dict[int, Sequence[int]]) -> int:
    return sum(row[0] for row in cells.values())


def _cells(found: dict[int, Sequence[int]], steps: range, clusters: Clusters) -> tuple[Cell, ...]:
    made = []
    for step in steps:
        count, people, squares, cross = found.get(step, NOTHING)
        made.append(Cell(step, count, people, clustered_share(count, clusters, squares, cross)))
    return tuple(made)


def _flat(cell: Cell) -> dict[str, Any]:
    low, high = cell.share.low, cell.share.high
    return {
        "step": cell.step,
        "count": cell.count,
        "people": cell.people,
        "share": cell.share.value,
        "share_low": low,
        "share_high": high,
    }


def _row_dict(row: Row) -> dict[str, Any]:
    return {"touchpoint": row.id, "cells": [_flat(cell) for cell in row.cells]}
