"""Keys that are put in, moved and taken out: what is theirs goes along, and nothing else moves."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.documents import Reading, parsed, plain
from klantreis.documents.order import inserted, moved, removed
from klantreis.errors import OptionError

TEXT = """phases:
  # eerst
  een:
    label: Een   # zo heet hij
    # de eerste
    a:
      do: |
        ja
        # geen opmerking
      # nog van a

    b: {do: x}   # achteraan

    c:
      do: 'y'

  twee:
    label: Twee
    steps:
        d: {do: z}
lijst: [a, b, c]
blok:
  - een   # 1
  - twee
plat: {a: 1, b: {c: 2}, d: 3}
laatste: 1
"""


def difference(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return sorted((line for line in lines if line[0] in "+-"), key=lambda line: line[0] == "+")


def data(text: str) -> object:
    reading = Reading()
    root = parsed(text, reading)
    reading.finish()
    return plain(root)


A = ["    # de eerste", "    a:", "      do: |", "        ja", "        # geen opmerking", "      # nog van a", ""]


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (["phases", "een", "a"], [f"- {line}" for line in A]),
        (["phases", "een", "b"], ["-     b: {do: x}   # achteraan", "- "]),
        (["phases", "een", "c"], ["- ", "-     c:", "-       do: 'y'"]),
        (["phases", "twee", "steps", "d"], ["-         d: {do: z}"]),
        (["lijst", "0"], ["- lijst: [a, b, c]", "+ lijst: [b, c]"]),
        (["lijst", "2"], ["- lijst: [a, b, c]", "+ lijst: [a, b]"]),
        (["blok", "0"], ["-   - een   # 1"]),
        (["plat", "b", "c"], ["- plat: {a: 1, b: {c: 2}, d: 3}", "+ plat: {a: 1, b: {}, d: 3}"]),
        (["laatste"], ["- laatste: 1"]),
    ],
)
def test_what_is_taken_out_takes_its_comments_and_one_blank_line(path: list[str], gone: list[str]) -> None:
    assert sorted(difference(TEXT, removed(TEXT, path))) == sorted(gone)


def test_a_key_goes_before_another_or_behind_the_last_in_the_manner_of_its_block() -> None:
    new = inserted(TEXT, ["phases", "een", "nieuw"], {"do": "Ik kijk", "feel": 1}, before="b")
    assert new == TEXT.replace("    b: {", "    nieuw:\n      do: Ik kijk\n      feel: 1\n\n    b: {")
    new = inserted(TEXT, ["phases", "een", "nieuw"], {"do": "Ik kijk"})
    assert new == TEXT.replace("do: 'y'\n", "do: 'y'\n\n    nieuw:\n      do: Ik kijk\n")
    assert "{a: 1, x: {do: ok}, b: {c: 2}, d: 3}" in inserted(TEXT, ["plat", "x"], {"do": "ok"}, before="b")
    assert "        d: {do: z}\n        e:\n          do: ok\n" in inserted(
        TEXT, ["phases", "twee", "steps", "e"], {"do": "ok"}
    )
    assert inserted(TEXT, ["phases", "drie", "e"], {"do": "ok"}) == TEXT.replace(
        "        d: {do: z}\n", "        d: {do: z}\n  drie:\n    e:\n      do: ok\n"
    )
    assert inserted("a: 1", ["b"], 2) == "a: 1\nb: 2\n"
    assert inserted("a:\r\n  b: 1\r\n", ["a", "c"], {"d": 1}) == "a:\r\n  b: 1\r\n  c:\r\n    d: 1\r\n"


def test_a_key_moves_with_all_that_is_its_own() -> None:
    new = moved(TEXT, ["phases", "een", "a"], ["phases", "een"], before="c")
    assert data(new)["phases"]["een"]["a"] == {"do": "ja\n# geen opmerking\n"}  # type: ignore[index]
    assert new == TEXT.replace("\n".join(A) + "\n", "").replace("    c:\n", "\n".join(A) + "\n    c:\n")
    new = moved(TEXT, ["phases", "een", "a"], ["phases", "twee", "steps"], before="d")
    assert "        # de eerste\n        a:\n          do: |\n            ja\n            # geen opm" in new
    assert "          # nog van a\n        d: {do: z}\n" in new
    assert moved(TEXT, ["phases", "een", "c"], ["phases", "een"], before="a") != TEXT
    back = moved(
        moved(TEXT, ["phases", "een", "b"], ["phases", "een"], "a"), ["phases", "een", "b"], ["phases", "een"], "c"
    )
    assert back == TEXT
    assert "plat: {a: 1, d: 3, b: {c: 2}}" in moved(TEXT, ["plat", "b"], ["plat"])


@pytest.mark.parametrize(
    ("text", "path", "into"),
    [
        ("a: {x: &q {y: 1}}\nb: *q\n", ["a", "x"], ["c"]),
        ("a:\n  x:  # van x\n    y: 1\nb: {z: 1}\n", ["a", "x"], ["b"]),
        ("a: {x: 1}\nb: {x: 1}\n", ["a", "x"], ["b"]),
        ("a: 1\n", ["b"], ["c"]),
        ("a: {x: 1}\nb: tekst\n", ["a", "x"], ["b"]),
    ],
)
def test_what_cannot_move_alone_is_refused(text: str, path: list[str], into: list[str]) -> None:
    with pytest.raises(OptionError):
        moved(text, path, into)


def test_what_is_not_there_cannot_be_taken_out() -> None:
    for path in (["nee"], ["phases", "nee", "a"], ["lijst", "3"], ["laatste", "x"]):
        with pytest.raises(OptionError):
            removed(TEXT, path)


keys = st.sampled_from(["a", "b", "c", "ja"])
blocks = st.dictionaries(keys, st.dictionaries(keys, st.integers(0, 9) | st.text(max_size=9), max_size=3), min_size=1)


@settings(max_examples=60)
@given(blocks, st.data())
def test_whatever_moves_the_data_are_the_same_and_in_order(held: dict[str, object], draw: st.DataObject) -> None:
    text = ""
    for key, value in held.items():
        text = inserted(text, ["top", key], value)
    assert data(text)["top"] == held  # type: ignore[index]
    one = draw.draw(st.sampled_from(sorted(held)))
    others = [key for key in held if key != one]
    before = draw.draw(st.sampled_from([*others, None]))
    order = others if before is None else others[: others.index(before)]
    wanted = [*order, one, *others[len(order) :]]
    assert list(data(moved(text, ["top", one], ["top"], before))["top"]) == wanted  # type: ignore[index]
