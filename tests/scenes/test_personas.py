"""A persona has a card in the head of the map: a picture, or initials, with goal and quote."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from klantreis.labels import Label
from klantreis.map.images import images_of
from klantreis.map.model import JourneyMap
from klantreis.map.people import Persona, Segment
from klantreis.map.read import read_map
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.journey.density import DENSITIES, DensityName
from klantreis.scenes.journey.personas import initials
from klantreis.scenes.model import Group, Picture, Scene, Words, walk
from klantreis.scenes.numbers import decimal
from klantreis.scenes.pen import bounds

MAPS = Path(__file__).resolve().parents[2] / "examples" / "maps"


def laptop() -> JourneyMap:
    return read_map(MAPS / "voorkeur.reis.yaml")


def cards(scene: Scene) -> list[Group]:
    return [one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "persona-card"]


def told(group: Group) -> str:
    return " ".join(" ".join(one.lines) for one in walk(group.children) if isinstance(one, Words))


def png(wide: int, high: int) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x40\x80\xc0" * wide for _ in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Lisa", "L"), ("Anne de Vries", "AV"), ("élise", "É"), ("42", ""), ("", ""), ("Jan-Peter Bal", "JB")],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_every_persona_has_a_card_with_goal_quote_and_initials_that_is_heard_whole() -> None:
    anne, bas = cards(journey_scene(laptop(), None, (), language="nl"))
    assert "A Anne ideale klant" in told(anne)
    assert "Waarom zou ik iets anders nemen?" in told(anne)
    assert bas.label.startswith("Persona: Bas, gewone klant · haast: weken. Zeker weten")
    assert anne.focus


def test_a_map_of_one_persona_shows_that_one_only() -> None:
    (bas,) = cards(journey_scene(laptop(), None, (), language="en", persona="bas"))
    assert "typical customer" in told(bas)


def test_a_picture_beside_the_map_stands_in_the_place_of_the_initials(tmp_path: Path) -> None:
    text = (MAPS / "voorkeur.reis.yaml").read_text(encoding="utf-8")
    file = tmp_path / "voorkeur.reis.yaml"
    own = "    label: Anne\n    picture: anne.png\n    alt: Anne lacht\n"
    file.write_text(text.replace("    label: Anne\n", own), "utf-8")
    (tmp_path / "anne.png").write_bytes(png(80, 40))
    map_ = read_map(file)
    known = images_of(map_).known
    anne, bas = cards(journey_scene(map_, None, (), language="nl", images=known))
    (shown,) = (one for one in walk(anne.children) if isinstance(one, Picture))
    assert (shown.alt, shown.width / shown.height) == ("Anne lacht", 2.0)
    assert not any(isinstance(one, Picture) for one in walk(bas.children))


def test_a_picture_that_is_not_there_gives_the_initials_and_a_finding_at_the_persona(tmp_path: Path) -> None:
    text = (MAPS / "voorkeur.reis.yaml").read_text(encoding="utf-8")
    file = tmp_path / "voorkeur.reis.yaml"
    file.write_text(text.replace("    label: Anne\n", "    label: Anne\n    picture: weg.png\n"), "utf-8")
    found = images_of(read_map(file))
    assert found.known == {}
    assert [one.place.id for one in found.findings] == ["anne"]


def test_many_personas_with_long_words_do_not_overlap_and_the_rest_is_counted() -> None:
    long = Label("Verantwoordelijkheidsgevoelige bewustwordingsfaseonderzoeker van de klantreis " * 3)
    people = tuple(Persona(f"p{n}", long, goal=long, quote=long) for n in range(9))
    scene = journey_scene(replace(laptop(), personas=people), None, (), language="nl")
    found = cards(scene)
    assert 1 < len(found) < 9
    assert f"+ {9 - len(found)} meer" in told(found[-1])
    rooms = [bounds(one) for one in found]
    assert not any(one.meets(other) for one, other in pairwise(rooms))
    panel = next(one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "first")
    assert all(not room.meets(bounds(panel)) for room in rooms)


@pytest.mark.parametrize("density", ["compact", "whole"])
def test_a_compact_map_and_one_on_paper_have_cards_too(density: DensityName) -> None:
    scene = journey_scene(laptop(), None, (), language="nl", density=density)
    assert [card.id for card in cards(scene)] == [one.id for one in laptop().personas]
    lines = [len([one for one in card.children if isinstance(one, Words)]) for card in cards(scene)]
    assert (max(lines) <= 3) == (density == "compact")  # initials, name and goal


def test_a_card_says_who_it_is_instead_of_the_second_line() -> None:
    for density, set_ in DENSITIES.items():
        scene = journey_scene(laptop(), None, (), language="nl", persona="anne", density=density)
        assert len(cards(scene)) == set_.cards
        assert set_.cards != any(
            "Anne –" in line for one in walk(scene.elements) if isinstance(one, Words) for line in one.lines
        )


def test_a_card_says_how_many_people_are_in_the_segment_of_its_persona(ring) -> None:
    # Requirement D10: a persona shows the real size of its segment.
    map_, results, findings = ring
    lisa = replace(map_.personas[0], segment="nieuw")
    named = replace(map_, personas=(lisa,), segments=(Segment("nieuw", Label("Nieuwe klanten", "New customers"), ""),))
    people = results.paths.people
    part = replace(results, paths=replace(results.paths, people=people // 4), segments={})
    whole = replace(results, segments={"nieuw": part})

    (card,) = cards(journey_scene(named, whole, findings, language="nl"))
    said = f"Nieuwe klanten: {decimal(people // 4, 'nl')} personen (25%)"
    assert said in told(card)
    assert said in card.label
    (narrow,) = cards(journey_scene(named, whole, findings, language="nl", density="compact"))
    assert said in narrow.label
    # Too small to share, or never measured: nothing is said.
    for hidden in (results, None):
        (card,) = cards(journey_scene(named, hidden, (), language="nl"))
        assert "Nieuwe klanten" not in card.label
    # A report of that segment alone is of all of them.
    own = replace(part, about=replace(part.about, segment="nieuw"))
    (card,) = cards(journey_scene(named, own, (), language="en"))
    assert f"New customers: {decimal(people // 4, 'en')} people (100%)" in card.label
