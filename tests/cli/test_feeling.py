"""`klantreis emotion`, `mood`, `themes`, `experience`: as in Python, in both languages, in eighty columns."""

import json

import pytest

import klantreis

ROWS = [
    "p{n},2026-{month:02d}-0{day}T10:00:00,answer,{score},De bezorging was {word} en de medewerker {kind}".format(
        n=month * 40 + n,
        month=month,
        day=1 + n % 9,
        score=1 + (n * 7 + month) % 5,
        word="te laat" if n % 3 else "op tijd",
        kind="vriendelijk" if n % 2 else "was onbereikbaar",
    )
    for month in range(1, 6)
    for n in range(40)
]
COLUMNS = ["--person", "who", "--at", "at", "--event", "what", "--score", "score", "--detail", "words"]
NAMED = {"person": "who", "at": "at", "event": "what", "score": "score", "detail": "words"}
ASKED = {
    "emotion": (["--scale", "stars"], {"scale": "stars"}),
    "mood": (["--unit", "week", "--n-min", "5"], {"unit": "week", "n_min": 5}),
    "themes": (["--examples", "1"], {"examples": 1}),
}


@pytest.fixture
def answers(shop):
    (shop / "answers.csv").write_text("\n".join(["who,at,what,score,words", *ROWS, ""]), "utf-8")
    return "answers.csv"


@pytest.mark.parametrize("verb", ASKED)
def test_python_and_the_terminal_give_the_same(verb, ask, answers, validated):
    words, options = ASKED[verb]
    answer = json.loads(ask(verb, answers, *COLUMNS, *words, "--json").out)
    validated(verb, answer)
    assert answer.pop("quality")["used"] == 200
    told = getattr(klantreis, verb)(answers, **options, **NAMED)
    assert json.loads(json.dumps(told.to_dict())) == answer


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verb", [*ASKED, "experience"])
def test_the_answer_fits_eighty_columns(verb, language, ask, answers):
    asked = [[verb, "--map", "ring-kopen"]]
    if verb in ASKED:
        asked.append([verb, answers, *COLUMNS, *ASKED[verb][0]])
    for words in asked:
        answer = ask(*words, "--language", language)
        assert answer.code == 0, answer
        assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_two_places_are_laid_beside_each_other(ask, shop):
    answer = ask("emotion", "--map", "ring-kopen", "--compare", "te_laat,op_tijd", "--language", "nl")
    assert answer.code == 0, answer
    assert "tegenover" in answer.out


def test_an_option_of_a_file_is_refused_for_a_map(ask, shop):
    answer = ask("emotion", "--map", "ring-kopen", "--scale", "1..7")
    assert answer.code == 2
    assert "--scale hoort bij een bestand" in answer.err


def test_a_file_has_no_dimensions(ask, answers):
    assert ask("experience", answers, *COLUMNS).code == 2


def test_recommendation_is_shown_from_minus_to_plus_a_hundred(ask, answers, shop):
    (shop / "nps.csv").write_text(
        "who,at,score\n" + "".join(f"p{n},2026-01-01,{4 + n % 7}\n" for n in range(70)), "utf-8"
    )
    words = [
        "nps.csv",
        "--person",
        "who",
        "--at",
        "at",
        "--event",
        "always:answer",
        "--score",
        "score",
        "--scale",
        "nps",
    ]
    assert "−14 (" in ask("emotion", *words, "--language", "nl").out
    told = json.loads(ask("emotion", *words, "--json").out)["feelings"][0]["nps"]["value"]
    assert told == pytest.approx(-1 / 7)


def test_the_word_list_that_was_used_is_written_once_and_then_read(ask, answers, shop):
    words = [answers, *COLUMNS, "--write-words", "themes.yaml"]
    assert ask("themes", *words).code == 0
    assert "bezorg*" in (shop / "themes.yaml").read_text("utf-8")
    assert ask("themes", *words).code == 2
    assert ask("themes", answers, *COLUMNS, "--words", "themes.yaml").code == 0


def test_a_word_list_with_a_mistake_says_where(ask, answers, shop):
    (shop / "list.yaml").write_text("late:\n  words: ['*']\n", "utf-8")
    answer = ask("themes", answers, *COLUMNS, "--words", "list.yaml", "--language", "nl")
    assert answer.code == 2
    assert "list.yaml:2" in answer.err


def test_answers_without_a_place_say_how_to_give_them_one(ask, shop):
    drawn = shop / "maps" / "ring-kopen.reis.yaml"
    text = drawn.read_text("utf-8")
    try:
        drawn.write_text(text.replace("      match: product_view\n", "", 1), "utf-8")
        answer = ask("emotion", "--map", "ring-kopen", "--language", "nl")
    finally:
        drawn.write_text(text, "utf-8")
    assert "`match` mag ook de gebeurtenis van het antwoord noemen" in " ".join(answer.out.split()), answer
