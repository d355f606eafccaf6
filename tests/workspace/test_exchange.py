"""Maps go out and in as files, each time with what stayed behind."""

import pytest

from exchange import ROOT, example
from klantreis import plugins
from klantreis.errors import MissingPart, OptionError, SourceError
from klantreis.map.read import read_map
from klantreis.workspace.exchange import export_map, import_map, report_of_file

IKEA = ROOT / "examples/maps/ikea-stoel.reis.yaml"


@pytest.mark.parametrize("kind", ["csv", "mermaid", "ojf", "xlsx"])
def test_out_and_in_again_gives_a_map_with_the_same_curve(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = export_map(report_of_file(IKEA), kind, language="nl")
    assert out.path.is_file()
    assert any("kpis" in one.title.nl for one in out.findings) == (kind != "xlsx")
    back = import_map(out.path, "terug")
    feels = [step.feel for _, step in read_map(back.path).steps()]
    assert feels == [step.feel for _, step in example("ikea-stoel").map.steps()]


def test_an_import_never_overwrites_and_goes_to_the_maps_when_there_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    (tmp_path / "a.mmd").write_text("journey\n A: 3: ik\n")
    assert import_map(tmp_path / "a.mmd", "a").path.as_posix() == "maps/a.reis.yaml"
    with pytest.raises(OptionError, match="exists already"):
        import_map(tmp_path / "a.mmd", "a")


def test_a_missing_translation_is_told(tmp_path):
    told = export_map(example("sieraden-ring"), "markdown", language="en", out=tmp_path / "x.md").findings
    missing = sum("[nl]" in line for line in (tmp_path / "x.md").read_text("utf-8").splitlines())
    assert bool(told) == bool(missing)


def test_an_absent_library_answers_with_the_line_that_installs_it(monkeypatch, tmp_path):
    class Point:
        name = "pdf"

        def load(self):
            raise ModuleNotFoundError("No module named 'typst'", name="typst")

    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point()])
    with pytest.raises(MissingPart) as refused:
        export_map(example("klacht"), "pdf", language="nl", out=tmp_path / "x.pdf")
    assert refused.value.mend == plugins.install_line("pdf").text("en")


@pytest.mark.parametrize("id_", ["../uit", "a/b", "", "con trol", "x" * 81])
def test_an_id_is_no_path(id_, tmp_path):
    (tmp_path / "a.mmd").write_text("journey\n A: 3: ik\n")
    with pytest.raises(OptionError, match="cannot be the id"):
        import_map(tmp_path / "a.mmd", id_)


def test_wrong_files_and_options_are_told(tmp_path):
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / "b.xlsx").write_text("geen zip")
    with pytest.raises(OptionError, match="No importer"):
        import_map(tmp_path / "a.docx", "a")
    with pytest.raises(SourceError, match="not a workbook"):
        import_map(tmp_path / "b.xlsx", "a")
    with pytest.raises(OptionError, match="no file"):
        import_map(tmp_path / "c.csv", "a")
    with pytest.raises(OptionError, match="no option 'paper'"):
        export_map(example("klacht"), "csv", language="nl", paper="A4")
    with pytest.raises(OptionError, match="no folder"):
        export_map(example("klacht"), "csv", language="nl", out=tmp_path / "nee" / "x.csv")
