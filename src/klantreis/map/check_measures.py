"""Checks of KPIs, surveys and segments."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import JourneyMap


def kpi_without_target(map_: JourneyMap) -> Iterator[Finding]:
    """A number without a target cannot be good or bad."""
    for kpi in map_.kpis:
        if kpi.target is None:
            yield Finding(
                "kpi-without-target",
                "hint",
                map_.place(kpi.id),
                Label(f"De KPI '{kpi.id}' heeft geen doel", f"The KPI '{kpi.id}' has no target"),
                advice=Label(
                    "Voeg toe wat goed genoeg is, zoals 'target: \">= 3%\"'.", "Add 'target: \">= 3%\"' or the like."
                ),
            )


def segment_unused(map_: JourneyMap) -> Iterator[Finding]:
    """A segment that no KPI and no persona uses."""
    used = {name for kpi in map_.kpis for name in kpi.by} | {one.segment for one in map_.personas}
    for segment in map_.segments:
        if segment.id not in used:
            yield Finding(
                "segment-unused",
                "hint",
                map_.place(segment.id),
                Label(f"Het segment '{segment.id}' wordt niet gebruikt", f"The segment '{segment.id}' is not used"),
                advice=Label(
                    "Gebruik het bij 'by' van een KPI of bij een persona.", "Use it in a KPI's 'by' or a persona."
                ),
            )


def survey_unused(map_: JourneyMap) -> Iterator[Finding]:
    """A survey that is bound to no touchpoint and says no events: its answers are never found."""
    bound = {touch.survey for touch in map_.touchpoints}
    for survey in map_.surveys:
        if survey.id not in bound and survey.matcher is None:
            yield Finding(
                "survey-unbound",
                "warning",
                map_.place(survey.id),
                Label(f"Niets levert antwoorden op '{survey.id}'", f"Nothing gives answers to '{survey.id}'"),
                advice=Label(
                    f"Zet 'survey: {survey.id}' bij een contactmoment, of geef de meetvraag een 'match'.",
                    f"Put 'survey: {survey.id}' with a touchpoint, or give the survey a 'match'.",
                ),
            )


CHECKS = (kpi_without_target, segment_unused, survey_unused)
