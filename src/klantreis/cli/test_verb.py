"""`klantreis test`: run the product's own tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from klantreis.errors import MissingPart
from klantreis.labels import Label, plain

ROOT = Path(__file__).resolve().parents[3]
SPARK_TESTS = tuple(f"tests/engines/test_spark{part}.py" for part in ("", "_load", "_grows"))
LOCK = "requirements-spark.lock"
OnSpark = Annotated[
    bool, typer.Option("--spark", help="Hold loads and measures on a Spark cluster started here equal to ours")
]
Words = Annotated[list[str] | None, typer.Argument(help="Passed on to pytest: FILE, -k funnel", show_default=False)]


TWO_CORES = ["-n", "2", "--dist", "worksteal", "-q"]
"""All tests: a worker per core, each with one half in order, so that what a file of tests shares is made once; who is
done first takes over from the other."""

LEFT_OUT = ("KLANTREIS_COMMAND", "PYTHONDONTWRITEBYTECODE")
"""The tests expect the words of a plain installation, however the launcher was called; and the many programs they start
would each compile every module anew."""

PASSED_ON = True
"""Options that this verb does not know are words for the program it starts."""


def run(words: Words = None, spark: OnSpark = False) -> int:
    """Run the product's own tests.

    What is no option here goes on to pytest.

    Example: klantreis test tests/test_spans.py -q
    """
    tests = ROOT / "tests"
    if not tests.is_dir():
        raise MissingPart(
            Label(
                "De tests horen niet bij een geïnstalleerd pakket.", "The tests are not part of an installed package."
            ),
            where=str(tests),
            mend=Label(
                "Haal de broncode op, en draai daar ./klantreis test.",
                "Get the source, and run ./klantreis test there.",
            ),
        )
    if spark:
        _needs_spark()
        words = [*SPARK_TESTS, "-q", *(words or [])]
    command = [sys.executable, "-m", "pytest", *(words or TWO_CORES)]
    environ = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    if spark:
        environ["KLANTREIS_SPARK"] = "1"
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


def _needs_spark() -> None:
    """Raises MissingPart when Spark or the Java it runs on is not there: asked for, it is never skipped."""
    if find_spec("pyspark") is None:
        uv = f"{Path(sys.executable).parent / 'uv'} pip install --python {sys.executable}"
        raise MissingPart(
            Label("Spark is hier niet geïnstalleerd.", "Spark is not installed here."),
            mend=plain(f"{uv} --no-deps --require-hashes --build-constraints {LOCK} -r {LOCK}"),
        )
    if shutil.which("java") is None:
        raise MissingPart(
            Label("Spark heeft Java nodig.", "Spark needs Java."),
            mend=Label(
                "Installeer Java 17 of later: apt-get install openjdk-17-jre-headless",
                "Install Java 17 or later: apt-get install openjdk-17-jre-headless",
            ),
        )
