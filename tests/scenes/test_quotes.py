"""The lane of quotes (requirement E25): three testimonials on a map, each with who said it, of which firm and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klantreis.labels import Label, plain
from klantreis.map.proof import Evidence
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Group, walk

GARAGE = Evidence(
    "garage", "testimonial", date="2026-05-02", consent="mail", person="Piet Smid", firm="Garage Smid",
    quote=Label("De teksten klopten meteen.", "The texts were right at once."),
)  # fmt: skip
KOFFIE = Evidence(
    "koffie", "testimonial", date="2026-06", consent="mail", person="Noor Bakker", firm="Koffie Noord",
    quote=plain("Goed uitgezocht."),
)  # fmt: skip
COACH = Evidence("coach", "testimonial", "e-mail", person="Anna de Wit", firm="De Wit", quote=plain("Mooie foto's."))


def with_three(map_, evidence=(GARAGE, KOFFIE, COACH)):
    """The map with the first testimonial at a step (twice), the second at a touchpoint, the third at a phase."""
    first, second, *rest = map_.phases
    steps = tuple(replace(step, evidence=("garage",)) for step in first.steps)
    touch, *others = map_.touchpoints
    return replace(
        map_,
        evidence=evidence,
        phases=(replace(first, steps=steps), replace(second, evidence=("coach",)), *rest),
        touchpoints=(replace(touch, evidence=("koffie",)), *others),
    )


def cards(scene):
    return {one.id: one for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "quote"}


def test_the_lane_of_quotes_shows_three_testimonials_once_each_with_their_source(ring, said, sound):
    map_, results, findings = ring
    scene = journey_scene(with_three(map_), results, findings, language="nl")
    sound(scene)
    assert sorted(cards(scene)) == ["coach", "garage", "koffie"]
    drawn = " ".join(said(scene).split())
    for words in ("Citaat", "“De teksten klopten meteen.”", "Piet Smid, Garage Smid · 2 mei 2026", "juni 2026"):
        assert words in drawn, words
    assert "“De teksten klopten meteen.” Piet Smid, Garage Smid" in cards(scene)["garage"].label
    table = " ".join(" ".join(row) for row in scene.table.rows)
    assert "“Goed uitgezocht.” Noor Bakker, Koffie Noord · juni 2026" in table


@pytest.mark.parametrize("consent", [None, "no", "Nee", "false"])
def test_who_did_not_agree_is_quoted_without_a_name(ring, said, consent):
    map_, results, findings = ring
    three = (GARAGE, KOFFIE, replace(COACH, consent=consent))
    scene = journey_scene(with_three(map_, three), results, findings, language="nl")
    told = said(scene) + " ".join(" ".join(row) for row in scene.table.rows) + cards(scene)["coach"].label
    assert "Mooie foto's." in told
    assert "niet met naam: geen toestemming" in " ".join(told.split())
    assert "Anna" not in told
    assert "De Wit" not in told


def test_a_testimonial_stands_in_one_lane_and_a_map_without_them_has_no_such_lane(ring, groups):
    map_, results, findings = ring
    ids = {one.id for one in walk(journey_scene(with_three(map_), results, findings, language="en").elements)
           if isinstance(one, Group)}  # fmt: skip
    assert not any(str(id_).startswith("garage-") for id_ in ids)
    assert not cards(journey_scene(map_, results, findings, language="en"))


@pytest.mark.parametrize("density", ["comfortable", "compact", "print"])
def test_long_quotes_overlap_nothing(ring, density, sound):
    map_, results, findings = ring
    long = plain("Klantvriendelijkheidsverwachtingen in de bewustwordingsfase van tweedehandsvoetbalschoenen. " * 6)
    three = tuple(replace(one, quote=long, firm="Tweedehandsvoetbalschoenenkoper") for one in (GARAGE, KOFFIE, COACH))
    sound(journey_scene(with_three(map_, three), results, findings, language="nl", density=density))
