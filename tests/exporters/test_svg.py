"""A scene as SVG: whole, harmless, self-contained, readable aloud."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.exporters import svg as exporter
from klantreis.exporters.svg import stylesheet, svg
from klantreis.labels import Label, plain
from klantreis.map.model import JourneyMap, Phase, Step
from klantreis.report import Report
from klantreis.scenes.model import Area, Box, Curve, Group, Line, Mark, Scene, Words
from klantreis.scenes.table import Table

NS = {"s": "http://www.w3.org/2000/svg"}


def scene(*elements, name="proef", title="Titel", language="nl"):
    return Scene(name, 200, 100, title, "Wat het is", language, elements, Table("t", ("a",)))


def read(text):
    return ET.fromstring(text)


ONE_OF_EACH = (
    Words(10, 20, ("een", "twee"), full="een twee drie"),
    Box(0, 0, 10, 10, "panel", "strong", dash="dashed", radius=3),
    Line(0, 0, 10, 10),
    Curve((("M", (0, 0)), ("C", (1, 1, 2, 2, 3, 3))), dash="dotted", arrow=True),
    Area((("M", (0, 0)), ("L", (5, 5)), ("Z", ())), pattern="hatch"),
    Mark("star", 5, 5),
    Mark("mail", 5, 5, fill=None, stroke="muted"),
)


def test_signs_that_the_font_inside_lacks_are_named_in_the_loss_report():
    report = Report(
        JourneyMap("m", Label("Kaart \u0e01"), phases=(Phase("p", Label("F"), steps=(Step("a", Label("Ik kom")),)),)),
        None, (), datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    (told,) = exporter.lost(report)
    assert told.title.text("en").endswith("(1): \u0e01")
    assert told.level == "hint"
    assert exporter.lost(replace(report, map=replace(report.map, title=Label("Kaart")))) == ()


@pytest.mark.parametrize("theme", ["light", "dark", "print", "auto"])
def test_every_element_is_drawn_in_every_theme(theme):
    root = read(svg(scene(Group("step", ONE_OF_EACH, "x", "Stap", True)), theme=theme))
    tags = [part.tag.split("}")[1] for part in root.iter()]
    assert {"text", "rect", "line", "path", "g"} <= set(tags)


def test_it_has_a_title_a_description_and_a_language():
    root = read(svg(scene(title="Een <reis> & meer")))
    assert root.find("s:title", NS).text == "Een <reis> & meer"
    assert root.find("s:desc", NS).text == "Wat het is"
    assert root.get("lang") == "nl"
    assert root.get("role") == "graphics-document"
    assert root.get("aria-labelledby") == root.find("s:title", NS).get("id")


def test_stops_are_in_reading_order_and_have_names():
    groups = [Group("step", (Words(0, 10, (name,)),), name, f"Stap {name}", focus=True) for name in "abc"]
    root = read(svg(scene(*groups)))
    stops = [part for part in root.iter() if part.get("tabindex") == "0"]
    assert [stop.get("data-id") for stop in stops] == ["a", "b", "c"]
    assert [stop.get("aria-label") for stop in stops] == ["Stap a", "Stap b", "Stap c"]


def test_two_pictures_on_a_page_share_no_id():
    one = svg(scene(Group("step", (), "a"), name="een"))
    two = svg(scene(Group("step", (), "a"), name="twee"))
    three = svg(scene(Group("step", (), "a"), name="een"), id_prefix="drie")
    ids = [re.findall(r'\sid="([^"]+)"', text) for text in (one, two, three)]
    assert all(len(found) == len(set(found)) for found in ids)
    assert not set(ids[0]) & set(ids[1])
    assert not set(ids[0]) & set(ids[2])


def test_an_id_given_twice_is_made_unique():
    root = read(svg(scene(Group("step", (), "a"), Group("step", (), "a"))))
    ids = [part.get("id") for part in root.iter() if part.get("data-id") == "a"]
    assert len(set(ids)) == 2


def test_every_reference_points_at_something():
    text = svg(scene(*ONE_OF_EACH))
    ids = set(re.findall(r'\sid="([^"]+)"', text))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= ids


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_is_harmless_and_well_formed(text):
    made = svg(
        scene(Words(0, 0, (text, text), full=text), Group(text, (), text, text, True, text, text), title=text),
        embed_font=False,
    )
    made.encode()
    root = read(made)
    assert not [part for part in root.iter() if part.tag.endswith("script")]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img onerror=x>', "]]>", "&lt;", "a\x00\x1b[31m", "\ud83d los"]
)
def test_hostile_text_stays_text(text):
    made = svg(
        scene(Words(0, 0, (text,)), Group("step", (), text, text, True, detail=text), title=text), embed_font=False
    )
    read(made)
    assert "<script" not in made
    assert "<img" not in made
    assert "\x00" not in made


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "java\nscript:alert(1)"]
)
def test_a_link_that_runs_code_is_left_out(link):
    assert "<a " not in svg(scene(Group("finding", (), "f", "F", link=link)), embed_font=False)


def test_a_safe_link_leads_somewhere():
    assert 'href="#bevinding-1"' in svg(scene(Group("finding", (), "f", "F", link="#bevinding-1")), embed_font=False)


def test_nothing_is_asked_of_the_network_and_nothing_runs():
    made = svg(scene(*ONE_OF_EACH), theme="auto")
    assert not re.findall(r"(?:href|src)=[\"'](?:https?:)?//", made)
    assert all(address.startswith("data:font/woff2") for address in re.findall(r"url\(([^#)][^)]*)\)", made))
    assert "<script" not in made
    assert " on" not in re.sub(r">[^<]*<", "><", made).replace(" only", "")


def test_only_the_faces_that_are_used_are_embedded():
    assert svg(scene(Words(0, 0, ("a",)))).count("@font-face") == 1
    assert svg(scene(Words(0, 0, ("a",)), Words(0, 0, ("b",), weight=700))).count("@font-face") == 2
    assert "@font-face" not in svg(scene(Words(0, 0, ("a",))), embed_font=False)


def test_the_automatic_theme_has_its_colours_once_and_can_leave_them_to_the_page():
    whole = svg(scene(Box(0, 0, 1, 1, "good")), theme="auto")
    assert "prefers-color-scheme:dark" in whole
    assert 'fill="var(--k-good,#1b5e9e)"' in whole
    assert "prefers-color-scheme" not in svg(scene(), theme="auto", embed_style=False)
    assert stylesheet().count("--k-ink:") == 3


def test_the_print_theme_has_no_colour_at_all():
    colours = set(re.findall(r'"#([0-9a-f]{6})"', svg(scene(*ONE_OF_EACH), theme="print", embed_font=False)))
    assert colours
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_words_in_the_other_language_are_marked():
    assert 'lang="en"' in svg(scene(Words(0, 0, ("Buy",), language="en")), embed_font=False)


def test_the_same_scene_is_the_same_file():
    assert svg(scene(*ONE_OF_EACH)) == svg(scene(*ONE_OF_EACH))


def test_a_report_becomes_a_file():
    map_ = JourneyMap(
        "m", plain("Kaart"), phases=(Phase("p", plain("Fase"), steps=(Step("s", plain("Ik kom"), feel=1),)),)
    )
    made = exporter.export(Report(map_, None, (), datetime(2026, 11, 21, tzinfo=UTC)), exporter.Options(language="en"))
    root = read(made.decode())
    assert root.get("lang") == "en"
    assert any(part.get("data-id") == "s" for part in root.iter())
