"""Where a path lets customers leave."""

from __future__ import annotations

import pytest

from klantreis.map.exits import exits
from klantreis.map.path_text import parse


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
    assert list(exits(parse(line))) == found
