"""Checks of phases and steps."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap, Phase, PhaseClass

AFTER_SALES: set[PhaseClass] = {"US", "SE", "LO", "AD"}


def phase_without_kpi(map_: JourneyMap) -> Iterator[Finding]:
    """A phase that nothing measures cannot be steered; a KPI counts for the phase of the place it names."""
    homes = {touch.id: touch.phase for touch in map_.touchpoints}
    homes |= {step.id: phase.id for phase, step in map_.steps()} | {phase.id: phase.id for phase in map_.phases}
    measured = {kpi.phase or homes.get(kpi.at or kpi.end or kpi.start or "") for kpi in map_.kpis}
    for phase in map_.phases:
        if phase.id not in measured:
            yield Finding(
                "phase-without-kpi",
                "hint",
                map_.place(phase.id),
                Label(f"De fase '{phase.id}' heeft geen KPI", f"The phase '{phase.id}' has no KPI"),
                advice=Label(
                    f"Voeg onder kpis iets toe als '{{phase: {phase.id}, metric: people}}'.",
                    f"Add something like '{{phase: {phase.id}, metric: people}}' under kpis.",
                ),
            )


def phase_without_joy(map_: JourneyMap) -> Iterator[Finding]:
    """A phase where nothing feels better than neutral; phases without steps are left alone."""
    for phase in map_.phases:
        if phase.steps and not _joyful(map_, phase):
            yield Finding(
                "phase-without-positive-contact",
                "hint",
                map_.place(phase.id),
                Label(f"Niets in de fase '{phase.id}' voelt goed", f"Nothing in the phase '{phase.id}' feels good"),
                Label(
                    "Geen stap heeft een gevoel boven nul en geen contactmoment verrast.",
                    "No step feels better than neutral and no touchpoint delights.",
                ),
                Label(
                    "Wat geef je hier extra? Zet er 'delight: true' bij.", "What extra do you give? Mark it 'delight'."
                ),
            )


def no_after_sales(map_: JourneyMap) -> Iterator[Finding]:
    """A purchase that ends at the till: the map stops too early."""
    known = {klass for phase in map_.phases for klass in phase.classes}
    if map_.type == "purchase" and known and not known & AFTER_SALES:
        yield Finding(
            "no-after-sales",
            "hint",
            map_.place(),
            Label("De kaart stopt bij de aankoop", "The map stops at the purchase"),
            Label("Gebruik, service en loyaliteit ontbreken.", "Use, service and loyalty are missing."),
            Label("Voeg een fase toe met class: US, SE of LO.", "Add a phase with class: US, SE or LO."),
        )


def one_word_for_two(map_: JourneyMap) -> Iterator[Finding]:
    """A phase and a step or touchpoint with the same id: results and pictures cannot tell them apart."""
    others = {touch.id for touch in map_.touchpoints} | {step.id for _, step in map_.steps()}
    for phase in map_.phases:
        if phase.id in others:
            yield Finding(
                "one-id-for-two",
                "warning",
                map_.place(phase.id),
                Label(
                    f"'{phase.id}' is een fase en ook een stap of contactmoment",
                    f"'{phase.id}' is a phase and a step or touchpoint as well",
                ),
                advice=Label("Geef de stap een eigen woord.", "Give the step a word of its own."),
            )


def _joyful(map_: JourneyMap, phase: Phase) -> bool:
    delights = any(touch.delight for touch in map_.touchpoints if touch.phase == phase.id)
    return delights or any(step.delight or (step.feel or 0) > 0 for step in phase.steps)


CHECKS = (phase_without_kpi, phase_without_joy, no_after_sales, one_word_for_two)
