"""What the pages say: their text without the parts that run, and a workspace in which those parts run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from klantreis.demo import make

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = 1_500
"""Enough for the planted truths to be found, few enough to be quick."""
ANSWERS = "klantreis-votes=1;\nmap=ring-kopen;\nversion=0;\nviewer=k7q2m9xw4r;\nstep:filter=yes;\ncomment=\nend=;\n"


@pytest.fixture(scope="session")
def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with the demo, made, loaded and placed once for all pages; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("docs") / "klantreis-demo"
    make(folder, journeys=JOURNEYS).load()
    return folder


@pytest.fixture
def beside_demo(demo_shop: Path, tmp_path: Path) -> Path:
    """Returns an empty folder with the demo's folder in it, `web.csv` (events), and answers of a viewer in the demo."""
    shutil.copytree(demo_shop, tmp_path / "klantreis-demo")
    (tmp_path / "klantreis-demo" / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    shutil.copyfile(demo_shop / "data/web.csv", tmp_path / "web.csv")
    return tmp_path
