"""Changes to a document: one spot changes, every other sign stays."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.documents import Reading, edited, parsed, plain
from klantreis.errors import DocumentError, OptionError

TEXT = """# Kaart van de ringen   (met   rare  spaties)
klantreis: 1

title:   "Een ring"      # tussen aanhalingstekens

touchpoints:
  social:   {channel: social,   match: 'x'}   # blijft staan
  # een opmerking binnen het blok
  filter:
    phase: overweging

leeg:
lijst: [a, b]
blok:
  - een
  - twee
lang: |
  een tekst
  van twee regels
"""


def changed(path: list[str], value: object, text: str = TEXT) -> list[str]:
    """The lines taken away and put in."""
    lines = difflib.ndiff(text.splitlines(), edited(text, path, value).splitlines())
    return sorted((line for line in lines if line[0] in "+-"), key=lambda line: line[0] == "+")


@pytest.mark.parametrize(
    ("path", "value", "difference"),
    [
        (["klantreis"], 2, ["- klantreis: 1", "+ klantreis: 2"]),
        (
            ["touchpoints", "zoekmaat"],
            {"phase": "overweging", "match": {"event": "site_search", "where": {"query": "~ maat|size"}}},
            ["+   zoekmaat: {phase: overweging, match: {event: site_search, where: {query: ~ maat|size}}}"],
        ),
        (
            ["touchpoints", "social", "provenance"],
            "measured",
            [
                "-   social:   {channel: social,   match: 'x'}   # blijft staan",
                "+   social:   {channel: social,   match: 'x', provenance: measured}   # blijft staan",
            ],
        ),
        (["touchpoints", "filter", "label"], "Hoe?", ["+     label: Hoe?"]),
        (["leeg", "a"], 1, ["- leeg:", "+ leeg: {a: 1}"]),
        (["lijst", "2"], "c", ["- lijst: [a, b]", "+ lijst: [a, b, c]"]),
        (["blok", "2"], "drie", ["+   - drie"]),
        (["blok", "0"], "nul", ["-   - een", "+   - nul"]),
        (["nieuw", "a", "b"], [1], ["+ nieuw:", "+   a:", "+     b: [1]"]),
        (["lang"], "kort", ["- lang: |", "-   een tekst", "-   van twee regels", "+ lang: kort"]),
    ],
)  # fmt: skip
def test_an_edit_changes_one_spot_only(path: list[str], value: object, difference: list[str]) -> None:
    assert changed(path, value) == difference


def test_a_text_of_several_lines_is_replaced_up_to_its_last_line() -> None:
    assert edited("a: |\n  een\n  twee\nb: 1\n", ["a"], "kort") == "a: kort\nb: 1\n"


def test_an_edit_keeps_windows_line_ends() -> None:
    text = "a:\r\n  b: 1\r\nc: 2\r\n"
    assert edited(text, ["a", "d"], 3) == "a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n"


def test_an_edit_works_without_a_last_line_end_and_on_an_empty_text() -> None:
    assert edited("a: {}\nb: 1", ["c"], 1) == "a: {}\nb: 1\nc: 1\n"
    assert edited("", ["a", "b"], 1) == "a:\n  b: 1\n"


def test_the_same_edit_twice_changes_nothing_more() -> None:
    once = edited(TEXT, ["touchpoints", "new"], {"match": "x"})
    assert edited(once, ["touchpoints", "new"], {"match": "x"}) == once


@pytest.mark.parametrize(
    ("path", "text"),
    [(["a", "b"], "a: text"), (["a", "5"], "a: [1]"), ([], "a: 1"), (["c", "x"], "a: &q {x: 1}\nc: *q\n")],
)
def test_an_edit_that_cannot_be_made_alone_is_refused(path: list[str], text: str) -> None:
    with pytest.raises(OptionError):
        edited(text, path, 9)


def test_an_edit_of_a_broken_text_says_where_it_is_broken() -> None:
    with pytest.raises(DocumentError):
        edited("a: [", ["b"], 1)


keys = st.sampled_from(["a", "b", "c", "ja", "1x"])
scalars = st.one_of(st.integers(-5, 5), st.booleans(), st.none(), st.text(max_size=12))
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
)


def data(text: str) -> Any:
    reading = Reading()
    root = parsed(text, reading)
    reading.finish()
    return plain(root)


@settings(max_examples=60)
@given(st.dictionaries(keys, values, min_size=1, max_size=4), keys, keys, values)
def test_an_edit_puts_exactly_its_value_there(document: dict[str, Any], first: str, second: str, value: object) -> None:
    text = "# begin\n" + edited("", [next(iter(document))], 0)
    for key, inner in document.items():
        text = edited(text, [key], inner)
    assert data(text) == document
    if not isinstance(document.get(first), dict | None):
        return
    after = edited(text, [first, second], value)
    assert data(after) == {**document, first: {**(document.get(first) or {}), second: value}}
    assert after.startswith("# begin\n")
