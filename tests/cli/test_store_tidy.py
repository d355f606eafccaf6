"""`klantreis store --tidy` after new events: their buckets are put together, and that is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def refreshed(ask, shop: Path) -> Path:
    """A shop that got one more visit since its journeys were made, by somebody who was there."""
    web = shop / "data" / "web.csv"
    rows = web.read_text(encoding="utf-8").splitlines(keepends=True)
    who, at, *rest = rows[-1].split(",")
    web.write_text("".join([*rows, ",".join([who, at.replace("Z", "1Z"), *rest])]), encoding="utf-8")
    assert ask("load").code == 0
    return shop


def test_buckets_with_new_events_beside_them_are_put_together(ask, refreshed, validated):
    before = json.loads(ask("store", "--json").out)
    assert before["beside"] > 0
    told = validated("store", json.loads(ask("store", "--tidy", "--json").out))
    assert (told["before"]["beside"], told["beside"]) == (before["beside"], 0)
    assert told["content"] == before["content"]
    assert ask("doctor").code == 0


@pytest.mark.parametrize(
    ("language", "row", "said"),
    [
        ("nl", "buckets met nieuwe gebeurtenissen ernaast", "Nieuwe gebeurtenissen staan nu in hun buckets (3)"),
        ("en", "buckets with new events beside them", "New events stand in their buckets now (3)"),
    ],
)
def test_it_says_so_once(ask, refreshed, language, row, said):
    hint = ask("store", "--language", language).out
    assert row in hint
    assert "klantreis store --tidy" in hint
    assert said in " ".join(ask("store", "--tidy", "--language", language).out.split())
    assert said not in " ".join(ask("store", "--tidy", "--language", language).out.split())
    assert "klantreis store --tidy" not in ask("store", "--language", language).out
