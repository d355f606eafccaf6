"""Checks of touchpoints, their matchers and their plans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from klantreis.labels import Label
from klantreis.map.checks.contract import Check, Options, Remark
from klantreis.map.influence import beyond_us
from klantreis.map.matching import Condition, Matcher
from klantreis.map.model import JourneyMap
from klantreis.map.path import touchpoints as met_on

_NEVER_BOTH = {("<", ">"), ("<", ">="), ("<=", ">"), ("<", "="), (">", "="), ("=", "!=")}
"""Comparisons with one and the same property that no event meets together."""

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def touchpoint_without_matcher(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A touchpoint that no data will ever tell of.

    It has no matcher, no survey and no plan. An advertisement in the local paper can carry a QR code, a visit to the
    shop can be counted or asked about. Planned touchpoints are left alone, and so is `plan: none`: then somebody
    decided. So are steps that are not ours (`influence: none`), such as a lamp that breaks at home.

    Fires:

        touchpoints: {krant: {phase: orientatie, channel: print}}

    Does not fire:

        touchpoints: {krant: {phase: orientatie, channel: print, plan: {how: qr, code: krant10}}}
    """
    beyond = beyond_us(map_)
    for touch in (one for one in map_.touchpoints if one.id not in beyond):
        if touch.matcher is None and not touch.planned and touch.measurement == "none" and touch.plan is None:
            yield Remark(
                touch.id,
                Label(f"'{touch.id}' wordt niet gemeten", f"'{touch.id}' is not measured"),
                advice=Label(
                    "Voeg 'match: naam_van_de_gebeurtenis' toe, of zeg hoe het wel geteld wordt: 'plan: qr', code, "
                    "counter of asked.",
                    "Add 'match: name_of_the_event', or say how it is counted instead: 'plan: qr', code, counter or "
                    "asked.",
                ),
            )


def touchpoint_nowhere(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A touchpoint on no path and in no step: it is on the map but nobody goes there.

    Fires:

        touchpoints: {folder: {phase: orientatie, plan: asked}}

    Does not fire:

        touchpoints: {folder: {phase: orientatie, plan: asked}}
        scenarios: {ideaal: {kind: ideal, path: [folder]}}
    """
    used = {name for _, step in map_.steps() for name in step.touchpoints}
    used |= {name for scenario in map_.scenarios for name in met_on(scenario.path)}
    for touch in map_.touchpoints:
        if touch.id not in used and not touch.planned:
            yield Remark(
                touch.id,
                Label(f"'{touch.id}' staat in geen stap en geen scenario", f"'{touch.id}' is in no step or scenario"),
                advice=Label("Zet het in een pad, of haal het weg.", "Put it in a path, or take it away."),
            )


def one_event_for_two(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """Two matchers that can claim the same event: it is given to one of them, and the other misses it.

    Fires:

        touchpoints: {a: {match: page_view}, b: {match: page_view}}

    Does not fire:

        touchpoints:
          a: {match: {event: page_view, where: {page: /}}}
          b: {match: {event: page_view, where: {page: /maat}}}
    """
    matched = [(touch.id, touch.matcher) for touch in map_.touchpoints if touch.matcher is not None]
    for (first, one), (second, two) in combinations(matched, 2):
        if one.event == two.event and not apart(one, two):
            yield Remark(
                second,
                Label(
                    f"'{first}' en '{second}' kunnen dezelfde gebeurtenis '{one.event}' opeisen",
                    f"'{first}' and '{second}' can claim the same event '{one.event}'",
                ),
                Label("Een gebeurtenis telt maar bij één van beide.", "An event counts for only one of them."),
                Label("Maak de voorwaarden bij 'where' verschillend.", "Make the conditions under 'where' differ."),
            )


def mailing_without_cap(map_: JourneyMap, options: Options) -> Iterator[Remark]:
    """A newsletter that nobody says how often may come, or whether people agreed to it.

    Fires:

        touchpoints: {tips: {phase: loyaliteit, channel: newsletter, kind: communication, initiator: company}}

    Does not fire:

        touchpoints:
          tips: {phase: loyaliteit, channel: newsletter, initiator: company, cap: 1 per month, consent: true}
    """
    for touch in map_.touchpoints:
        missing = [key for key, value in (("cap", touch.cap), ("consent", touch.consent)) if not value]
        if touch.channel == "newsletter" and touch.initiator == "company" and missing:
            keys = ", ".join(missing)
            yield Remark(
                touch.id,
                Label(f"Bij '{touch.id}' ontbreekt: {keys}", f"'{touch.id}' lacks: {keys}"),
                Label(
                    "Wie zich inschrijft, stemt toe en wil weten hoe vaak er iets komt.",
                    "Who subscribes agrees, and wants to know how often something comes.",
                ),
                Label("Voeg toe: 'cap: 1 per month, consent: true'.", "Add: 'cap: 1 per month, consent: true'."),
            )


def apart(one: Matcher, two: Matcher) -> bool:
    """Says whether no event can meet both matchers, as far as their conditions show."""
    return any(a.property == b.property and (_excludes(a, b) or _excludes(b, a)) for a in one.where for b in two.where)


def _excludes(a: Condition, b: Condition) -> bool:
    """Says whether every value that meets `a` (equals, or a bound) fails `b`."""
    if a.other is not None or b.other is not None:
        return a.other == b.other and (a.comparison, b.comparison) in _NEVER_BOTH
    if a.comparison in {"=", "in"}:
        return not any(_meets(value, b) for value in a.values)
    if a.comparison in _TURNED and b.comparison in _TURNED and a.comparison[0] != b.comparison[0]:
        low, high = (a, b) if a.comparison[0] == ">" else (b, a)
        least, most = low.values[0], high.values[0]
        if isinstance(least, float) and isinstance(most, float):
            return least > most or (least == most and "=" not in (low.comparison[1:] and high.comparison[1:]))
    return False


def _meets(value: str | float | bool, condition: Condition) -> bool:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    known = condition.values
    match condition.comparison:
        case "=" | "in":
            return value in known
        case "!=":
            return value not in known
        case "~":
            return re.search(str(known[0]), text, re.IGNORECASE) is not None
    bound = known[0]
    if not (isinstance(value, float) and isinstance(bound, float)):
        return True
    tests = {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}
    return tests[condition.comparison]


CHECKS = (
    Check("hint", touchpoint_without_matcher),
    Check("hint", touchpoint_nowhere),
    Check("warning", one_event_for_two),
    Check("hint", mailing_without_cap),
)
