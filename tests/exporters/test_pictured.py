"""Images in every format that can hold them: whole, with their text; what cannot be shown is a frame with its text."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pptx
import pytest

from klantreis.exporters import html, pdf, png, svg
from klantreis.exporters import pptx as slides
from klantreis.map.images import Image, image_of
from klantreis.map.read import map_of
from klantreis.report import Report
from klantreis.scenes.model import Picture, walk
from pixels import png as drawn

TEXT = """klantreis: 1
id: m
title: {nl: Een doos openen, en: Opening a box}
languages: [nl, en]
phases:
  gebruik:
    open:
      {do: Ik open, feel: 2, image: {file: beeld/doos.png, alt: {nl: Een doos <b>"open"</b>, en: A box}}}
    weg: {do: Ik gooi weg, feel: -1, image: {file: beeld/weg.png, alt: De bak}}
"""
WIDE, TALL = drawn(400, 100), drawn(60, 300)
BROKEN = drawn(40, 40)[:45] + b"\xff" * 200


def report(*images: bytes) -> Report:
    names = ("open_image", "weg_image")
    known = {name: image_of(data) for name, data in zip(names, images, strict=False)}
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return Report(map_of(TEXT), None, (), made, images={name: one for name, one in known.items() if one})


def test_a_picture_keeps_its_shape_within_its_column() -> None:
    scene = svg.scene_of(report(WIDE, TALL), svg.View())
    pictures = [one for one in walk(scene.elements) if isinstance(one, Picture)]
    assert [round(one.width / one.height, 3) for one in pictures] == [4.0, 0.2]
    assert all(one.height <= 96.01 for one in pictures)


def test_the_svg_and_the_page_hold_the_bytes_and_the_text() -> None:
    data = base64.b64encode(WIDE).decode()
    for text in (svg.export(report(WIDE)).decode(), html.export(report(WIDE)).decode()):
        assert f'href="data:image/png;base64,{data}"' in text
        assert 'aria-label="Een doos &lt;b&gt;&quot;open&quot;&lt;/b&gt;"' in text
        assert "De bak" in text
        assert text.count("<image") == 1


def test_the_slide_holds_it_whole_with_its_text_and_a_frame_for_the_other() -> None:
    deck = pptx.Presentation(io.BytesIO(slides.export(report(WIDE))))
    shapes: list[Any] = list(deck.slides[1].shapes)
    (picture,) = [one for one in shapes if one.shape_type == 13]
    assert picture.image.blob == WIDE
    assert picture._element._nvXxPr.cNvPr.get("descr") == 'Een doos <b>"open"</b>'
    assert picture.width / picture.height == pytest.approx(4, rel=0.01)
    assert any(one._element._nvXxPr.cNvPr.get("descr") == "De bak" for one in shapes if one.shape_type == 1)


def test_pdf_and_png_draw_it() -> None:
    with_, without = report(WIDE), report()
    assert b"/Subtype /Image" in pdf.export(with_) or b"/Subtype/Image" in pdf.export(with_)
    assert png.export(with_) != png.export(without)


@pytest.mark.parametrize("exporter", [svg, html, pdf, png, slides])
def test_an_image_that_is_broken_inside_stops_no_export(exporter: Any) -> None:
    assert exporter.export(report(BROKEN, TALL))


@pytest.mark.parametrize("exporter", [svg, html, pdf, png, slides])
@pytest.mark.parametrize("media", ["image/webp", "image/jpeg"])
def test_bytes_that_are_not_what_they_say_stop_no_export(exporter: Any, media: Any) -> None:
    odd = replace(report(), images={"open_image": Image(media, b"nothing of the kind", 40, 30)})
    assert exporter.export(odd)
