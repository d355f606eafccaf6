"""How long each phase takes: the measured median, else what the map expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klantreis.analyses.results import Results
from klantreis.map.model import JourneyMap


@dataclass(frozen=True, slots=True)
class Spell:
    """The time in a phase, in seconds; `n` is over how many journeys it was measured, 0 when it is only expected.
    `onward`: of those who went on to a later phase; False: of all who were there.
    """

    seconds: float
    n: int = 0
    onward: bool = False


def spells_of(map_: JourneyMap, results: Results | None) -> Mapping[str, Spell]:
    """Returns the spell of each phase by id; a phase about which nothing is known has none.

    A measured median goes before the time that was expected; that of who went on before that of all, among whom those
    who stopped at their first touch took no time.
    """
    times = () if results is None else (*results.times.phases, *results.times.onward)
    timed = {one.source: one for one in times if one.n}
    found: dict[str, Spell] = {}
    for phase in map_.phases:
        duration = timed.get(phase.id)
        if duration is not None and duration.median is not None:
            found[phase.id] = Spell(duration.median, duration.n, duration.kind == "onward")
        elif phase.expected_seconds is not None:
            found[phase.id] = Spell(phase.expected_seconds)
    return found


def scaled(needs: Mapping[str, float], spells: Mapping[str, Spell], room: float) -> tuple[Mapping[str, float], float]:
    """Returns how wide each phase is when time runs evenly, and how many seconds a pixel is (0: nothing is to scale).

    `needs` is the least width of each phase; phases whose time asks less keep that and share no scale. What is left
    of `room` is shared by time among the others.
    """
    kept = {id_ for id_ in needs if id_ not in spells}
    while True:
        free = [id_ for id_ in needs if id_ not in kept]
        left = room - sum(needs[id_] for id_ in kept)
        whole = sum(spells[id_].seconds for id_ in free)
        if not free or left <= 0 or whole < 1e-6:
            return dict(needs), 0.0
        per_pixel = whole / left
        small = {id_ for id_ in free if spells[id_].seconds / per_pixel < needs[id_] - 1e-6}
        if not small:
            wide = {id_: needs[id_] if id_ in kept else spells[id_].seconds / per_pixel for id_ in needs}
            return wide, per_pixel
        kept |= small
