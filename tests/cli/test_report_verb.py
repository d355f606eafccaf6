"""`klantreis report` at the terminal: reports that lead to each other, previews of links, and one per segment."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from klantreis.cli import main


class Page(HTMLParser):
    """The links, ids and meta elements of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.meta: dict[str, str] = {}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.ids.add(known.get("id", ""))
        if tag == "a":
            self.links.append(known.get("href", ""))
        if tag == "meta":
            self.meta[known.get("property") or known.get("name") or ""] = known.get("content", "")


def reports(shop: Path) -> dict[str, Page]:
    return {file.name: Page(file) for file in sorted((shop / "reports").glob("*.html"))}


def dead(shop: Path) -> list[str]:
    """Links between files that lead nowhere."""
    pages = reports(shop)
    found = []
    for name, page in pages.items():
        for link in page.links:
            file, _, spot = unquote(link).partition("#")
            target = pages.get(file or name)
            if target is None or (spot and spot not in target.ids):
                found.append(f"{name}: {link}")
    return found


def test_reports_written_together_lead_from_the_step_to_the_complaint_and_back(shop: Path) -> None:
    assert main(["report"]) == 0
    pages = reports(shop)
    assert "klacht.nl.html" in pages["ring-kopen.nl.html"].links
    assert "ring-kopen.nl.html#step-klacht" in pages["klacht.nl.html"].links
    assert dead(shop) == []


def test_a_report_that_stands_alone_has_no_link_that_leads_nowhere(shop: Path) -> None:
    assert main(["report", "--map", "ring-kopen"]) == 0
    assert list(reports(shop)) == ["ring-kopen.nl.html"]
    assert dead(shop) == []
    assert "Een klacht over de bezorging" in (shop / "reports" / "ring-kopen.nl.html").read_text(encoding="utf-8")


def test_pictures_drawn_together_lead_to_each_other(shop: Path) -> None:
    assert main(["draw", "--all", "--out", "kaarten"]) == 0
    files = {file.name: file.read_text(encoding="utf-8") for file in Path("kaarten").glob("*.svg")}
    links = {name: set(re.findall(r'<a href="([^"#]+)"', text)) for name, text in files.items()}
    assert links["ring-kopen.svg"] == {"klacht.svg", "retour.svg"}
    assert links["klacht.svg"] == {"ring-kopen.svg"}
    assert main(["draw", "--map", "ring-kopen", "--out", "los.svg"]) == 0
    assert not re.findall(r'<a href="[^"#]', Path("los.svg").read_text(encoding="utf-8"))


def test_without_an_address_a_preview_names_title_and_curve_and_nothing_of_the_web(shop: Path) -> None:
    assert main(["report", "--map", "ring-kopen"]) == 0
    meta = reports(shop)["ring-kopen.nl.html"].meta
    assert meta["og:title"] == "Een ring kopen zonder te passen"
    assert meta["og:description"].startswith("Begint")
    assert not {"og:image", "og:url", "twitter:card"} & set(meta)
    assert not list((shop / "reports").glob("*.png"))


def test_with_an_address_the_preview_has_its_picture_of_1200_by_630(shop: Path) -> None:
    pytest.importorskip("resvg_py")
    assert main(["report", "--map", "ring-kopen", "--address", "https://winkel.example/verslagen/"]) == 0
    meta = reports(shop)["ring-kopen.nl.html"].meta
    assert meta["og:url"] == "https://winkel.example/verslagen/ring-kopen.nl.html"
    assert meta["og:image"] == "https://winkel.example/verslagen/ring-kopen.nl.png"
    card = (shop / "reports" / "ring-kopen.nl.png").read_bytes()
    assert card[:8] == b"\x89PNG\r\n\x1a\n"
    size = tuple(int.from_bytes(card[spot : spot + 4], "big") for spot in (16, 20))
    assert size == (1200, 630)
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")


@pytest.mark.parametrize(
    "address",
    [
        "http://winkel.example",
        "javascript:alert(1)",
        "winkel.example",
        'https://x.nl/"><script>',
        "https://x.nl/?a=1",
        "",
    ],
)
def test_an_address_that_is_not_one_of_https_is_refused(
    shop: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert main(["report", "--map", "ring-kopen", "--address", address]) == 2
    assert "https://" in capsys.readouterr().err
    assert not list((shop / "reports").glob("*.png"))


def test_each_segment_has_a_report_and_a_page_leads_to_its_four_standard_ones(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--map", "ring-kopen", "--each-segment", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    pages = reports(shop)
    assert set(pages) == {
        "ring-kopen.nl.html", "ring-kopen.nieuw.nl.html", "ring-kopen.bestaand.nl.html", "segments.nl.html",
    }  # fmt: skip
    assert len(told["reports"]) == 3
    assert told["left_out"] == []
    links = pages["segments.nl.html"].links
    for part in ("ring-kopen.nl.html", "ring-kopen.nieuw.nl.html", "ring-kopen.bestaand.nl.html"):
        assert {f"{part}#map", f"{part}#further-channel_mix", f"{part}#paths", f"{part}#feeling"} <= set(links)
    assert dead(shop) == []
    whole, part = ((shop / "reports" / f"ring-kopen{name}.nl.html").read_text("utf-8") for name in ("", ".bestaand"))
    for chapter in ("further-channel_mix", "paths", "feeling"):
        start = f'id="{chapter}"'
        one, other = (text[text.index(start) :][:9000] for text in (whole, part))
        assert one != other, chapter  # each is of the segment, and not of everybody


def test_a_segment_that_is_too_small_is_named_with_the_reason_and_has_no_file(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = shop / "klantreis.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nprivacy: {least: 400}\n", encoding="utf-8")
    assert main(["report", "--map", "ring-kopen", "--each-segment"]) == 0
    out = capsys.readouterr().out
    assert "Niet gedeeld: ring-kopen/bestaand" in out
    assert not (shop / "reports" / "ring-kopen.bestaand.nl.html").exists()
    assert "Niet gedeeld" in (shop / "reports" / "segments.nl.html").read_text("utf-8")


def test_a_file_that_is_no_report_is_never_overwritten(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "reports").mkdir(exist_ok=True)
    mine = shop / "reports" / "segments.nl.html"
    mine.write_text("<p>mijn eigen werk</p>", encoding="utf-8")
    assert main(["report", "--map", "ring-kopen", "--each-segment"]) == 2
    assert "segments.nl.html" in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == "<p>mijn eigen werk</p>"


def test_one_segment_and_each_segment_do_not_go_together(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--segment", "nieuw", "--each-segment"]) == 2
    assert "--each-segment" in capsys.readouterr().err


def test_a_map_without_segments_says_how_to_add_them(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--map", "klacht", "--each-segment"]) == 2
    assert "segments:" in capsys.readouterr().err
