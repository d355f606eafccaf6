"""A reader asks for keys; what is wrong is noted, all of it, each with its place and the nearest right word."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import jsonschema
import pytest

from klantreis.documents import (
    TEXT,
    Choice,
    Either,
    Many,
    Misread,
    Parsed,
    Reader,
    Record,
    Words,
    read_document_text,
    schema_of,
)
from klantreis.errors import DocumentError
from klantreis.labels import Label


@dataclass(frozen=True)
class Person:
    id: str
    label: Label
    kind: str
    group: str | None
    feel: float | None


def person(reader: Reader) -> Person:
    return Person(
        id=reader.id,
        label=reader.label("label", required=True),
        kind=reader.choice("kind", ("ideal", "typical"), "typical"),
        group=reader.ref("group", "group"),
        feel=reader.number("feel", -2, 2),
    )


def root(reader: Reader) -> dict[str, Any]:
    return {
        "title": reader.text("title", required=True),
        "people": reader.mapping("people", Record("person", person), "person"),
        "groups": reader.mapping("groups", TEXT, "group"),
        "wait": reader.seconds("wait"),
        "flag": reader.flag("flag"),
        "words": reader.texts("words"),
        "even": reader.get("even", Parsed(even), 0),
        "one": reader.get("one", Either((("text", TEXT), ("list", Many(TEXT)))), ""),
        "count": reader.whole("count", 1, 5),
    }


def even(text: str) -> int:
    if not text.isdecimal() or int(text) % 2:
        raise Misread(Words(Label("Oneven", "Odd")))
    return int(text)


SPAN_ADVICE = "Write a number with a unit, such as '30 min', '14 days' or '2 weeks'."
ROOT = Record("root", root)


def read(text: str) -> dict[str, Any]:
    return read_document_text(text, ROOT, file="x.yaml")


def test_a_good_document_becomes_nouns() -> None:
    found = read(
        "title: Hoi\npeople:\n  lisa: {label: {nl: Lies, en: Liz}, group: g, feel: -1}\n  tom: {label: Tom}\n"
        "groups: {g: x}\nwait: 2 weken\nflag: true\nwords: een\neven: 4\none: [a, b]\ncount: 3\n"
    )
    assert found["people"] == (
        Person("lisa", Label("Lies", "Liz"), "typical", "g", -1.0),
        Person("tom", Label(anyway="Tom"), "typical", None, None),
    )
    assert (found["wait"], found["flag"], found["words"]) == (14 * 86400.0, True, ("een",))
    assert (found["even"], found["one"], found["count"]) == (4, ("a", "b"), 3)


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "titel: Hoi\n"  # 1 unknown key, and title missing
        "people:\n"
        "  lisa: {label: [x], kind: typicl, group: h, feel: 3}\n"
        "  lisa: {label: Twee}\n"
        '  "a b": {label: x, lable: y}\n'
        "groups: {g: x}\n"
        "wait: 3 dgn\n"
        "flag: ja\n"
        "words: {a: 1}\n"
        "even: 3\n"
        "count: 2.5\n"
    )
    with pytest.raises(DocumentError) as caught:
        read(text)
    found = [
        (one.place.line, one.place.column, one.title.text("en"), one.advice.text("en")) for one in caught.value.findings
    ]
    assert found == [
        (1, 1, "The key 'title' is missing", "Add 'title: …'."),
        (1, 1, "Unknown key 'titel'", "Did you mean 'title'?"),
        (3, 17, "'label' should be a text or a block of keys", ""),
        (3, 28, "'typicl' is not a value of 'kind'", "Did you mean 'typical'?"),
        (3, 43, "There is no group 'h'", "Known: g."),
        (3, 52, "'feel' is not a usable number", "Write a number from -2 to 2."),
        (4, 3, "'lisa' stands here twice", "Rename one of the two, or take it away."),
        (5, 3, "'a b' cannot be an id", "Use letters, digits, '_', '-' and '.', without spaces, at most 80 signs."),
        (5, 21, "Unknown key 'lable'", "Did you mean 'label'?"),
        (7, 7, "'3 dgn' is not a span of time", SPAN_ADVICE),
        (8, 7, "'flag' should be true or false", "Write true or false."),
        (9, 8, "'words' should be a text", ""),
        (10, 7, "Odd", ""),
        (11, 8, "'count' is not a usable number", "Write a number from 1 to 5."),
    ]  # fmt: skip
    assert {one.place.file for one in caught.value.findings} == {"x.yaml"}
    assert {one.rule for one in caught.value.findings} == {"document"}
    assert {one.place.id for one in caught.value.findings if one.place.line == 3} == {"lisa"}


def test_every_mistake_is_said_in_both_languages() -> None:
    with pytest.raises(DocumentError) as caught:
        read("people: [x]\nwait: 1\nzzz: 1\n")
    assert all(one.title.nl and one.title.en and one.title.nl != one.title.en for one in caught.value.findings)


def test_a_document_error_shows_all_mistakes_as_text() -> None:
    with pytest.raises(DocumentError, match=r"2 mistakes in x\.yaml") as caught:
        read("zzz: 1\n")
    assert "1:1 The key 'title' is missing" in str(caught.value)


def test_a_key_with_nothing_behind_it_counts_as_not_there() -> None:
    assert read("title: x\nwait:\npeople:\n")["wait"] is None
    with pytest.raises(DocumentError, match="'title' is missing"):
        read("title:\n")


def test_an_unquoted_comma_is_recognised() -> None:
    with pytest.raises(DocumentError) as caught:
        read("title: x\npeople: {a: {label: {nl: rood, groen en geel}}}\n")
    assert "quotes" in caught.value.findings[0].advice.text("en")


def test_numbers_beyond_counting_are_no_numbers() -> None:
    for text in (".inf", ".nan", "9" * 400):
        with pytest.raises(DocumentError, match="not a usable number"):
            read(f"title: x\npeople: {{a: {{label: a, feel: {text}}}}}\n")


@pytest.mark.parametrize("text", [".inf", "-.inf", ".nan"])
def test_without_bounds_a_number_is_still_a_number(text: str) -> None:
    with pytest.raises(DocumentError, match="not a usable number"):
        read_document_text(f"n: {text}\n", Record("n", lambda reader: (reader.number("n"), reader.whole("n"))))


def test_what_stands_in_a_list_is_told_by_the_key_of_the_list() -> None:
    def settings(reader: Reader) -> object:
        return reader.get("languages", Many(Choice(("nl", "en"))), ()), reader.number("version", 1, 1)

    with pytest.raises(DocumentError) as failed:
        read_document_text("languages: [nl, de]\nversion: 2\n", Record("settings", settings))
    said = [(found.title.text("en"), found.advice.text("en")) for found in failed.value.findings]
    assert said == [
        ("'de' is not a value of 'languages'", "Known: nl, en."),
        ("'version' is not a usable number", "Write 1."),
    ]


def test_an_empty_document_says_what_it_needs() -> None:
    with pytest.raises(DocumentError, match="'title' is missing"):
        read("")
    with pytest.raises(DocumentError, match="should be a block of keys"):
        read("- a\n- b\n")


def test_the_schema_knows_what_the_reader_asks() -> None:
    schema = schema_of(ROOT, "test")
    jsonschema.Draft202012Validator.check_schema(schema)
    good = {"title": "x", "people": {"lisa": {"label": {"nl": "a"}, "feel": 2}}, "words": ["a"], "wait": "2 d"}
    jsonschema.validate(good, schema)
    for bad in ({}, {"title": "x", "zzz": 1}, {"title": "x", "people": {"lisa": {"label": "a", "feel": 3}}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def test_thousands_of_bad_references_are_told_without_taking_ages() -> None:
    people = "".join(f"  p{number}: {{label: x, group: h{number}}}\n" for number in range(2_000))
    groups = "".join(f"  g{number}: x\n" for number in range(2_000))
    start = time.perf_counter()
    with pytest.raises(DocumentError, match="2000 mistakes"):
        read(f"title: x\npeople:\n{people}groups:\n{groups}")
    assert time.perf_counter() - start < 20
