"""What every test may ask for."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Path:
    """Returns the folder with oracles and real data that stands beside the repository; skips aloud without it."""
    if not SHARED.is_dir():
        pytest.skip(
            f"NOT RUN: ../shared is not beside this checkout, so the oracle of {request.node.name} was not compared"
        )
    return SHARED
