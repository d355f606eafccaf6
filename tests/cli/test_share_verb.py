"""`klantreis share` at the terminal: the link to copy, the list, and what does not go together."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., Any]
MAP = ("--map", "klacht", "--view", "map")


def test_a_link_is_told_so_that_it_can_be_copied_and_kept_when_it_is_shared_again(shop: Path, ask: Ask) -> None:
    first = ask("share", *MAP, "--to", "web", "--address", "https://winkel.example/k", "--language", "nl")
    link = re.search(r"^  (https://winkel\.example/k/[\w-]{30,32}\.html)$", first.out, re.MULTILINE)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("✓ Gedeeld: klacht-1 (kaart klacht, nl)")
    assert link is not None
    assert (shop / "web" / link[1].rpartition("/")[2]).is_file()
    again = ask("share", *MAP, "--until", "2099-01-01", "--language", "nl")
    assert again.out.startswith("✓ Vernieuwd, het adres blijft: klacht-1 (kaart klacht, nl, tot 1 januari 2099)")
    assert link[1] in again.out


def test_bare_it_lists_the_links_and_withdraws_what_is_past(shop: Path, ask: Ask) -> None:
    assert ask("share", "--language", "en").out == "Nothing is shared yet.\n"
    ask("share", *MAP, "--to", "web", "--language", "en")
    ask("share", *MAP, "--to", "web", "--language", "en", "--new")
    assert ask("share", "--withdraw", "klacht-1", "--language", "en").out == "✓ Withdrawn: klacht-1 (map klacht, en)\n"
    told = ask("share", "--list", "--language", "en").out
    assert re.search(r"klacht-1  map klacht, en\n  withdrawn on \d+ \w+ \d{4} · made", told)
    assert re.search(r"klacht-2  map klacht, en\n  stands · made", told)


def test_the_same_as_data_has_the_published_shape(shop: Path, ask: Ask, validated: Any) -> None:
    import json

    told = validated("share", json.loads(ask("share", *MAP, "--to", "web", "--json").out))
    assert [one["did"] for one in told["done"]] == ["made"]
    assert Path(told["links"][0]["link"]).is_file()
    (shop / "web").rename(shop / "away")
    away = ask("share", "--withdraw", "klacht-1", "--json")
    assert (away.code, validated("share", json.loads(away.out))["links"][0]["state"]) == (1, "unreached")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--list", "--again", "all"], "--list and --again do not go together"),
        (["--withdraw", "x", "--to", "web"], "--withdraw and --to do not go together"),
        (["--map", "klacht"], "Where is the page to be put?"),
        (["--map", "klacht", "--to", "web", "--address", "http://x"], "is not an address to share"),
        (["--map", "klacht", "--to", "web/a/b"], "There is no folder"),
        (["--again", "x"], "There is no share link 'x'"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(shop: Path, ask: Ask, words: list[str], said: str) -> None:
    answer = ask("share", *words, "--language", "en")
    assert (answer.code, said in answer.err) == (2, True), answer.err
    assert not (shop / "web").exists()
    assert not (shop / ".klantreis" / "shared" / "links.json").exists()
