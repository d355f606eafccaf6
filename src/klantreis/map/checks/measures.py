"""Checks of KPIs, surveys and segments."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap


def kpi_without_target(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A number without a target cannot be good or bad.

    Fires:

        kpis: {bezoekers: {phase: orientatie, metric: people}}

    Does not fire:

        kpis: {bezoekers: {phase: orientatie, metric: people, target: ">= 1000"}}
    """
    for kpi in map_.kpis:
        if kpi.target is None:
            yield Remark(
                kpi.id,
                Label(f"De KPI '{kpi.id}' heeft geen doel", f"The KPI '{kpi.id}' has no target"),
                advice=Label(
                    "Voeg toe wat goed genoeg is, zoals 'target: \">= 3%\"'.", "Add 'target: \">= 3%\"' or the like."
                ),
            )


def segment_unused(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A segment that no KPI and no persona uses.

    Fires:

        segments: {nieuw: customer.orders = 0}

    Does not fire:

        segments: {nieuw: customer.orders = 0}
        personas: {lisa: {goal: Een stoel, segment: nieuw}}
    """
    used = {name for kpi in map_.kpis for name in kpi.by} | {one.segment for one in map_.personas}
    for segment in map_.segments:
        if segment.id not in used:
            yield Remark(
                segment.id,
                Label(f"Het segment '{segment.id}' wordt niet gebruikt", f"The segment '{segment.id}' is not used"),
                advice=Label(
                    "Gebruik het bij 'by' van een KPI of bij een persona.", "Use it in a KPI's 'by' or a persona."
                ),
            )


def survey_unbound(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A survey that is bound to no touchpoint and says no events: its answers are never found.

    Fires:

        surveys: {exit: {question: Hoe was het?}}

    Does not fire:

        surveys: {exit: {question: Hoe was het?, match: survey_answered}}
    """
    bound = {touch.survey for touch in map_.touchpoints}
    for survey in map_.surveys:
        if survey.id not in bound and survey.matcher is None:
            yield Remark(
                survey.id,
                Label(f"Niets levert antwoorden op '{survey.id}'", f"Nothing gives answers to '{survey.id}'"),
                advice=Label(
                    f"Zet 'survey: {survey.id}' bij een contactmoment, of geef de meetvraag een 'match'.",
                    f"Put 'survey: {survey.id}' with a touchpoint, or give the survey a 'match'.",
                ),
            )


def mixed_survey_questions(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Different kinds of question on one curve.

    Satisfaction and effort are not the same feeling, so a line through both means nothing. Recommendation (NPS) is
    never on the curve and does not count, nor does a question that is bound to no step or touchpoint: it only feeds
    KPIs.

    Fires:

        phases: {aankoop: {kassa: {do: Ik betaal}, ijsje: {do: Ik neem een ijsje}}}
        surveys:
          tevreden: {question: Hoe tevreden ben je?, kind: CSAT, match: a, about: ijsje}
          moeite: {question: Hoeveel moeite kostte het?, kind: CES, reverse: true, match: b, about: kassa}

    Does not fire:

        phases: {aankoop: {kassa: {do: Ik betaal}, ijsje: {do: Ik neem een ijsje}}}
        surveys:
          tevreden: {question: Hoe tevreden ben je?, kind: CSAT, match: a, about: ijsje}
          moeite: {question: Hoeveel moeite kostte het?, kind: CES, reverse: true, match: b}
    """
    kinds: dict[str, str] = {}
    bound = {touch.survey for touch in map_.touchpoints} | {step.survey for _, step in map_.steps()}
    for survey in map_.surveys:
        if survey.kind != "NPS" and (survey.about or survey.id in bound):
            kinds.setdefault(survey.kind, survey.id)
    if len(kinds) > 1:
        names = ", ".join(f"{id_} ({kind})" for kind, id_ in kinds.items())
        yield Remark(
            list(kinds.values())[1],
            Label("Verschillende meetvragen op één curve", "Different questions on one curve"),
            Label(f"Het gaat om: {names}.", f"These are: {names}."),
            Label(
                "Kies één soort vraag voor de curve; haal bij de andere 'about' weg, dan telt die alleen in een KPI.",
                "Choose one kind of question for the curve; take 'about' off the other: it then counts in a KPI only.",
            ),
        )


CHECKS = (
    Check("hint", kpi_without_target),
    Check("hint", segment_unused),
    Check("warning", survey_unbound),
    Check("hint", mixed_survey_questions),
)
