"""`klantreis test`: run the product's own tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from klantreis.errors import MissingPart

ROOT = Path(__file__).resolve().parents[3]
Words = Annotated[list[str] | None, typer.Argument(help="Passed on to pytest, after --: -k funnel", show_default=False)]


def run(words: Words = None) -> int:
    """Run the product's own tests.

    Example: klantreis test -- tests/test_spans.py -q
    """
    tests = ROOT / "tests"
    if not tests.is_dir():
        raise MissingPart(
            "The tests are not part of an installed package.",
            where=str(tests),
            mend="Get the source, and run ./klantreis test there.",
        )
    command = [sys.executable, "-m", "pytest", *(words or ["-n", "2", "-q"])]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
