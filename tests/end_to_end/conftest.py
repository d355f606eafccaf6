"""The program as a person runs it, and small workspaces to run it on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from klantreis.cli import main

ROWS = "who,when,what\nu,2026-01-01T10:00,view\nu,2026-01-02T10:00,buy\nv,2026-01-01T11:00,view\n"
SETTINGS = """\
klantreis: 1
name: Winkel
languages: [en, nl]
time_zone: Europe/Amsterdam
sources:
  web: {path: web.csv, person: who, at: when, event: what}
"""
MAP = """\
klantreis: 1
id: kopen
title: {en: Buying, nl: Kopen}
phases:
  look:
    label: Look
    page: {label: Page, match: view}
  decide:
    label: Decide
    paid: {label: Paid, match: buy}
"""


class Answer(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Runs the program in the test's folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "en")

    def ran(*words: object) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Answer(code, *capsys.readouterr())

    return ran


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.Popen[str]]:
    """Begins a run in a process of its own, to be stopped, killed or kept small."""
    monkeypatch.setenv("KLANTREIS_LANGUAGE", "en")

    def begun(*words: object, before: Sequence[str] = ()) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*before, sys.executable, "-m", "klantreis", *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        )

    return begun


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workspace of files: name -> text or bytes; what is not given is a small shop."""

    def made(files: Mapping[str, str | bytes] | None = None) -> Path:
        given = {"klantreis.yaml": SETTINGS, "maps/kopen.reis.yaml": MAP, "web.csv": ROWS} | dict(files or {})
        for name, content in given.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return made


@pytest.fixture
def settings() -> str:
    """The settings of the small shop."""
    return SETTINGS


@pytest.fixture
def map_() -> str:
    """The map of the small shop."""
    return MAP
