"""What is meant for each phase: the approach, what each persona needs there, and the offers that stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from klantreis.map.people import Persona, PhaseNeed
from klantreis.map.stages import Lever, Phase
from klantreis.map.work import Offer
from klantreis.scenes.journey.cards import Card, Draw, card_row, carded, column_at, phase_ends
from klantreis.scenes.journey.grid import Grid
from klantreis.scenes.journey.proven import proven
from klantreis.scenes.journey.row import Row
from klantreis.scenes.journey.sheet import Sheet
from klantreis.scenes.model import Box, Element, Role
from klantreis.scenes.numbers import written_day
from klantreis.scenes.pen import NOTE, NOTE_STRONG, Ink, tall, words
from klantreis.scenes.words import named


def approaches(sheet: Sheet) -> list[Card]:
    """Returns a card per phase with the strategy, the customer's problem, what helps them on, and levers thought of."""
    cards = []
    for phase in sheet.map.phases:
        told = approach_of(sheet, phase)
        if told:
            levers = _levers(sheet, phase)
            rest = [text for text in told if text != levers]
            title, brief = (rest or [sheet.say("approach")])[0], sheet.density.brief
            lines: list[tuple[str, Ink, int]] = [*((text, NOTE, 3) for text in rest[1:]), (levers, NOTE_STRONG, 8)]
            draw = carded(title, [] if brief else lines, levers if brief else "", "strong", "muted")
            cards.append(_card(sheet, "approach", (f"{phase.id}-approach", phase.id), ". ".join(told), draw))
    return cards


def approach_of(sheet: Sheet, phase: Phase) -> list[str]:
    """Returns what is meant for a phase, in words, the strategy first; [] when nobody said."""
    means = "; ".join(filter(None, (sheet.text(one) for one in phase.means)))
    problem = sheet.text(phase.problem)
    told = [
        sheet.text(phase.strategy),
        _goal(sheet, phase),
        sheet.say("approach-problem", text=problem) if problem else "",
        sheet.say("approach-means", text=means) if means else "",
        _levers(sheet, phase),
    ]
    return [text for text in told if text]


def _goal(sheet: Sheet, phase: Phase) -> str:
    """The goal of a phase where there is room, that of a template only on a map without measures, to fill it in by."""
    goal, of_template = sheet.text(phase.goal), phase.origin is not None
    if not goal or sheet.density.page or sheet.density.brief or (of_template and sheet.results is not None):
        return ""
    return sheet.say("approach-goal" if phase.origin is None else "approach-goal-template", text=goal)


def _levers(sheet: Sheet, phase: Phase) -> str:
    if sheet.density.page and {*phase.levers} == {*get_args(Lever)}:
        return sheet.say("approach-levers-all")
    names = ", ".join(named("lever", lever, sheet.language) for lever in phase.levers)
    return sheet.say("approach-levers", text=names) if names else ""


def wishes(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns what each persona needs in each phase and in which tone to speak; a cell nobody filled says so."""
    cards = []
    for persona, phase, cell in wished(sheet):
        title, tone = told_wish(sheet, cell)
        name = sheet.text(persona.label) or persona.id
        bar: Role = "observed" if cell.need and cell.tone else "assumed"
        draw = carded(title, [], f"{name} · {tone}", bar, "muted") if tone else _vacant(f"{name}: {title}")
        heard = ". ".join(filter(None, (name, title, tone)))
        cards.append(_card(sheet, "wish", (f"{persona.id}-{phase.id}", phase.id), heard, draw))
    return card_row(sheet, grid, "wish", cards)


def told_wish(sheet: Sheet, cell: PhaseNeed) -> tuple[str, str]:
    """Returns what a cell says is needed, and in which tone; each says when it is empty, the tone '' when both are.

    A cell is filled when it has both: who knows what a customer needs but not how to say it cannot address them yet.
    """
    empty = sheet.say("wish-empty")
    tone = sheet.say("wish-tone", text=sheet.text(cell.tone) or empty) if cell.need or cell.tone else ""
    return sheet.text(cell.need) or empty, tone


def wished(sheet: Sheet) -> Iterator[tuple[Persona, Phase, PhaseNeed]]:
    """Yields every cell of persona by phase, for personas with any; of one persona when the map is drawn for them.

    An ideal customer of whom nothing was written yet has an empty cell in each phase with steps, where there is room.
    """
    tight = sheet.density.brief or bool(sheet.density.page)
    for persona in sheet.map.personas:
        begun = bool(persona.per_phase)
        if not (begun or (persona.kind == "ideal" and not tight)) or sheet.persona not in {None, persona.id}:
            continue
        known = {cell.phase: cell for cell in persona.per_phase}
        for phase in sheet.map.phases:
            if begun or phase.steps:
                yield persona, phase, known.get(phase.id, PhaseNeed(phase.id))


def _vacant(said: str) -> Draw:
    """How a cell nobody filled is drawn: a dashed outline around one muted line, to be seen but not to shout."""

    def draw(x: float, top: float, wide: float) -> tuple[tuple[Element, ...], float]:
        text = words(said, x + 13, top + 6, NOTE, room=wide - 21, most=2)
        high = tall(text) + 12
        return (Box(x + 0.5, top + 0.5, wide - 1, high - 1, None, "assumed", dash="dashed", radius=2), text), high

    return draw


def offers(sheet: Sheet, grid: Grid) -> Row | None:
    """Returns the offers where they stand, with their terms, the days they hold and the KPI that judges them."""
    cards = []
    for offer in sheet.map.offers:
        title, terms = sheet.text(offer.label) or offer.id, sheet.text(offer.terms)
        tag = offer_tag(sheet, offer)
        found = proven(sheet, offer.id)
        told = [(terms, NOTE, 3), (tag, NOTE, 3)] if found is not None else [(terms, NOTE, 3)]
        told += [(line, NOTE, 3) for line in (found.lines if found is not None else ())]
        tone: Role = "muted" if found is None else found.role
        last = tag if found is None else found.tag
        bar: Role = "decision" if found is None else found.role
        draw = carded(title, told[1:] if sheet.density.brief else told, last, bar, tone)
        heard = ". ".join(filter(None, (f"{sheet.say('offer')}: {title}", *(text for text, _, _ in told), last)))
        cards.append(Card("offer", offer.id, column_at(sheet, offer.at), heard, draw, None, offer.at))
    return card_row(sheet, grid, "offer", cards)


def offer_tag(sheet: Sheet, offer: Offer) -> str:
    """Returns when an offer holds and by which KPI it is judged."""
    kpi = next((one for one in sheet.map.kpis if one.id == offer.kpi), None)
    judged = (sheet.text(kpi.label) or kpi.id) if kpi is not None else offer.kpi
    parts = [
        sheet.say("offer-from", day=written_day(offer.starts, sheet.language)) if offer.starts else "",
        sheet.say("offer-to", day=written_day(offer.ends, sheet.language)) if offer.ends else "",
        sheet.say("offer-kpi", kpi=judged) if judged else "",
    ]
    return " · ".join(filter(None, parts))


def _card(sheet: Sheet, kind: str, ids: tuple[str, str], heard: str, draw: Draw) -> Card:
    first, last = phase_ends(sheet, ids[1]) or (None, None)
    return Card(kind, ids[0], first, f"{sheet.say(kind)}: {heard}", draw, last, ids[1])
