"""A workspace says which remarks on its maps it wants."""

from pathlib import Path

from klantreis.workspace import open_workspace

MAP = """
klantreis: 1
id: koop
title: Kopen
template: nl-5
phases:
  orientatie:
    zoeken: {do: Ik zoek, feel: 1, match: search}
"""


def remarks(folder: Path, checks: str) -> dict[str, str]:
    """Returns rule -> level of what is remarked on a small map under these settings."""
    (folder / "maps").mkdir(exist_ok=True)
    (folder / "maps" / "koop.reis.yaml").write_text(MAP)
    (folder / "klantreis.yaml").write_text(f"klantreis: 1\nname: Winkel\n{checks}")
    return {finding.rule: finding.level for finding in open_workspace(folder).check()}


def test_a_check_is_raised_or_switched_off_in_the_settings(tmp_path: Path) -> None:
    assert remarks(tmp_path, "")["phase-without-kpi"] == "hint"
    assert remarks(tmp_path, "checks: {phase-without-kpi: error}\n")["phase-without-kpi"] == "error"
    assert "phase-without-kpi" not in remarks(tmp_path, "checks: {phase-without-kpi: off}\n")
