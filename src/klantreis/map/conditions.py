"""Conditions on properties as people write them: `>= 3`, `~ ringmaat|maat`, `$other`, `customer.orders = 0 and ...`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

from klantreis.documents import Misread, Words
from klantreis.documents.words import short
from klantreis.labels import Label
from klantreis.map.model import Comparison, Condition

Value = str | float | bool
Test = TypeVar("Test")

_SIGN = re.compile(r"\s*(!=|<=|>=|<|>|=|~)\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_ONE_OF = re.compile(r"in\s*[\[(](.*)[\])]", re.DOTALL | re.IGNORECASE)
_TEST = re.compile(r"\s*([^\W\d][\w.\-]*)\s*(!=|<=|>=|<|>|=|~|in\b)\s*(.+)", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|[\[(][^\])]*[\])]""")
_JOIN = re.compile(r"\s+(and|or)(?:\s+|$)", re.IGNORECASE)
_COMPARED = {"<", "<=", ">", ">="}
_NOT_LINEAR = re.compile(r"\(\?[=!<]|\\[1-9]|\(\?P=|\(\?>|\(\?\(|[*+?}]\+")


LONG = 1_000
"""Rules longer than this get their spaces folded first: a search for ' and ' in a sea of spaces would take ages."""


class _Part(NamedTuple):
    join: Literal["", "and", "or"]
    text: str


def test(property_: str, text: str) -> Condition:
    """Returns the condition that `text` puts on a property; without a sign in front it means 'equals this text'."""
    found = _SIGN.fullmatch(text)
    if found is None:
        return Condition(property_, "=", (text,))
    comparison: Comparison = found[1]  # type: ignore[assignment]  # the pattern allows only these
    return _condition(property_, comparison, found[2].strip())


def rule(text: str) -> tuple[tuple[Condition, ...], ...]:
    """Returns the sets of conditions of a rule such as `customer.orders = 0 and country in (nl, be) or vip = true`.

    Any of the sets must hold, and of a set all conditions: `and` binds stronger than `or`.
    """
    return sets(text, one)


def sets(text: str, read: Callable[[str, str], Test]) -> tuple[tuple[Test, ...], ...]:
    """Returns a text cut at `or` and then at `and`, each part read by `read(part, text)`."""
    text = " ".join(text.split()) if len(text) > LONG else text
    found: list[list[Test]] = []
    for join, part in _parts(text):
        if join != "and":
            found.append([])
        found[-1].append(read(part, text))
    return tuple(tuple(tests) for tests in found)


def value(text: str) -> Value:
    """Returns the text as a number or true/false when it reads as one, without the quotes when it has them."""
    bare = text.strip()
    if len(bare) >= 2 and bare[0] == bare[-1] and bare[0] in "'\"":
        return bare[1:-1]
    if _NUMBER.fullmatch(bare):
        return float(bare)
    return bare.lower() == "true" if bare.lower() in {"true", "false"} else bare


def _condition(property_: str, comparison: Comparison, right: str) -> Condition:
    if not right:
        raise Misread(_nothing_behind(comparison))
    if right[0] in "=<>!~":
        raise Misread(_no_condition(right, ""))
    if comparison == "~":
        return Condition(property_, "~", (_pattern(right),))
    if right.startswith("$"):
        return Condition(property_, comparison, other=_other(right))
    number = value(right)
    if comparison in _COMPARED and isinstance(number, bool):
        raise Misread(_not_ordered(comparison, right))
    return Condition(property_, comparison, (number,))


def one(text: str, whole: str) -> Condition:
    """Returns one condition such as `customer.orders >= 1`; `whole` is the rule it stands in."""
    found = _TEST.fullmatch(text)
    if found is None:
        raise Misread(_no_condition(text, whole))
    if found[2].lower() == "in":
        listed = _ONE_OF.fullmatch(f"in {found[3].strip()}")
        if listed is None:
            raise Misread(_no_condition(text, whole))
        return Condition(found[1], "in", tuple(value(part) for part in listed[1].split(",") if part.strip()))
    comparison: Comparison = found[2]  # type: ignore[assignment]  # the pattern allows only these
    return _condition(found[1], comparison, found[3].strip())


def _parts(text: str) -> list[_Part]:
    """Cuts a rule at 'and' and 'or', but not inside quotes or brackets."""
    hidden = _QUOTED.sub(lambda found: "x" * len(found[0]), text)
    parts: list[_Part] = []
    join: Literal["", "and", "or"] = ""
    start = 0
    for found in _JOIN.finditer(hidden):
        parts.append(_Part(join, text[start : found.start()].strip()))
        join = "and" if found[1].lower() == "and" else "or"
        start = found.end()
    return [*parts, _Part(join, text[start:].strip())]


def _pattern(text: str) -> str:
    pattern = text[1:-1] if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"" else text
    try:
        re.compile(pattern)
    except re.error as error:
        raise Misread(_bad_pattern(pattern, str(error))) from error
    if _NOT_LINEAR.search(pattern):
        raise Misread(_slow_pattern(pattern))
    return pattern


def _other(text: str) -> str:
    name = text[1:].strip()
    if not re.fullmatch(r"[^\W\d][\w.\-]*", name):
        raise Misread(_bad_other(text))
    return name


def _nothing_behind(comparison: str) -> Words:
    return Words(
        Label(f"Achter '{comparison}' staat niets", f"There is nothing behind '{comparison}'"),
        advice=Label(f'Schrijf bijvoorbeeld "{comparison} 3".', f'Write for example "{comparison} 3".'),
    )


def _not_ordered(comparison: str, right: str) -> Words:
    return Words(
        Label(f"'{comparison} {right}' vergelijkt niets", f"'{comparison} {right}' compares nothing"),
        advice=Label("Gebruik een getal of een datum.", "Use a number or a date."),
    )


def _no_condition(text: str, whole: str) -> Words:
    part = f": '{short(text)}'" if text and text != whole else ""
    return Words(
        Label(f"Deze voorwaarde is niet te lezen{part}", f"This condition cannot be read{part}"),
        advice=Label(
            "Schrijf: eigenschap, teken (= != < <= > >= ~ in), waarde; bijvoorbeeld 'customer.orders >= 1'.",
            "Write: property, sign (= != < <= > >= ~ in), value; for example 'customer.orders >= 1'.",
        ),
    )


def _bad_pattern(pattern: str, why: str) -> Words:
    return Words(
        Label(f"'{short(pattern)}' is geen goed zoekpatroon", f"'{short(pattern)}' is not a valid pattern"),
        Label(f"De lezer meldt: {why}.", f"The reader says: {why}."),
        Label("Zet een \\ voor een teken dat letterlijk bedoeld is.", "Put a \\ before a sign that is meant as it is."),
    )


def _slow_pattern(pattern: str) -> Words:
    return Words(
        Label(
            f"'{short(pattern)}' vraagt te veel van een zoekpatroon", f"'{short(pattern)}' asks too much of a pattern"
        ),
        Label(
            "Vooruit- en terugkijken, verwijzingen naar een groep en bezitterige herhaling kunnen niet.",
            "Looking ahead or behind, references to a group and possessive repeats are not possible.",
        ),
        Label("Schrijf de mogelijkheden uit met |.", "Write out the possibilities with |."),
    )


def _bad_other(text: str) -> Words:
    return Words(
        Label(f"'{short(text)}' noemt geen eigenschap", f"'{short(text)}' names no property"),
        advice=Label("Schrijf '$' en de naam van een eigenschap.", "Write '$' and the name of a property."),
    )
