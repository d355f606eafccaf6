"""Rows that come again with another text beside them are told of: without an id they are new rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.findings import Finding
from klantreis.workspace import begin, open_workspace

HEAD = "nr,who,at,what,price\n"
ROWS = [f"{one},p{one},2026-01-0{1 + one % 9},buy,€ {one}" for one in range(20)]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    begin(tmp_path)
    settings(tmp_path, "")
    return tmp_path


def settings(folder: Path, more: str) -> None:
    source = f"{{path: a.csv, person: who, at: at, event: what{more}}}"
    (folder / "klantreis.yaml").write_text(f"klantreis: 1\nname: Shop\nsources:\n  web: {source}\n")


def loaded(folder: Path, rows: list[str]) -> list[Finding]:
    (folder / "a.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return [one for one in open_workspace(folder).load().findings if one.rule == "stored-twice"]


def test_rows_with_another_text_beside_them_are_counted(shop: Path) -> None:
    assert loaded(shop, ROWS) == []
    (said,) = loaded(shop, [row.replace("€ ", "") for row in ROWS] + ["99,new,2026-01-03,buy,1"])
    assert (said.level, said.title.nl) == ("warning", "web: 20 van 21 nieuwe rijen lijken er al te staan")
    assert said.evidence[0].value == 20


def test_new_rows_are_no_doubles_and_neither_are_a_few_in_one_moment(shop: Path) -> None:
    loaded(shop, ROWS)
    more = [f"{one},q{one},2026-01-03,buy,1" for one in range(20)]
    assert loaded(shop, ROWS + more) == []
    assert loaded(shop, [*ROWS, *more, "70,p1,2026-01-02,buy,7", *(row.replace("q", "r") for row in more)]) == []


def test_a_source_with_an_id_has_no_doubles(shop: Path) -> None:
    settings(shop, ", id: nr")
    loaded(shop, ROWS)
    assert loaded(shop, [row.replace("€ ", "") for row in ROWS]) == []
    assert open_workspace(shop).store.log().stored == 20


def test_rows_that_are_kept_though_equal_are_not_looked_at(shop: Path) -> None:
    settings(shop, ", duplicates: keep")
    loaded(shop, ROWS)
    assert loaded(shop, [row.replace("€ ", "") for row in ROWS]) == []


def test_the_same_file_read_otherwise_is_told_of(shop: Path) -> None:
    rows = [f"{one},p{one},2026-01-0{1 + one % 9} 10:00:00,buy,{one}" for one in range(20)]
    assert otherwise(shop, rows) == []
    assert otherwise(shop, rows) == []
    settings(shop, ", time_zone: America/New_York")
    (said,) = otherwise(shop, rows)
    assert (said.level, said.title.nl) == (
        "warning", "web: dezelfde bestanden geven 20 andere rijen dan de vorige keer"
    )  # fmt: skip
    assert "store --remove web" in said.advice.nl
    assert otherwise(shop, rows) == []


def test_rows_that_were_refused_and_new_rows_are_not_read_otherwise(shop: Path) -> None:
    odd = [f"{one},p{one},1 jan 202{one % 6},buy,{one}" for one in range(20)]
    assert otherwise(shop, ROWS[:3] + odd) == []
    settings(shop, ', dates: ["%Y-%m-%d", "%-d jan %Y"]')
    assert otherwise(shop, ROWS[:3] + odd) == []
    settings(shop, ", id: nr")
    assert otherwise(shop, [*ROWS, "90,new,2026-02-01,buy,1"]) == []


def otherwise(folder: Path, rows: list[str]) -> list[Finding]:
    (folder / "a.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return [one for one in open_workspace(folder).load().findings if one.rule == "read-otherwise"]
