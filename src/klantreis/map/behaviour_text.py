"""Tests on behaviour as people write them: `did retour within 7 days`, `count(product) >= 3`, `journey.days > 7`."""

from __future__ import annotations

import re
from typing import get_args

from klantreis.documents import Misread, Words
from klantreis.documents.words import short
from klantreis.errors import nearest
from klantreis.labels import Label
from klantreis.map import conditions
from klantreis.map.behaviour import Behaviour, Fact
from klantreis.map.matching import Condition
from klantreis.spans import span_seconds

_DID = re.compile(r"did\s+(not\s+)?(\S+)(?:\s+within\s+(.+))?", re.IGNORECASE)
_COUNT = re.compile(r"count\s*\(\s*([^\s()]+)(?:\s+within\s+([^()]+))?\s*\)\s*(.*)", re.IGNORECASE | re.DOTALL)
_JOURNEY = re.compile(r"journey\.([\w]*)\s*(.*)", re.IGNORECASE | re.DOTALL)
_FACTS = tuple(fact for fact in get_args(Fact) if fact != "times")
_WORDS = ("channel", "first_channel", "last_channel")
"""Facts that are a word; the others are numbers."""

Test = Condition | Behaviour


def rule(text: str) -> tuple[tuple[Test, ...], ...]:
    """Returns the sets of tests of a segment's rule: any of the sets must hold, and of a set all tests.

    Beside conditions on properties a rule knows `did X`, `did not X` (each may end in `within 7 days`),
    `count(X) >= 2`, `count(X within 7 days) >= 2`, and `journey.` with touches, days, value, channels, number,
    channel, first_channel or last_channel. Raises Misread for what cannot be read, with the nearest right word.
    """
    return conditions.sets(text, _test)


def touchpoints(sets: tuple[tuple[Test, ...], ...]) -> tuple[str, ...]:
    """Returns the touchpoints that a rule names, each once."""
    named = [one.touchpoint for tests in sets for one in tests if isinstance(one, Behaviour) and one.touchpoint]
    return tuple(dict.fromkeys(named))


def _test(text: str, whole: str) -> Test:
    if found := _DID.fullmatch(text):
        sign = "<" if found[1] else ">="
        return Behaviour("times", sign, (1.0,), found[2], _seconds(found[3]))  # type: ignore[arg-type]
    if found := _COUNT.fullmatch(text):
        tested = conditions.one(f"count {found[3]}", whole)
        return _numbers("times", tested, text, found[1], _seconds(found[2]))
    if found := _JOURNEY.fullmatch(text):
        fact = found[1].lower()
        if fact not in _FACTS:
            raise Misread(_no_fact(found[1]))
        tested = conditions.one(f"{fact} {found[2]}", whole)
        if fact in _WORDS:
            return _words(fact, tested, text)
        return _numbers(fact, tested, text)
    return conditions.one(text, whole)


def _words(fact: str, tested: Condition, text: str) -> Behaviour:
    if tested.comparison not in {"=", "!=", "in", "~"} or tested.other is not None:
        raise Misread(_not_compared(text))
    values = tuple(value if isinstance(value, str) else f"{value:g}" for value in tested.values)
    return Behaviour(fact, tested.comparison, values)  # type: ignore[arg-type]


def _numbers(
    fact: str, tested: Condition, text: str, touchpoint: str | None = None, within: float | None = None
) -> Behaviour:
    plain = all(isinstance(value, float) for value in tested.values)
    if tested.comparison == "~" or tested.other is not None or not tested.values or not plain:
        raise Misread(_no_number(text))
    return Behaviour(fact, tested.comparison, tested.values, touchpoint, within)  # type: ignore[arg-type]


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return span_seconds(text.strip())
    except ValueError as error:
        raise Misread(_no_span(text.strip())) from error


def _no_fact(word: str) -> Words:
    near = nearest(word, _FACTS)
    meant = (f" Bedoel je 'journey.{near}'?", f" Did you mean 'journey.{near}'?") if near else ("", "")
    listed = ", ".join(_FACTS)
    return Words(
        Label(f"Van een klantreis is 'journey.{short(word)}' niet te meten.{meant[0]}",
              f"'journey.{short(word)}' cannot be measured of a journey.{meant[1]}"),
        advice=Label(f"Bekend zijn: {listed}.", f"Known are: {listed}."),
    )  # fmt: skip


def _not_compared(text: str) -> Words:
    return Words(
        Label(f"Een kanaal is een woord: '{short(text)}' vergelijkt niets", f"A channel is a word: '{short(text)}' "
              "compares nothing"),
        advice=Label("Gebruik =, !=, in of ~.", "Use =, !=, in or ~."),
    )  # fmt: skip


def _no_number(text: str) -> Words:
    return Words(
        Label(f"Hier hoort een getal: '{short(text)}'", f"A number belongs here: '{short(text)}'"),
        advice=Label("Schrijf bijvoorbeeld 'count(product) >= 3'.", "Write for example 'count(product) >= 3'."),
    )


def _no_span(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' is geen tijdsduur", f"'{short(text)}' is not a span of time"),
        advice=Label("Schrijf bijvoorbeeld 'within 7 days'.", "Write for example 'within 7 days'."),
    )
