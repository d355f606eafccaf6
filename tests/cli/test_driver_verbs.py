"""`klantreis drivers` and `klantreis contacts`: of a map, and of a file."""

import json

COLUMNS = ["web.csv", "--person", "user_id", "--at", "timestamp", "--event", "event"]


def test_a_map_knows_its_goal(ask, shop, validated):
    answer = ask("drivers", "--map", "ring-kopen", "--json")
    assert answer.code == 0, answer.err
    told = validated("drivers", json.loads(answer.out))
    assert told["outcome"] == ["betaald"]
    answer = ask("contacts", "--map", "ring-kopen", "--contact", "klacht", "--json")
    assert answer.code == 0, answer.err
    assert validated("contacts", json.loads(answer.out))["contacts"] >= 0


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
