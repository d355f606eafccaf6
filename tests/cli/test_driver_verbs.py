"""`klantreis drivers` and `klantreis contacts`: of a map, and of a file."""

import json

from klantreis.cli import speak

COLUMNS = ["web.csv", "--person", "user_id", "--at", "timestamp", "--event", "event"]


def test_a_map_knows_its_goal(ask, shop, validated):
    answer = ask("drivers", "--map", "ring-kopen", "--json")
    assert answer.code == 0, answer.err
    told = validated("drivers", json.loads(answer.out))
    assert told["outcome"] == ["betaald"]
    answer = ask("contacts", "--map", "ring-kopen", "--contact", "klacht", "--json")
    assert answer.code == 0, answer.err
    assert validated("contacts", json.loads(answer.out))["contacts"] >= 0


def test_how_many_finds_may_be_chance_stands_beside_each(ask, shop, monkeypatch):
    monkeypatch.setattr(speak.out, "_width", 200)
    told = json.loads(ask("drivers", "--map", "ring-kopen", "--json").out)
    sure = [one for one in told["drivers"] if one["q"] < 0.001 and not one["on_the_way"]]
    assert sure, "a shop of a thousand customers knows something for sure"
    for language, bound in (("nl", "<\u00a00,001"), ("en", "<\u00a00.001")):
        lines = ask("drivers", "--map", "ring-kopen", "--language", language).out.splitlines()
        assert " q " in lines[0]
        assert any(bound in line for line in lines)


def test_a_file_must_say_what_success_and_what_a_contact_is(ask, shop):
    answer = ask("drivers", *COLUMNS)
    assert answer.code == 2
    assert "--outcome" in answer.err
    answer = ask("contacts", *COLUMNS)
    assert answer.code == 2
    assert "--contact" in answer.err
    answer = ask("contacts", *COLUMNS, "--contact", "telefoontje")
    assert answer.code == 2
    assert "telefoontje" in answer.err
