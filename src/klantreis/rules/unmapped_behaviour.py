"""Unmapped behaviour: something many customers do that nobody drew, with a proposal to put it on the map.

A map is drawn from what a company offers; customers do other things too. Someone who searches the site for a ring size
tells you that the product page does not. This rule looks at the events that no touchpoint matches, says what people do
in plain words, and proposes the touchpoint, ready to be accepted: label, phase, matcher and `provenance: measured`.

When the event carries words (a search text), the word that most texts have in common names the touchpoint, and the
matcher asks for it: `where: {detail: ~ maat}`. The phase is that of the touchpoint it most often follows.

Options: `n_min` people (30), `share` of journeys that at least do it, at the low end of the interval (0.03), `word`
share of the texts that must hold a word before it names the touchpoint (0.5).

Fires: 350 of 1,000 journeys use `site_search`, mostly 'ringmaat', 'welke maat', 'maat 54': "Zoekt op maat".
Does not fire: 9 people do it; or the event is an answer to a survey on the map.

Money: people who do it x (success without it - success with it) x the mean value of a success; only when the odds
ratio is surely below 1. It goes with less success; it need not be the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.coverage import Behaviour
from klantreis.analyses.results import Results
from klantreis.findings import Edit, Finding, Measured
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, called, counted, estimated, fill, paragraph, percent, spot
from klantreis.rules.phrases import dominant, phrase

name = "unmapped_behaviour"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` people; `share` of journeys; `word`: share of texts that must hold the word that names it."""

    n_min: int = 30
    share: float = 0.03
    word: float = 0.5


TITLE = Label(
    nl="{share} doet iets dat niet op je kaart staat: '{label}'",
    en="{share} do something that is not on your map: '{label}'",
)
DETAIL = Label(
    nl="{people} personen deden '{event}', in {share} ({low} tot {high}) van de klantreizen. Geen contactmoment "
    "herkent dat.",
    en="{people} people did '{event}', in {share} ({low} to {high}) of the journeys. No touchpoint recognises it.",
)
WORDS = Label(nl="Meest gebruikt: {words}.", en="Used most: {words}.")
AROUND = Label(nl="Meestal na {after}.", en="Mostly after {after}.")
SUCCESS = Label(
    nl="Van wie dit doet, haalt {with_it} het doel; van de anderen {without_it}. Dat hangt samen, het bewijst geen "
    "oorzaak.",
    en="Of those who do this {with_it} reach the goal; of the others {without_it}. They go together; it proves no "
    "cause.",
)
ADVICE = Label(
    nl="Neem '{label}' op als contactmoment in {phase} en vraag je af wat klanten hier missen. Het voorstel staat "
    "klaar.",
    en="Add '{label}' as a touchpoint in {phase} and ask yourself what people miss here. The proposal is ready.",
)
REST = Label(
    nl="Een deel van '{label}' staat al op je kaart. Verruim dat contactmoment, of geef de rest er een in {phase}.",
    en="A part of '{label}' is on your map already. Widen that touchpoint, or give the rest one of its own in {phase}.",
)
NOTE = Label(nl="Voorstel uit gemeten gedrag.", en="Proposed from measured behaviour.")
SHARE = Label(nl="van de klantreizen", en="of the journeys")
PEOPLE = Label(nl="personen", en="people")
ODDS = Label(nl="kansverhouding op het doel, met en zonder", en="odds ratio of the goal, with and without")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding with a proposed touchpoint per event that many people do and no touchpoint matches."""
    asked = {survey.matcher.event for survey in map_.surveys if survey.matcher is not None}
    for behaviour in results.coverage.behaviours:
        low = behaviour.share.low
        if behaviour.event in asked or behaviour.people < options.n_min or low is None or low < options.share:
            continue
        yield _finding(map_, results, behaviour, dominant(behaviour.words, options.word))


def _finding(map_: JourneyMap, results: Results, behaviour: Behaviour, word: str | None) -> Finding:
    text, values = phrase(behaviour.event, word)
    label, phase = fill(text, **values), _phase(map_, behaviour)
    edit, part = _edit(map_, behaviour, word, label, phase), ""
    if any(touch.matcher is not None and touch.matcher.event == behaviour.event for touch in map_.touchpoints):
        # What is left of an event that is on the map in part: another proposal, so another id.
        part = edit.path[-1] if word is not None else "rest"
    return Finding(
        rule=name,
        level="insight",
        place=spot(map_, behaviour.event),
        title=fill(TITLE, share=percent(behaviour.share.value), label=label),
        detail=paragraph(*_detail(map_, behaviour)),
        advice=fill(REST if part == "rest" else ADVICE, label=label, phase=called(map_, phase)),
        people=behaviour.people,
        money=_money(results, behaviour),
        evidence=tuple(_evidence(behaviour)),
        examples=behaviour.examples,
        # A matcher of the whole event would take what another touchpoint has.
        edit=None if part == "rest" else edit,
        part=part,
    )


def _detail(map_: JourneyMap, behaviour: Behaviour) -> Iterator[Label]:
    yield fill(
        DETAIL,
        people=Number(behaviour.people),
        event=behaviour.event,
        share=percent(behaviour.share.value),
        low=percent(behaviour.share.low),
        high=percent(behaviour.share.high),
    )
    if behaviour.words:
        yield fill(WORDS, words=", ".join(f"'{text}'" for text, _ in behaviour.words[:5]))
    if behaviour.after is not None:
        yield fill(AROUND, after=called(map_, behaviour.after))
    if behaviour.success is not None:
        with_it, without_it = behaviour.success.with_it.value, behaviour.success.without_it.value
        yield fill(SUCCESS, with_it=percent(with_it), without_it=percent(without_it))


def _evidence(behaviour: Behaviour) -> Iterator[Measured]:
    yield estimated(SHARE, behaviour.share, "share")
    yield counted(PEOPLE, behaviour.people, "people")
    if behaviour.success is not None:
        odds = behaviour.success
        yield Measured(ODDS, odds.odds_ratio, "times", odds.with_it.n + odds.without_it.n, odds.low, odds.high)


def _money(results: Results, behaviour: Behaviour) -> float | None:
    odds, value = behaviour.success, results.values.get("per_success")
    if odds is None or value is None or odds.high >= 1 or odds.with_it.value is None or odds.without_it.value is None:
        return None
    return behaviour.people * max(0.0, odds.without_it.value - odds.with_it.value) * value


def _phase(map_: JourneyMap, behaviour: Behaviour) -> str:
    for neighbour in (behaviour.after, behaviour.before):
        touch = map_.touchpoint(neighbour) if neighbour else None
        if touch is not None:
            return touch.phase
    return map_.phases[0].id if map_.phases else ""


def _edit(map_: JourneyMap, behaviour: Behaviour, word: str | None, label: Label, phase: str) -> Edit:
    match: object = behaviour.event
    if word is not None:
        match = {"event": behaviour.event, "where": {"detail": f"~ {re.escape(word)}"}}
    value = {
        "label": {"nl": label.text("nl"), "en": label.text("en")},
        "phase": phase,
        "match": match,
        "provenance": "measured",
    }
    return Edit(("touchpoints", _free_id(map_, label.text("nl"))), value, NOTE, map_.file)


def _free_id(map_: JourneyMap, label: str) -> str:
    """Returns an id made from the label that the map does not use yet."""
    wanted = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_") or "contact"
    taken = {touch.id for touch in map_.touchpoints} | {step.id for _, step in map_.steps()}
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}_{number}", number + 1
    return free
