"""How many people an opportunity is for: those who met what it takes away."""

from __future__ import annotations

from collections.abc import Mapping

from klantreis.analyses.results import Results
from klantreis.map.model import JourneyMap
from klantreis.map.score import Score, ranked


def met(map_: JourneyMap, results: Results | None) -> Mapping[str, int]:
    """Returns how many people met each barrier: those seen at its touchpoint, or at the most met one of its step.

    Barriers where nothing was measured are left out.
    """
    seen = {one.touchpoint: one.people for one in results.coverage.touchpoints} if results else {}
    steps = {step.id: step.touchpoints for _, step in map_.steps()}
    found = {}
    for barrier in map_.barriers:
        people = [seen[name] for name in (barrier.at, *steps.get(barrier.at, ())) if name in seen]
        if people:
            found[barrier.id] = max(people)
    return found


def scores_of(map_: JourneyMap, results: Results | None) -> Mapping[str, Score]:
    """Returns the score of each opportunity by its id, the best first; reach counts in where it was measured."""
    whole = results.coverage.people if results else 0
    reach = {id_: people / whole for id_, people in met(map_, results).items()} if whole else {}
    return {score.id: score for score in ranked(map_, reach)}
