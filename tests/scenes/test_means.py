"""Row E3: what helps customers on in each phase, filtered by phase, gaps visible."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from klantreis.errors import OptionError
from klantreis.map.read import map_of, read_map
from klantreis.scenes.means import gaps_of, means_of, means_scene
from klantreis.scenes.model import Scene, Words, walk
from klantreis.scenes.pen import bounds

MAPS = sorted((Path(__file__).resolve().parents[2] / "examples" / "maps").glob("*.reis.yaml"))

SHOP = map_of(
    """\
klantreis: 1
id: x
title: {nl: Een fiets kopen, en: Buying a bike}
assets: {maatgids: {label: {nl: Maatgids, en: Size guide}, kind: text, url: "https://example.org/maat"}}
phases:
  orientatie:
    label: {nl: Oriëntatie, en: Orientation}
    means: [{nl: Een proefrit, en: A test ride}]
    levers: [offering, fit]
    kijken:
      do: {nl: Ik kijk, en: I look}
      need: {text: {nl: "Welke maat heb ik?", en: "Which size am I?"}, content: maatgids}
  aankoop:
    kassa:
      do: {nl: Ik betaal, en: I pay}
      need: {text: {nl: "Kan het in delen?", en: "Can I pay in parts?"}}
      barrier: {id: duur, kind: price, severity: abandon, text: {nl: Te duur, en: Too dear}}
  gebruik: {}
"""
)


def words(scene: Scene) -> str:
    return " ".join(" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words))


def test_each_phase_lists_what_there_is_and_what_is_missing() -> None:
    look, buy, use = SHOP.phases
    assert [one.text for one in means_of(SHOP, look, "nl")] == ["Een proefrit", "Maatgids"]
    assert gaps_of(SHOP, look, "nl") == []
    assert {one.kind for one in gaps_of(SHOP, buy, "nl")} == {"means-gap", "means-unanswered", "means-solved-not"}
    assert [one.kind for one in gaps_of(SHOP, use, "en")] == ["means-gap"]


def test_a_phase_is_chosen_by_id_or_name_in_either_language() -> None:
    for word in ("orientatie", "oriëntatie", "Orientation"):
        scene = means_scene(SHOP, language="nl", only=word)
        assert {row[0] for row in scene.table.rows} == {"Oriëntatie"}
        assert "Kan het in delen?" not in words(scene)


def test_an_unknown_phase_is_named_with_the_nearest() -> None:
    with pytest.raises(OptionError, match="aankop") as told:
        means_scene(SHOP, language="nl", only="aankop")
    assert "aankoop" in told.value.mend


def test_levers_that_were_begun_show_what_is_still_open() -> None:
    told = words(means_scene(SHOP, language="nl", only="orientatie"))
    assert "✓ aanbieden" in told
    assert "○ aanspreken: nog niet" in told


@pytest.mark.parametrize("file", MAPS, ids=lambda file: file.name)
def test_everything_stays_inside_the_picture(file: Path) -> None:
    scene = means_scene(read_map(file), language="nl")
    assert scene.table.rows
    for one in walk(scene.elements):
        room = bounds(one)
        assert room.x >= 0
        assert room.right <= scene.width
        assert room.bottom <= scene.height


def test_a_map_without_phases_says_so() -> None:
    assert "geen fasen" in words(means_scene(replace(SHOP, phases=()), language="nl"))
