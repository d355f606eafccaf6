"""A map on paper: one A3, or A4 pages cut on phase borders; tagged, searchable, fonts inside."""

import importlib
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exchange import example
from klantreis.findings import Finding
from klantreis.labels import Label, plain
from klantreis.map.model import Barrier, JourneyMap, Opportunity, Phase, Step
from klantreis.map.read import read_map
from klantreis.report import Report
from klantreis.scenes.journey import journey_scene

pytest.importorskip("typst", reason="NOT RUN: the extra 'pdf' is not installed")
pdf = importlib.import_module("klantreis.exporters.pdf")

Look = importlib.import_module("klantreis.exporters.pdf.source").Look
signs = importlib.import_module("klantreis.exporters.pdf.signs")
pages, sheets = (importlib.import_module(f"klantreis.exporters.pdf.{name}") for name in ("pages", "sheets"))
MAPS = Path(__file__).resolve().parents[2] / "examples" / "maps"
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


def furnished_report(phases, each):
    """A map with all of its rows filled, so that it is high as well as wide."""
    made = report(phases, each)
    text = plain("Dat staat hier in een hele zin, zoals een klant het zegt")
    full = tuple(
        replace(phase, steps=tuple(replace(one, expect=text, need=text, owner="winkelteam") for one in phase.steps))
        for phase in made.map.phases
    )
    ids = [one.id for phase in full for one in phase.steps]
    barriers = tuple(Barrier(f"b{id_}", text, id_, "doubt", "abandon") for id_ in ids[::2])
    ideas = tuple(Opportunity(f"o{id_}", text, (f"b{id_}",), impact=3, effort=2, confidence=3) for id_ in ids[::2])
    return replace(made, map=replace(made.map, phases=full, barriers=barriers, opportunities=ideas))


def said(tool, data, tmp_path, *more):
    """What a tool of poppler says of a PDF."""
    if shutil.which(tool) is None:
        pytest.skip(f"NOT RUN: {tool} (poppler-utils) is not installed, so the PDF was not read back")
    file = tmp_path / "map.pdf"
    file.write_bytes(data)
    return subprocess.run(
        [tool, *more, str(file), *(["-"] if tool == "pdftotext" else [])],
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
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


def sheets_in(data):
    return len(re.findall(rb"/Type\s*/Page\b", data))


VIEWS = ("map", "compact", "print", "time", "ideal", "blueprint", "matrix", "strengths", "means")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_one_tagged_page_with_its_title_as_heading(view, tmp_path):
    made = Report(read_map(MAPS / "ikea-stoel.reis.yaml"), None, (), MADE)
    data = pdf.export(made, pdf.Options(view=view))
    assert sheets_in(data) == 1
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert re.search(r"H1[^\n]*\n\s+\"[^\"]+", said("pdfinfo", data, tmp_path, "-struct-text"))


def test_a_view_without_steps_takes_the_smallest_paper_and_a_map_an_a3():
    made = Report(read_map(MAPS / "ikea-stoel.reis.yaml"), None, (), MADE)
    wide = {
        view: float(re.search(rb"/MediaBox\s*\[0 0 ([\d.]+)", pdf.export(made, pdf.Options(view=view)))[1])
        for view in ("map", "matrix", "strengths")
    }
    assert {key: round(value) for key, value in wide.items()} == {"map": 1191, "matrix": 842, "strengths": 595}


def test_the_cover_names_whom_the_map_is_about_in_words_that_can_be_read(tmp_path):
    made = Report(read_map(MAPS / "voorkeur.reis.yaml"), None, (), MADE)
    text = said("pdftotext", pdf.export(made, pdf.Options(paper="A4")), tmp_path, "-l", "1")
    told = said("pdfinfo", pdf.export(made, pdf.Options(paper="A4")), tmp_path, "-struct-text")
    for name in ("Anne", "Bas"):
        assert name in text
        assert name in told


def test_the_parts_of_a_map_fill_the_width_of_their_sheets():
    made = Report(read_map(MAPS / "ikea-stoel.reis.yaml"), None, (), MADE)
    papers = (pages.A4, pages.A4[::-1])
    scene, plan = pdf._cut(lambda **more: drawn(made, **more), papers, 1680)
    widest = max(tile.stop - tile.start for tile in plan.tiles)
    room = (plan.paper[0] - 2 * sheets.EDGE) * sheets.POINTS / plan.scale
    assert (scene.rail + widest) / room > 0.85


def drawn(made, language="nl", **more):
    return journey_scene(made.map, None, (), language=language, **more)


def test_cuts_are_on_phase_borders_and_within_a_phase_only_when_it_is_too_wide():
    scene = drawn(report(6, 4))
    edges = [*scene.breaks, scene.width]
    for room in (300, 500, 700, 1100, 5000):
        tiles = sheets.cut(scene, room)
        assert [tile.start for tile in tiles] == [edges[0], *(tile.stop for tile in tiles[:-1])]
        assert tiles[-1].stop == edges[-1]
        for tile in tiles:
            if tile.start not in edges:
                phase = max(edge for edge in edges if edge < tile.start)
                assert edges[edges.index(phase) + 1] - phase > room - scene.rail
                assert tile.start in scene.stops


@pytest.mark.parametrize(("phases", "each"), [(1, 12), (1, 1), (5, 5), (9, 12), (3, 30)])
@pytest.mark.parametrize("papers", [(pages.A3,), (pages.A4, pages.A4[::-1])])
def test_no_word_is_too_small_to_read_and_every_row_and_step_is_on_a_sheet(phases, each, papers):
    # 11 pixels is the smallest type of a map; 6.5 points is about the smallest of a newspaper's share prices.
    scene = drawn(furnished_report(phases, each))
    plan = sheets.plan_of(scene, papers)
    wide = (plan.paper[0] - 2 * sheets.EDGE) * sheets.POINTS
    high = (plan.paper[1] - 2.6 * sheets.EDGE) * sheets.POINTS
    assert 11 * plan.scale >= 6.5 - 1e-9
    heads = sum(strip.bottom - strip.top for strip in plan.heads)
    for number, band in enumerate(plan.bands):
        tall = band[-1].bottom - band[0].top + (heads if number else 0)
        assert tall * plan.scale <= high + 1
    assert [strip.id for band in plan.bands for strip in band] == [strip.id for strip in sheets.strips(scene)]
    for tile in plan.tiles:
        assert (scene.rail + tile.stop - tile.start) * plan.scale <= wide + 1


def test_a_map_too_rich_for_one_a3_comes_on_more_and_says_which(tmp_path):
    text = said("pdftotext", pdf.export(furnished_report(9, 12)), tmp_path, "-layout")
    found = text.split("\f")[:-1]
    assert len(found) > 5
    for number, page in enumerate(found, start=1):
        assert f"{number} van {len(found)}" in page
    flat = re.sub(r"\s+", "", text)
    for phase in range(9):
        assert f"…Fase{phase}" in flat or f"Fase{phase}" in flat
        assert "Ikzetstap8.11" in flat


def test_the_name_of_a_phase_that_goes_on_is_said_again(tmp_path):
    text = said("pdftotext", pdf.export(report(1, 12), pdf.Options(paper="A4")), tmp_path)
    assert "… Fase 0" in text


@pytest.mark.parametrize("name", sorted(file.name for file in MAPS.glob("*.reis.yaml")))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_stands_readable_on_one_a3(name, language):
    known = Report(read_map(MAPS / name), None, (), MADE)
    ways = [drawn(known, language, density=density) for density in ("whole", "bare")]
    assert any(pages.readable(scene, pages.A3, pdf.NEAR) for scene in ways)
    assert sheets_in(pdf.export(known, pdf.Options(language=language))) == 1


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


@pytest.mark.parametrize("size", [pages.A4, pages.A4[::-1], pages.A3])
def test_what_to_look_at_first_stays_above_the_foot_of_the_page(size, monkeypatch):
    seen = []
    original = pages.drawn
    monkeypatch.setattr(pages, "drawn", lambda part, look: (seen.append(part), original(part, look))[1])
    text = Label(" ".join(["een klantreis die lang is"] * 40), "long")
    finding = Finding("leak", "insight", (), plain("Hier haken zij af bij de bewustwording"), text)
    monkeypatch.setattr(pages, "first_of", lambda findings: (finding,) * 3)
    made = furnished_report(3, 3)
    scene = journey_scene(made.map, None, (), language="nl", made=MADE)
    look = Look("light", "nl", "Kaart", MADE)
    pages._cover(pages.Cover(replace(made, results=object()), scene), (), look, size)
    own = next(part for part in seen if part.scale == 1)
    texts = [one for group in own.elements for one in group.children]
    assert max(one.y for one in texts) < (size[1] - 2.3 * pages.EDGE) * pages.POINTS
    assert len(texts) == 2 + 7


def test_only_a_sign_that_no_font_has_becomes_a_box_and_the_report_of_losses_names_it(monkeypatch):
    def drawn(known):
        return "".join(sign if known is None or sign in known else "□" for sign in "a \u05e9 \u6f22")

    monkeypatch.setattr(signs, "_takes", lambda some, fonts: "\u6f22" not in some)
    assert signs.spared(drawn) == "a \u05e9 □"
    assert signs.undrawn("a \u05e9 \u6f22") == ["\u6f22"]
    report = example("ikea-stoel")
    assert pdf.lost(report) == ()
    (told,) = pdf.lost(replace(report, map=replace(report.map, title=Label("\u6f22 \u05e9"))))
    assert told.title.text("nl").endswith("(1): \u6f22")
