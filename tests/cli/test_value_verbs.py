"""Customer value on the command line: the published shapes, ids of a file, and what is asked when it cannot be seen."""

import json

import pytest

BARE = ["--person", "user_id", "--at", "timestamp", "--event", "event"]
COLUMNS = ["--person", "customer", "--at", "at", "--event", "event"]
ROWS = "customer,at,event,amount,score,by\n" + "".join(
    f"c{who},2026-0{1 + time}-{1 + who % 28:02d} 10:00,order,{10 + who},,\n"
    for who in range(60)
    for time in range(1 + who % 3)
)


@pytest.fixture
def orders(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ROWS + "c1,2026-05-01 10:00,nps,,9,\nc2,2026-05-01 10:00,came,,,c1\n", "utf-8")
    return tmp_path / "orders.csv"


ASKED = {
    "rfm": ["--orders", "order", "--value", "amount", "--per-customer"],
    "concentration": ["--orders", "order", "--value", "amount"],
    "clv": ["--orders", "order", "--value", "amount", "--as-of", "2026-03-31", "--per-customer"],
    "advocates": ["--orders", "order", "--answers", "nps", "--score", "score", "--invited", "came", "--detail", "by"],
}


@pytest.mark.parametrize("verb", ASKED)
def test_json_is_of_the_published_shape(verb, ask, orders, validated):
    answer = ask(verb, orders, *COLUMNS, *ASKED[verb], "--json")
    assert (answer.code, answer.err) == (0, "")
    assert validated(verb, json.loads(answer.out))


@pytest.mark.parametrize("verb", ASKED)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_answer_reads_in_both_languages(verb, language, ask, orders):
    answer = ask(verb, orders, *COLUMNS, *ASKED[verb], "--language", language)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.strip()


def test_customers_keep_the_ids_of_their_file(ask, orders):
    told = json.loads(ask("rfm", orders, *COLUMNS, *ASKED["rfm"], "--json").out)
    assert {row["customer"] for row in told["scored"]} == {f"c{who}" for who in range(60)}


def test_a_picture_is_drawn(ask, orders, tmp_path):
    for verb in ("rfm", "concentration", "clv"):
        file = tmp_path / f"{verb}.svg"
        assert ask(verb, orders, *COLUMNS, *ASKED[verb], "--svg", file).code == 0
        assert "<svg" in file.read_text("utf-8")


def test_an_order_that_cannot_be_seen_is_asked_for(ask, orders):
    answer = ask("rfm", orders, *COLUMNS)
    assert answer.code == 2
    assert "--orders" in answer.err
    assert "2026-11-22" in ask("rfm", orders, *COLUMNS, "--orders", "order", "--as-of", "maart").err


def test_the_balance_of_a_map_has_its_published_shape(ask, shop, validated):
    answer = ask("balance", "--map", "ring-kopen", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert len(validated("balance", json.loads(answer.out))["phases"]) > 3
