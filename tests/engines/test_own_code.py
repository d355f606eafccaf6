"""A worker with other files of Klantreis is told from one with the same, and refused with what to do."""

from __future__ import annotations

import operator
import pickle
import zipfile
from pathlib import Path

import pytest

from klantreis.engines.own_code import code_in, own_code
from klantreis.engines.spark_faults import another, fault
from klantreis.errors import MissingPart, OptionError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "klantreis"
    (folder / "journeys").mkdir(parents=True)
    (folder / "measure.py").write_bytes(b"a = 1\nb = 2\n")
    (folder / "journeys" / "cut.py").write_bytes(b"c = 3\n")
    return folder


def test_the_same_files_are_the_same_code_wherever_and_however_they_stand(tree: Path, tmp_path: Path) -> None:
    before = code_in(tree)
    assert len(before) == 16
    (tree / "measure.py").write_bytes(b"a = 1\r\nb = 2\r\n")
    (tree / "__pycache__").mkdir()
    (tree / "__pycache__" / "cut.cpython-311.pyc").write_bytes(b"1")
    (tree / "page.html").write_text("x", encoding="utf-8")
    assert code_in(tree) == before, "line ends, and what is no source, tell nothing"
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as packed:
        for file in tree.rglob("*.py"):
            packed.write(file, file.relative_to(tmp_path).as_posix())
    assert code_in(zipfile.Path(tmp_path / "sent.zip", "klantreis/")) == before


def test_one_other_line_or_place_is_other_code(tree: Path) -> None:
    before = code_in(tree)
    (tree / "journeys" / "cut.py").write_bytes(b"c = 4\n")
    changed = code_in(tree)
    (tree / "journeys" / "cut.py").write_bytes(b"c = 3\n")
    (tree / "journeys" / "cut.py").rename(tree / "cut.py")
    assert len({before, changed, code_in(tree)}) == 3


def test_a_worker_with_other_files_of_the_same_version_refuses() -> None:
    pytest.importorskip("pyarrow")
    from klantreis.engines.spark import _measure

    version = own_code().partition("+")[0]
    (batch,) = _measure(f"{version}+0123456789abcdef", abs, operator.add, [])
    refused = pickle.loads(batch.column("fault")[0].as_py())
    assert isinstance(refused, OptionError)
    what, where, mend = refused.texts
    assert what.text("en") == f"A worker has another Klantreis {version} than this machine: its files differ."
    assert (
        what.text("nl")
        == f"Een worker heeft een ander Klantreis {version} dan deze computer: de bestanden verschillen."
    )
    assert where.text("en").endswith("klantreis")
    assert "the same copy of the project (git pull)" in mend.text("en")
    assert list(_measure(own_code(), abs, operator.add, [])) == [], "with the same it works"


def test_other_versions_are_named() -> None:
    refused = another("0.2.0+aa", "0.1.0+bb", "/opt/klantreis")
    assert "A worker has Klantreis 0.1.0; this is 0.2.0." in str(refused)
    assert "/opt/klantreis" in str(refused)


@pytest.mark.parametrize(
    "said",
    [
        "ModuleNotFoundError: No module named 'klantreis.journeys.signed'",
        "AttributeError: Can't get attribute '_put' on <module 'klantreis.journeys.elsewhere' from '/opt/e.py'>",
    ],
)
def test_what_an_older_worker_does_not_know_is_no_missing_klantreis(said: str) -> None:
    told = fault(said, "spark://a:7077")
    assert isinstance(told, OptionError)
    assert "A worker has another Klantreis." in str(told)
    assert isinstance(fault("ModuleNotFoundError: No module named 'klantreis'", "spark://a:7077"), MissingPart)
