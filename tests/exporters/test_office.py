"""Workbooks, slides, tables and stories open again and hold what they promise."""

import io
import time
from dataclasses import replace

import pytest

from exchange import example
from klantreis.exporters import csv, markdown
from klantreis.labels import Label
from klantreis.map.model import Barrier, JourneyMap, Opportunity, Phase, Step
from klantreis.scenes.pen import Rect
from klantreis.scenes.text import Style, width

openpyxl = pytest.importorskip("openpyxl", reason="NOT RUN: the extra 'office' is not installed")
slides = pytest.importorskip("pptx", reason="NOT RUN: the extra 'office' is not installed")

IKEA = example("ikea-stoel")


def book(report=IKEA, language="nl"):
    from klantreis.exporters import xlsx

    return openpyxl.load_workbook(io.BytesIO(xlsx.export(report, xlsx.Options(language))))


def deck(report=IKEA, language="nl"):
    from klantreis.exporters import pptx

    return slides.Presentation(io.BytesIO(pptx.export(report, pptx.Options(language))))


def with_label(label):
    phases = (Phase("p", Label("Fase", "Phase"), steps=(Step("s", label, feel=1),)),)
    return replace(IKEA, map=JourneyMap("m", Label("Kaart", "Map"), phases=phases))


def test_each_part_has_a_sheet_with_a_heading_that_stays():
    made = book()
    assert made.sheetnames[:2] == ["Stappen", "Kaart"]
    assert {"Persona's", "Contactmomenten", "Barrières", "Kansen", "KPI's"} <= set(made.sheetnames)
    for sheet in made:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert all(cell.font.bold for cell in sheet[1])
    assert book(language="en").sheetnames[0] == "Steps"


def test_text_that_looks_like_a_formula_is_text_and_says_so():
    cell = book(with_label(Label("=1+1", "=1+1")))["Stappen"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    line = csv.export(with_label(Label("=1+1", "=1+1"))).decode("utf-8-sig").splitlines()[1]
    assert line.startswith("Fase;'=1+1;1;")


def test_there_is_a_slide_for_the_whole_and_one_or_more_for_each_phase():
    titles = [slide.shapes.title.text_frame.text for slide in deck().slides]
    assert titles == [
        "Een stoel kopen bij IKEA",
        "1. Oriëntatie",
        "2. Afweging",
        "3. Aankoop",
        "4. Gebruik",
        "5. Loyaliteit",
    ]
    long = replace(IKEA, map=JourneyMap("m", Label("K"), phases=(
        Phase("p", Label("Fase"), steps=tuple(Step(f"s{n}", Label(f"Stap {n}")) for n in range(12))),)))  # fmt: skip
    assert [slide.shapes.title.text_frame.text for slide in deck(long).slides][1:] == [
        "1. Fase (1/3)", "1. Fase (2/3)", "1. Fase (3/3)",
    ]  # fmt: skip


def test_slides_are_shapes_with_alternative_texts_and_notes_inside_the_slide():
    made = deck()
    for slide in made.slides:
        assert not [shape for shape in slide.shapes if shape.shape_type == 13]
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width + 12_700
            assert shape.top + shape.height <= made.slide_height + 12_700
    told = [shape._element._nvXxPr.cNvPr.get("descr") for shape in made.slides[0].shapes]
    assert any("Curve van het gevoel over 10 stappen. Klantreiskaart" in (text or "") for text in told)
    assert "Welk vak was het ook alweer?" in made.slides[3].notes_slide.notes_text_frame.text


@pytest.mark.parametrize("count", [1, 4, 108])
def test_any_number_of_steps_fits(count):
    steps = tuple(Step(f"s{n}", Label("Bewustwordingsfaseverdieping " * 4), feel=n % 5 - 2) for n in range(count))
    made = replace(IKEA, map=JourneyMap("m", Label("K"), phases=(Phase("p", Label("F"), steps=steps),)))
    assert len(deck(made).slides) == 1 + -(-count // 5)


def test_the_story_has_whole_sentences_in_each_language():
    dutch, english = (markdown.export(IKEA, markdown.Options(language)).decode() for language in ("nl", "en"))
    assert "**Ik ben de kar vergeten.** Het gevoel: geërgerd, heel slecht (−2). Wat in de weg staat:" in dutch
    assert "**I forgot the trolley.** The feeling: annoyed, very bad (−2)." in english
    assert "?." not in dutch + english
    assert ".." not in dutch + english


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_missing_translation_is_shown_as_such_and_never_dropped(language):
    other = "en" if language == "nl" else "nl"
    report = with_label(Label(**{other: "Alleen hier"}))
    shown = f"[{other}] Alleen hier"
    assert shown in csv.export(report, csv.Options(language)).decode("utf-8-sig")
    assert f"\\[{other}\\] Alleen hier" in markdown.export(report, markdown.Options(language)).decode()
    assert shown in [cell.value for cell in book(report, language).worksheets[0][2]]
    texts = [shape.text_frame.text for shape in deck(report, language).slides[1].shapes if shape.has_text_frame]
    assert any(shown in " ".join(text.split()) for text in texts)


@pytest.mark.parametrize(("phases", "each"), [(3, 5), (5, 4), (9, 12)])
def test_no_two_words_touch_on_a_crowded_overview(phases, each):
    made = tuple(
        Phase(f"p{p}", Label(f"Fase {p}"), steps=tuple(
            Step(f"s{p}_{s}", Label("Ik vul het klanttevredenheidsonderzoek in"), feel=(p * 7 + s) % 5 - 2)
            for s in range(each)))
        for p in range(phases)
    )  # fmt: skip
    first = deck(replace(IKEA, map=JourneyMap("m", Label("Kaart"), phases=made)), "nl").slides[0]
    boxes = [one for one in first.shapes if one.has_text_frame and one.text_frame.text.strip()]
    rooms = []
    for box in boxes:
        lines = [line.text for line in box.text_frame.paragraphs]
        size = box.text_frame.paragraphs[0].runs[0].font.size.pt
        wide = max(width(line, Style(size)) for line in lines)
        middle = box.left.pt + (box.width.pt / 2 if box.text_frame.paragraphs[0].alignment == 2 else wide / 2)
        rooms.append(Rect(middle - wide / 2, box.top.pt, wide, len(lines) * size * 1.2))
    for number, room in enumerate(rooms):
        met = [boxes[spot].text_frame.text for spot, other in enumerate(rooms[:number]) if room.meets(other)]
        assert not met, (boxes[number].text_frame.text, met)


def test_a_dutch_workbook_has_dutch_heads_on_every_sheet_and_is_read_back():
    from klantreis.map.importers import xlsx as reading

    made = book()
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in made}
    assert heads["Contactmomenten"][:3] == ["id", "naam", "fase"]
    assert heads["Barrières"][:5] == ["id", "naam", "plaats", "soort", "ernst"]
    english = {"label", "phase", "kind", "at", "matcher", "channel", "target", "provenance", "title", "place", "level"}
    assert not [head for row in heads.values() for head in row if head in english]
    keys = [row[0] for row in made["Kaart"].iter_rows(min_row=2, values_only=True)]
    assert keys[:4] == ["id", "titel", "soort reis", "toestand"]
    assert [cell.value for cell in book(language="en")["Touchpoints"][1]][:3] == ["id", "name", "phase"]

    for language in ("nl", "en"):
        from klantreis.exporters import xlsx

        data = xlsx.export(IKEA, xlsx.Options(language))
        sketch, _ = reading.read(data, "terug")
        assert [stop.feel for stop in sketch.stops] == [1, -1, 1, 2, 1, -1, -2, 1, -1, 2]


def test_a_workbook_tells_a_path_as_it_is_written():
    sheet = book(example("sieraden-ring"))["Scenario's"]
    column = [cell.value for cell in sheet[1]].index("pad")
    assert sheet[2][column].value.startswith("social|zoekmachine, filter")


def test_the_story_tells_what_each_scenario_begins_with():
    told = markdown.export(example("voetbalschoen")).decode()
    way = "Een verloop: Donderdag stuk, zaterdag spelen. Het begint hiermee: De zool van de schoen scheurt."
    assert way in told


def test_a_wide_sheet_is_printed_over_more_pages_and_not_too_small_to_read():
    made = book(example("sieraden-ring"))
    for sheet in made:
        wide = sum(column.width for column in sheet.column_dimensions.values())
        assert wide / sheet.page_setup.fitToWidth < 250, sheet.title
        assert sheet.page_setup.orientation == "landscape"
    assert made["Stappen"].page_setup.fitToWidth > 1
    assert made["Stappen"].print_title_cols == "$A:$B"
    assert made["Kaart"].page_setup.fitToWidth == 1


def test_slides_do_not_report_the_goal_of_a_phase_as_lost_for_they_show_it():
    from klantreis.exporters import pptx

    texts = [shape.text_frame.text for shape in deck().slides[2].shapes if shape.has_text_frame]
    assert "Zeker weten dat deze stoel goed zit" in texts
    assert not [one for one in pptx.lost(IKEA) if "doel van de fase" in one.title.text("nl")]


def test_a_row_is_as_high_as_its_longest_text():
    sheet = book(example("sieraden-ring"))["Zoals getekend"]
    lines = {row[0].row: max(len(str(cell.value or "")) / 44 for cell in row) for row in sheet.iter_rows(min_row=2)}
    assert max(lines.values()) > 2
    for row, most in lines.items():
        assert (sheet.row_dimensions[row].height or 15) >= min(15 * most, 400)


def test_a_story_ends_every_quote_once():
    told = markdown.export(IKEA).decode()
    assert "“Als ik toch ga, dan kom ik ook met iets thuis.”" in told
    assert "“Komt hier nog een eind aan?”" in told
    assert "“Dat valt mee.”" in told


def test_a_story_says_what_is_only_planned_and_how_soon_somebody_wants_it():
    ring = markdown.export(example("sieraden-ring")).decode()
    assert "Het contact: Maathulp. Dit is er nog niet: het is gepland." in ring
    assert "How soon: within hours." in markdown.export(example("urgentie-tractor"), markdown.Options("en")).decode()


def test_a_slide_cuts_no_words_as_long_as_there_is_room():
    one, *_ = phases = tuple(phase for phase in example("ikea-stoel").map.phases if phase.id == "afweging")
    names = ("Karren bij de ingang van het magazijn", "Een depot halverwege", "Een kar die je op je telefoon vindt")
    crowded = JourneyMap(
        "m", Label("Kaart"), phases=phases, barriers=(Barrier("b", Label("Geen kar"), at=one.steps[0].id),),
        opportunities=tuple(Opportunity(f"i{n}", Label(text), solves=("b",)) for n, text in enumerate(names)),
    )  # fmt: skip
    shapes = [shape for slide in deck(replace(IKEA, map=crowded), "nl").slides for shape in slide.shapes]
    said = [" ".join(shape.text_frame.text.split("\n")) for shape in shapes if shape.has_text_frame]
    assert "; ".join(names) in said


def test_a_value_on_a_slide_stands_beside_its_mark_or_a_line_leads_to_it():
    """Between steep lines the values of -1 stood so far down that they could be those of other steps."""
    from klantreis.exporters.pptx.curve import _Around, _beside, _Point
    from klantreis.map.sketch import Stop
    from klantreis.scenes.placing import spots

    steep = spots((100 + n / 4, 200 + n) for n in range(-80, 80))
    around = _Around(steep, spots([]), [Rect(94, 194, 12, 12)], Rect(0, 0, 400, 400))
    room = _beside(_Point(Stop("p", "a", "A", feel=-1.0), 100.0, 200.0, -1.0, 0), (16, 14), around)
    assert room is not None
    assert max(abs(room.x + 8 - 100), abs(room.y + 7 - 200)) <= 20
    assert not steep.within(room)
    full = replace(around, taken=[Rect(0, 0, 400, 400)])
    assert _beside(_Point(Stop("p", "a", "A", feel=-1.0), 100.0, 200.0, -1.0, 0), (16, 14), full) is None


def test_a_slide_draws_a_small_measured_feeling_with_the_same_shape_as_the_map():
    from klantreis.exporters.pptx.curve import KINDS
    from klantreis.scenes.feeling import shape_of

    assert [KINDS[shape_of(value)] for value in (-0.15, 0.0, 0.15)] == [
        KINDS["down"],
        KINDS["circle"],
        KINDS["up"],
    ]


def test_the_story_of_ten_thousand_steps_is_told_in_a_moment():
    steps = tuple(Step(f"s{n}", Label("Ik kijk"), feel=n % 5 - 2) for n in range(10_000))
    vast = JourneyMap("m", Label("Kaart"), phases=(Phase("p", Label("Fase"), steps=steps),))
    start = time.process_time()
    assert markdown.export(replace(IKEA, map=vast)).count(b"Ik kijk") == 10_000
    assert time.process_time() - start < 1.5
