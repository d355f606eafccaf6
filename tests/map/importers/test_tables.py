"""Tables with a row a step, as people make them: headings in their own words, a title above, rows left empty."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.errors import SourceError
from klantreis.map.importers import csv
from klantreis.map.read import map_of
from klantreis.map.sketch_yaml import yaml_of


def book(rows):
    openpyxl = pytest.importorskip("openpyxl", reason="NOT RUN: the extra 'office' is not installed")
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def read_xlsx(rows):
    from klantreis.map.importers import xlsx

    return xlsx.read(book(rows), "kaart")


def read_csv(rows):
    return csv.read("\r\n".join(";".join(map(str, row)) for row in rows).encode(), "kaart")


READERS = pytest.mark.parametrize("read", [read_csv, read_xlsx])


def told(found, language="nl"):
    return [one.title.text(language) for one in found]


@READERS
def test_a_row_is_counted_as_a_spreadsheet_counts_it(read):
    rows = [
        ("fase", "stap", "gevoel"),
        ("Kiezen", "Ik zoek", "1"),
        ("", "", ""),
        ("", "Ik twijfel", "9"),
        ("", "", "2"),
    ]
    sketch, found = read(rows)
    assert [stop.label for stop in sketch.stops] == ["Ik zoek", "Ik twijfel"]
    assert told(found) == [
        "Rij 4: gevoel '9' ligt niet tussen -2 en +2 en blijft achter",
        "Rij 5 noemt geen stap en blijft achter",
    ]
    assert told(found, "en")[1] == "Row 5 names no step and stays behind"


@READERS
def test_headings_may_stand_under_a_title_and_what_is_above_is_told(read):
    sketch, found = read([("Onze reis, versie 3", "", ""), ("", "", ""), ("fase", "stap", "gevoel"), ("A", "B", "-1")])
    assert [(stop.phase, stop.label, stop.feel) for stop in sketch.stops] == [("A", "B", -1)]
    assert told(found) == ["Wat boven de koppen in rij 3 staat, blijft achter"]


@READERS
def test_an_unknown_column_is_told_with_the_nearest_and_a_second_one_does_not_count(read):
    sketch, found = read([("fase", "stap", "gevoell", "budget", "step"), ("A", "B", "1", "99", "C")])
    assert [stop.label for stop in sketch.stops] == ["B"]
    assert told(found) == [
        "Kolom 'gevoell' is onbekend en blijft achter: bedoel je 'gevoel'?",
        "Kolom 'budget' is onbekend en blijft achter",
        "Kolom 'step' is er twee keer; de eerste telt",
    ]


@READERS
def test_a_table_without_steps_says_which_column_was_meant(read):
    with pytest.raises(SourceError) as refused:
        read([("fase", "stapp"), ("A", "B")])
    assert "'stapp'" in refused.value.parts("nl")[2]
    assert "'stap'" in refused.value.parts("en")[2]
    with pytest.raises(SourceError, match="no column for the step") as refused:
        read([("naam", "datum"), ("A", "B")])
    assert "'step'" in refused.value.mend


@READERS
def test_headings_alone_are_no_map(read):
    with pytest.raises(SourceError, match="not one step") as refused:
        read([("fase", "stap")])
    assert refused.value.parts("nl")[1] == "rij 1"


@READERS
def test_an_id_that_cannot_be_one_is_made_anew_and_told(read):
    sketch, found = read([("stap", "stap-id"), ("Ik zoek", "../x"), ("Ik koop", "koop")])
    assert [stop.id for stop in sketch.stops] == ["", "koop"]
    assert told(found) == ["Rij 2: '../x' kan geen id zijn; er is een nieuwe gemaakt"]


@pytest.mark.parametrize(
    "data",
    [
        b"sep=,\r\nfase,stap,gevoel\r\nKiezen,Ik zoek,-1\r\n",
        "fase\tstap\tgevoel\nKiezen\tIk zoek\t-1\n".encode("utf-16"),
        '"fase";"stap";"gevoel"\n"Kiezen";"Ik zoek";"-1"\n'.encode("cp1252"),
        "Reis, van A, naar B, en terug\nfase;stap;gevoel\nKiezen;Ik zoek;-1,0\n".encode("utf-8-sig"),
    ],
)
def test_a_table_from_any_spreadsheet_program_is_read(data):
    sketch, _ = csv.read(data, "kaart")
    assert [(stop.phase, stop.label, stop.feel) for stop in sketch.stops] == [("Kiezen", "Ik zoek", -1)]


def test_a_sheet_that_is_a_log_is_refused(monkeypatch):
    from klantreis.map.importers import xlsx

    monkeypatch.setattr(xlsx, "ROWS", 20)
    with pytest.raises(SourceError, match="more than 20 rows"):
        read_xlsx([("stap",), *(("x",) for _ in range(30))])
    assert len(read_xlsx([("stap",), *(("x",) for _ in range(19))])[0].stops) == 19


HEADS = st.sampled_from(["stap", "fase", "gevoel", "barrière", "ernst", "stap-id", "iets", "", "step"])
CELLS = st.text(max_size=6) | st.sampled_from(["=1+1", "1", "-2", "a|b", "../x", "tijd", '"', "'"])


@settings(max_examples=120, deadline=None)
@given(st.lists(HEADS, max_size=5), st.lists(st.lists(CELLS, max_size=6), max_size=5), st.sampled_from(";,\t"))
def test_no_table_at_all_makes_it_fail_in_another_way(heads, rows, apart):
    text = "\n".join(apart.join(row) for row in (heads, *rows))
    try:
        sketch, _ = csv.read(text.encode("utf-8", "replace"), "x")
    except SourceError:
        return
    map_of(yaml_of(sketch, "x"))


def test_the_sheets_of_a_workbook_that_are_not_read_are_told():
    from klantreis.map.importers import xlsx

    openpyxl = pytest.importorskip("openpyxl", reason="NOT RUN: the extra 'office' is not installed")
    made = openpyxl.load_workbook(io.BytesIO(book([("stap",), ("Ik kijk",)])))
    made.active.title = "Stappen"
    made.create_sheet("Leeg")
    made.create_sheet("KPI's").append(["naam"])
    data = io.BytesIO()
    made.save(data)
    sketch, told = xlsx.read(data.getvalue(), "kaart")
    assert len(sketch.stops) == 1
    assert [one.title.nl for one in told] == ["Alleen het blad 'Stappen' is gelezen. Niet gelezen (1): KPI's"]
