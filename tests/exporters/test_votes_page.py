"""A page that asks whether each step is recognisable, as a real browser shows it; and what is told of the votes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from klantreis.exporters.html import html
from klantreis.labels import plain
from klantreis.map.votes import Recognised, version_of, walked
from klantreis.map.votes_sent import Sent, sent
from klantreis.report import Report
from klantreis.stats.untold import Untold

sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: playwright is not installed, no page was seen")
AXE = Path(__file__).resolve().parents[2] / ".venv-axe" / "node_modules" / "axe-core" / "axe.min.js"
NOW = "2099-01-01T00:00:00Z"
TO = "team@winkel.example"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("NOT RUN: there is no chromium here, so the page was not seen (apt install chromium)")
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def opened(browser: Any, folder: Path, text: str, width: int = 320, **more: Any) -> Any:
    """A page open from disk, its walk open; `said` holds what it complained of, `asked` what it asked for."""
    file = folder / "kaart.html"
    file.write_text(text, encoding="utf-8")
    page = browser.new_context(viewport={"width": width, "height": 800}, **more).new_page()
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(file.as_uri())
    page.locator(".walk-open").click()
    return page


def vote(page: Any, answer: str) -> None:
    page.locator(".walk-step:visible .vote label").filter(has_text=answer).click()


def text_of(page: Any) -> str:
    return str(page.locator("textarea").input_value())


def one(text: str) -> Sent:
    (found,) = sent(text, NOW)
    return found


def test_a_viewer_votes_copies_saves_and_mails_what_the_owner_can_read(
    browser: Any, tmp_path: Path, report: Report
) -> None:
    page = opened(browser, tmp_path, html(report, view="map", votes=True, reply_to=TO))
    steps = walked(report.map)
    for answer in ("Ja", "Nee"):
        vote(page, answer)
        page.locator(".walk-step:visible .vote .on").click()
    page.locator("[name=walk]").last.check()
    assert page.locator(".vote-count").inner_text() == f"2 van {len(steps)} stappen beantwoord."
    page.locator("#vote-comment").fill("Zo ging het; echt > waar")
    found = one(text_of(page))
    assert found.refused == ()
    assert found.answers.votes == {steps[0]: True, steps[1]: False}
    assert (found.answers.map, found.answers.version) == (report.map.id, version_of(report.map))
    assert found.answers.comment == "Zo ging het; echt > waar"
    with page.expect_download() as saved:
        page.locator(".vote-save").click()
    assert saved.value.suggested_filename == f"klantreis-{report.map.id}.txt"
    assert one(Path(saved.value.path()).read_text()) == found
    mail = page.locator(".vote-mail").get_attribute("href")
    assert mail.startswith(f"mailto:{TO}?subject=")
    body = page.evaluate("link => decodeURIComponent(link.split('&body=')[1])", mail)
    assert one(body) == found
    page.locator(".vote-copy").click()
    page.locator("#vote-comment").fill("")
    page.locator("#vote-comment").press("Control+v")
    assert "klantreis-votes=1" in page.locator("#vote-comment").input_value()
    assert [url for url in page.asked if not url.startswith(("data:", "file:"))] == []
    assert [said for said in page.said if "Refused" in said or "Error" in said] == []


def test_a_second_visit_keeps_the_viewer_and_the_answers_until_they_are_cleared(
    browser: Any, tmp_path: Path, report: Report
) -> None:
    text = html(report, view="map", votes=True)
    page = opened(browser, tmp_path, text)
    vote(page, "Ja")
    first = one(text_of(page)).answers
    page.reload()
    page.locator(".walk-open").click()
    again = one(text_of(page)).answers
    assert (again.viewer, again.votes) == (first.viewer, first.votes)
    (tmp_path / "kaart.html").write_text(text.replace(version_of(report.map), "00000000"), encoding="utf-8")
    page.reload()
    assert text_of(page) == ""
    page.locator(".walk-open").click()
    vote(page, "Nee")
    assert one(text_of(page)).answers.viewer == first.viewer
    page.locator("[name=walk]").last.check()
    page.locator(".vote-clear").click()
    assert text_of(page) == ""
    page.locator("[name=walk]").first.check()
    vote(page, "Nee")
    assert one(text_of(page)).answers.viewer != first.viewer


def test_it_goes_by_keyboard_alone(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report, view="map", votes=True))
    press = page.keyboard.press
    for key in ("ArrowRight", "Tab", "Space", "Shift+Tab", "ArrowRight", "Tab", "ArrowRight", "ArrowRight"):
        press(key)
    steps = walked(report.map)
    assert one(text_of(page)).answers.votes == {steps[1]: True, steps[2]: True}
    assert page.locator(".walk-step:visible").count() == 1
    press("Escape")
    assert page.evaluate("document.activeElement.className") == "walk-open"


def test_without_a_script_the_form_makes_the_same_text(browser: Any, tmp_path: Path, report: Report) -> None:
    """What a browser would put in the mail is caught where the form would be sent."""
    text = html(report, view="map", votes=True, reply_to=TO)
    page = opened(browser, tmp_path, text, java_script_enabled=False)
    vote(page, "Ja")
    page.locator("[name=walk]").last.check()
    page.locator("#vote-comment").fill("Fijn")
    assert page.locator(".vote-bare button").is_visible()
    assert not page.locator("textarea").is_visible()
    page.locator(".vote-bare button").click()
    page.wait_for_timeout(50)
    assert not any("Content Security Policy" in said for said in page.said)
    fields = page.evaluate("Array.from(new FormData(document.getElementById('votes')))")
    found = one("".join(f"{name}={value}\r\n" for name, value in fields))
    assert (found.refused, found.answers.comment) == ((), "Fijn")
    assert found.answers.votes == {walked(report.map)[0]: True}
    bare = opened(browser, tmp_path, html(report, view="map", votes=True), java_script_enabled=False)
    bare.locator("[name=walk]").last.check()
    assert bare.get_by_text("Zonder script kan deze pagina").is_visible()


@pytest.mark.parametrize(("language", "width"), [("nl", 320), ("en", 320), ("nl", 1280)])
def test_targets_are_large_and_nothing_is_wider_than_the_screen(
    browser: Any, tmp_path: Path, report: Report, language: Any, width: int
) -> None:
    page = opened(browser, tmp_path, html(report, language=language, view="map", votes=True, reply_to=TO), width)
    page.locator("input[value='yes;']:visible").check()
    for radio in ("first", "last"):
        getattr(page.locator("[name=walk]"), radio).check()
        boxes = [
            one.bounding_box() for one in page.locator("#walk :is(input,button,a,label.on)").all() if one.is_visible()
        ]
        assert min(min(box["width"], box["height"]) for box in boxes) >= 24
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("(one => one.scrollWidth <= one.clientWidth)(document.getElementById('walk'))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_vote(browser: Any, tmp_path: Path, report: Report, scheme: Any) -> None:
    if not AXE.is_file():
        pytest.skip(f"NOT RUN: axe-core is not at {AXE}, so accessibility was not judged (.ci/run installs it)")
    text = html(report, view="map", votes=True, reply_to=TO)
    page = opened(browser, tmp_path, text, bypass_csp=True, color_scheme=scheme)
    vote(page, "Ja")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for radio in ("first", "last"):
        getattr(page.locator("[name=walk]"), radio).check()
        found = page.evaluate("axe.run(document.getElementById('walk'), {resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_paper_has_no_question_and_no_box_to_tick(browser: Any, tmp_path: Path, report: Report) -> None:
    page = opened(browser, tmp_path, html(report, view="map", votes=True, reply_to=TO), 1200)
    page.emulate_media(media="print")
    assert not any(one.is_visible() for one in page.locator("input,textarea,button,form,.walk-asks").all())


def test_only_this_script_may_run_and_only_where_it_is_asked(report: Report) -> None:
    asking, plain_ = html(report, view="map", votes=True), html(report, view="map")
    assert asking.count("<script") == 1
    assert re.search(r"script-src &#39;sha256-[\w+/=]{44}&#39;;", asking)
    assert "form-action &#39;none&#39;" in asking
    assert "form-action mailto:" in html(report, view="map", votes=True, reply_to=TO)
    assert "<script" not in plain_
    assert "script-src" not in plain_
    assert "<script" not in html(report, view="matrix", votes=True)


def test_what_viewers_say_stands_apart_in_words_on_the_page_that_does_not_ask(report: Report) -> None:
    first, second, third, *_ = walked(report.map)
    votes = {first: Recognised(7, 9), second: Recognised(2, 3), third: Recognised(Untold(31, "≥"), 40)}
    told = replace(report, votes=votes)
    page = re.sub(r"<[^>]*>", "", html(told, view="map")).replace("\u00a0", " ")
    assert "Herkenbaar volgens kijkers7 van 9 · 78% (45–94%, n = 9)" in page
    assert "te weinig stemmen (n = 3, nodig 5)" in page
    assert "≥ 31 van 40" in page
    assert "herkenbaar 7 van 9" in page
    assert "Herkenbaar volgens kijkers" not in html(told, view="map", votes=True)


def test_a_step_with_signs_in_its_name_harms_nothing(browser: Any, tmp_path: Path, report: Report) -> None:
    bad = replace(report.map, title=plain('"><script>window.pwned=1</script>&body=x'))
    page = opened(browser, tmp_path, html(replace(report, map=bad), view="map", votes=True, reply_to=TO))
    vote(page, "Ja")
    assert page.evaluate("window.pwned") is None
    assert page.locator(".vote-mail").get_attribute("href").count("&body=") == 1
