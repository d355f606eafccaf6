"""A map of IKEA to edit, in a folder of its own, and the server around it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from klantreis.cli.edit_verb import drawer
from klantreis.editor.serve import Editor, Opened

MAPS = Path(__file__).resolve().parents[2] / "examples/maps"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(MAPS / "ikea-stoel.reis.yaml", tmp_path))


@pytest.fixture
def serving() -> Iterator[Callable[..., Editor]]:
    """Starts an editor of a file; it stops with the test."""
    started: list[Editor] = []

    def start(file: Path, language: str = "nl") -> Editor:
        opened = Opened(file, drawer(file, None), language, {"check": "klantreis check"})  # type: ignore[arg-type]
        started.append(Editor(opened))
        threading.Thread(target=started[-1].serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return started[-1]

    yield start
    for one in started:
        one.shutdown()
        one.server_close()
