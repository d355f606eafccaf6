"""Files and folders are checked alike, and as the workspace they lie in asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.errors import DocumentError, OptionError
from klantreis.workspace.checking import checked_paths, map_files, with_maps

MAP = "klantreis: 1\nid: {id}\ntitle: X\nphases: {{aankoop: {{kassa: {{do: Ik betaal}}}}}}\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace with two maps, which does not want to hear of KPIs."""
    (tmp_path / "maps").mkdir()
    for name in ("b", "a"):
        (tmp_path / "maps" / f"{name}.reis.yaml").write_text(MAP.format(id=name), encoding="utf-8")
    (tmp_path / "klantreis.yaml").write_text(
        "klantreis: 1\nname: Winkel\nchecks: {phase-without-kpi: off}\n", encoding="utf-8"
    )
    return tmp_path


def test_a_folder_gives_its_maps_by_name_and_a_workspace_those_of_its_maps_folder(shop: Path) -> None:
    assert [file.name for file in map_files(shop)] == ["a.reis.yaml", "b.reis.yaml"]
    assert map_files(shop / "maps") == map_files(shop)
    assert map_files(shop / "maps" / "a.reis.yaml") == [shop / "maps" / "a.reis.yaml"]


def test_however_a_map_is_named_its_workspace_says_which_checks_are_off(shop: Path) -> None:
    for path in (shop, shop / "maps", shop / "maps" / "a.reis.yaml"):
        rules = {finding.rule for finding in checked_paths([path])}
        assert "phase-without-action" in rules
        assert "phase-without-kpi" not in rules


def test_a_map_outside_a_workspace_is_checked_as_usual(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    loose = tmp_path_factory.mktemp("loose") / "c.reis.yaml"
    loose.write_text(MAP.format(id="c"), encoding="utf-8")
    found = checked_paths([shop, loose])
    assert {finding.place.map for finding in found if finding.rule == "phase-without-kpi"} == {"c"}


def test_a_map_named_twice_is_checked_once(shop: Path) -> None:
    assert checked_paths([shop, shop / "maps" / "a.reis.yaml"]) == checked_paths([shop])


def test_a_folder_without_maps_and_a_path_that_is_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text("", encoding="utf-8")
    with pytest.raises(OptionError, match="no map in the folder"):
        checked_paths([tmp_path])
    with pytest.raises(OptionError, match=r"(?s)no file or folder.*shop\.yaml"):
        checked_paths([tmp_path / "shap.yaml"])


def test_mistakes_in_the_settings_do_not_hide_those_in_the_maps(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "klantreis.yaml").write_text("naam: winkel\n")
    (tmp_path / "maps" / "a.reis.yaml").write_text("id: a\nfasen: []\n")
    with pytest.raises(DocumentError) as caught:
        checked_paths([tmp_path])
    told = with_maps(caught.value)
    assert [Path(finding.place.file or "").name for finding in told.findings] == ["klantreis.yaml"] * 2 + [
        "a.reis.yaml"
    ] * 4
    assert told.told("nl").startswith("6 fouten in klantreis.yaml en de kaarten")


def test_mistakes_in_the_settings_alone_are_told_as_they_were(tmp_path: Path) -> None:
    broken = DocumentError("1 mistake", ())
    assert with_maps(broken) is broken
