"""Checks of scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap
from klantreis.map.path import touchpoints as met_on


def no_ideal_scenario(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Without an ideal scenario no journey can be compared with how it should go.

    Fires:

        touchpoints: {kassa: {phase: aankoop, match: order_paid}}

    Does not fire:

        touchpoints: {kassa: {phase: aankoop, match: order_paid}}
        scenarios: {ideaal: {kind: ideal, path: [kassa]}}
    """
    if not any(scenario.kind == "ideal" for scenario in map_.scenarios):
        yield Remark(
            None,
            Label("Er is geen ideaal scenario", "There is no ideal scenario"),
            Label("Echte reizen worden daarom nergens mee vergeleken.", "Real journeys are compared with nothing."),
            Label("Voeg 'scenarios: {ideaal: {kind: ideal, path: [...]}}' toe.", "Add 'scenarios: {ideal: {...}}'."),
        )


def path_over_planned(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A path of today over a touchpoint that does not exist yet; only future scenarios may.

    Fires:

        touchpoints: {maathulp: {phase: afweging, planned: true}}
        scenarios: {ideaal: {kind: ideal, path: [maathulp]}}

    Does not fire:

        touchpoints: {maathulp: {phase: afweging, planned: true}}
        scenarios: {straks: {kind: future, path: [maathulp]}}
    """
    planned = {touch.id for touch in map_.touchpoints if touch.planned}
    for scenario in map_.scenarios:
        over = [name for name in met_on(scenario.path) if name in planned]
        if over and scenario.kind != "future":
            names = ", ".join(over)
            yield Remark(
                scenario.id,
                Label(
                    f"Het scenario '{scenario.id}' gaat langs iets dat er nog niet is: {names}",
                    f"The scenario '{scenario.id}' passes what is not there yet: {names}",
                ),
                advice=Label(
                    "Maak er 'kind: future' van, of haal 'planned' weg.", "Make it 'kind: future', or drop 'planned'."
                ),
            )


def scenario_without_thoughts(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A scenario of which nobody says what customers think or expect on the way.

    What they do is half of the story. Fires when no step on the path has a thought, or none has an expectation.

    Fires:

        phases: {aankoop: {kassa: {do: Ik betaal}}}
        scenarios: {echt: {kind: realistic, path: [kassa]}}

    Does not fire:

        phases: {aankoop: {kassa: {do: Ik betaal, think: Jammer van het geld, expect: Even pinnen en klaar}}}
        scenarios: {echt: {kind: realistic, path: [kassa]}}
    """
    for scenario in map_.scenarios:
        met = set(met_on(scenario.path))
        steps = [step for _, step in map_.steps() if met.intersection((step.id, *step.touchpoints))]
        missing = [key for key in ("think", "expect") if steps and not any(getattr(step, key) for step in steps)]
        if missing:
            keys = ", ".join(missing)
            yield Remark(
                scenario.id,
                Label(
                    f"Wat gaat er om in wie '{scenario.id}' loopt?",
                    f"What goes on in the minds of who walks '{scenario.id}'?",
                ),
                Label(f"Geen stap op dit pad heeft: {keys}.", f"No step on this path has: {keys}."),
                Label("Schrijf bij de stappen wat klanten denken en verwachten.", "Write it with the steps."),
            )


CHECKS = (
    Check("hint", no_ideal_scenario),
    Check("warning", path_over_planned),
    Check("hint", scenario_without_thoughts),
)
