"""The lane of touchpoints says which persona gets which variant, how often, and draws its channel."""

from __future__ import annotations

import pytest

from klantreis.errors import DocumentError
from klantreis.labels import Language
from klantreis.map.read import map_of
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Mark, Words, walk

MAP = """\
klantreis: 1
id: tips
title: Tips
personas: {lisa: {label: Lisa}, tom: {label: Tom}}
phases: {gebruik: {label: Gebruik, lees: {do: Ik lees de tip, feel: 1, touch: [rustig, snel, allen]}}}
touchpoints:
  rustig: {label: Lange tip, channel: email, cap: 1 per month, consent: true, for: [lisa], match: a}
  snel: {label: Korte tip, channel: email, for: [tom, lisa], match: b}
  allen: {label: Ingeschreven, channel: store, match: c}
"""


def drawn(language: Language) -> tuple[str, list[str]]:
    parts = list(walk(journey_scene(map_of(MAP), None, (), language=language).elements))
    said = " ".join(line for one in parts if isinstance(one, Words) for line in one.lines)
    return said, [one.shape for one in parts if isinstance(one, Mark)]


def test_each_variant_says_for_whom_it_is() -> None:
    # Requirements C2 and C15.
    dutch, _ = drawn("nl")
    assert "max. 1 per maand · opt-in · voor Lisa" in dutch
    assert "voor Tom, Lisa" in dutch
    assert "for Tom, Lisa" in drawn("en")[0]


def test_a_usual_channel_is_drawn_without_being_declared() -> None:
    shapes = drawn("nl")[1]
    assert shapes.count("mail") == 2
    assert "shop" in shapes


def test_a_variant_for_nobody_known_is_a_mistake() -> None:
    with pytest.raises(DocumentError, match="lisaa"):
        map_of(MAP.replace("for: [lisa]", "for: [lisaa]"))
