"""`guide`, `diff` and `merge` at the terminal."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from klantreis import cli
from klantreis.cli import doctor_verb, main
from klantreis.workspace import begin

MAP = """klantreis: 1
id: x
title: X
template: nl-5
owner: ik  # wie
phases: {aankoop: {kassa: {do: Ik betaal, feel: -1}}}
"""


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_guide_lists_the_nine_steps_and_asks_nothing_without_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "x.reis.yaml", MAP)
    assert main(["guide", file, "--language", "nl"]) == 0
    assert "Persona's per segment" in capsys.readouterr().out
    assert main(["guide", file, "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)
    assert [step["number"] for step in steps] == list(range(1, 10))
    assert Path(file).read_text(encoding="utf-8") == MAP


def test_the_guide_asks_again_keeps_each_answer_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "x.reis.yaml", MAP)
    answers = iter(["Fatima", "customer orders 0", "customer.orders = 0", "", "Vandaag klaar", "n"])
    monkeypatch.setattr("typer.prompt", lambda *_, default="", **__: next(answers) or default)
    monkeypatch.setattr("sys.stdin", io.StringIO("weten wat het kost\n\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["guide", file, "--language", "nl"]) == 0
    told = capsys.readouterr().out
    assert "Deze voorwaarde is niet te lezen" in told
    assert "Bewaard in" in told
    text = Path(file).read_text(encoding="utf-8")
    assert "owner: ik  # wie" in text
    for part in ("goal: Vandaag klaar", "needs: [weten wat het kost]", "fatima: customer.orders = 0"):
        assert part in text
    assert next(answers, None) is None


def test_diff_tells_what_differs_by_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(tmp_path, "a.reis.yaml", MAP), written(tmp_path, "b.reis.yaml", MAP.replace("-1", "1"))
    assert main(["diff", old, new, "--language", "en"]) == 0
    assert "Rescored: step 'kassa', the feeling from -1 to 1" in capsys.readouterr().out
    assert main(["diff", old, new, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "kassa"
    assert main(["diff", old, old, "--language", "nl"]) == 0
    assert "Geen verschil" in capsys.readouterr().out


def test_diff_draws_the_newer_map_with_the_differences_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = written(tmp_path, "a.reis.yaml", MAP), written(tmp_path, "b.reis.yaml", MAP.replace("-1", "1"))
    for option in ("--svg", "--draw"):
        drawn = tmp_path / f"difference{option}.svg"
        assert main(["diff", old, new, option, str(drawn), "--language", "nl"]) == 0
        assert drawn.name in capsys.readouterr().out.replace("\n", "")
        assert "± gewogen" in drawn.read_text(encoding="utf-8")


def test_merge_writes_the_map_and_fails_on_a_conflict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = written(tmp_path, "base.yaml", MAP)
    mine = written(tmp_path, "mine.yaml", MAP.replace("-1", "1"))
    theirs = written(tmp_path, "theirs.yaml", MAP.replace("owner: ik", "owner: jij"))
    out = str(tmp_path / "out.yaml")
    assert main(["merge", base, mine, theirs, "--out", out]) == 0
    merged = Path(out).read_text(encoding="utf-8")
    assert merged == MAP.replace("-1", "1").replace("owner: ik", "owner: jij")
    other = written(tmp_path, "other.yaml", MAP.replace("-1", "2"))
    assert main(["merge", base, mine, other, "--language", "nl"]) == 1
    said = capsys.readouterr()
    assert "'kassa'" in said.err
    assert "feel: 1" in said.out


def test_merge_says_when_one_took_away_what_the_other_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = MAP + "barriers: {rij: {at: kassa}}\n"
    base, mine = written(tmp_path, "base.yaml", text), written(tmp_path, "mine.yaml", MAP)
    theirs = written(tmp_path, "theirs.yaml", text + "opportunities: {zelfscan: {solves: rij}}\n")
    assert main(["merge", base, mine, theirs, "--out", str(tmp_path / "out.yaml")]) == 1
    assert "rij" in capsys.readouterr().err


@pytest.fixture
def begun(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    begin(tmp_path)
    return tmp_path


def test_the_guide_takes_the_only_map_of_the_workspace(begun, capsys):
    assert cli.main(["guide", "--list"]) == 0
    assert "1." in capsys.readouterr().out
    (begun / "maps" / "b.reis.yaml").write_text((begun / "maps" / "nl-5.reis.yaml").read_text())
    assert cli.main(["guide", "--list"]) == 2
    assert "Noem er een: maps/b.reis.yaml, maps/nl-5.reis.yaml." in " ".join(capsys.readouterr().err.split())


def test_the_guide_takes_a_map_by_its_id_as_other_verbs_do(begun, capsys):
    text = (begun / "maps" / "nl-5.reis.yaml").read_text()
    (begun / "maps" / "b.reis.yaml").write_text(text.replace("id: nl-5", "id: b"))
    assert cli.main(["guide", "--map", "b", "--list"]) == 0
    assert cli.main(["guide", "--map", "b", "--workspace", str(begun), "--json"]) == 0
    assert cli.main(["guide", "--map", "c", "--list"]) == 2
    assert cli.main(["guide", "maps/b.reis.yaml", "--map", "b"]) == 2


def test_check_takes_a_folder_a_map_and_json_as_other_verbs_do(begun, capsys):
    text = (begun / "maps" / "nl-5.reis.yaml").read_text()
    (begun / "maps" / "b.reis.yaml").write_text(text.replace("id: nl-5", "id: b"))
    told = {}
    for words in ([], ["."], ["maps"], ["--map", "b"], ["maps/b.reis.yaml"]):
        assert cli.main(["check", *words, "--json"]) == 0
        told[" ".join(words)] = [one["place"]["map"] for one in json.loads(capsys.readouterr().out)]
    assert told[""] == told["."] == told["maps"]
    assert set(told[""]) == {"nl-5", "b"}
    assert set(told["--map b"]) == set(told["maps/b.reis.yaml"]) == {"b"}
    assert cli.main(["check", "maps", "--map", "b"]) == 2
    assert cli.main(["check", "--map", "c"]) == 2
    assert cli.main(["check", "maps", "--fail-on", "hint"]) == 1


def test_hints_of_a_kind_come_with_the_first_of_them_in_the_language(begun, capsys):
    assert cli.main(["check"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert re.search(r"· 5 × fase zonder actie, zoals: \S+ .*? ·", said)


def test_the_doctor_says_in_dutch_what_is_not_installed(begun, capsys, monkeypatch):
    monkeypatch.setattr(doctor_verb, "PACKAGES", ("no-such-library",))
    assert cli.main(["doctor"]) == 0
    assert re.search(r"no-such-library +niet geïnstalleerd", capsys.readouterr().out)
    assert cli.main(["doctor", "--json"]) == 0
    assert '"no-such-library": "not installed"' in capsys.readouterr().out
