"""The IKEA journey (requirement A12): every format tells the same curve."""

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from exchange import example
from klantreis.plugins import part

CURVE = [1, -1, 1, 2, 1, -1, -2, 1, -1, 2]
STEPS = [
    "Ik kom aan", "Ik loop door de winkel", "Ik zie de prijs", "Ik probeer de stoel rustig uit",
    "Ik eet Zweedse balletjes", "Ik zoek het vak", "Ik ben de kar vergeten", "Ik vind de stoel", "Ik betaal",
    "Ik neem een ijsje",
]  # fmt: skip


def signed(text):
    return float(text.replace("−", "-").replace("+", "").replace(",", "."))


def from_svg(data):
    points = [one for one in ET.fromstring(data).iter() if one.get("data-kind") == "point"]
    return [signed(re.search(r": ([+−]?\d+(?:,\d+)?)", one.get("aria-label"))[1]) for one in points]


def from_csv(data):
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    return [float(row["gevoel"]) for row in rows if row["stap"]]


def from_xlsx(data):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    column = [cell.value for cell in sheet[1]].index("gevoel")
    return [row[column] for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]]


def from_mermaid(data):
    return [float(found) - 3 for found in re.findall(r"^ {6}[^:]+: ([\d.]+)", data.decode(), re.MULTILINE)]


def from_ojf(data):
    return [node["score"] / 2.5 for node in json.loads(data)["nodes"] if node["swimlaneId"] == "steps"]


def from_json(data):
    return [step["feel"] for phase in json.loads(data)["map"]["phases"] for step in phase["steps"]]


def from_markdown(data):
    return [signed(found) for found in re.findall(r"Het gevoel: .*?\(([+−]?\d)\)", data.decode())]


def from_pptx(data):
    slides = pytest.importorskip("pptx")
    told = [
        shape._element._nvXxPr.cNvPr.get("descr") or ""
        for shape in slides.Presentation(io.BytesIO(data)).slides[0].shapes
    ]
    return [signed(found[1]) for text in told if (found := re.search(r"^Gevoel bij .*: ([+−]?\d)$", text))]


def from_pdf(data):
    if shutil.which("pdftotext") is None:
        pytest.skip("NOT RUN: pdftotext (poppler-utils) is not installed, so the PDF was not read back")
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    text = text.split("Teleurgesteld", 1)[1].split("aanname op de kaart")[0]
    return [signed(found) for found in re.findall(r"(?<!\S)[+−]\d(?!\S)", text)][-10:]


READERS = {name.removeprefix("from_"): read for name, read in list(globals().items()) if name.startswith("from_")}


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_format_has_the_ten_feelings_in_order(name):
    found = READERS[name](part("exporter", name).export(example("ikea-stoel")))
    assert found == CURVE
    assert sum(value < 0 for value in found) == 4
    assert STEPS[found.index(min(found))] == "Ik ben de kar vergeten"
    assert found[-1] > found[0]


@pytest.mark.parametrize("name", ["svg", "markdown", "pptx", "pdf"])
def test_the_summary_states_start_lowest_highest_and_end(name):
    data = part("exporter", name).export(example("ikea-stoel"))
    if name == "pptx":
        slides = pytest.importorskip("pptx").Presentation(io.BytesIO(data)).slides
        text = slides[0].notes_slide.notes_text_frame.text
    elif name == "pdf":
        text = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True
        ).stdout.decode()
    else:
        text = data.decode()
    flat = " ".join(text.split())
    for words in ("Begint +1", "laagste −2 bij ‘Ik ben de kar vergeten’", "hoogste +2", "eindigt +2"):
        assert words in flat, words
