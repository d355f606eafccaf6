"""Tracks: one line each of how a journey feels and goes, for a scenario, a persona, or what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from klantreis.analyses.results import Results
from klantreis.labels import Language
from klantreis.map.model import JourneyMap, Scenario
from klantreis.map.path import touchpoints
from klantreis.scenes.journey.columns import Column, columns_of
from klantreis.scenes.words import say

MEASURED = "measured"
"""The id of the line that customers told."""
NAMED = 2
"""Up to so many realistic scenarios give the measured line their name."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A feeling (-2 to +2) at one step; `n` answers when it was measured, 0 when it is assumed."""

    value: float
    n: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """One line. `feels` are its feelings by column id; `on` the columns on its route, None when it has no route;
    `shares` the share (0 to 1) of journeys that met each column, where that was measured.
    """

    id: str
    name: str
    feels: Mapping[str, Spot]
    on: frozenset[str] | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


def usual_tracks(map_: JourneyMap, results: Results | None, language: Language) -> tuple[Track, ...]:
    """Returns what a reader most likely wants beside each other.

    The ideal scenario beside what was measured, and any other ideal ones after these; without data all scenarios, the
    ideal first, then the realistic and the future ones; else the personas.
    """
    scenarios = [one for kind in ("ideal", "realistic", "future") for one in map_.scenarios if one.kind == kind]
    ideals = [scenario_track(map_, one, language) for one in scenarios if one.kind == "ideal"]
    if ideals and results is not None:
        return ideals[0], measured_track(map_, results, language), *ideals[1:]
    if len(scenarios) > 1:
        return tuple(scenario_track(map_, one, language) for one in scenarios)
    own = persona_tracks(map_, language)
    if len(own) > 1:
        return own
    return (measured_track(map_, results, language),) if results is not None else own


def scenario_track(map_: JourneyMap, scenario: Scenario, language: Language) -> Track:
    """Returns the assumed feelings of a scenario, at the steps on its route only."""
    columns = columns_of(map_, None, (), persona=scenario.persona, scenario=scenario.id)
    met = frozenset(touchpoints(scenario.path))
    on = frozenset(column.id for column in columns if met & column.ids)
    return Track(scenario.id, scenario.label.shown(language) or scenario.id, _assumed(columns, on), on)


def persona_tracks(map_: JourneyMap, language: Language) -> tuple[Track, ...]:
    """Returns the assumed feelings of each persona, in the order of the map."""
    return tuple(
        Track(one.id, one.label.shown(language) or one.id, _assumed(columns_of(map_, None, (), persona=one.id)))
        for one in map_.personas
    )


def measured_track(map_: JourneyMap, results: Results, language: Language) -> Track:
    """Returns what customers said, with how many journeys met each step; steps nobody told about have no feeling.

    It is called after the realistic scenarios of the map, one or two, and says that it was measured.
    """
    columns = columns_of(map_, results, ())
    feels = {
        column.id: Spot(column.feeling.feel.value, column.feeling.feel.n)
        for column in columns
        if column.feeling and column.feeling.feel.value is not None
    }
    unseen = {touch.id for touch in map_.touchpoints if touch.planned or touch.matcher is None}
    seen = {one.touchpoint: one.journeys for one in results.coverage.touchpoints}
    seen = {id_: journeys for id_, journeys in seen.items() if journeys or id_ not in unseen}
    whole = results.coverage.journeys or 1
    shares = {
        column.id: max(seen[touch.id] for touch in column.touchpoints if touch.id in seen) / whole
        for column in columns
        if any(touch.id in seen for touch in column.touchpoints)
    }
    return Track(MEASURED, _real(map_, language), feels, None, shares)


def _real(map_: JourneyMap, language: Language) -> str:
    real = [one.label.shown(language) or one.id for one in map_.scenarios if one.kind == "realistic"]
    if not 0 < len(real) <= NAMED:
        return say("compare-measured", language)
    return say("compare-measured-of", language, name=" + ".join(real))


def _assumed(columns: Sequence[Column], on: frozenset[str] | None = None) -> dict[str, Spot]:
    return {
        column.id: Spot(column.feel)
        for column in columns
        if column.feel is not None and (on is None or column.id in on)
    }
