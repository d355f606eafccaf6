"""The examples, each copied to a folder of its own that sees the real data where the example looks for it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from klantreis.report import Report
from klantreis.workspace import Workspace, open_workspace

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Copied = Callable[[str], Workspace]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder laid out as the one that holds the repository: `repo/examples/NAME`, data not there yet."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="session")
def known() -> dict[str, tuple[Report, ...]]:
    """Returns what is remembered between tests: the reports of each example, made once."""
    return {}


@pytest.fixture
def example(shared: Path, house: Path) -> Copied:
    """Returns a function that gives a copy of an example beside the real data."""
    if not (house / "shared").exists():
        (house / "shared").symlink_to(shared)
    return lambda name: open_workspace(copied(house, name))


@pytest.fixture
def reports(example: Copied, known: dict[str, tuple[Report, ...]]) -> Callable[[str], tuple[Report, ...]]:
    """Returns a function that gives the reports of an example, the largest map first."""

    def of(name: str) -> tuple[Report, ...]:
        if name not in known:
            known[name] = example(name).reports()
        return known[name]

    return of


def copied(house: Path, name: str) -> Path:
    """Returns the folder of a copy of an example; what the program made in the original stays behind."""
    folder = house / "repo" / "examples" / name
    if not folder.exists():
        shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns(".klantreis", "reports"))
    return folder
