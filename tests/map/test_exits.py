"""Where a path lets customers leave."""

from __future__ import annotations

import pytest

from klantreis.map.check import check
from klantreis.map.exits import exits
from klantreis.map.path_text import parse
from klantreis.map.read import map_of


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a, b", []),
        ("!weg", [(None, "weg")]),
        ("a, b|!weg, c", [("a", "weg")]),
        ("a|b, !weg", [("a", "weg"), ("b", "weg")]),
        ("a, b?, !weg", [("a", "weg"), ("b", "weg")]),
        ("(a, b)+, c|!weg", [("b", "weg")]),
        ("a+[b|!weg], c", [("a", "weg")]),
        ("a, b|!naar een ander, c|!weg", [("a", "naar een ander"), ("b", "weg")]),
        ("a, !weg|!weg", [("a", "weg")]),
    ],
)
def test_an_exit_stands_behind_what_was_met_last(line: str, found: list[tuple[str | None, str]]) -> None:
    assert [(last, reason.text("nl")) for last, reason in exits(parse(line))] == found


def test_a_reason_in_two_languages_is_told_in_the_language_of_the_reader() -> None:
    map_ = map_of(
        "klantreis: 1\nid: x\ntitle: X\nlanguages: [nl, en]\nphases: {aankoop: {a: {match: a}}}\n"
        "scenarios: {r: {kind: realistic, path: [a, {exit: {nl: te duur, en: too dear}}]}}\n"
    )
    ((last, reason),) = exits(map_.scenarios[0].path)
    assert (last, reason.text("nl"), reason.text("en")) == ("a", "te duur", "too dear")


def test_a_reason_that_misses_a_language_is_told_by_the_check() -> None:
    text = (
        "klantreis: 1\nid: x\ntitle: {nl: X, en: X}\nlanguages: [nl, en]\nphases: {aankoop: {a: {match: a}}}\n"
        "scenarios: {r: {label: R, kind: realistic, path: [a, {exit: {nl: te duur}}]}}\n"
    )
    assert [one.place.id for one in check(map_of(text)) if one.rule == "label-missing"] == ["r"]
