"""A load of which nothing comes says so, with what is most likely wrong, and does not end well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klantreis import cli
from klantreis.workspace import begin, open_workspace

SETTINGS = """klantreis: 1
name: Shop
languages: [nl, en]
sources:
  web: {path: 'data/*.csv', person: who, at: at, event: what}
"""
HEAD = "who,at,what\n"
BAD = HEAD + "a,gisteren,x\n,2026-01-01,x\nb,later,y\n"
GOOD = HEAD + "a,2026-01-01,x\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    begin(tmp_path)
    (tmp_path / "klantreis.yaml").write_text(SETTINGS)
    return tmp_path


def write(shop: Path, text: str, name: str = "a.csv") -> None:
    (shop / "data").mkdir(exist_ok=True)
    (shop / "data" / name).write_text(text)


def test_a_source_of_which_every_row_is_refused_tells_why_first_and_ends_with_2(shop: Path, capsys) -> None:
    write(shop, BAD)
    assert cli.main(["load"]) == 2
    said = " ".join(capsys.readouterr().out.split())
    assert "✗ web: geen enkele rij is te gebruiken" in said
    assert "2 rijen geweigerd: de tijd wordt niet begrepen. Regel 2, 4 ('gisteren')" in said
    (first, *_) = open_workspace(shop).load(again=True).findings
    assert (first.rule, first.level, first.place.line) == ("nothing-stored", "error", 2)
    assert first.advice.nl.startswith("Zeg hoe tijden geschreven zijn")


def test_loading_it_again_unchanged_does_not_end_well_either(shop: Path, capsys) -> None:
    write(shop, BAD)
    cli.main(["load"])
    capsys.readouterr()
    assert cli.main(["load", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert [one["rule"] for one in told["findings"]] == ["nothing-stored"]


def test_times_without_a_date_are_told_to_get_their_date(shop: Path) -> None:
    write(shop, "who,at,what,datum\na,9:15,x,3-10-2026\n")
    first = open_workspace(shop).load().findings[0]
    assert (first.rule, first.advice.nl) == ("nothing-stored", "Noem ook de kolom met de datum: at: [datum, at]")


def test_a_new_file_that_cannot_be_used_is_a_warning_beside_what_was_stored(shop: Path) -> None:
    write(shop, GOOD)
    assert cli.main(["load"]) == 0
    write(shop, BAD, "b.csv")
    found = open_workspace(shop).load().findings
    assert [(one.rule, one.level) for one in found if one.rule == "nothing-stored"] == [("nothing-stored", "warning")]
    assert cli.main(["load", "--again"]) == 0


def test_a_file_with_only_a_head_is_remarked(shop: Path) -> None:
    write(shop, HEAD)
    assert cli.main(["load", "--again"]) == 2
    (said,) = open_workspace(shop).load(again=True).findings
    assert (said.rule, said.title.nl) == ("no-rows", "web heeft een kop maar geen rijen")
    write(shop, GOOD)
    assert open_workspace(shop).load().findings == ()


def test_no_report_is_written_of_nothing(shop: Path, capsys) -> None:
    write(shop, BAD)
    assert cli.main(["report"]) == 2
    told = capsys.readouterr()
    assert "Er is nog niets geladen, dus er is geen verslag geschreven." in " ".join((told.out + told.err).split())
    assert not (shop / "reports").exists()
    write(shop, GOOD)
    assert cli.main(["load"]) == 0
    assert cli.main(["report"]) == 0
