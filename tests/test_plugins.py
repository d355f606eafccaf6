import importlib
import tomllib
from pathlib import Path

import pytest

from klantreis import plugins
from klantreis.errors import MissingPart, OptionError
from klantreis.plugins import KINDS, part, parts

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def declared(kind: str) -> dict[str, str]:
    groups = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    return dict(groups[f"klantreis.{kind}"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_parts_of_each_kind_are_those_of_the_project(kind: str) -> None:
    assert list(declared(kind)) == sorted(declared(kind)), "keep the table sorted"
    assert set(parts(kind)) >= set(declared(kind)), "install again: the project has parts that the environment lacks"


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet", "xes"])
def test_a_reader_is_found_by_name_and_says_its_name(name: str) -> None:
    reader = part("reader", name)
    assert reader is importlib.import_module(f"klantreis.log.readers.{name}")
    assert str(reader.name) == name
    assert reader.ENDINGS


def test_a_part_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(MissingPart, match="no reader 'parket'") as refused:
        part("reader", "parket")
    assert "'parquet'" in refused.value.mend


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(OptionError, match="no kind"):
        parts("readers")


def test_a_part_that_is_installed_meanwhile_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "guest" not in parts("analysis")
    told = tmp_path / "guest-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Name: guest\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text("[klantreis.analysis]\nguest = guest\n", encoding="utf-8")
    assert "guest" in parts("analysis")


def test_a_part_whose_library_is_absent_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "slides"

        def load(self) -> object:
            raise ModuleNotFoundError("No module named 'pptx'", name="pptx")

    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point()])
    with pytest.raises(MissingPart, match="needs 'pptx'") as refused:
        part("exporter", "slides")
    told = "pip install 'klantreis[office]' (in a copy of the project: pip install -e '.[office]')"
    assert refused.value.mend == told
