"""The report as a real browser shows it: offline, on a phone, in the dark, on paper, by keyboard, for everybody."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from klantreis.exporters.html import html
from klantreis.labels import Label
from klantreis.report import Report

sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: playwright is not installed, no page was seen")

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("KLANTREIS_AXE", ROOT / ".venv-axe")) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
ATTACKS = (
    "<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>", "</title><script>window.pwned=1</script>",
    "</style><script>window.pwned=1</script>", '"><svg onload=window.pwned=1>',
    "</svg><img src=x onerror=window.pwned=1>",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("NOT RUN: there is no chromium here, so the report was not seen (apt install chromium)")
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=program, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def axe() -> str:
    if not AXE.is_file():
        pytest.skip(f"NOT RUN: axe-core is not at {AXE}, so accessibility was not judged (.ci/run installs it)")
    return AXE.read_text(encoding="utf-8")


def opened(browser: Any, folder: Path, text: str, width: int = 1440, **more: Any) -> Any:
    """A page open from disk in a window of its own; `asked` holds what it asked for, `said` what it complained of."""
    file = folder / "verslag.html"
    file.write_text(text, encoding="utf-8")
    page = browser.new_context(viewport={"width": width, "height": 900}, **more).new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.goto(file.as_uri())
    return page


def test_it_asks_nothing_and_complains_of_nothing(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report))
    page.wait_for_timeout(100)
    asked = [url for url in page.asked if not url.startswith("data:")]
    assert asked == [(tmp_path / "verslag.html").as_uri()]
    assert page.said == []
    assert page.evaluate("document.fonts.check('16px \"Klantreis Sans\"')")


def test_it_is_whole_without_scripts(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report), java_script_enabled=False)
    page.get_by_text("Wat is dit?").first.click()
    assert page.get_by_text("Verbanden zijn geen oorzaken").first.is_visible()


def test_attacks_in_the_data_do_nothing(browser: Any, tmp_path: Path, report: Report) -> None:
    first = report.findings[0]
    bad = tuple(replace(first, title=Label(word, word), detail=Label(word, word)) for word in ATTACKS)
    for attack in ATTACKS:
        map_ = replace(report.map, title=Label(attack, attack))
        page = opened(browser, tmp_path, html(replace(report, map=map_, findings=bad, workspace=attack)))
        assert page.evaluate("window.pwned") is None
        assert len(page.asked) - sum(url.startswith("data:") for url in page.asked) == 1
        page.context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_phone_never_scrolls_sideways(browser: Any, tmp_path: Path, report: Report, language: str) -> None:
    page = opened(browser, tmp_path, html(report, language=language), width=320)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert not page.locator(".map-picture").is_visible()
    assert page.locator("#step-product").is_visible()


def test_long_words_do_not_burst_the_page(browser: Any, tmp_path: Path, report: Report) -> None:
    long = "klanttevredenheidsonderzoeksresultaten" * 6
    found = tuple(replace(one, title=Label(long, long), detail=Label(long, long)) for one in report.findings)
    map_ = replace(report.map, title=Label(long, long), owner=long)
    page = opened(browser, tmp_path, html(replace(report, map=map_, findings=found, workspace=long)), width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
@pytest.mark.parametrize("which", ["report", "unmeasured"])
def test_everybody_can_read_it(
    browser: Any, tmp_path: Path, axe: str, width: int, scheme: str, which: str, request: pytest.FixtureRequest
) -> None:
    text = html(request.getfixturevalue(which))
    page = opened(browser, tmp_path, text, width, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_the_keyboard_reaches_the_content_first(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_each_wide_picture_scrolls_by_keyboard_in_its_own_region(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report), width=800)
    region = page.locator("#map .drawing")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("one => one.scrollLeft") > 0


def test_the_dark_page_is_dark_and_paper_is_white(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report), color_scheme="dark")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(colour) == "rgb(18, 22, 29)"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"


def test_on_paper_the_map_has_a_wide_sheet_and_nothing_is_cut(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report), width=688)
    page.emulate_media(media="print")
    wide = "[...document.querySelectorAll('table, svg, pre')].filter(one => !one.closest('details:not([open])'))"
    assert page.evaluate(f"Math.max(...{wide}.map(one => one.getBoundingClientRect().right))") <= 689
    file = tmp_path / "verslag.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    if shutil.which("pdfinfo") is None:
        pytest.skip(
            "NOT RUN: pdfinfo is not here, so the sheets of the PDF were not counted (apt install poppler-utils)"
        )
    told = subprocess.run(["pdfinfo", "-l", "99", file], capture_output=True, text=True, check=True).stdout
    sizes = [
        line.split("size:")[1].split("pts")[0].split()
        for line in told.splitlines()
        if "size:" in line and "pts" in line
    ]
    landscape = [spot for spot, (wide_, _, high) in enumerate(sizes) if float(wide_) > float(high)]
    assert landscape
    assert 5 < len(sizes) < 30


CHOSEN = "document.activeElement.id || document.activeElement.className"


def test_the_journey_is_walked_by_keyboard_and_the_focus_comes_back(
    browser: Any, tmp_path: Path, report: Report
) -> None:
    page = opened(browser, tmp_path, html(report, view="map"))
    page.locator(".walk-open").focus()
    page.keyboard.press("Enter")
    seen = page.locator(".walk-step:visible")
    told = [(page.evaluate(CHOSEN), seen.locator("h4").get_attribute("id"))]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        told.append((page.evaluate(CHOSEN), seen.locator("h4").get_attribute("id")))
    assert told == [(f"walk-{spot}", f"walk-{spot}-name") for spot in (1, 2, 3, 2)]
    assert page.said == []
    page.keyboard.press("Escape")
    assert not page.locator("#walk").is_visible()
    assert page.evaluate(CHOSEN) == "walk-open"


def test_next_and_previous_are_pressed_and_the_keys_go_on_from_there(
    browser: Any, tmp_path: Path, report: Report
) -> None:
    page = opened(browser, tmp_path, html(report, view="map"), width=320)
    page.locator(".walk-open").click()
    page.locator(".walk-step:visible .on").click()
    assert page.evaluate(CHOSEN) == "walk-2"
    page.keyboard.press("ArrowRight")
    page.locator(".walk-step:visible label").first.click()
    assert page.evaluate(CHOSEN) == "walk-2"
    assert page.evaluate("document.querySelector('#walk').scrollWidth <= document.querySelector('#walk').clientWidth")
    small = "[...document.querySelectorAll('#walk :is(input, button, label)')].map(one => one.getBoundingClientRect())"
    assert (
        page.evaluate(f"Math.min(...{small}.filter(one => one.width).map(one => Math.min(one.width, one.height)))")
        >= 24
    )
    page.emulate_media(media="print")
    assert not page.locator("#walk").is_visible()
    assert not page.locator(".walk-open").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_everybody_can_walk_the_journey(
    browser: Any, tmp_path: Path, axe: str, width: int, scheme: str, report: Report
) -> None:
    page = opened(browser, tmp_path, html(report, view="map"), width, color_scheme=scheme, bypass_csp=True)
    page.locator(".walk-open").click()
    page.keyboard.press("ArrowLeft")
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run('#walk', {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
