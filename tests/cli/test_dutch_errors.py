"""Who speaks Dutch is told in Dutch what is wrong, in each way that a language is chosen."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from klantreis.cli import misreading, tongue
from klantreis.language import language

COLUMNS = ["--person", "user_id", "--at", "timestamp", "--event", "event"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["funnel", "nothere.csv"], ["Het bestand 'nothere.csv' is er niet.", "bij "]),
        (["paths", "wev.csv", *COLUMNS], ["Het bestand 'wev.csv' is er niet.", "Bedoelde je 'web.csv'?"]),
        (["paths", "data"], ["'data' is een map, geen bestand.", "data/web.csv"]),
        (
            ["diff", "maps/rin.reis.yaml", "maps/retour.reis.yaml"],
            ["is er niet.", "Bedoelde je 'ring-kopen.reis.yaml'?"],
        ),
        (["credit", "path-count.csv"], ["is er niet.", "Bedoelde je 'path-counts.csv'?"]),
        (["import", "nothere.xlsx", "--as", "x"], ["Het bestand 'nothere.xlsx' is er niet."]),
        (["paths", "web.csv"], ["In welke kolom van web.csv staat de persoon?", "Waarschijnlijk: --person user_id"]),
        (["paths", "web.csv", "--person", "usr_id", *COLUMNS[2:]], ["geen kolom. Bedoelde je 'user_id'?"]),
        (["funnel", "web.csv", *COLUMNS, "--steps", "view,,buy"], ["In 'view,,buy' is een stap leeg."]),
        (["funnel", "web.csv", *COLUMNS, "--steps", "view,buy", "--within", "7x"], ["'7x' is geen tijdsduur"]),
        (["funnel", "web.csv", *COLUMNS, "--steps", "view,byu"], ["! Geen gebeurtenis in de gegevens heet 'byu'"]),
        (
            ["fit", "web.csv", *COLUMNS, "--path", "a, (b"],
            ["'(' begint hier en sluit niet.", "bij teken 4 van 'a, (b'"],
        ),
        (["measure", "--map", "ring-koopen"], ["De kaart 'ring-koopen' is er niet.", "Bedoelde je 'ring-kopen'?"]),
        (["measure", "--since", "1-6-2026"], ["'1-6-2026' is geen datum.", "Schrijf hem als 2026-06-01."]),
        (["prove", "--change", "kleur"], ["De verandering 'kleur' is er niet.", "bij kaart ring-kopen"]),
        (["draw", "--persona", "piet"], ["De persona 'piet' staat niet op de kaart"]),
        (["demo", "maps"], ["maps is niet leeg.", "klantreis demo MAP"]),
        (["load", "--workspace", "nowhere"], ["is geen werkmap.", "Maak er een: klantreis init."]),
        (["chek"], ["De opdracht 'chek' is er niet.", "Bedoelde je 'check'? Zie: klantreis --help"]),
        (["paths", "--tpo", "3"], ["De optie '--tpo' is er niet.", "Bedoelde je '--top'?"]),
        (["paths", "--top"], ["Achter --top hoort nog een waarde."]),
        (["paths", "--top", "veel"], ["Bij --top hoort een heel getal."]),
        (["paths", "--top", "0"], ["--top is minstens 1."]),
        (["paths", "a", "b"], ["Dit hoort er niet bij: b"]),
        (
            ["measure", "ring-kopen"],
            ["Dit hoort er niet bij: ring-kopen", "Is het een kaart? Schrijf --map ring-kopen."],
        ),
        (["draw", "--view", "mapp"], ["'mapp' kan niet bij --view.", "Bedoelde je 'map'?"]),
        (["diff", "a.yaml"], ["new ontbreekt nog.", "De nieuwe kaart als bestand"]),
        (["power"], ["De optie --base ontbreekt nog.", "Wat het nu is"]),
    ],
    ids=lambda given: " ".join(given[:3]),
)
def test_a_mistake_is_told_in_dutch_in_a_dutch_workspace(words, told, ask, shop):
    answer = ask(*words)
    said = " ".join(answer.err.split())
    for text in told:
        assert text in said, said
    assert "Did you mean" not in said
    assert not re.search(r"^\s+at ", answer.err, re.MULTILINE)


def test_a_mistake_in_the_settings_is_told_in_their_language(ask, shop):
    settings = shop / "klantreis.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nsourcez: []\n", encoding="utf-8")
    assert "1 fout in" in ask("measure").err
    settings.write_text(re.sub(r"^languages:.*$", "languages: [en]", settings.read_text("utf-8"), flags=re.MULTILINE))
    assert "1 mistake in" in ask("measure").err


@pytest.mark.parametrize(
    ("given", "settings", "words", "said"),
    [
        ({"LC_ALL": "C.UTF-8", "LANG": "nl_NL.UTF-8"}, None, [], "en"),
        ({"LANG": "nl_NL.UTF-8"}, None, [], "nl"),
        ({"LANG": "nl_BE"}, None, ["paths", "--language", "en"], "en"),
        ({"LANG": "nl_BE"}, None, ["paths", "--language=en"], "en"),
        ({"LANG": "en_GB.UTF-8", "KLANTREIS_LANGUAGE": "nl"}, "languages: [en, nl]", [], "nl"),
        ({"LANG": "en_GB.UTF-8"}, "languages: [nl]", [], "nl"),
        ({"LANG": "en_GB.UTF-8"}, "languages:\n  - nl\n", [], "nl"),
        ({"LANG": "nl_NL.UTF-8"}, "name: x\nlanguages: [en]\nbroken: [", [], "en"),
        ({"LANG": "en_GB.UTF-8"}, "name: says nothing of languages", [], "nl"),
        ({"LANG": "nl_NL.UTF-8"}, None, ["check", "--language", "fr"], "nl"),
    ],
)
def test_the_language_is_asked_set_the_workspaces_or_the_machines(given, settings, words, said, tmp_path, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KLANTREIS_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    if settings is not None:
        (tmp_path / "klantreis.yaml").write_text(settings, encoding="utf-8")
    assert tongue.spoken(words) == said


def test_a_bare_file_is_answered_in_the_language_of_the_workspace_around_it(ask, shop):
    assert "40 reizen, 40 personen" in ask("paths", "web.csv", *COLUMNS).out


def test_a_bare_map_is_drawn_in_its_own_first_language(ask, shop, tmp_path, monkeypatch):
    monkeypatch.delenv("KLANTREIS_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)
    kept = (shop / "maps" / "retour.reis.yaml").read_text("utf-8")
    for first, words in (("nl, en", ">1 van 1<"), ("en, nl", ">1 of 1<")):
        Path("one.reis.yaml").write_text(re.sub(r"languages: .*", f"languages: [{first}]", kept, count=1), "utf-8")
        assert ask("draw", "one.reis.yaml", "--out", "one.svg").code == 0
        assert words in Path("one.svg").read_text("utf-8")


def test_windows_says_dutch_in_its_own_words(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KLANTREIS_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda *_: ("Dutch_Netherlands", "1252"))
    assert language() == "nl"


def test_what_the_system_refuses_is_told_in_dutch(ask, shop, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")

    monkeypatch.setattr("klantreis.workspace.folder.Workspace.load", full)
    answer = ask("load")
    assert answer.code == 3
    assert answer.err.splitlines()[:2] == ["✗ De schijf is vol.", "  bij /tmp/x"]


def test_words_of_typer_that_nobody_knows_stand_behind_a_dutch_sentence():
    class Odd(Exception):
        ctx = None

        def format_message(self):
            return "Something new."

    error = misreading.misread(Odd(), "paths")
    assert error.parts("nl")[0] == "Deze opdracht is niet te lezen: Something new."
    assert error.what == "Something new."
