"""`klantreis draw` at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantreis.cli import main

MAP = """klantreis: 1
id: {id}
title: {title}
template: nl-5
context: {{price_band: {band}}}
personas: {{sanne: {{label: Sanne}}, bram: {{label: Bram}}}}
phases: {{aankoop: {{kassa: {{do: Ik betaal, feel: {{sanne: 2, bram: -2}}}}}}}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "maps").mkdir()
    (tmp_path / "klantreis.yaml").write_text("klantreis: 1\nname: Winkel\nlanguages: [nl]\n", encoding="utf-8")
    for id_, title, band in (("ring", "Een ring", "hoog"), ("sok", "Een sok", "laag")):
        text = MAP.format(id=id_, title=title, band=band)
        (tmp_path / "maps" / f"{id_}.reis.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def drawn(shop: Path, *asked: str) -> str:
    out = shop / "out.svg"
    assert main(["draw", "--workspace", str(shop), "--out", str(out), *asked]) == 0
    return out.read_text(encoding="utf-8")


def test_a_portfolio_of_one_price_class_has_only_its_maps(shop: Path) -> None:
    whole, part = drawn(shop, "--view", "portfolio"), drawn(shop, "--view", "portfolio", "--only", "prijsklasse hoog")
    assert "Een sok" in whole
    assert "Een sok" not in part
    assert "Een ring" in part


def test_only_without_a_portfolio_says_what_it_is_for(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--workspace", str(shop), "--only", "hoog"]) != 0
    assert "portfolio" in capsys.readouterr().err


def test_e21_a_map_is_drawn_as_one_persona_feels_it(shop: Path) -> None:
    sanne, bram = (drawn(shop, "--map", "ring", "--persona", one, "--language", "nl") for one in ("sanne", "bram"))
    assert "+2,0" in sanne
    assert "+2,0" not in bram
    file = str(shop / "maps" / "ring.reis.yaml")
    assert main(["draw", file, "--persona", "bram", "--out", str(shop / "file.svg"), "--language", "nl"]) == 0
    assert "2,0" in (shop / "file.svg").read_text(encoding="utf-8")


def test_an_unknown_persona_is_told_with_the_nearest(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--workspace", str(shop), "--map", "ring", "--persona", "sane"]) != 0
    assert "sanne" in capsys.readouterr().err


def test_a_view_of_everybody_is_not_drawn_for_one_persona(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--workspace", str(shop), "--view", "matrix", "--persona", "sanne"]) != 0
    assert "compact" in capsys.readouterr().err


SEGMENTED = """klantreis: 1
id: ring
title: Een ring
segments: {hand: channel = store, web: channel = web}
touchpoints: {bekijkt: {match: view}, betaalt: {match: pay}}
phases: {aankoop: {kijken: {do: Ik kijk, touch: bekijkt}, betalen: {do: Ik betaal, touch: betaalt}}}
"""


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "ring.reis.yaml").write_text(SEGMENTED, encoding="utf-8")
    rows = [f"p{n},2026-03-0{n % 9 + 1} 10:00,view,{'web' if n < 30 else 'store'}\n" for n in range(50)]
    (tmp_path / "events.csv").write_text("person,at,event,channel\n" + "".join(rows), encoding="utf-8")
    source = "{path: events.csv, person: person, at: at, event: event, channel: channel, time_zone: UTC}"
    settings = f"klantreis: 1\nname: Winkel\nlanguages: [nl]\nsources: {{web: {source}}}\n"
    (tmp_path / "klantreis.yaml").write_text(settings, encoding="utf-8")
    assert main(["load", "--workspace", str(tmp_path)]) == 0
    return tmp_path


def test_b6_a_map_is_drawn_as_one_segment_goes_through_it(measured: Path) -> None:
    everybody, part = drawn(measured, "--language", "nl"), drawn(measured, "--segment", "web", "--language", "nl")
    assert "50 reizen" in everybody
    assert "50 reizen" not in part
    assert "30 reizen" in part
    assert "alleen Web" in part


def test_an_unknown_segment_is_told_with_the_nearest(measured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--workspace", str(measured), "--segment", "wep", "--language", "nl"]) != 0
    assert "'web'" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--view", "portfolio"], ["--journey", "p1-1"], ["maps/ring.reis.yaml"]])
def test_a_segment_is_refused_where_nothing_of_it_is_measured(
    measured: Path, more: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(measured)
    assert main(["draw", "--segment", "web", *more, "--language", "en"]) != 0
    assert "Take --map of a workspace, without --journey and --view portfolio." in capsys.readouterr().err
