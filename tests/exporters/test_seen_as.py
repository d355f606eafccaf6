"""A map shown in another phase model says so, and which one it was made in, wherever somebody reads it."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from exchange import example
from klantreis.exporters import svg
from klantreis.map.crosswalk import shown_as
from klantreis.plugins import part

CHAIR = example("ikea-stoel")
SEVEN = replace(CHAIR, map=shown_as(CHAIR.map, "journey-7"))
SAID = {
    "nl": "getoond in fasemodel journey-7; gemaakt in nl-5",
    "en": "shown in phase model journey-7; made in nl-5",
}


def read(name: str, data: bytes) -> str:
    """The words of a file, in one line."""
    if name == "pptx":
        slides = pytest.importorskip("pptx")
        shapes = slides.Presentation(io.BytesIO(data)).slides[0].shapes
        return " ".join(one.text_frame.text for one in shapes if one.has_text_frame)
    text = data.decode().replace("\\", "")
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["svg", "html", "markdown", "pptx"])
def test_the_model_stands_in_every_head(name: str, language: str) -> None:
    exporter = part("exporter", name)
    assert SAID[language] in read(name, exporter.export(SEVEN, exporter.Options(language=language)))
    assert "fasemodel" not in read(name, exporter.export(CHAIR, exporter.Options(language="nl")))


@pytest.mark.parametrize("view", ["map", "compact", "print", "time", "ideal", "blueprint", "strengths", "means"])
def test_the_model_stands_above_every_view_that_has_phases(view: str) -> None:
    assert SAID["nl"] in read("svg", svg.export(SEVEN, svg.Options(language="nl", view=view)))  # type: ignore[arg-type]


def test_a_map_in_its_own_model_says_nothing_of_it_and_one_without_a_model_says_that() -> None:
    assert not shown_as(CHAIR.map, "nl-5").seen_as
    bare = replace(CHAIR.map, template=None)
    assert shown_as(bare, "stdc").seen_as.text("en") == "shown in phase model stdc; made in phases of its own"
