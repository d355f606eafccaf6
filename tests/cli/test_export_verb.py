"""`klantreis export` at the terminal: each view in each format that draws, and names that keep files apart."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest

from klantreis.cli import main
from klantreis.workspace.drawing import file_name

MAP = """klantreis: 1
id: {id}
title: {title}
template: nl-5
personas: {{sanne: {{label: Sanne, goal: Snel klaar}}, bram: {{label: Bram}}}}
phases:
  orientatie: {{zoek: {{do: Ik zoek, feel: 1}}}}
  aankoop: {{kassa: {{do: Ik betaal, feel: {{sanne: 2, bram: -2}}, owner: winkel}}}}
"""
VIEWS = ("map", "compact", "print", "time", "ideal", "blueprint", "matrix", "strengths", "means")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "maps").mkdir()
    (tmp_path / "klantreis.yaml").write_text("klantreis: 1\nname: Winkel\nlanguages: [nl]\n", encoding="utf-8")
    for id_, title in (("ring", "Een ring"), ("sok", "Een sok")):
        (tmp_path / "maps" / f"{id_}.reis.yaml").write_text(MAP.format(id=id_, title=title), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(capsys: pytest.CaptureFixture[str], *asked: str) -> Path:
    assert main([*asked, "--json"]) == 0
    return Path(json.loads(capsys.readouterr().out)["path"])


def refused(capsys: pytest.CaptureFixture[str], *asked: str) -> str:
    assert main(list(asked)) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("verb", [("draw",), ("export", "--to", "svg"), ("export", "--to", "pdf")])
def test_no_two_views_of_one_map_write_the_same_file(
    shop: Path, capsys: pytest.CaptureFixture[str], verb: tuple[str, ...]
) -> None:
    asked = [["--view", view] for view in VIEWS]
    asked += [["--persona", "sanne"], ["--owner", "winkel"], ["--as", "funnel-3"], ["--theme", "print"]]
    asked += [["--view", "means", "--only", "aankoop"], ["--language", "en"], ["--scope", "to_purchase"]]
    names = [written(capsys, *verb, "--map", "ring", *more).name for more in asked]
    assert len(set(names)) == len(names)
    assert all(name.startswith("ring.") for name in names)
    assert len(list(shop.glob("ring.*"))) == len(names)


def test_a_view_looks_the_same_in_svg_png_and_pdf(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for view in ("strengths", "blueprint"):
        svg, png, pdf = (
            written(capsys, "export", "--map", "ring", "--view", view, "--to", to) for to in ("svg", "png", "pdf")
        )
        wide, high = struct.unpack(">II", png.read_bytes()[16:24])
        found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg.read_text("utf-8"))
        assert found
        assert wide / high == pytest.approx(float(found[1]) / float(found[2]), abs=0.01)
        assert pdf.read_bytes().startswith(b"%PDF")


def test_the_ending_of_out_says_the_format_and_may_not_contradict_to(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(capsys, "export", "--map", "ring", "--out", "ring.pdf").read_bytes().startswith(b"%PDF")
    assert "--to svg|png" in refused(capsys, "export", "--map", "ring")
    assert "--to pdf" in refused(capsys, "export", "--map", "ring", "--to", "png", "--out", "x.pdf")
    assert "klantreis export --out x.pdf" in refused(capsys, "draw", "--map", "ring", "--out", "x.pdf")
    assert not (shop / "x.pdf").exists()


def test_an_option_of_another_format_says_whose_it_is(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "svg, png, pdf" in refused(capsys, "export", "--map", "ring", "--to", "csv", "--view", "compact")
    assert "--to pdf" in refused(capsys, "export", "--map", "ring", "--to", "png", "--paper", "A4")
    assert "--to png" in refused(capsys, "export", "--map", "ring", "--to", "svg", "--card")
    assert "sanne" in refused(capsys, "export", "--map", "ring", "--to", "svg", "--persona", "sane")


def test_a_portfolio_goes_to_paper_too(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = written(capsys, "export", "--view", "portfolio", "--to", "pdf")
    assert pdf.name == "portfolio.nl.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert written(capsys, "export", "--view", "portfolio", "--only", "ring", "--to", "svg").name != "portfolio.nl.svg"
    assert "svg, png, pdf" in refused(capsys, "export", "--view", "portfolio", "--to", "xlsx")


def test_maps_that_are_drawn_together_lead_to_each_others_names(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = shop / "maps" / "ring.reis.yaml"
    file.write_text(file.read_text("utf-8").replace("do: Ik zoek,", "do: Ik zoek, opens: sok,"), encoding="utf-8")
    assert main(["draw", "--all", "--view", "compact", "--out", "p"]) == 0
    assert sorted(path.name for path in (shop / "p").iterdir()) == ["ring.compact.svg", "sok.compact.svg"]
    assert 'href="sok.compact.svg"' in (shop / "p" / "ring.compact.svg").read_text("utf-8")


def test_a_name_is_a_name_and_never_a_path() -> None:
    assert file_name("ring") == "ring.svg"
    assert file_name("ring", view="map", theme="light", scope="whole", language=None, ours=False) == "ring.svg"
    assert file_name("ring", ".pdf", view="time", model="nl-5", language="en") == "ring.time.as-nl-5.en.pdf"
    assert file_name("ring", owner="../../etc/pass wd") == "ring.etc-pass-wd.svg"
    assert file_name("portfolio", view="portfolio", only="prijsklasse hoog") == "portfolio.prijsklasse-hoog.svg"


def test_out_may_be_a_folder(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "uit").mkdir()
    assert main(["export", "--map", "ring", "--to", "md", "--out", "uit"]) == 0
    assert main(["draw", "--map", "ring", "--out", "uit"]) == 0
    assert sorted(one.name for one in (shop / "uit").iterdir()) == ["ring.nl.md", "ring.svg"]
