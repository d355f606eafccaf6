"""Text that means harm, in every field of a map: each exporter gives a whole file in which it is only text."""

import csv as tables
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import pytest

from exchange import everywhere, example
from klantreis.errors import MissingPart
from klantreis.plugins import part, parts

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror='alert(1)'>",
    "entity": "&lt;b&gt; &amp; &#x3c;script>",
    "formula": '=HYPERLINK("http://x";"y")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(A1:A9)",
    "minus": "-2+3",
    "quote": "'=1+1",
    "control": "a\x00b\x07c\x1b[31md\x7f",
    "surrogate": "los \ud83d teken \udfff",
    "direction": "\u202e\u2066omgekeerd\u2069 \u200f עברית العربية",
    "path": "../../../etc/passwd",
    "drive": "C:\\Windows\\..\\x",
    "lines": "een\ntwee\r\ndrie\tvier\u2028vijf",
    "mermaid": "section x: 5: y; %%{init: {}}%% #35; title z",
    "words": "title",
    "markdown": "# kop [klik](javascript:alert(1)) ![x](file:///etc/passwd) `code` | tabel",
    "typst": '#read("/etc/passwd") $x$ "] #panic()',
    "yaml": "a: [b, *c, &d e] # {f} - !!python/object",
    "emoji": "ijsje 🍦👩‍👩‍👧 漢字 ẞ\u0301",
    "long": "bewustwordingsfase" * 60,
    "template": "{name} {0} %s %(x)s ${y}",
    "json": '"}],"x":[{"',
}


def svg(data):
    root = ET.fromstring(data)
    assert not [one for one in root.iter() if one.tag.endswith(("script", "image", "foreignObject"))]
    assert not [key for one in root.iter() for key in one.attrib if key.lower().startswith("on")]


def html(data):
    text = data.decode("utf-8")
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert not re.search(r"(href|src)=[\"']?\s*(javascript|file):", text, re.IGNORECASE)


def csv(data):
    rows = list(tables.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=+@\t\r]|-(?!\d*\.?\d*$)", cell), cell


def xlsx(data):
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            assert not [cell.value for cell in row if cell.data_type in {"f", "e"}]
    assert not [
        name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "externalLink" in name or "vba" in name
    ]


def pptx(data):
    import pptx as slides

    for slide in slides.Presentation(io.BytesIO(data)).slides:
        assert slide.shapes.title.text_frame.text
        assert not [shape for shape in slide.shapes if shape.click_action.hyperlink.address]


def mermaid(data):
    from klantreis.map.importers.mermaid import parsed

    diagram = parsed(data.decode("utf-8"))
    assert (len(diagram.sections), len(diagram.tasks)) == (5, 10)


def markdown(data):
    text = data.decode("utf-8")
    assert not re.search(r"<\w|(?<!\\)\]\(", text)
    assert text.count("\n## ") == 6


def pdf(data):
    assert data.startswith(b"%PDF")
    assert b"<pdfuaid:part>1<" in data
    assert not re.search(rb"/(JavaScript|Launch|EmbeddedFile|OpenAction)\b", data)


def png(data):
    assert data.startswith(b"\x89PNG\r\n\x1a\n")


def ojf(data):
    read = json.loads(data)
    steps = [node for node in read["nodes"] if node["swimlaneId"] == "steps"]
    assert [len(read["stages"]), len(steps)] == [5, 10]


CHECKS = {
    "svg": svg, "html": html, "csv": csv, "xlsx": xlsx, "pptx": pptx, "mermaid": mermaid, "markdown": markdown,
    "pdf": pdf, "png": png, "ojf": ojf, "json": json.loads,
}  # fmt: skip


def exporter(name):
    try:
        return part("exporter", name)
    except MissingPart as absent:
        pytest.skip(f"NOT RUN: {absent}")


def test_every_exporter_is_attacked():
    assert set(CHECKS) == set(parts("exporter"))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("name", CHECKS)
def test_text_that_means_harm_stays_text(name, attack):
    report = example("ikea-stoel")
    hurt = replace(report, map=everywhere(report.map, ATTACKS[attack]))
    data = exporter(name).export(hurt, *([part("exporter", "png").Options(scale=0.5)] if name == "png" else []))
    CHECKS[name](data)
    assert b"\x00" not in data or name in {"xlsx", "pptx", "png", "pdf"}
    if name not in {"xlsx", "pptx", "png", "pdf"}:
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", data.decode("utf-8")) or name in {"json", "html"}


@pytest.mark.parametrize("name", sorted(set(CHECKS) - {"json", "html"}))
@pytest.mark.parametrize("map_", ["ikea-stoel", "sieraden-ring", "klacht"])
def test_every_example_goes_into_every_format_in_both_languages(name, map_):
    module = exporter(name)
    coarse = {"scale": 0.5} if name == "png" else {}
    one, other = (module.export(example(map_), module.Options(language=of, **coarse)) for of in ("nl", "en"))
    assert one != other
