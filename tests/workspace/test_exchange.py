"""Maps go out and in as files, each time with what stayed behind."""

import pytest

from exchange import ROOT, example
from klantreis import plugins
from klantreis.errors import DocumentError, MissingPart, OptionError, SourceError
from klantreis.map.read import read_map
from klantreis.workspace.exchange import export_map, format_of, import_map, report_of_file

IKEA = ROOT / "examples/maps/ikea-stoel.reis.yaml"


@pytest.mark.parametrize("kind", ["csv", "mermaid", "ojf", "xlsx"])
def test_out_and_in_again_gives_a_map_with_the_same_curve(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = export_map(report_of_file(IKEA), kind, language="nl")
    assert out.path.is_file()
    assert any("KPI's" in one.title.nl for one in out.findings) == (kind != "xlsx")
    back = import_map(out.path, "terug")
    feels = [step.feel for _, step in read_map(back.path).steps()]
    assert feels == [step.feel for _, step in example("ikea-stoel").map.steps()]


def test_a_name_with_two_endings_is_what_the_first_one_says(tmp_path):
    names = {"a.ojf.json": "ojf", "a.OJF.JSON": "ojf", "a.json": "json", "a.b.json": "json", "a.json.ojf": "ojf"}
    assert {name: format_of(tmp_path / name) for name in names} == names
    out = export_map(report_of_file(IKEA), "ojf", language="nl", out=tmp_path / "x.ojf.json")
    assert import_map(out.path, "terug", out=tmp_path / "terug.reis.yaml").path.is_file()
    with pytest.raises(OptionError, match="ends as ojf, not json"):
        export_map(report_of_file(IKEA), "json", language="nl", out=tmp_path / "x.ojf.json")


def test_a_map_that_check_calls_a_mistake_is_not_drawn_of_a_file_either(tmp_path):
    # In a workspace it was refused, as a file it was exported without a word.
    file = tmp_path / "k.reis.yaml"
    file.write_text("klantreis: 1\nid: k\ntitle: K\ntemplate: nl-5\nphases: {aankoop: {a: {do: Ik koop, opens: k}}}\n")
    with pytest.raises(DocumentError) as told:
        report_of_file(file)
    assert [one.rule for one in told.value.findings] == ["map-circle"]


def test_an_import_never_overwrites_and_goes_to_the_maps_when_there_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    (tmp_path / "a.mmd").write_text("journey\n A: 3: ik\n")
    assert import_map(tmp_path / "a.mmd", "a").path.as_posix() == "maps/a.reis.yaml"
    with pytest.raises(OptionError, match="exists already"):
        import_map(tmp_path / "a.mmd", "a")


def test_a_missing_translation_is_told(tmp_path):
    told = export_map(example("sieraden-ring"), "markdown", language="en", out=tmp_path / "x.md").findings
    told = [one for one in told if one.rule == "export.translation"]
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


def test_every_part_of_a_map_has_a_name_in_the_loss_report():
    from dataclasses import fields

    from klantreis.map.loss_words import NAMES
    from klantreis.map.losses import BASIC
    from klantreis.map.model import JourneyMap, Phase, Step

    kinds = ((JourneyMap, ""), (Phase, "phase."), (Step, "step."))
    keys = {f"{before}{one.name}" for kind, before in kinds for one in fields(kind)} - BASIC
    assert keys == set(NAMES)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "mermaid", "ojf", "markdown", "pptx"])
def test_what_stays_behind_is_told_in_words_of_the_reader(kind, tmp_path):
    told = export_map(report_of_file(IKEA), kind, language="nl", out=tmp_path / "x").findings
    assert any("eigen rijen" in one.title.text("nl") for one in told)
    assert any("lanes of your own" in one.title.text("en") for one in told)
    assert not any("step." in one.title.text("nl") for one in told)


@pytest.mark.parametrize(("name", "id_"), [("Mijn reis 2026.csv", "mijn_reis_2026"), ("Café.v2.csv", "cafe")])
def test_without_an_id_the_name_of_the_file_gives_it_and_the_title(name, id_, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text("stap;gevoel\nIk zoek;1\n", "utf-8")
    done = import_map(tmp_path / name)
    assert done.path.name == f"{id_}.reis.yaml"
    assert read_map(done.path).title.text("nl") == name.split(".")[0]


@pytest.mark.parametrize(
    ("name", "said"), [("a.reis.yaml", "already"), ("a.xls", ".xlsx"), ("a.docx", "--from csv|mermaid|ojf|xlsx")]
)
def test_a_file_that_is_not_known_by_its_ending_says_what_to_do(name, said, tmp_path):
    (tmp_path / name).write_text("x")
    with pytest.raises(OptionError) as refused:
        import_map(tmp_path / name)
    assert said in refused.value.mend
