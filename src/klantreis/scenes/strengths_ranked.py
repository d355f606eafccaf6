"""Which steps of a journey are strong and which are weak, measured ones first."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.map.kinds import GRAVEST_FIRST
from klantreis.map.model import Barrier
from klantreis.scenes.journey.columns import Column
from klantreis.scenes.journey.sheet import Sheet

MOST = 5
"""How many steps a side has at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One step as it stands: its column, phase in words, the value it is ranked by, and the barriers at it."""

    column: Column
    phase: str
    value: float | None
    barriers: tuple[Barrier, ...]

    @property
    def measured(self) -> bool:
        """Says whether customers said so, and enough of them."""
        return self.column.feeling is not None


def strong(sheet: Sheet, most: int = MOST) -> tuple[Standing, ...]:
    """Returns the steps that feel best, at most `most`: measured ones first, then the highest, then as they stand.

    A step where a barrier makes customers leave is weak, however it feels to who stays.
    """
    found = [one for one in standings(sheet) if one.value is not None and one.value > 0 and _severity(one)]
    return tuple(sorted(found, key=lambda one: (not one.measured, -(one.value or 0)))[:most])


def weak(sheet: Sheet, most: int = MOST) -> tuple[Standing, ...]:
    """Returns the steps that feel worst or make customers leave, at most `most`.

    Measured ones first, then the lowest, then the most severe barrier, then as they stand.
    """
    found = [one for one in standings(sheet) if (one.value or 0) < 0 or _severity(one) == 0]
    return tuple(sorted(found, key=lambda one: (not one.measured, one.value or 0, _severity(one)))[:most])


def standings(sheet: Sheet) -> list[Standing]:
    """Returns every step that is there, as it stands, in the order of the journey."""
    phases = {phase.id: sheet.text(phase.label) or phase.id for phase in sheet.map.phases}
    found = []
    for column in sheet.columns:
        if column.planned:
            continue
        value = column.feeling.feel.value if column.feeling else column.feel
        here = [barrier for barrier in sheet.map.barriers if barrier.at in column.ids]
        barriers = tuple(sorted(here, key=lambda one: GRAVEST_FIRST.index(one.severity)))
        found.append(Standing(column, phases.get(column.phase, column.phase), value, barriers))
    return found


def _severity(one: Standing) -> int:
    return min((GRAVEST_FIRST.index(barrier.severity) for barrier in one.barriers), default=len(GRAVEST_FIRST))
