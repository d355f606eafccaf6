"""`klantreis test`: run the product's own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from klantreis.errors import MissingPart

ROOT = Path(__file__).resolve().parents[3]
Words = Annotated[list[str] | None, typer.Argument(help="Passed on to pytest: FILE, -k funnel", show_default=False)]


PASSED_ON = True
"""Options that this verb does not know are words for the program it starts."""


def run(words: Words = None) -> int:
    """Run the product's own tests.

    What is no option here goes on to pytest.

    Example: klantreis test tests/test_spans.py -q
    """
    tests = ROOT / "tests"
    if not tests.is_dir():
        raise MissingPart(
            "The tests are not part of an installed package.",
            where=str(tests),
            mend="Get the source, and run ./klantreis test there.",
        )
    command = [sys.executable, "-m", "pytest", *(words or ["-n", "2", "-q"])]
    # The tests expect the words of a plain installation, however the launcher was called.
    environ = {name: value for name, value in os.environ.items() if name != "KLANTREIS_COMMAND"}
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
