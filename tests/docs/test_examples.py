"""Every example on a page runs, in the order of the page, beside a demo."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from klantreis.cli import main
from klantreis.documents import read_document_text
from klantreis.map.read import map_of
from klantreis.workspace.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
ELSEWHERE = ("./klantreis test", ". .venv/bin/activate")
"""Lines that other tests run (the launcher's), or that only ready a terminal."""

THEIRS = {ROOT / "docs/reference/command-line.md"}
"""Made from the help, whose examples run in tests/cli."""

RUN = [
    page
    for page in PAGES
    if page not in THEIRS and re.search(r"^```(sh|python|console)", page.read_text(encoding="utf-8"), re.MULTILINE)
]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_command_and_program_on_the_page_runs(
    page: Path, beside_demo: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(beside_demo)
    monkeypatch.setattr("klantreis.editor.serve.kept_open", lambda editor, *, browser: editor.server_close())
    for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language in ("sh", "console"):
            for line in text.splitlines():
                run_line(line.removeprefix("$ "), monkeypatch, capfd)
        elif language == "yaml":
            keep(text)
        elif language == "python":
            exec(compile(text, name(page), "exec"), {"__name__": "example"})


def run_line(line: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Runs one line of a shell: a command of ours, `cd` or `rm -r`; anything else is a mistake on the page."""
    words = shlex.split(line, comments=True)
    if not words or line.split("#", maxsplit=1)[0].strip() in ELSEWHERE:
        return
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[:2] == ["rm", "-r"]:
        shutil.rmtree(words[2])
    else:
        assert words[0] in ("klantreis", "./klantreis"), f"no test can run {line!r}"
        ours(words[1:], capfd, line)


def ours(words: list[str], capfd: pytest.CaptureFixture[str], line: str) -> None:
    """Runs a command of ours in this process; what it prints goes to the file after '>'."""
    words, told = (words[: words.index(">")], words[words.index(">") + 1]) if ">" in words else (words, None)
    if words[0] == "demo":
        words += ["fresh-demo", "--journeys", "1000"]
    capfd.readouterr()
    code = main(words)
    said = capfd.readouterr()
    assert code == 0, f"{line}\n{said.err}"
    if told is not None:
        Path(told).write_text(said.out, encoding="utf-8")


def keep(text: str) -> None:
    """Writes a whole document that says where it stands ('# maps/shop.reis.yaml'), so that what follows can use it."""
    spot = re.match(r"# (maps/\S+)\n", text)
    if spot:
        Path(spot[1]).write_text(text, encoding="utf-8")


WHOLE = [
    pytest.param(text, id=f"{name(page)}:{number}")
    for page in PAGES
    for number, (language, text) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")))
    if language == "yaml" and re.search(r"^klantreis: 1$", text, re.MULTILINE)
]


@pytest.mark.parametrize("text", WHOLE)
def test_every_whole_document_on_a_page_reads(text: str) -> None:
    if re.search(r"^id:", text, re.MULTILINE):
        assert map_of(text).phases
    else:
        assert read_document_text(text, SETTINGS).sources


PARTS = [
    pytest.param(text, id=f"{name(page)}:{number}")
    for page in PAGES
    for number, (language, text) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")))
    if language == "yaml" and text.startswith("# a part of maps/ring-kopen.reis.yaml\n")
]


@pytest.mark.parametrize("text", PARTS)
def test_every_part_of_the_demo_map_fits_in_it(text: str, demo_shop: Path) -> None:
    whole = (demo_shop / "maps/ring-kopen.reis.yaml").read_text(encoding="utf-8")
    key, _, rest = text.split("\n", 1)[1].partition(":\n")
    without = re.sub(r"^  (nieuw|bestaand): .*\n", "", whole, flags=re.MULTILINE) if key == "segments" else whole
    assert map_of(without.replace(f"\n{key}:\n", f"\n{key}:\n{rest}", 1)).id == "ring-kopen"
