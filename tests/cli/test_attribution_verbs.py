"""`klantreis attribution` and `klantreis credit`: what they print, and the shape of their JSON."""

import json

from klantreis.analyses.attribution import Attribution
from klantreis.journeys.model import About, Names
from klantreis.map.read import read_map
from klantreis.scenes.attribution import names_in

COLUMNS = ["--person", "user_id", "--at", "timestamp", "--event", "event"]


def test_a_file_without_channels_is_divided_over_its_events(ask, shop, validated):
    answer = ask("attribution", "web.csv", *COLUMNS, "--conversions", "buy", "--json")
    assert answer.code == 0, answer.err
    told = validated("attribution", json.loads(answer.out))
    assert (told["by"], told["claim"]) == ("touchpoint", "observational")
    assert set(told["channels"]) == {"view", "cart"}
    assert sum(one["conversions"] for one in told["models"][0]["credits"]) == told["attributed"]


def test_a_map_is_asked_for_its_own_goal(ask, shop, validated):
    answer = ask("attribution", "--map", "ring-kopen", "--by", "touchpoint", "--json")
    assert answer.code == 0, answer.err
    told = validated("attribution", json.loads(answer.out))
    assert told["conversions"] > 0
    assert all(abs(one["chance"] - told["rate"]["value"]) < 1e-9 for one in told["models"] if one["nulls"])


def test_a_map_whose_channels_the_data_lacks_is_divided_over_the_channels_it_draws(ask, shop):
    told = json.loads(ask("attribution", "--map", "ring-kopen", "--json").out)
    assert {"web", "social", "search"} <= set(told["channels"])
    assert told["rules"]["called"]["filter"] == "web"
    answer = ask("attribution", "web.csv", *COLUMNS, "--conversions", "buy", "--by", "drawn")
    assert answer.code == 2


def test_what_a_person_reads_says_that_it_proves_nothing(ask, shop):
    answer = ask("attribution", "web.csv", *COLUMNS, "--conversions", "buy", "--language", "nl")
    assert "Het bewijs is een experiment" in " ".join(answer.out.split())
    assert "Markov" in answer.out


def test_counted_paths_give_the_toy_of_three_channels(ask, shop, validated):
    told = validated("attribution", json.loads(ask("credit", "path-counts.csv", "--json").out))
    (markov,) = (one for one in told["models"] if one["model"] == "markov_1")
    given = {one["channel"]: (round(one["conversions"], 9), one["value"]) for one in markov["credits"]}
    assert {channel: share for channel, (share, _) in given.items()} == {"mail": 0.2, "web": 0.4, "shop": 0.4}
    assert told["value"] == 10.5


def test_a_column_that_is_not_there_and_a_number_that_is_none_are_named(ask, shop):
    answer = ask("credit", "path-counts.csv", "--conversions", "total_conversion")
    assert answer.code == 2
    assert "total_conversions" in answer.err
    (shop / "bad.csv").write_text("path,total_conversions\na > b,1\nb,many\n", encoding="utf-8")
    answer = ask("credit", "bad.csv")
    assert answer.code == 2
    assert "bad.csv:3" in "".join(answer.err.split())
    answer = ask("attribution", "web.csv", *COLUMNS, "--conversions", "buy", "--by", "channel")
    assert answer.code == 2
    assert "--channel" in answer.err
    answer = ask("attribution", "web.csv", *COLUMNS)
    assert answer.code == 2
    assert "--conversions" in answer.err


MAP = """klantreis: 1
id: kort
title: Kort
type: purchase
phases:
  kopen:
    kiezen: {do: {nl: Ik kies een ring, en: I choose a ring}, match: view}
    mandje: {do: Mandje, match: cart, touch: {label: Winkelmandje, channel: web}}
    belt: {do: Ik bel, match: call, touch: {label: Telefoontje, channel: phone}}
    betaald: {do: Ik betaal, match: buy}
journey: {goal: betaald}
"""


def test_a_touchpoint_without_a_channel_is_called_by_its_label(tmp_path):
    (tmp_path / "kort.reis.yaml").write_text(MAP, encoding="utf-8")
    map_ = read_map(tmp_path / "kort.reis.yaml")
    found = Attribution(
        About(Names((), ())), by="touchpoint", channels=("kiezen", "web"), rules=(("called", {"mandje": "web"}),)
    )
    assert [names_in(found, map_, "nl")[id_] for id_ in found.channels] == ["Ik kies een ring", "Website"]
    assert names_in(found, map_, "en")["kiezen"] == "I choose a ring"
