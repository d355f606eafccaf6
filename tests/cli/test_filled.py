"""A count of one is told in the singular, in both languages, and in every sentence that tells counts."""

from __future__ import annotations

import pytest

from klantreis.cli.words import TEXTS, text
from klantreis.exporters.html.words import WORDS as PAGE
from klantreis.filled import filled
from klantreis.labels import Label
from klantreis.rules.contract import Number, fill
from klantreis.scenes.words import say
from klantreis.scenes.words_slices import tell


@pytest.mark.parametrize(
    ("sentence", "counts", "told"),
    [
        ("{} rijen gelezen, {} gebruikt", (1, 1), "1 rij gelezen, 1 gebruikt"),
        ("{} rows read, all used", (1,), "1 row read, all used"),
        ("{} rows read, all used", ("11",), "11 rows read, all used"),
        ("{} rows read, all used", ("1,001",), "1,001 rows read, all used"),
        ("{0} journeys of {1} people", (2, 1), "2 journeys of 1 person"),
        ("{} van {} reizen volgen het precies", (1, 1), "1 van 1 reis volgt het precies"),
        ("{} personenauto's", (1,), "1 personenauto's"),
        ("{} {{rows}} rows", (1,), "1 {rows} rows"),
    ],
)
def test_what_follows_one_is_singular(sentence: str, counts: tuple[object, ...], told: str) -> None:
    assert filled(sentence, *counts) == told


def test_gaps_with_names_are_counted_too() -> None:
    assert filled("{n} customers with {orders} orders", n="1", orders="2") == "1 customer with 2 orders"


@pytest.mark.parametrize("key", sorted(key for key, label in TEXTS.items() if "{" in label.text("en")))
def test_with_other_numbers_every_sentence_is_what_format_gives(key: str) -> None:
    gaps = [str(number) for number in range(2, 12)]
    for language in ("nl", "en"):
        assert text(key, language, *gaps) == TEXTS[key].text(language).format(*gaps)


def test_a_file_of_one_row_reads_well(ask, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.csv").write_text("wie,wanneer,wat\nAn,2026-01-05,kijkt\n", encoding="utf-8")
    columns = ("--person", "wie", "--at", "wanneer", "--event", "wat")
    english, dutch = (ask("paths", "one.csv", *columns, "--language", said).out for said in ("en", "nl"))
    assert "1 journey, 1 person, 1 event" in english
    assert "1 row read, all used" in english
    assert "1 reis, 1 persoon, 1 gebeurtenis" in dutch
    assert "1 rij gelezen, alle gebruikt" in dutch


def test_reports_findings_and_pictures_tell_one_in_the_singular_too() -> None:
    assert say("people", "nl", n="1") == "1 persoon"
    assert say("may-go-on", "nl", n="1") == "1 kan nog verder komen"
    assert tell("compare-under", "en", sure="1", all="1", n="1", m="2").startswith("1 of 1 difference ")
    told = fill(Label("{n} reizen", "{n} journeys"), n=Number(1))
    assert (told.nl, told.en) == ("1 reis", "1 journey")


@pytest.mark.parametrize(("n", "told"), [("1", "1 journey reaches this phase"), ("2", "2 journeys reach this phase")])
def test_the_pages_of_a_report_tell_one_in_the_singular_too(n: str, told: str) -> None:
    label = next(one for one in PAGE.values() if one.text("en").startswith("{n} journeys reach this phase"))
    assert filled(label.text("en"), n=n, share="3%").startswith(told)
