"""What is asked of contacts: what counts as one, from where, how soon; and what a map asks."""

from __future__ import annotations

from dataclasses import dataclass

from klantreis.analyses.barriers import Drawn, drawn
from klantreis.errors import OptionError
from klantreis.journeys.questions import Question, felt
from klantreis.labels import Label
from klantreis.map.goal import goal
from klantreis.map.model import JourneyMap

HOUR = 3_600_000_000
SERVICE = frozenset({"phone", "chat", "sms"})
"""Channels, or drawings of channels, by which customers ask for help."""


@dataclass(frozen=True, slots=True)
class Options:
    """`contacts`: touchpoints, events or channels that are a contact (a call, a ticket). `first`: those it may come
    from (empty: all others). `within` microseconds a contact is charged to the last of those; `again` microseconds
    within which a next one is a repeat. `outcome`: touchpoints that mean success. `n_min` people below which nothing
    is judged. `known`: events that are no cause. `drawn`: the barriers of a map, None without one. `questions`: surveys
    of one kind, whose answers tell how somebody felt.
    """

    contacts: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    within: int = 72 * HOUR
    again: int = 7 * 24 * HOUR
    outcome: tuple[str, ...] = ()
    n_min: int = 25
    known: tuple[str, ...] = ()
    drawn: tuple[tuple[str, Drawn], ...] | None = None
    questions: tuple[Question, ...] = ()


def asked_by(map_: JourneyMap) -> Options | None:
    """Returns what a map asks: who comes by phone or chat after which touchpoint; None when it draws neither."""
    contacts = service_of(map_)
    return asked(map_, contacts) if contacts else None


def asked(map_: JourneyMap, contacts: tuple[str, ...]) -> Options:
    """Returns the same for contacts that were named."""
    return Options(
        contacts=contacts,
        outcome=goal(map_),
        known=tuple(one.matcher.event for one in map_.surveys if one.matcher is not None),
        drawn=drawn(map_),
        questions=felt(map_),
    )


def service_of(map_: JourneyMap) -> tuple[str, ...]:
    """Returns the measured touchpoints that customers begin themselves by phone, chat or text message."""
    icons = {channel.id: channel.icon for channel in map_.channels}
    return tuple(
        touch.id
        for touch in map_.touchpoints
        if touch.matcher is not None and touch.initiator == "customer" and touch.channel is not None
        if touch.channel in SERVICE or icons.get(touch.channel) in SERVICE or touch.setting == "phone"
    )


def check(options: Options) -> None:
    """Raises OptionError for a time that is none."""
    for word, value in (("within", options.within), ("again", options.again)):
        if value <= 0:
            raise OptionError(
                Label(f"{word} moet langer zijn dan niets.", f"{word} must be longer than nothing."),
                where=word,
                mend=Label("Geef een tijdsduur: 72h.", "Give a span: 72h."),
            )
    both = sorted(set(options.contacts) & set(options.first))
    if both:
        raise OptionError(
            Label(
                f"{both[0]!r} is een contact én waar het vandaan komt.",
                f"{both[0]!r} is a contact and where it comes from.",
            ),
            where="first",
            mend=Label("Laat het bij een van de twee weg.", "Leave it out of one of them."),
        )
