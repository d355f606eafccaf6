"""A picture as pixels: the same on every machine, of the size that was asked for."""

import hashlib
import importlib
import struct
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from klantreis.errors import OptionError
from klantreis.labels import Label, plain
from klantreis.map.model import JourneyMap, Phase, Step
from klantreis.report import Report
from klantreis.scenes.model import Box, Scene, Words
from klantreis.scenes.table import Table

pytest.importorskip("resvg_py", reason="NOT RUN: the extra 'png' is not installed")
png = importlib.import_module("klantreis.exporters.png")

STEPS = (
    Step("a", Label("Ik kom aan", "I arrive"), feel=1, word=Label("keen", "keen")),
    Step("b", Label("Ik zoek de bewustwordingsfase", "I search"), feel=-2),
    Step("c", Label("Ik ga", "I leave"), feel=2, mot="confirmed"),
)
MAP = JourneyMap("m", Label("Kaart", "Map"), phases=(Phase("p", Label("Fase", "Phase"), steps=STEPS),))
REPORT = Report(MAP, None, (), datetime(2026, 11, 21, tzinfo=UTC))


def size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_it_is_twice_as_fine_as_the_picture_and_a_card_is_1200_by_630():
    scene = png.scene_of(REPORT, png.View())
    assert size(png.export(REPORT)) == (round(scene.width * 2), round(scene.height * 2))
    assert size(png.export(REPORT, png.Options(card=True))) == (1200, 630)


def test_the_same_report_is_the_same_pixels():
    assert png.export(REPORT) == png.export(REPORT)


def test_the_pixels_of_our_own_font_are_those_that_were_looked_at():
    # Drawn from the font that comes along; a change of the font, of resvg or of how words are set shows here.
    words = [
        Words(8, 24 + 20 * row, ("Bewustwordingsfase 1.234 ×÷−",), 13, weight)
        for row, weight in enumerate((400, 600, 700))
    ]
    scene = Scene("s", 240, 90, "t", "d", "nl", (Box(4, 4, 232, 82, "panel", "strong"), *words), Table("t", ("a",)))
    found = hashlib.sha256(png.pixels(scene, scale=1)).hexdigest()
    assert found == "2352fa84509a40b6b5f8bde3331ec2d63faefbc1141f5714544f8cd5121aace8"


def test_each_weight_is_drawn_in_its_own_face():
    def drawn(weight):
        return png.pixels(
            Scene("s", 90, 30, "t", "d", "nl", (Words(4, 20, ("Fase",), 14, weight),), Table("t", ("a",)))
        )

    assert len({drawn(400), drawn(600), drawn(700)}) == 3


def test_signs_our_font_lacks_are_known():
    scene = Scene("s", 9, 9, "t", "d", "nl", (Words(0, 9, ("a 🍦 漢é\x00",)),), Table("t", ("a",)))
    assert png.lacking(scene) == ["漢", "🍦"]


def test_signs_that_no_font_of_the_machine_has_are_named(monkeypatch):
    # A Thai name was a gap in the picture on a machine without a Thai font, and nobody was told.
    fine, thai = REPORT, replace(REPORT, map=replace(REPORT.map, title=Label("ก🍦x")))
    drawn = png._one
    monkeypatch.setattr(png, "_one", lambda sign: drawn("x" if sign == "🍦" else png.UNASSIGNED))
    assert png.lost(fine) == ()
    (told,) = png.lost(thai)
    assert told.level == "warning"
    assert told.title.text("nl") == (
        "Geen lettertype op deze machine heeft deze tekens, dus ontbreken ze in het plaatje (1): ก"
    )


def test_a_sign_that_no_font_has_looks_like_one_that_is_not_assigned():
    assert png._one("\u0379") == png._one(png.UNASSIGNED) != png._one("a")


def test_a_language_changes_the_words():
    assert png.export(REPORT, png.Options(language="en")) != png.export(REPORT)


def test_an_immense_map_is_drawn_smaller_and_a_silly_scale_is_refused():
    steps = tuple(Step(f"s{n}", plain(f"Stap {n}")) for n in range(150))
    wide = replace(REPORT, map=replace(MAP, phases=(Phase("p", plain("Fase"), steps=steps),)))
    assert max(size(png.export(wide))) <= 16_000
    with pytest.raises(OptionError, match="scale"):
        png.export(REPORT, png.Options(scale=0))
