"""Checks of scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.path import touchpoints as met_on


def no_ideal(map_: JourneyMap) -> Iterator[Finding]:
    """Without an ideal scenario no journey can be compared with how it should go."""
    if not any(scenario.kind == "ideal" for scenario in map_.scenarios):
        yield Finding(
            "no-ideal-scenario",
            "hint",
            map_.place(),
            Label("Er is geen ideaal scenario", "There is no ideal scenario"),
            Label("Echte reizen worden daarom nergens mee vergeleken.", "Real journeys are compared with nothing."),
            Label("Voeg 'scenarios: {ideaal: {kind: ideal, path: [...]}}' toe.", "Add 'scenarios: {ideal: {...}}'."),
        )


def path_over_planned(map_: JourneyMap) -> Iterator[Finding]:
    """A path of today over a touchpoint that does not exist yet; only future scenarios may."""
    planned = {touch.id for touch in map_.touchpoints if touch.planned}
    for scenario in map_.scenarios:
        over = [name for name in met_on(scenario.path) if name in planned]
        if over and scenario.kind != "future":
            names = ", ".join(over)
            yield Finding(
                "path-over-planned",
                "warning",
                map_.place(scenario.id),
                Label(
                    f"Het scenario '{scenario.id}' gaat langs iets dat er nog niet is: {names}",
                    f"The scenario '{scenario.id}' passes what is not there yet: {names}",
                ),
                advice=Label(
                    "Maak er 'kind: future' van, of haal 'planned' weg.", "Make it 'kind: future', or drop 'planned'."
                ),
            )


CHECKS = (no_ideal, path_over_planned)
