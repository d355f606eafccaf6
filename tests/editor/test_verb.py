"""`klantreis edit` at the terminal: the address, what cannot be edited, and how it ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klantreis.cli import main
from klantreis.editor.serve import Editor


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ctrl-C is pressed at once; gives the addresses that a browser was sent to."""
    opened: list[str] = []

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Editor, "serve_forever", stop)
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.delenv("KLANTREIS_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return opened


def test_the_address_is_told_in_the_language_of_the_map_and_ctrl_c_ends_it_well(
    file: Path, stopped: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["edit", str(file), "--no-browser"]) == 0
    said = capsys.readouterr()
    assert re.fullmatch(
        rf"Open de editor van {file} in je browser:\n"
        r"  http://127\.0\.0\.1:\d+/\?token=[\w-]{43}\n"
        r"Het adres geldt één keer\. Stop met Ctrl-C\.\n\n"
        rf"✓ Gestopt\. Elke wijziging staat in {file}\.\n",
        said.out,
    )
    assert (said.err, stopped) == ("", [])
    assert main(["edit", str(file), "--language", "en"]) == 0
    assert "The editor of" in capsys.readouterr().out


def test_a_broken_map_opens_too_so_that_the_page_can_tell(
    file: Path, stopped: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("klantreis: 1\nid: [", encoding="utf-8")
    assert main(["edit", str(file), "--no-browser", "--language", "nl"]) == 0
    assert "Open de editor" in capsys.readouterr().out


def test_what_is_not_there_or_cannot_be_written_is_told(
    file: Path, stopped: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["edit", str(file.with_name("ikea-stol.reis.yaml")), "--language", "en"]) == 2
    assert "Did you mean 'ikea-stoel.reis.yaml'?" in capsys.readouterr().err
    assert main(["edit", str(file.parent), "--language", "en"]) == 2
    capsys.readouterr()

    def closed(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", closed)
    assert main(["edit", str(file), "--language", "nl"]) == 2
    told = capsys.readouterr().err
    assert "is niet te schrijven: op deze schijf kan niet geschreven worden." in told
    assert "Kijk wie er in het bestand en in zijn map mag schrijven." in told
