"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def no_wait_for_the_disk() -> Iterator[None]:
    """Lets a file count as settled once the system has it: no test pulls the plug, and a store settles many files.

    What settles when is tested in tests/journeys/test_disk.py; programs that a test starts wait for the disk as ever.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)  # still refuses what is not open
        yield


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Path:
    """Returns the folder with oracles and real data that stands beside the repository; skips aloud without it."""
    if not SHARED.is_dir():
        pytest.skip(
            f"NOT RUN: ../shared is not beside this checkout, so the oracle of {request.node.name} was not compared"
        )
    return SHARED
