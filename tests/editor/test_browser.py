"""The editor in a real browser: by key, menu and hand, and without a script; for everybody, on a phone, in the dark."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from klantreis.editor.door import Answer, Asked
from klantreis.editor.serve import Editor

sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: playwright is not installed, no page was seen")

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("KLANTREIS_AXE", ROOT / ".venv-axe")) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Serving = Callable[..., Editor]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("NOT RUN: there is no chromium here, so the editor was not seen (apt install chromium)")
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", "--no-first-run"])
        yield found
        found.close()


def opened(browser: Any, editor: Editor, width: int = 1440, **more: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, **more).new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(editor.address)
    return page


def step(file: Path, name: str) -> str:
    """What the file says of a step."""
    found = re.search(rf"^    {name}:\n((?:      .*\n)+)", file.read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def told(page: Any, text: str) -> None:
    """Waits until the page says so."""
    sync_api.expect(page.locator("#said")).to_contain_text(text)


def test_by_key_a_mark_goes_up_and_its_word_changes_and_all_is_undone(
    browser: Any, file: Path, serving: Serving
) -> None:
    before = file.read_bytes()
    page = opened(browser, serving(file))
    mark = page.locator("#mark-kassa")
    mark.focus()
    page.keyboard.press("ArrowUp")
    told(page, "Bewaard. Gevoel bij 'Ik betaal': 0 neutraal.")
    assert mark.get_attribute("aria-valuetext") == "0 neutraal, jammer van het geld"
    page.keyboard.press("End")
    told(page, "+2 Enthousiast")
    assert "feel: 2\n" in step(file, "kassa")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "new-word"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "mark-kassa"
    page.keyboard.press("F2")
    page.keyboard.type("blij")
    page.keyboard.press("Enter")
    told(page, "Woord bij 'Ik betaal': “blij”")
    assert "word: {nl: blij," in step(file, "kassa")
    assert page.evaluate("document.activeElement.id") == "mark-kassa"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "mark-ijsje"
    for _ in range(3):
        page.keyboard.press("Control+z")
    told(page, "Ongedaan gemaakt: Gevoel bij 'Ik betaal': 0 neutraal.")
    assert file.read_bytes() == before
    page.keyboard.press("Control+Shift+Z")
    told(page, "Opnieuw gedaan: Gevoel bij 'Ik betaal': 0 neutraal.")
    assert page.said == []


def test_undo_pressed_while_the_first_change_is_being_saved_waits_for_it(
    browser: Any, file: Path, serving: Serving
) -> None:
    before = file.read_bytes()
    page = opened(browser, serving(file))
    page.locator("#mark-kassa").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+z")
    told(page, "Ongedaan gemaakt")
    assert file.read_bytes() == before


def test_by_hand_a_mark_goes_to_the_nearest_of_the_five(browser: Any, file: Path, serving: Serving) -> None:
    page = opened(browser, serving(file))
    mark = page.locator("#mark-kar")
    mark.scroll_into_view_if_needed()
    box = mark.locator(".ring").bounding_box()
    high = page.locator("#mark-proberen .ring").bounding_box()["y"]
    x, y, quarter = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, (box["y"] - high) / 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 3.2 * quarter, steps=4)
    assert mark.get_attribute("aria-valuenow") == "1"
    page.mouse.up()
    told(page, "Bewaard. Gevoel bij 'Ik ben de kar vergeten': +1 positief.")
    assert "feel: 1\n" in step(file, "kar")
    page.mouse.move(x, y - 3 * quarter)
    page.mouse.down()
    page.mouse.move(x, y, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert mark.get_attribute("aria-valuenow") == "1"
    assert "feel: 1\n" in step(file, "kar")
    assert page.said == []


def test_by_menu_and_what_is_being_typed_elsewhere_stays(browser: Any, file: Path, serving: Serving) -> None:
    page = opened(browser, serving(file))
    page.locator("#feel-magazijn").select_option("-2")
    page.locator("#word-kassa").fill("half getypt")
    told(page, "−2 Teleurgesteld")
    page.wait_for_timeout(200)
    assert page.locator("#word-kassa").input_value() == "half getypt"
    assert "feel: -2\n" in step(file, "magazijn")
    page.locator("#word-kassa").press("Enter")
    told(page, "“half getypt”")
    assert page.locator("#mark-magazijn").get_attribute("aria-valuenow") == "-2"


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Lets one saving through each time it is released; until then the editor is slow to answer."""
    answer, let = Editor.answer, threading.Semaphore(0)

    def slow(editor: Editor, asked: Asked) -> Answer:
        if asked.method == "POST":
            let.acquire(timeout=5)
        return answer(editor, asked)

    monkeypatch.setattr(Editor, "answer", slow)
    return let


def test_a_slow_answer_takes_nothing_back(
    browser: Any, file: Path, serving: Serving, free: threading.Semaphore
) -> None:
    page = opened(browser, serving(file))
    mark = page.locator("#mark-magazijn")
    mark.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.locator("#word-kassa").select_text()
    free.release()
    told(page, "Bewaard. Gevoel bij 'Ik zoek het vak': 0 neutraal.")
    assert mark.get_attribute("aria-valuenow") == "2"
    page.keyboard.type("zo")
    assert page.locator("#word-kassa").input_value() == "zo"
    free.release()
    told(page, "Bewaard. Gevoel bij 'Ik zoek het vak': +2 Enthousiast.")
    assert page.locator("#word-kassa").input_value() == "zo"
    assert "feel: 2\n" in step(file, "magazijn")


def test_what_is_half_typed_when_an_answer_comes_is_not_saved(
    browser: Any, file: Path, serving: Serving, free: threading.Semaphore
) -> None:
    page = opened(browser, serving(file))
    page.locator("#feel-magazijn").select_option("-2")
    page.locator("#word-kassa").fill("half getypt")
    free.release(99)
    told(page, "−2 Teleurgesteld")
    page.wait_for_timeout(500)
    told(page, "−2 Teleurgesteld")
    assert page.locator("#word-kassa").input_value() == "half getypt"
    assert "half getypt" not in file.read_text("utf-8")
    page.keyboard.press("Tab")
    told(page, "“half getypt”")
    assert "word: {nl: half getypt," in step(file, "kassa")
    page.keyboard.press("Control+z")
    told(page, "Ongedaan gemaakt: Woord")
    assert page.said == []


def test_a_file_changed_elsewhere_is_shown_and_mistakes_come_and_go(browser: Any, file: Path, serving: Serving) -> None:
    page = opened(browser, serving(file))
    good = file.read_text("utf-8")
    file.write_text(good.replace("feel: -2", "feel: -7"), "utf-8")
    page.locator("#alarm").wait_for(timeout=6000)
    assert "regel 93" in page.locator(".alarm").inner_text()
    assert page.evaluate("document.activeElement.id") == "alarm"
    file.write_text(good.replace("jammer van het geld", "duur"), "utf-8")
    page.locator("#word-kassa").wait_for(timeout=6000)
    assert page.locator("#word-kassa").input_value() == "duur"


def test_a_clash_is_told_and_mine_can_still_be_done(browser: Any, file: Path, serving: Serving) -> None:
    page = opened(browser, serving(file))
    page.evaluate("document.getElementById('version').dataset.version = 'oud'")
    page.locator("#feel-kassa").select_option("2")
    page.locator("#clash").wait_for()
    assert "feel: -1\n" in step(file, "kassa")
    page.get_by_role("button", name="Mijn wijziging alsnog").click()
    told(page, "Bewaard.")
    assert "feel: 2\n" in step(file, "kassa")


def test_by_key_a_step_comes_moves_and_goes_and_all_is_undone(browser: Any, file: Path, serving: Serving) -> None:
    before = file.read_bytes()
    page = opened(browser, serving(file))
    page.locator("#arrange-kassa summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ik pak in")
    page.keyboard.press("Enter")
    told(page, "Bewaard. “Ik pak in” is een stap in Aankoop.")
    assert page.evaluate("document.activeElement.id") == "feel-ik_pak_in"
    assert page.locator("#new-at-kassa").input_value() == ""
    page.keyboard.press("ArrowDown")
    told(page, "Gevoel bij 'Ik pak in': +2 Enthousiast.")
    assert "do: {nl: Ik pak in}\n      feel: 2\n" in step(file, "ik_pak_in")
    page.locator("#arrange-ik_pak_in summary").press("Enter")
    page.locator("#later-ik_pak_in").press("Enter")
    told(page, "'Ik pak in' staat nu in Aankoop, na 'Ik neem een ijsje'.")
    page.keyboard.press("Enter")
    told(page, "'Ik pak in' staat nu in Gebruik, vooraan.")
    assert page.evaluate("document.activeElement.id") == "later-ik_pak_in"
    page.locator("#phase-of-ik_pak_in").select_option("orientatie")
    page.locator("#to-ik_pak_in").press("Enter")
    told(page, "'Ik pak in' staat nu in Oriëntatie, na 'Ik loop door de winkel'.")
    page.locator("#delete-ik_pak_in").press("Enter")
    told(page, "'Ik pak in' is verwijderd.")
    assert page.evaluate("document.activeElement.id") == "feel-prijs"
    assert file.read_bytes() == before
    for _ in range(6):
        page.keyboard.press("Control+z")
    told(page, "Ongedaan gemaakt: “Ik pak in” is een stap")
    assert file.read_bytes() == before
    page.locator("#new-in-gebruik").fill("Ik zet hem in elkaar")
    page.keyboard.press("Enter")
    told(page, "is een stap in Gebruik.")
    assert page.evaluate("document.activeElement.id + document.activeElement.value") == "new-in-gebruik"
    assert page.said == []


def test_a_barrier_comes_changes_and_goes(browser: Any, file: Path, serving: Serving) -> None:
    before = file.read_bytes()
    page = opened(browser, serving(file))
    page.locator("#barriers-kassa summary").press("Enter")
    page.locator("#new-severity-kassa").select_option("abandon")
    page.locator("#new-barrier-kassa").fill("De rij")
    page.keyboard.press("Enter")
    told(page, "Barrière bij 'Ik betaal': “De rij” (haakt af).")
    assert page.locator("#new-barrier-kassa").input_value() == ""
    page.locator("#severity-de_rij").select_option("trivial")
    told(page, "Ernst van De rij: klein.")
    page.locator("#barrier-de_rij").fill("Een lange rij")
    page.keyboard.press("Enter")
    told(page, "Barrière De rij heet nu “Een lange rij”.")
    assert "  de_rij:\n    at: kassa\n    label: {nl: Een lange rij}\n    severity: trivial\n" in file.read_text(
        "utf-8"
    )
    page.locator("#clear-de_rij").click()
    told(page, "Barrière 'Een lange rij' is verwijderd.")
    for _ in range(4):
        page.keyboard.press("Control+z")
    told(page, "Ongedaan gemaakt: Barrière bij")
    assert file.read_bytes() == before
    assert page.said == []


def test_what_one_persona_feels_is_chosen_apart(browser: Any, file: Path, serving: Serving) -> None:
    text = file.read_text("utf-8").replace("\npersonas:\n", "\npersonas:\n  bram: {label: Bram}\n")
    file.write_text(text, "utf-8")
    page = opened(browser, serving(file))
    page.locator("#apart-kassa summary").press("Enter")
    page.get_by_label("Bram bij 'Ik betaal'", exact=True).select_option("2")
    page.locator("#feel-kassa").select_option("-2")
    told(page, "Gevoel bij 'Ik betaal': −2 Teleurgesteld.")
    assert "feel: {all: -2, bram: 2}\n" in step(file, "kassa")
    for _ in range(2):
        page.keyboard.press("Control+z")
    told(page, "Ongedaan gemaakt: Gevoel van Bram")
    assert file.read_text("utf-8") == text
    assert page.said == []


def test_without_a_script_forms_do_it_all(browser: Any, file: Path, serving: Serving) -> None:
    page = opened(browser, serving(file, "en"), java_script_enabled=False)
    assert not page.locator("#mark-kassa").is_visible()
    page.locator("#feel-kassa").select_option(label="+2 Enthusiastic")
    page.get_by_role("button", name="Save I pay").click()
    told(page, "Saved. Feeling at 'I pay': +2 Enthusiastic.")
    assert page.url.endswith("#step-kassa")
    assert "feel: 2\n" in step(file, "kassa")
    page.get_by_role("button", name="Undo").click()
    told(page, "Undone: ")
    assert "feel: -1\n" in step(file, "kassa")
    page.locator("#arrange-kassa summary").click()
    page.locator("#new-at-kassa").fill("I pack")
    page.get_by_role("button", name="Put before it at 'I pay'").click()
    told(page, "Saved. “I pack” is a step in Purchase.")
    assert page.url.endswith("#step-i_pack")
    page.locator("#barriers-i_pack summary").click()
    page.locator("#new-barrier-i_pack").fill("No bags")
    page.locator("#bar-i_pack").click()
    told(page, "Barrier at 'I pack': 'No bags' (workaround).".replace("'No bags'", "“No bags”"))
    page.locator("#arrange-i_pack summary").click()
    page.locator("#delete-i_pack").click()
    told(page, "'I pack' is deleted. Gone with it: No bags.")


@pytest.mark.parametrize(
    ("width", "scheme", "broken"), [(1440, "light", False), (320, "dark", False), (800, "dark", True)]
)
def test_everybody_can_use_it(
    browser: Any, file: Path, serving: Serving, width: int, scheme: str, broken: bool
) -> None:
    if not AXE.is_file():
        pytest.skip(f"NOT RUN: axe-core is not at {AXE}, so accessibility was not judged (.ci/run installs it)")
    if broken:
        file.write_text(file.read_text("utf-8").replace("feel: -2", "feel: -7"), "utf-8")
    page = opened(browser, serving(file), width, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    sizes = "[...document.querySelectorAll('.js .ring, button, select, input[type=text], summary, textarea')]"
    small = page.evaluate(
        f"{sizes}.map(one => one.getBoundingClientRect()).filter(one => one.width)"
        ".filter(one => Math.min(one.width, one.height) < 24).length"
    )
    assert small == 0
