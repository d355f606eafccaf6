"""What all slides say: the curve in a sentence, what was measured, and the words of the drawings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klantreis.labels import Label
from klantreis.report import Report

WORDS = {
    "feel": Label("Gevoel", "Feeling"),
    "curve": Label("Curve van het gevoel over {n} stappen. {said}", "Curve of feeling over {n} steps. {said}"),
    "point": Label("Gevoel bij {step}: {value}", "Feeling at {step}: {value}"),
    "mot-confirmed": Label("Moment van de waarheid", "Moment of truth"),
    "mot-suggested": Label("Mogelijk moment van de waarheid", "Possible moment of truth"),
    "empty": Label("Nog geen stappen", "No steps yet"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What all slides say: the curve in a sentence, what was measured, and in which other phase model it is shown."""

    described: str
    measured: Mapping[str, tuple[float, int]]
    seen_as: str = ""


def measured_of(report: Report) -> dict[str, tuple[float, int]]:
    """Returns by step or touchpoint the measured feeling and how many answers; too few of them: not there."""
    if report.results is None:
        return {}
    found: dict[str, tuple[float, int]] = {}
    owner = {touch: step.id for _, step in report.map.steps() for touch in step.touchpoints}
    for one in sorted(report.results.emotion.feelings, key=lambda one: one.feel.n):
        if one.enough and one.on_curve and one.feel.value is not None:
            found[owner.get(one.touchpoint, one.touchpoint)] = (one.feel.value, one.feel.n)
    return found
