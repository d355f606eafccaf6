"""A map on paper: one A3, or A4 pages cut on phase borders; tagged, searchable, fonts inside."""

import importlib
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from klantreis.labels import Label, plain
from klantreis.map.model import JourneyMap, Phase, Step
from klantreis.report import Report

pytest.importorskip("typst", reason="NOT RUN: the extra 'pdf' is not installed")
pdf = importlib.import_module("klantreis.exporters.pdf")

MADE = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)


def steps(phase, count):
    return tuple(
        Step(f"p{phase}s{n}", Label(f"Ik zet stap {phase}.{n} in de bewustwordingsfase", f"I step {phase}.{n}"),
             think=plain("Hoe lang nog?"), feel=(n * 7 + phase) % 5 - 2)
        for n in range(count)
    )  # fmt: skip


def report(phases=3, each=3, title="Kaart van de klant"):
    made = tuple(Phase(f"p{n}", Label(f"Fase {n}", f"Phase {n}"), steps=steps(n, each)) for n in range(phases))
    return Report(JourneyMap("m", Label(title, "The map"), phases=made), None, (), MADE)


def said(tool, data, tmp_path, *more):
    """What a tool of poppler says of a PDF."""
    if shutil.which(tool) is None:
        pytest.skip(f"NOT RUN: {tool} (poppler-utils) is not installed, so the PDF was not read back")
    file = tmp_path / "map.pdf"
    file.write_bytes(data)
    return subprocess.run(
        [tool, *more, str(file), *(["-"] if tool == "pdftotext" else [])], capture_output=True, text=True, check=True
    ).stdout


def test_a3_holds_the_whole_map_on_one_page_on_its_side(tmp_path):
    told = said("pdfinfo", pdf.export(report()), tmp_path)
    assert re.search(r"Pages:\s+1\n", told)
    assert "1190.55 x 841.89" in told


def test_it_has_title_language_tags_and_says_it_is_for_everybody(tmp_path):
    # PDF/UA-1 (ISO 14289-1): part 1 in the metadata, a title that is shown, a language, a tree of tags.
    data = pdf.export(report(), pdf.Options(language="en"))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert re.search(rb"/Lang\s*\(en\)", data)
    assert b"/DisplayDocTitle true" in data
    told = said("pdfinfo", data, tmp_path)
    assert "Tagged:          yes" in told
    assert "Title:           The map" in told


def test_headings_and_texts_are_tagged_in_reading_order(tmp_path):
    told = said("pdfinfo", pdf.export(report()), tmp_path, "-struct-text")
    found = re.findall(r"(H1|H2)[^\n]*\n\s+\"([^\"]*)\"", told)
    assert found[0] == ("H1", "Kaart van de klant")
    names = [name for _, name in found]
    assert names.index("Fase 0") < names.index("Fase 1") < names.index("Fase 2") < names.index("Gevoel")


def test_every_font_is_inside(tmp_path):
    rows = said("pdffonts", pdf.export(report()), tmp_path).splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes yes yes\b", row) for row in rows)


def test_a4_pages_are_numbered_and_repeat_the_names_of_the_rows(tmp_path):
    text = said("pdftotext", pdf.export(report(5, 5), pdf.Options(paper="A4")), tmp_path, "-layout")
    pages = text.split("\f")[:-1]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"{number} van {len(pages)}" in page
        assert "Gevoel" in page


def test_a4_cuts_on_phase_borders_only_and_loses_no_phase():
    scene = pdf.scene_of(report(6, 4), language="nl")
    edges = [*scene.breaks, scene.width]
    for room in (300, 700, 1100, 5000):
        tiles = pdf.pages.cut(scene, room)
        assert [tile.start for tile in tiles] == [edges[0], *(tile.stop for tile in tiles[:-1])]
        assert tiles[-1].stop == edges[-1]
        assert {tile.start for tile in tiles} <= set(edges)


def test_every_text_of_the_map_can_be_searched_on_both_papers(tmp_path):
    for paper in ("A3", "A4"):
        text = said("pdftotext", pdf.export(report(2, 2), pdf.Options(paper=paper)), tmp_path)
        flat = re.sub(r"\s+", "", text)
        for words in ("KaartvandeKlant".lower(), "Ikzetstap1.1", "Hoelangnog?", "Teleurgesteld"):
            assert words in flat or words in flat.lower(), (paper, words)


def test_a_sign_without_a_font_still_gives_a_document():
    made = report(title="IJsje 🍦 \U0001e900 漢 \x00\ud800")
    assert pdf.export(made).startswith(b"%PDF")
    assert pdf.export(made, pdf.Options(paper="A4")).startswith(b"%PDF")


@pytest.mark.parametrize("text", ['#read("/etc/passwd")', '"]#panic("x")[', "\\", '\\"', "$x$ *a* _b_ @c <d> // e"])
def test_text_is_never_taken_for_typst(text, tmp_path):
    found = said("pdftotext", pdf.export(report(1, 1, title=text)), tmp_path)
    assert re.sub(r"\s+", "", text) in re.sub(r"\s+", "", found)


def test_a_map_without_phases_is_a_page():
    empty = replace(report(), map=JourneyMap("m", plain("Leeg")))
    for paper in ("A3", "A4"):
        assert pdf.export(empty, pdf.Options(paper=paper)).startswith(b"%PDF")


def test_the_same_report_is_the_same_file_within_a_second_at_nine_by_twelve():
    big = report(9, 12)
    began = time.perf_counter()
    one = pdf.export(big)
    assert time.perf_counter() - began < 5  # 0.3 s on a quiet machine; the promise is under 1 s
    assert one == pdf.export(big)
