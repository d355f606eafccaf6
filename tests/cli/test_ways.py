"""Where people go, in the terminal: the denominator is said, and the JSON has its published shape."""

import json

import pytest

FILE = ("web.csv", "--person", "user_id", "--at", "timestamp", "--event", "event", "--language", "en")


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ("steps", ("--forward", "3")),
        ("steps", ("--anchor", "cart", "--occurrence", "every")),
        ("sankey", ("--anchor", "cart", "--backward", "1", "--top", "1")),
        ("follows", ("--order", "view,cart,buy", "--between", "view,buy")),
        ("follows", ("--between", "all", "--only", "view,cart")),
        ("clusters", ("--groups", "2", "--most", "3")),
    ],
)
def test_the_json_has_its_published_shape(verb, more, ask, shop, validated):
    answer = ask(verb, *FILE, *more, "--json")
    assert answer.code == 0, answer
    validated(verb, json.loads(answer.out))


def test_the_denominator_is_said(ask, shop):
    assert "From cart: " in ask("steps", *FILE, "--anchor", "cart").out
    assert "From the start of the journey: 40 times" in " ".join(ask("sankey", *FILE).out.split())
    assert "Vanaf het begin" in ask("sankey", *FILE[:-1], "nl").out
    assert "Compared: 40 of 40 journeys" in ask("clusters", *FILE).out


def test_an_anchor_that_nobody_meets_is_an_answer_with_the_nearest_word(ask, shop):
    answer = ask("sankey", *FILE, "--anchor", "crat")
    assert answer.code == 0
    assert "0 times" in answer.out
    assert "Did you mean 'cart'?" in answer.err


@pytest.mark.parametrize("verb", ["steps", "sankey", "follows", "clusters"])
def test_every_answer_can_be_drawn(verb, ask, shop, tmp_path):
    file = tmp_path / "drawn.svg"
    assert ask(verb, *FILE, "--svg", str(file)).code == 0
    assert "<svg" in file.read_text("utf-8")


def test_comparing_segments_of_a_file_says_that_there_are_none(ask, shop):
    answer = ask("steps", *FILE, "--compare", "new,old")
    assert answer.code == 2
    assert "no segment 'new'" in answer.err


def test_one_segment_cannot_be_compared_with_nothing(ask, shop):
    answer = ask("follows", *FILE, "--compare", "new")
    assert answer.code == 2
    assert "not two names" in answer.err
