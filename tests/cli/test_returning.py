"""`klantreis retention` and `lifecycle`: the terminal gives what Python gives, in both languages, in eighty columns."""

import json

import pytest

import klantreis

COLUMNS = ["--person", "user_id", "--at", "timestamp", "--event", "event"]
ASKED = {
    "retention": (["--start", "view", "--on-or-after"], {"start": "view", "on_or_after": True}),
    "lifecycle": (["--unit", "day", "--silence", "1d"], {"unit": "day", "silence": "1d"}),
}  # fmt: skip


@pytest.mark.parametrize("verb", ASKED)
def test_python_and_the_terminal_give_the_same(verb, ask, shop, validated):
    words, options = ASKED[verb]
    answer = json.loads(ask(verb, "web.csv", *COLUMNS, *words, "--json").out)
    assert answer["quality"]["read"] == answer["quality"]["used"]
    validated(verb, answer)
    answer.pop("quality")
    told = getattr(klantreis, verb)("web.csv", person="user_id", at="timestamp", event="event", **options)
    assert json.loads(json.dumps(told.to_dict())) == answer


@pytest.mark.parametrize("verb", ASKED)
def test_it_may_be_asked_of_a_map(verb, ask, shop):
    answer = ask(verb, "--map", "ring-kopen", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["about"]["map"] == "ring-kopen"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verb", ASKED)
def test_the_answer_fits_eighty_columns(verb, language, ask, shop):
    for words in ([verb, "web.csv", *COLUMNS, *ASKED[verb][0]], [verb, "--map", "ring-kopen"]):
        answer = ask(*words, "--language", language)
        assert answer.code == 0
        assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_conditions_stand_below_the_intervals(ask, shop):
    words = ["retention", "web.csv", *COLUMNS, "--condition", "view", "--condition", "buy", "--language", "nl"]
    assert "Wie aan de eerste voorwaarde voldeed" in ask(*words).out


def test_nobody_is_said(ask, shop):
    assert "Niemand is begonnen." in ask("retention", "web.csv", *COLUMNS, "--start", "never", "--language", "nl").out
    assert "Niemand was actief." in ask("lifecycle", "web.csv", *COLUMNS, "--events", "never", "--language", "nl").out
