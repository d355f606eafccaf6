"""The portfolio that is drawn to a file tells nothing of a few, as every picture that may be given to others."""

from pathlib import Path

from klantreis import open_workspace

MAP = """
klantreis: 1
id: kopen
title: Kopen
phases:
  zoeken: {class: CO, kijk: {match: kijk}}
  kiezen: {class: BU, koop: {match: koop}}
"""
SETTINGS = """
klantreis: 1
name: Winkel
sources:
  events: {path: log.csv, person: p, at: t, event: e}
"""


def test_a_phase_that_a_few_reach_has_no_share_in_the_portfolio(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/kopen.reis.yaml").write_text(MAP)
    (tmp_path / "klantreis.yaml").write_text(SETTINGS)
    rows = [f"p{n},2026-01-0{1 + n % 9}T10:00:00Z,kijk" for n in range(40)]
    rows += [f"p{n},2026-01-1{n}T10:00:00Z,koop" for n in range(3)]
    rows += ["later,2026-11-01T10:00:00Z,kijk"]
    (tmp_path / "log.csv").write_text("p,t,e\n" + "\n".join(rows) + "\n")
    shop = open_workspace(tmp_path)
    shop.load()
    (step,) = [one for one in shop.reports()[0].results.funnel.steps if one.step == "kiezen"]
    assert (step.people, step.share.value) == (3, 3 / 41)
    drawn = shop.portfolio()
    assert "Zoeken" in drawn
    assert "Kiezen" in drawn
    assert "8%" not in drawn.replace("\xa0", "").replace("7,5%", "8%")
