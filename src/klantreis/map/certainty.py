"""How sure a map is, cell by cell: what is assumed, observed, measured or confirmed, and what came from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.map.kinds import Origin, Provenance
from klantreis.map.model import JourneyMap
from klantreis.map.people import Persona
from klantreis.map.stages import Phase, Scenario, Step
from klantreis.map.work import Barrier, Need


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled cell of the map: of what (`at`, an id), which, how sure, and where it came from."""

    at: str
    cell: str
    provenance: Provenance
    origin: Origin | None = None

    @property
    def unconfirmed(self) -> bool:
        """Says whether it is still an assumption of a template or of an imported file."""
        return self.origin is not None and self.provenance == "assumed"


def cells(map_: JourneyMap) -> tuple[Filled, ...]:
    """Returns every filled cell of the map, in the order of the document.

    A phase has one cell (its goal), a step one for each of do, think, expect, feel, word, need and image that is
    filled; personas, touchpoints, scenarios, barriers and needs have one each.
    """
    of_phases = [cell for phase in map_.phases for cell in _of_phase(phase)]
    several: tuple[Persona | Scenario | Barrier | Need, ...]
    several = (*map_.personas, *map_.scenarios, *map_.barriers, *map_.needs)
    touches = [Filled(touch.id, "touchpoint", touch.provenance, touch.origin) for touch in map_.touchpoints]
    rest = [Filled(one.id, type(one).__name__.lower(), one.provenance) for one in several]
    return (*of_phases, *touches, *rest)


def shares(map_: JourneyMap) -> dict[Provenance, float]:
    """Returns the share of cells (0 to 1) of each provenance; all zero when the map has no cells."""
    found = cells(map_)
    words: tuple[Provenance, ...] = ("assumed", "observed", "measured", "confirmed")
    count = len(found) or 1
    return {word: sum(cell.provenance == word for cell in found) / count for word in words}


def unconfirmed(map_: JourneyMap) -> float:
    """Returns the share of cells (0 to 1) that are still an assumption of a template or an imported file."""
    found = cells(map_)
    return sum(cell.unconfirmed for cell in found) / (len(found) or 1)


def _of_phase(phase: Phase) -> Iterator[Filled]:
    if phase.goal:
        yield Filled(phase.id, "goal", phase.provenance, phase.origin)
    for step in phase.steps:
        yield from _of_step(step)


def _of_step(step: Step) -> Iterator[Filled]:
    apart = {cell.name: cell for cell in step.cells}
    filled = {
        "do": True,
        "think": bool(step.think),
        "expect": bool(step.expect),
        "feel": step.feel is not None or bool(step.feels),
        "word": bool(step.word),
        "need": bool(step.need),
        "image": step.image is not None,
    }
    for name in (name for name, there in filled.items() if there):
        own = apart.get(name)
        if own is None:
            yield Filled(step.id, name, step.provenance, step.origin)
        else:
            yield Filled(step.id, name, own.provenance, own.origin)
