"""`klantreis channels`: the channels of a map, and of a file."""

import json


def test_a_map_tells_of_each_phase_and_segment(ask, shop, validated):
    answer = ask("channels", "--map", "ring-kopen", "--json")
    assert answer.code == 0, answer.err
    told = validated("channel_mix", json.loads(answer.out))
    assert {"whole", "first"} <= {one["place"] for one in told["spots"]}
    assert {one["segment"] for one in told["spots"]} > {None}


def test_a_file_without_a_channel_says_how_to_name_one(ask, shop):
    columns = ["--person", "user_id", "--at", "timestamp", "--event", "event"]
    answer = ask("channels", "web.csv", *columns)
    assert answer.code == 2
    assert "--channel" in answer.err
    answer = ask("channels", "web.csv", *columns, "--channel", "session_id", "--language", "nl")
    assert answer.code == 0
    assert "Hele reis" in answer.out
