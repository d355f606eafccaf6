"""How much of a map is known: which cells are measured, observed, or only assumed."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Ground:
    """Counts of filled cells. A cell confirmed by people counts as observed; what data tells counts as measured."""

    measured: int = 0
    observed: int = 0
    assumed: int = 0

    @property
    def cells(self) -> int:
        """All filled cells."""
        return self.measured + self.observed + self.assumed


def ground_of(sheet: Sheet) -> Ground:
    """Returns the ground of each filled cell: contact, feeling, thought, expectation; barriers; KPIs."""
    kinds: list[str] = []
    seen = seen_people(sheet)
    for column in sheet.columns:
        if column.proposed is None:
            kinds += _column(column, seen)
    kinds += [barrier.provenance for barrier in sheet.map.barriers]
    valued = (
        {value.kpi for value in sheet.results.kpis.values if value.estimate.value is not None}
        if sheet.results
        else set()
    )
    kinds += ["measured" if kpi.id in valued else "assumed" for kpi in sheet.map.kpis]
    counts = {kind: kinds.count(kind) for kind in ("measured", "observed", "confirmed", "assumed")}
    return Ground(counts["measured"], counts["observed"] + counts["confirmed"], counts["assumed"])


def seen_people(sheet: Sheet) -> dict[str, int]:
    """Returns how many persons met each touchpoint that has a matcher; empty when nothing was measured."""
    return {seen.touchpoint: seen.people for seen in sheet.results.coverage.touchpoints} if sheet.results else {}


def _column(column: Column, seen: dict[str, int]) -> list[str]:
    kinds = ["measured" if seen.get(touch.id) else _not_measured(touch.provenance) for touch in column.touchpoints]
    step = column.step
    if column.feeling is not None:
        kinds.append("measured")
    elif step is not None and step.feel is not None:
        kinds.append(_not_measured(step.provenance))
    if step is not None:
        kinds += [_not_measured(step.provenance) for said in (step.think, step.expect) if said]
    return kinds


def _not_measured(provenance: str) -> str:
    """What a person wrote down as measured stands on a measurement outside this data: it counts as observed."""
    return "observed" if provenance == "measured" else provenance
