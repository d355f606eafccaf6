"""`klantreis prove` and `klantreis power` at the door."""

import json

import pytest

PROOF = "proof/ring-kopen/kleur_knop"


def test_each_change_is_judged_in_the_published_shape(ask, shop, validated):
    answer = ask("prove", "--map", "ring-kopen", "--json")
    assert answer.code == 0
    told = validated("effect", json.loads(answer.out))
    assert [one["change"] for one in told["effects"]] == ["kleur_knop", "filter_open", "filter_uitleg"]
    assert {one["rung"] for one in told["effects"]} == {"A"}
    assert all(one["reasons"] for one in told["effects"])


def test_one_change_may_be_asked_for_and_an_unknown_one_names_the_nearest(ask, shop):
    answer = ask("prove", "--map", "ring-kopen", "--change", "filter_uitleg", "--language", "nl")
    assert "Uitleg bij het filter: te vroeg om te zeggen" in answer.out
    assert "Het afgesproken tijdvak loopt nog" in answer.out
    refused = ask("prove", "--map", "ring-kopen", "--change", "filter_opn")
    assert refused.code == 2
    assert "'filter_open'" in refused.err


def test_a_guardrail_is_told_with_its_number_and_how_many(ask, shop):
    told = json.loads(ask("prove", "--map", "ring-kopen", "--change", "filter_open", "--json").out)
    guard = told["effects"][0]["guard"]
    answer = ask("prove", "--map", "ring-kopen", "--change", "filter_open", "--language", "nl").out
    line = " ".join(answer.split()).partition("Grens 'Product → mandje': ")[2].partition(" Bewijs")[0]
    assert line.startswith("verschil ")
    assert "procentpunt (" in line
    how = {True: "overschreden", False: "niet aantoonbaar slechter", None: "nog niet te zeggen"}[guard["broken"]]
    assert line.endswith(f"n = {guard['gap']['n']:,}; {how}.".replace(",", "."))


def test_a_map_without_a_dated_change_says_so(ask, shop):
    assert "nothing to prove" in ask("prove", "--map", "retour", "--language", "en").out


def test_a_file_has_no_changes(ask, shop):
    refused = ask("prove", "web.csv", "--person", "user_id", "--at", "timestamp", "--event", "event")
    assert refused.code == 2
    assert "Een verandering staat op een kaart" in refused.err


def test_it_may_be_drawn(ask, shop):
    assert ask("prove", "--map", "ring-kopen", "--svg", "bewijs.svg").code == 0
    assert "Filterknop in kleur" in (shop / "bewijs.svg").read_text("utf-8")


def test_power_tells_people_and_days(ask, shop, validated):
    told = validated("power", json.loads(ask("power", "--base", "5%", "--lift", "10%", "--split", "90%", "--json").out))
    assert told["asked"] == {"lift": 0.1, "people": 173_431, "days": None}
    answer = ask("power", "--base", "5%", "--per-day", 400, "--days", 60, "--language", "nl")
    assert "62.435 mensen" in answer.out
    assert "157 dagen" in answer.out
    assert "vanaf 16,4%" in answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--base", "vijf"], "no number"),
        (["--base", "120%"], "no share"),
        (["--base", "60%", "--lift", "80%"], "cannot become"),
        (["--base", "5%", "--split", "100%"], "cannot be"),
        (["--base", "5%", "--per-day", "0"], "Nobody comes by"),
    ],
)
def test_what_cannot_be_is_refused(ask, words, told):
    answer = ask("power", *words, "--language", "en")
    assert answer.code == 2
    assert told in answer.err


def test_a_mean_has_its_deviation(ask):
    told = json.loads(ask("power", "--base", "60", "--lift", "5%", "--deviation", "40", "--json").out)
    assert told["asked"]["people"] == 5582


def test_an_interval_around_nothing_is_written_with_words_and_true_minus_signs():
    from klantreis.cli import figures
    from klantreis.stats.intervals import Estimate

    assert figures.percent(Estimate(0.012, 80, -0.05, 0.078), "nl") == "1,2% (−5,0 tot 7,8)"
    assert figures.percent(Estimate(0.412, 80, 0.398, 0.426), "en") == "41.2% (39.8–42.6)"
    assert figures.measured(Estimate(-1.0, 80, -2.0, 0.4), "seconds", "nl") == "−1 s (−2 s tot 0,4 s)"
    assert figures.measured(Estimate(1.0, 80, 0.5, 1.3), "seconds", "en") == "1 s (0.5 s–1.3 s)"
    assert figures.around(Estimate(1.0, 80, 0.61, 1.3), "nl") == "1,00 (0,61 tot 1,30)", "all three as precise"
    assert figures.around(Estimate(4.0, 80, 3.0, 5.0), "en") == "4 (3 to 5)"
