"""The words of klantreis.yaml about who is who: read, and every mistake told with the right word."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from klantreis.errors import DocumentError
from klantreis.log.identity import DAY, USUAL, Rules
from klantreis.workspace.settings import read_settings, schema

HEAD = "klantreis: 1\nname: W\n"
WEB = "sources:\n  web: {path: a.csv, device: cookie, at: t, event: e, ids: {email: mail}}\n"


def settings(tmp_path, text):
    (tmp_path / "klantreis.yaml").write_text(HEAD + text, encoding="utf-8")
    return read_settings(tmp_path / "klantreis.yaml")


def mistakes(tmp_path, text):
    with pytest.raises(DocumentError) as told:
        settings(tmp_path, text)
    return [f"{one.place.line}: {one.title.en}. {one.advice.en}" for one in told.value.findings]


def test_a_source_may_name_a_device_and_other_ids_and_no_person(tmp_path):
    (source,) = settings(tmp_path, WEB).sources
    assert (source.roles.person, source.roles.device, source.ids) == ("", "cookie", (("email", "mail"),))


def test_without_a_block_the_usual_rules_hold(tmp_path):
    assert settings(tmp_path, WEB).identity == USUAL
    assert (USUAL.within, USUAL.people_per_device, USUAL.limit("device"), USUAL.limit("email")) == (
        30 * DAY,
        10,
        100,
        10,
    )


def test_the_rules_are_read(tmp_path):
    text = WEB + "identity: {within: 7d, people_per_device: 4, limits: {email: 3}, blocked: kassa}\n"
    assert settings(tmp_path, text).identity == Rules(7 * DAY, 4, (("email", 3),), ("kassa",))


def test_a_source_that_says_nothing_of_who_is_a_mistake(tmp_path):
    (told,) = mistakes(tmp_path, "sources:\n  web: {path: a.csv, at: t, event: e}\n")
    assert "which column is `person`" in told


def test_every_mistake_comes_with_the_nearest_right_word(tmp_path):
    told = mistakes(
        tmp_path,
        "sources:\n  web: {path: a.csv, person: p, at: t, event: e, ids: {email: mail, device: x}}\n"
        "identity:\n  witin: 30d\n  people_per_device: 0\n  limits: {emial: 3}\n",
    )
    assert told == [
        "4: `device` is no kind of id: it has its own key. Put it beside `path`: device: x",
        "6: Unknown key 'witin'. Did you mean 'within'?",
        "7: 'people_per_device' is not a usable number. Write a number of 1 or more.",
        "8: No source has an id of the kind 'emial'. Did you mean 'email'?",
    ]


def test_the_json_schema_knows_the_block():
    valid = Draft202012Validator(schema())
    web = {"path": "a.csv", "device": "cookie", "ids": {"email": "mail"}, "at": "t", "event": "e"}
    good = {"klantreis": 1, "name": "W", "sources": {"web": web}, "identity": {"within": "7d", "limits": {"email": 3}}}
    assert valid.is_valid(good)
    assert not valid.is_valid({**good, "identity": {"witin": "7d"}})
    assert not valid.is_valid({**good, "identity": {"limits": {"email": 0}}})
