"""`klantreis store --remove`: one source out of the store, and back again."""

from __future__ import annotations

import json


def test_a_source_goes_and_comes_back(ask, shop, validated):
    whole = json.loads(ask("store", "--json").out)
    answer = ask("store", "--remove", "reviews", "--yes", "--json")
    assert answer.code == 0, answer.err
    told = validated("store", json.loads(answer.out))
    assert told["removed"]["source"] == "reviews"
    assert told["before"]["events"] - told["events"] == told["removed"]["events"] > 0
    assert told["sources"] == whole["sources"] - 1
    assert ask("load").code == 0
    back = json.loads(ask("store", "--json").out)
    assert (back["events"], back["sources"], back["content"]) == (whole["events"], whole["sources"], whole["content"])
    assert (back["removed"], back["before"]) == (None, None)


def test_what_went_is_told_in_the_language_of_the_shop(ask, shop):
    answer = ask("store", "--remove", "reviews", "--yes", "--language", "nl")
    assert answer.code == 0, answer.err
    assert "reviews is eruit: " in answer.out
    assert "de volgende klantreis load leest hem weer in" in " ".join(answer.out.split())
    (shop / "klantreis.yaml").write_text(
        (shop / "klantreis.yaml").read_text(encoding="utf-8").replace("  tickets:", "  other:"), "utf-8"
    )
    answer = ask("store", "--remove", "tickets", "--yes", "--language", "nl")
    assert "Noem hem in klantreis.yaml" in " ".join(answer.out.split())


def test_an_unknown_source_changes_nothing(ask, shop):
    before = ask("store", "--json").out
    answer = ask("store", "--remove", "reviewz", "--yes", "--language", "nl")
    assert answer.code == 2
    assert "Bedoelde je 'reviews'?" in answer.err
    assert ask("store", "--json").out == before
