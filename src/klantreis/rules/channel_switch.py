"""Channel switch: a touchpoint after which surely more people call, chat or write than usual.

A contact is charged to the last touch before it, when that was no contact and no longer ago than 72 hours. It is what
people were at when they changed channel; what else was on their mind, no log tells.

Options: `n_min` people who made contact after it (30).

Fires: of 4,210 people at Delivered late 312 (7.4 %, 6.7 to 8.2 %) call within 72 hours; usual is 1.9 %.
Does not fire: 2 % (1.4 to 2.6 %) call after it and 1.9 % is usual; 9 people call; the map draws no phone or chat.

Money: people x (reach the goal without contact - with it) x the mean value of a success, where that is before the goal:
an upper bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.contacts import Cause, Contacts
from klantreis.analyses.results import Results
from klantreis.findings import Finding
from klantreis.labels import Label, plain
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, called, counted, estimated, fill, paragraph, percent, spot

name = "channel_switch"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` people who made contact after it."""

    n_min: int = 30


TITLE = Label(
    nl="Na {place} neemt {share} contact op: {to}",
    en="After {place} {share} make contact: {to}",
)
DETAIL = Label(
    nl="Van de {n} personen bij {place} neemt {share} ({low} tot {high}) binnen {within} contact op, zonder iets "
    "anders ertussen. Gewoonlijk is dat {usual}. Samen {contacts} contacten. Waarover, vertellen deze gegevens niet.",
    en="Of the {n} people at {place}, {share} ({low} to {high}) make contact within {within}, with nothing else in "
    "between. Usual is {usual}. Together {contacts} contacts. What about, these data do not tell.",
)
AGAIN = Label(
    nl="Na een contact neemt {share} binnen {within} opnieuw contact op.",
    en="After a contact {share} make contact again within {within}.",
)
ADVICE = Label(
    nl="Lees of beluister deze contacten: welk antwoord vonden klanten niet bij {place}? "
    "Zet het daar, en meet opnieuw.",
    en="Read or listen to these contacts: which answer is missing at {place}? Put it there, and measure again.",
)
MAKE = Label(nl="neemt contact op", en="make contact")
LOWER = Label(nl="lager gevoel dan anderen daar", en="feel lower than others there")
PEOPLE = Label(nl="personen die contact opnemen", en="people who make contact")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per touchpoint after which surely more people make contact than usual."""
    found = results.more.get("contacts")
    if not isinstance(found, Contacts) or found.usual is None:
        return
    for cause in found.causes:
        if cause.people >= options.n_min and cause.share.low is not None and cause.share.low > found.usual:
            yield _finding(map_, found, cause)


def _finding(map_: JourneyMap, found: Contacts, cause: Cause) -> Finding:
    place = called(map_, cause.name) if cause.kind == "touchpoint" else plain(cause.name)
    barrier = next((one for one in found.barriers if (one.kind, one.at) == ("contact", cause.name)), None)
    detail = fill(
        DETAIL,
        place=place,
        n=Number(cause.share.n),
        share=percent(cause.share.value),
        low=percent(cause.share.low),
        high=percent(cause.share.high),
        within=Number(found.within_seconds, "seconds"),
        usual=percent(found.usual),
        contacts=Number(cause.contacts),
    )
    again = fill(AGAIN, share=percent(found.again.value), within=Number(found.again_seconds, "seconds"))
    return Finding(
        rule=name,
        level="insight",
        place=spot(map_, cause.name),
        title=fill(TITLE, place=place, share=percent(cause.share.value), to=called(map_, cause.to[0][0])),
        detail=paragraph(detail, *([again] if found.again.value else [])),
        advice=fill(ADVICE, place=place),
        people=cause.people,
        money=None if barrier is None else barrier.at_most,
        evidence=(
            estimated(MAKE, cause.share, "share"),
            *([estimated(LOWER, cause.severity_feel, "score")] if cause.severity_feel.value is not None else []),
            counted(PEOPLE, cause.people, "people"),
        ),
        examples=cause.examples,
    )
