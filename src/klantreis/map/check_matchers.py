"""Checks of touchpoints and their matchers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from klantreis.findings import Finding
from klantreis.labels import Label
from klantreis.map.model import Condition, JourneyMap, Matcher
from klantreis.map.path import touchpoints as met_on

_NEVER_BOTH = {("<", ">"), ("<", ">="), ("<=", ">"), ("<", "="), (">", "="), ("=", "!=")}
"""Comparisons with one and the same property that no event meets together."""

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def touchpoint_without_matcher(map_: JourneyMap) -> Iterator[Finding]:
    """No data will ever tell of it; planned touchpoints and those measured otherwise are left alone."""
    for touch in map_.touchpoints:
        if touch.matcher is None and not touch.planned and touch.measurement == "none":
            yield Finding(
                "touchpoint-without-matcher",
                "hint",
                map_.place(touch.id),
                Label(f"'{touch.id}' wordt niet gemeten", f"'{touch.id}' is not measured"),
                advice=Label(
                    "Voeg 'match: naam_van_de_gebeurtenis' toe, of zeg met 'measurement' hoe het wel gemeten wordt.",
                    "Add 'match: name_of_the_event', or say with 'measurement' how it is measured instead.",
                ),
            )


def touchpoint_nowhere(map_: JourneyMap) -> Iterator[Finding]:
    """A touchpoint on no path and in no step: it is on the map but nobody goes there."""
    used = {name for _, step in map_.steps() for name in step.touchpoints}
    used |= {name for scenario in map_.scenarios for name in met_on(scenario.path)}
    for touch in map_.touchpoints:
        if touch.id not in used and not touch.planned:
            yield Finding(
                "touchpoint-nowhere",
                "hint",
                map_.place(touch.id),
                Label(f"'{touch.id}' staat in geen stap en geen scenario", f"'{touch.id}' is in no step or scenario"),
                advice=Label("Zet het in een pad, of haal het weg.", "Put it in a path, or take it away."),
            )


def one_event_for_two(map_: JourneyMap) -> Iterator[Finding]:
    """Two matchers that can claim the same event: it is given to one of them, and the other misses it."""
    matched = [(touch.id, touch.matcher) for touch in map_.touchpoints if touch.matcher is not None]
    for (first, one), (second, two) in combinations(matched, 2):
        if one.event == two.event and not apart(one, two):
            yield Finding(
                "one-event-for-two",
                "warning",
                map_.place(second),
                Label(
                    f"'{first}' en '{second}' kunnen dezelfde gebeurtenis '{one.event}' opeisen",
                    f"'{first}' and '{second}' can claim the same event '{one.event}'",
                ),
                Label("Een gebeurtenis telt maar bij één van beide.", "An event counts for only one of them."),
                Label("Maak de voorwaarden bij 'where' verschillend.", "Make the conditions under 'where' differ."),
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


CHECKS = (touchpoint_without_matcher, touchpoint_nowhere, one_event_for_two)
