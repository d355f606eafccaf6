"""`klantreis votes` at the terminal: added, shown least recognised first, as data, and removed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klantreis.map.votes import version_of
from klantreis.workspace import open_workspace

Ask = Callable[..., Any]


@pytest.fixture
def sent(shop: Path) -> Callable[..., Path]:
    """Writes what one viewer of the map of complaints sent, and returns the file."""
    version = version_of(open_workspace(shop).map("klacht"))

    def write(viewer: str, *votes: str, comment: str = "") -> Path:
        said = "".join(f"step:{vote};\n" for vote in votes)
        head = f"klantreis-votes=1;\nmap=klacht;\nversion={version};\nviewer={viewer};\nat=2026-11-20T10:00:00Z;\n"
        file = shop / f"{viewer}.txt"
        file.write_text(f"{head}{said}comment={comment}\nend=;\n", encoding="utf-8")
        return file

    return write


def steps(shop: Path) -> list[str]:
    return [step.id for _, step in open_workspace(shop).map("klacht").steps()]


def test_without_votes_it_says_how_to_ask_for_them(shop: Path, ask: Ask) -> None:
    told = ask("votes", "--map", "klacht", "--language", "en")
    assert told.out.startswith("Nobody voted on the map klacht yet.\n")
    assert "klantreis share --map klacht --votes --to FOLDER" in told.out
    assert told.code == 0


def test_added_steps_are_told_least_recognised_first_and_too_few_last(shop: Path, ask: Ask, sent: Any) -> None:
    one, two, three, *_ = steps(shop)
    files = [sent(f"viewer{n}", f"{one}=yes", f"{two}={'yes' if n < 2 else 'no'}") for n in range(5)]
    files.append(sent("viewer9", f"{three}=nee", "nooit=yes", comment="Zo ging het"))
    told = ask("votes", "--add", *files, "--language", "nl")
    assert "✓ Toegevoegd: 6 nieuwe kijkers, 0 vervangen, 0 hetzelfde." in told.out
    assert "! 1 geweigerd; ze staan met hun reden in .klantreis/votes/refused.csv." in told.out
    assert "step:nooit=yes; De kaart heeft deze stap niet." in told.out
    rows = re.findall(r"(\d van \d +[\d,]+% \([\d,]+–[\d,]+\)|te weinig \(n = 1, nodig 5\))", told.out)
    assert [" ".join(row.split()) for row in rows] == [
        "2 van 5 40,0% (11,8–76,9)", "5 van 5 100,0% (56,6–100,0)", "te weinig (n = 1, nodig 5)",
    ]  # fmt: skip
    assert "6 kijkers, 11 stemmen" in told.out
    assert "- Zo ging het" in told.out
    assert "Volgende stap: vraag door bij" in told.out


def test_one_is_told_as_one(shop: Path, ask: Ask, sent: Any) -> None:
    told = ask("votes", "--add", sent("viewer1", f"{steps(shop)[0]}=yes"), "--language", "en").out
    assert "Added: 1 new viewer, 0 replaced" in told
    assert "1 viewer, 1 vote;" in told
    assert "Next step: no step has 5 votes yet" in told


def test_a_text_may_be_pasted(shop: Path, ask: Ask, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pasted = "> " + sent("viewer1", f"{steps(shop)[0]}=yes").read_text().replace("\n", "\n> ")
    monkeypatch.setattr("sys.stdin", io.StringIO(pasted))
    assert "Added: 1 new viewer" in ask("votes", "--add", "-", "--language", "en").out


def test_the_same_as_data_has_the_published_shape(shop: Path, ask: Ask, sent: Any, validated: Any) -> None:
    assert validated("votes", json.loads(ask("votes", "--json").out))["steps"] == []
    file = sent("viewer1", f"{steps(shop)[0]}=yes", "nooit=no", comment="Fijn")
    told = validated("votes", json.loads(ask("votes", "--add", file, "--json").out))
    assert [(one["yes"], one["enough"]) for one in told["steps"]] == [(1, False)]
    assert (told["added"]["new"], len(told["added"]["refused"])) == (1, 1)
    assert told["viewers"][0]["comment"] == "Fijn"
    gone = validated("votes", json.loads(ask("votes", "--map", "klacht", "--remove", "viewer1", "--yes", "--json").out))
    assert (gone["removed"], gone["viewers"]) == (2, [])


def test_what_one_viewer_sent_goes_only_when_somebody_says_so(shop: Path, ask: Ask, sent: Any) -> None:
    ask("votes", "--add", sent("viewer1", f"{steps(shop)[0]}=yes"), "--language", "en")
    unasked = ask("votes", "--remove", "viewer1", "--language", "en")
    assert (unasked.code, "nobody here to ask" in unasked.err) == (2, True)
    gone = ask("votes", "--remove", "viewer1", "--yes", "--map", "klacht", "--language", "en")
    assert "✓ Removed: 1 answer of viewer viewer1." in gone.out
    assert "Nobody voted" in gone.out


def test_a_step_that_left_the_map_and_an_older_version_are_told(shop: Path, ask: Ask, sent: Any) -> None:
    first = steps(shop)[0]
    ask("votes", "--add", sent("viewer1", f"{first}=yes"))
    file = shop / "votes" / "klacht.csv"
    file.write_text(file.read_text().replace(first, "vroeger"))
    told = ask("votes", "--map", "klacht", "--language", "en").out
    assert "! Voted on, and no longer on the map: vroeger." in told
    file.write_text(re.sub(r"klacht,\w+", "klacht,00000000", file.read_text()))
    assert "! 1 viewer saw another version" in ask("votes", "--map", "klacht", "--language", "en").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.txt"], "What is to be done with these files?"),
        (["--add", "nooit.txt"], "nooit.txt cannot be read"),
        (["--add", "klantreis.yaml", "--remove", "x"], "What is to be done"),
        (["--remove", "x", "--yes"], "There is no viewer 'x'"),
    ],
)
def test_what_cannot_be_is_told(shop: Path, ask: Ask, words: list[str], said: str) -> None:
    answer = ask("votes", *words, "--language", "en")
    assert (answer.code, said in answer.err) == (2, True), answer.err


def test_a_file_without_answers_is_named(shop: Path, ask: Ask) -> None:
    told = ask("votes", "--add", "klantreis.yaml", "--map", "klacht", "--language", "en")
    assert "! There are no answers in klantreis.yaml." in told.out


def test_a_shared_page_asks_when_it_is_told_to(shop: Path, ask: Ask) -> None:
    words = ("share", "--map", "klacht", "--view", "map", "--to", "web", "--json")
    page = Path(json.loads(ask(*words, "--reply-to", "team@winkel.example").out)["links"][0]["file"])
    assert "mailto:team@winkel.example" in page.read_text(encoding="utf-8")
    assert "asks whether each step is recognisable" in ask("share", "--list", "--language", "en").out
    ask("share", "--map", "klacht", "--view", "map", "--no-votes")
    assert "<script" not in page.read_text(encoding="utf-8")
