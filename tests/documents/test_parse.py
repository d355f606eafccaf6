"""YAML text to nodes: what it means, where it stands, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.documents import Limits, Reading, parsed, plain, read_text
from klantreis.errors import DocumentError
from klantreis.findings import Finding, Place
from klantreis.labels import Label


def data(text: str, limits: Limits | None = None) -> object:
    reading = Reading()
    root = parsed(text, reading, limits or Limits())
    reading.finish()
    return plain(root)


def mistakes(text: str, limits: Limits | None = None) -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(DocumentError) as caught:
        data(text, limits)
    return [(found.place.line, found.place.column, found.title.text("en")) for found in caught.value.findings]


def test_words_that_older_yaml_took_for_flags_are_texts() -> None:
    assert data("a: no\nb: on\nc: yes\nd: true\ne: ~\nf: 012\ng: 0o12\nh: 1..5\ni: 2026-01-31\nj: 1:30") == {
        "a": "no", "b": "on", "c": "yes", "d": True, "e": None,
        "f": 12, "g": 10, "h": "1..5", "i": "2026-01-31", "j": "1:30",
    }  # fmt: skip


def test_an_unquoted_question_in_brackets_is_a_text() -> None:
    assert data("a: {quote: Hoe bereken ik mijn ringmaat?, b: 1}") == {
        "a": {"quote": "Hoe bereken ik mijn ringmaat?", "b": 1}
    }


def test_every_value_knows_its_line_and_column() -> None:
    root = parsed("a: 1\nb:\n  - x\n  - {c: y}\n", Reading())
    inner = root.entry("b").items[1].entry("c")
    assert (inner.spot.line, inner.spot.column, inner.path) == (4, 9, ("b", "1", "c"))
    assert (inner.key.line, inner.key.column) == (4, 6)


@pytest.mark.parametrize(
    ("text", "line", "column", "title"),
    [
        ("a: 1\nb: [1, 2\nc: 3", 3, 2, "A bracket or comma is missing"),
        ("a:\n\tb: 1", 2, 1, "The line begins with a tab"),
        ("a: 1\nb: c: d", 2, 5, "There can be no ': ' here"),
        ("a: @x", 1, 4, "A text cannot begin with this sign"),
        ('a: 1\nb: "x\n', 2, 4, "A quote is never closed"),
        ("a: > 5\n", 1, 6, "After '>' or '|' a text of several lines begins"),
        ("a: {b: != 5}", 1, 8, "YAML tags ('!=') are not read"),
        ("a: b\x01", 1, 5, "An unseen control character stands here (U+0001)"),
        ("a: 1\n---\nb: 2", 2, 1, "A second document begins after '---'"),
        ("a: *b", 1, 4, "'*b' points at nothing"),
        ("a: &b [1, *b]", 1, 11, "'*b' stands inside itself"),
        ("a: 1\nb: 2\na: 3", 3, 1, "'a' stands here twice"),
        ("? [x]\n: 1", 1, 3, "A key must be a word"),
    ],
)
def test_broken_yaml_is_reported_where_it_breaks(text: str, line: int, column: int, title: str) -> None:
    assert mistakes(text) == [(line, column, title)]


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['exit 1']", "!foo x", "!!binary aGk=", "!!set {a, b}"]
)
def test_tags_are_never_followed(tag: str) -> None:
    assert any("not read" in title for _, _, title in mistakes(f"a: {tag}"))


def test_a_billion_laughs_are_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    start = time.perf_counter()
    assert [title for _, _, title in mistakes(bomb)] == ["This document holds too many values"]
    assert time.perf_counter() - start < 2


def test_deep_nesting_is_refused_not_crashed_on() -> None:
    assert [title for _, _, title in mistakes("a: " + "[" * 50_000)] == ["This is nested more than 40 levels deep"]
    deep = "\n".join("  " * depth + "a:" for depth in range(200))
    assert [title for _, _, title in mistakes(deep)] == ["This is nested more than 40 levels deep"]


def test_a_file_that_is_too_large_is_not_read_in_whole(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    file.write_bytes(b"a: " + b"x" * 10_000_000)
    text = read_text(file)
    assert len(text) < 5_000_000
    assert [title for _, _, title in mistakes(text)] == ["This file is too large to be a document"]


def test_a_file_in_windows_1252_says_where_and_how_to_mend(tmp_path: Path) -> None:
    file = tmp_path / "oud.yaml"
    file.write_bytes("a: 1\ntitle: café\n".encode("cp1252"))
    with pytest.raises(DocumentError) as caught:
        read_text(file)
    found = caught.value.findings[0]
    assert (found.place.file, found.place.line, found.place.column) == (str(file), 2, 11)
    assert "UTF-8" in found.advice.text("nl")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert data(read_text(file)) == {"a": 1}


def test_a_file_that_is_not_there_is_a_document_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_text(tmp_path / "none.yaml")
    assert caught.value.findings[0].title.text("en") == "This file cannot be read"


def test_an_alias_repeats_its_value() -> None:
    assert data("a: &x {b: 1}\nc: *x\n") == {"a": {"b": 1}, "c": {"b": 1}}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    found: tuple[Finding, ...] = ()
    try:
        data(text)
    except DocumentError as error:
        found = error.findings or (Finding("", "error", Place(), Label()),)
    assert all(one.place.line and one.place.column for one in found)
