"""What goes for good goes only when somebody says so."""

from __future__ import annotations

import io

import pytest


class Terminal(io.StringIO):
    """Somebody at a terminal, who types this."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("words", [("store", "--remove", "reviews"), ("identity", "--forget", "k0000001")])
def test_where_nobody_can_be_asked_nothing_goes(ask, shop, words, monkeypatch):
    before = ask("store", "--json").out
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    for more in ((), ("--json",)):
        answer = ask(*words, "--language", "nl", *more)
        assert answer.code == 2
        assert "hier is niemand om het aan te vragen" in answer.err
        assert "--yes" in answer.err
    assert ask("store", "--json").out == before


@pytest.mark.parametrize(("typed", "goes"), [("n", False), ("", False), ("nee", False), ("j", True), ("Y", True)])
def test_a_terminal_is_asked_in_its_language(ask, shop, typed, goes, monkeypatch):
    before = ask("store", "--json").out
    monkeypatch.setattr("sys.stdin", Terminal(typed + "\n"))
    answer = ask("store", "--remove", "reviews", "--language", "nl")
    assert answer.code == 0, answer.err
    assert "Alles van bron reviews uit de opslag halen? [j/N]" in answer.out + answer.err
    assert ("reviews is eruit" in answer.out) == goes
    assert (ask("store", "--json").out == before) != goes
