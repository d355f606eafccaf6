"""Checks of personas and of what they need."""

from __future__ import annotations

from collections.abc import Iterator

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.model import JourneyMap


def persona_without_goal(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A persona of whom nobody says what they want.

    Without a goal nothing on the map can be good or bad for them.

    Fires:

        personas: {lisa: {label: Lisa}}

    Does not fire:

        personas: {lisa: {label: Lisa, goal: Vandaag een stoel mee naar huis}}
    """
    for persona in map_.personas:
        if not persona.goal:
            yield Remark(
                persona.id,
                Label(f"Wat wil '{persona.id}'?", f"What does '{persona.id}' want?"),
                Label("Deze persona heeft geen doel.", "This persona has no goal."),
                Label("Voeg 'goal: …' toe.", "Add 'goal: …'."),
            )


def persona_need_missing(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A phase for which one persona has no tone or no need, though others are begun.

    Who begins to write down how to speak to someone in each phase, sees here which phases are still empty or half
    filled. Personas without any are left alone, but for the ideal customer.

    Fires:

        personas: {lisa: {goal: Een stoel, per_phase: {aankoop: {tone: kort, need: een kar}}}}
        phases: {gebruik: {thuis: {do: Ik zet hem in elkaar}}}

    Does not fire:

        personas: {lisa: {goal: Een stoel, per_phase: {gebruik: {tone: rustig, need: een plaatje}}}}
        phases: {gebruik: {thuis: {do: Ik zet hem in elkaar}}}
    """
    filled = [phase.id for phase in map_.phases if phase.steps]
    for persona in map_.personas:
        begun = any(cell.tone or cell.need for cell in persona.per_phase)
        known = {cell.phase for cell in persona.per_phase if cell.tone and cell.need}
        missing = [id_ for id_ in filled if id_ not in known]
        if missing and (begun or persona.kind == "ideal"):
            names = ", ".join(missing)
            yield Remark(
                persona.id,
                Label(f"Wat heeft '{persona.id}' nodig in: {names}?", f"What does '{persona.id}' need in: {names}?"),
                advice=Label("Vul 'per_phase' aan met tone en need.", "Complete 'per_phase' with tone and need."),
            )


def need_without_answer(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A need or question for which there is no content and no offer.

    Customers look for information all the time. A question that nothing answers is a gap; one that is said to be
    answered (`answered: yes`) is left alone.

    Fires:

        needs: {maat: {at: kassa, text: Welke maat heb ik?}}
        phases: {aankoop: {kassa: {do: Ik betaal}}}

    Does not fire:

        needs: {maat: {at: kassa, text: Welke maat heb ik?, content: "https://example.org/maat"}}
        phases: {aankoop: {kassa: {do: Ik betaal}}}
    """
    for need in map_.needs:
        if not need.content and not need.offer and need.answered != "yes":
            yield Remark(
                need.id,
                Label(f"Niets beantwoordt '{need.id}'", f"Nothing answers '{need.id}'"),
                need.label,
                Label(
                    "Voeg 'content' (een pagina of middel) of 'offer' (een aanbod) toe.",
                    "Add 'content' (a page or asset) or 'offer' (an offer).",
                ),
            )


CHECKS = (
    Check("hint", persona_without_goal),
    Check("hint", persona_need_missing),
    Check("hint", need_without_answer),
)
