"""The head of a map says where the journey begins and ends, and which part is still a template's."""

from __future__ import annotations

import pytest

from klantreis.labels import Language
from klantreis.map.init import new_map
from klantreis.map.read import map_of
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Group, Words, walk


def said(text: str, language: Language = "nl") -> str:
    scene = journey_scene(map_of(text), None, (), language=language)
    return " ".join(line for one in walk(scene.elements) if isinstance(one, Words) for line in one.lines)


SCOPED = """\
klantreis: 1
id: keuken
title: Een keuken
scope: {start: {nl: De oude lekt, en: The old one leaks}, end: {nl: Alles is betaald, en: All is paid}}
phases: {koop: {label: Koop, kies: {do: Ik kies, feel: 1}}}
"""


def test_the_head_says_where_the_journey_begins_and_ends() -> None:
    # Requirement D1.
    assert "begint bij ‘De oude lekt’ · eindigt bij ‘Alles is betaald’" in " ".join(said(SCOPED).split())
    assert "begins at ‘The old one leaks’ · ends at ‘All is paid’" in " ".join(said(SCOPED, "en").split())


def test_a_new_map_shows_the_goal_of_each_phase_until_it_is_measured_or_said_otherwise() -> None:
    # Requirement C7: three columns prefilled with their goal.
    text = " ".join(said(new_map("funnel-3", "nieuw")).split())
    assert text.count("Doel (sjabloon): ") == 3
    assert "Doel (sjabloon): De klant wordt zich bewust" in text
    own = new_map("funnel-3", "nieuw").replace("  overweging:\n", "  overweging:\n    goal: Ons doel\n")
    assert "Doel: Ons doel" in " ".join(said(own).split())


def test_what_a_template_wrote_is_yet_to_be_confirmed() -> None:
    # Requirement C8: of a new map nearly all; nothing of a map of one's own words.
    assert "nog te bevestigen (uit een sjabloon" in said(new_map("funnel-3", "nieuw"))
    assert "nog te bevestigen" not in said(SCOPED)


@pytest.mark.parametrize("wide", [320, 700, 900, 1680])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_known_of_a_map_is_told_whole_however_narrow(wide: float, language: Language) -> None:
    scene = journey_scene(map_of(new_map("funnel-3", "nieuw")), None, (), language=language, width=wide)
    ground = next(one for one in walk(scene.elements) if isinstance(one, Group) and one.id == "ground")
    lines = [line for one in walk(ground.children) if isinstance(one, Words) for line in one.lines]
    assert not [line for line in lines if line.endswith("…")]
    assert len(lines) < 9
