"""From a shared page to the map: somebody votes in a browser, copies the text, and the owner adds it from the mail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from klantreis.cli import main

sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: playwright is not installed, nobody voted")
MAP = """\
klantreis: 1
id: ring
title: Een ring
phases:
  keuze:
    zoeken: {do: Ik zoek, feel: 1}
    filter: {do: Ik filter, feel: -1}
    prijs: {do: Ik kijk naar de prijs, feel: 0}
"""


def test_a_vote_goes_from_a_shared_page_to_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("NOT RUN: there is no chromium here, so nobody voted (apt install chromium)")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "ring.reis.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "klantreis.yaml").write_text("klantreis: 1\nname: Winkel\nprivacy: {least: 0}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert (
        main(["share", "--map", "ring", "--view", "map", "--to", "web", "--votes", "--json", "--language", "nl"]) == 0
    )
    page = json.loads(capsys.readouterr().out)["links"][0]["file"]
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        said = ("Ja Nee Nee", "Ja Nee", "Ja Ja", "Nee Nee", "Ja Nee")
        copied = [voted(browser, Path(page), answers) for answers in said]
        browser.close()
    mail = "Hoi, hier zijn ze:\n" + "".join(f"> {line}\n" for text in copied for line in text.splitlines())
    (tmp_path / "mail.txt").write_text(mail, encoding="utf-8")
    assert main(["votes", "--add", "mail.txt", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["added"] | {"maps": 0} == {
        "new": 5, "replaced": 0, "same": 0, "older": 0, "maps": 0, "refused": [], "empty": [],
    }  # fmt: skip
    assert [(one["step"], one["yes"], one["share"]["n"]) for one in told["steps"]] == [
        ("filter", 1, 5), ("zoeken", 4, 5), ("prijs", 0, 1),
    ]  # fmt: skip
    assert main(["draw", "--map", "ring", "--language", "nl", "--out", "kaart.svg"]) == 0
    drawn = Path("kaart.svg").read_text(encoding="utf-8")
    assert "herkenbaar 4 van 5" in drawn
    assert "te weinig stemmen" in drawn


def voted(browser: Any, page: Path, answers: str) -> str:
    """What somebody has on the clipboard who answers so and presses copy."""
    seen = browser.new_context(viewport={"width": 320, "height": 700}).new_page()
    seen.goto(page.as_uri())
    seen.locator(".walk-open").click()
    for answer in answers.split():
        seen.locator(".walk-step:visible .vote label").filter(has_text=answer).click()
        seen.locator(".walk-step:visible .vote .on").click()
    seen.locator("[name=walk]").last.check()
    seen.locator(".vote-copy").click()
    seen.locator("textarea").evaluate("one => { one.readOnly = false; one.value = '' }")
    seen.locator("textarea").press("Control+v")
    return str(seen.locator("textarea").input_value())
