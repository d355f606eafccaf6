"""Densities, the shape of a page, columns as wide as time, and the lanes of a team: nothing overlaps in any."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from furnished import furnished
from klantreis.analyses.times import Duration
from klantreis.labels import plain
from klantreis.map.about import Alternative, Criterion, Lane, LaneCell
from klantreis.map.model import JourneyMap
from klantreis.map.read import read_map
from klantreis.scenes.journey import blueprint_scene, journey_scene
from klantreis.scenes.journey.spells import Spell, scaled, spells_of
from klantreis.scenes.model import Words, walk
from klantreis.scenes.pen import bounds

BANDS = ("line.interaction", "line.visibility", "line.internal")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "maps"


@pytest.mark.parametrize("density", ["comfortable", "compact", "print"])
@pytest.mark.parametrize("columns", ["even", "time"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_furnished_map_is_sound_in_every_density(ring, density, columns, language, sound):
    map_, results, findings = ring
    full = furnished(map_)
    sound(journey_scene(full, results, findings, language=language, density=density, columns=columns))
    sound(journey_scene(full, None, (), language=language, density=density, columns=columns))


def test_every_lane_is_found_in_the_picture_and_the_table(ring, groups):
    map_, results, findings = ring
    scene = journey_scene(furnished(map_), results, findings, language="nl")
    lanes = {group.id for group in groups(scene, "lane")}
    assert lanes >= {"image", "need", "action", "alternative", "owner", "evidence", "lane-chat", "lane-systeem"}
    told = " ".join(" ".join(row) for row in scene.table.rows)
    for words in ("Een hand met een zilveren ring", "Hoe bereken ik mijn ringmaat? (niet beantwoord)", "Webwinkelteam",
                  "klantinterviews", "Systemen: Betaalprovider", "De juwelier", "klantverhaal"):  # fmt: skip
        assert words in told, words


def test_alternatives_are_weighed_by_what_matters(ring, groups):
    # By hand: (3*5 + 4*3) / 8 = 3.375 and (5*5 + 2*3) / 8 = 3.875.
    map_, results, findings = ring
    cards = groups(journey_scene(furnished(map_), results, findings, language="en"), "alternative")
    assert ["3.4" in card.label for card in cards] == [True, False]
    assert "3.9" in cards[1].label


def test_the_lines_of_a_blueprint_stand_in_their_order(ring, groups, sound):
    map_, results, findings = ring
    scene = blueprint_scene(furnished(map_), results, findings, language="nl")
    sound(scene)
    assert tuple(group.id for group in groups(scene, "line")) == BANDS
    order = [group.id for group in groups(scene, "lane")]
    wanted = ["lane-tast", "steps", "contact", "lane-elders", "lane-chat", "lane-magazijn", "owner", "lane-systeem"]
    assert [id_ for id_ in order if id_ in wanted] == wanted


def test_only_the_lines_between_bands_that_are_there_are_drawn(ring, groups):
    map_, _, _ = ring
    assert groups(journey_scene(map_, None, (), language="nl"), "line") == []
    empty = groups(blueprint_scene(map_, None, (), language="nl"), "line")
    assert [group.id for group in empty] == ["line.visibility"]  # behind it stands that nothing is there yet
    back = replace(furnished(map_), lanes=furnished(map_).lanes[3:4])
    assert [group.id for group in groups(journey_scene(back, None, (), language="nl"), "line")] == ["line.visibility"]


def test_a_lane_can_be_hidden_renamed_and_moved(ring, groups):
    map_, results, findings = ring
    lanes = (
        Lane("a", plain(""), "think", hidden=True),
        Lane("b", plain("Meting"), "kpi", order=1),
        Lane("c", plain(""), "feel", hidden=True),
    )
    found = groups(journey_scene(replace(map_, lanes=lanes), results, findings, language="nl"), "lane")
    names = [group.id for group in found]
    assert "think" not in names
    assert "feel" not in names
    assert names.index("kpi") < names.index("contact")
    assert next(group for group in found if group.id == "kpi").label == "Meting"


@pytest.mark.parametrize("fill", [furnished, lambda map_: map_])
def test_print_has_the_shape_of_a3_and_nothing_leaves_it(ring, fill, sound):
    # ISO 216: A3 is 420 by 297 mm.
    map_, results, findings = ring
    scene = journey_scene(fill(map_), results, findings, language="nl", density="print")
    assert scene.height / scene.width == pytest.approx(297 / 420)
    sound(scene)


def test_a_small_map_is_not_lost_on_its_page(ikea):
    scene = journey_scene(ikea, None, (), language="nl", density="print")
    assert scene.width < 1500


def test_compact_is_lower_and_keeps_every_step(ring, groups):
    map_, results, findings = ring
    wide = journey_scene(furnished(map_), results, findings, language="nl")
    tight = journey_scene(furnished(map_), results, findings, language="nl", density="compact")
    assert tight.height < 0.9 * wide.height
    assert [group.id for group in groups(tight, "step")] == [group.id for group in groups(wide, "step")]


def test_a_page_says_which_of_how_many_it_is(ikea, said):
    assert "2 van 3" in said(journey_scene(ikea, None, (), language="nl", page=(2, 3)))
    assert "1 of 1" in said(journey_scene(ikea, None, (), language="en"))


def test_columns_follow_the_expected_time_where_nothing_was_measured(ring, said):
    map_, _, _ = ring
    scene = journey_scene(furnished(map_), None, (), language="nl", columns="time")
    words = said(scene).replace("\u00a0", " ")
    assert "verwacht 60 dagen" in words
    assert "per centimeter" in words
    assert "breder dan op schaal" in words


def test_a_column_is_as_wide_as_the_phase_takes_who_goes_on(ring):
    map_, results, findings = ring
    first, *_, last = (phase.id for phase in map_.phases)
    times = replace(
        results.times,
        phases=tuple(Duration("phase", id_, None, 400, median=0.0) for id_ in (first, last)),
        onward=(Duration("onward", first, None, 90, median=18 * 86_400.0), Duration("onward", last, None, 0)),
    )
    measured = replace(results, times=times)
    found = spells_of(map_, measured)
    assert (found[first], found[last]) == (Spell(18 * 86_400.0, 90, onward=True), Spell(0.0, 400))
    drawn = journey_scene(map_, measured, findings, language="nl", columns="time").elements
    told = " ".join(line for one in walk(drawn) if isinstance(one, Words) for line in one.lines)
    assert "mediaan 18 dagen voor wie verdergaat" in told.replace("\xa0", " ")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.floats(20, 200), min_size=1, max_size=7),
    st.lists(st.floats(0, 1e7), min_size=7, max_size=7),
    st.floats(100, 4000),
)
def test_phases_on_scale_are_as_wide_as_they_last(needs, times, room):
    spells = {id_: Spell(time_) for (id_, _), time_ in zip(needs.items(), times, strict=False)}
    wide, per_pixel = scaled(needs, spells, room)
    assert set(wide) == set(needs)
    assert all(wide[id_] >= needs[id_] - 1e-6 for id_ in needs)
    if per_pixel:
        assert sum(wide.values()) == pytest.approx(room)
        for id_, width in wide.items():
            assert width == pytest.approx(max(needs[id_], spells[id_].seconds / per_pixel), abs=1e-3)


def test_the_curve_says_of_each_end_whether_it_was_measured(ring):
    map_, results, findings = ring
    late = tuple(f for f in results.emotion.feelings if f.touchpoint in {"t_wacht", "t_tip"})
    assumed = replace(
        map_, phases=tuple(replace(p, steps=tuple(replace(s, feel=0.0) for s in p.steps)) for p in map_.phases)
    )
    part = replace(results, emotion=replace(results.emotion, feelings=late))
    text = journey_scene(assumed, part, findings, language="nl").description
    assert "Begint 0 (aanname)" in text
    assert "laagste −1,2 (gemeten) bij ‘Ik wacht op het pakje’" in text


@pytest.mark.parametrize("draw", [
    lambda m: journey_scene(m, None, (), language="nl"),
    lambda m: journey_scene(m, None, (), language="nl", density="print"),
    lambda m: blueprint_scene(m, None, (), language="nl"),
])  # fmt: skip
def test_every_lane_of_nine_phases_of_twelve_steps_is_drawn(giant, draw):
    scene = draw(_fourteen(giant(9, 12)))
    assert sum("Wat wij hier doen" in " ".join(row) for row in scene.table.rows) >= 10


def _fourteen(map_: JourneyMap) -> JourneyMap:
    """The giant with ten lanes of its own besides steps, curve, thoughts and expectations."""
    ids = [step.id for _, step in map_.steps()]
    cells = tuple(LaneCell(a, b, plain("Wat wij hier doen")) for a, b in zip(ids[::6], ids[4::6], strict=False))
    bands = ("customer", "front", "back", "support")
    lanes = tuple(Lane(f"rij{n}", plain(f"Rij {n}"), band=bands[n // 3], cells=cells) for n in range(10))
    return replace(map_, lanes=lanes)


def test_columns_by_time_of_which_nothing_is_known_say_so_and_how_to_mend_it(ikea, said, sound):
    # A map without any expected time drew the same picture as --view map, in silence.
    scene = journey_scene(ikea, None, (), language="nl", columns="time")
    sound(scene)
    assert "Van geen fase is bekend hoe lang zij duurt" in said(scene)
    assert "Van geen fase" not in said(journey_scene(ikea, None, (), language="nl"))


@pytest.mark.parametrize("density", ["compact", "print"])
@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.reis.yaml")), ids=lambda file: file.name)
def test_the_rail_of_no_example_is_cut(file, density):
    """What the rail says of a lane stands whole: 'gewogen naar belang: Voor…' told nothing."""
    scene = journey_scene(read_map(file), None, (), language="nl", density=density)
    rail = [words for words in walk(scene.elements) if isinstance(words, Words) and words.x < 100]
    assert not [words.lines for words in rail if words.lines and words.lines[-1].endswith("…")]


@pytest.mark.parametrize("name", ["Merk", "Reparatie"])
def test_a_full_page_says_what_the_criteria_weigh_or_where_that_stands(giant, name, groups):
    """A page without room for the card of criteria said only that alternatives are weighed."""
    ids = ("prijs", "merk", "service") if name == "Merk" else tuple(f"c{n}" for n in range(12))
    weigh = tuple(Criterion(id_, plain(f"{name} {n}"), weight=5 - n % 5) for n, id_ in enumerate(ids))
    shop = Alternative("wij", plain("Wij"), us=True, scores=((ids[0], 4),))
    scene = journey_scene(replace(giant(9, 12), criteria=weigh, alternatives=(shop,)), None, (), language="nl",
                          density="print")  # fmt: skip
    lane = next(group for group in groups(scene, "lane") if group.id == "alternative")
    rail = " ".join(" ".join(one.lines) for one in walk((lane,)) if isinstance(one, Words) and one.x < 100)
    told = "belang: Merk 0 5 · Merk 1 4 · Merk 2 3" if name == "Merk" else "belang: zie tabel"
    assert told in rail
    table = " ".join(" ".join(row) for row in scene.table.rows)
    assert all(f"{name} {n}: belang {one.weight}" in table for n, one in enumerate(weigh))


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.reis.yaml")), ids=lambda file: file.name)
def test_every_example_is_readable_on_a3(file):
    """The smallest words are 11 pixels; a sheet of A3 is 1190.6 points wide."""
    scene = journey_scene(read_map(file), None, (), language="nl", density="print")
    assert 11 * 1190.6 / scene.width >= 6.5


def test_a_blueprint_without_anything_behind_the_scenes_says_how_it_gets_there(said, sound):
    scene = blueprint_scene(read_map(EXAMPLES / "sieraden-ring.reis.yaml"), None, (), language="nl")
    sound(scene)
    assert "band: front, back of support" in said(scene)
    assert "grens van zichtbaarheid" in said(scene)
    assert "Hier staat nog niets" not in said(
        blueprint_scene(read_map(EXAMPLES / "ikea-stoel.reis.yaml"), None, (), language="nl")
    )


def test_a_sign_in_the_rail_stands_on_one_line_with_its_word():
    """'✓ beantwoord · ~' and under it 'deels': the sign was taken for the one before it."""
    scene = journey_scene(read_map(EXAMPLES / "ikea-stoel.reis.yaml"), None, (), language="nl")
    rail = [one.lines for one in walk(scene.elements) if isinstance(one, Words) and one.x < 100]
    assert ("✓\u00a0beantwoord ·", "−\u00a0deels · ×\u00a0niet") in rail


def test_a_map_of_very_many_steps_leaves_no_empty_page_above_its_foot(giant, sound):
    for phases, steps in ((9, 12), (3, 4)):
        scene = journey_scene(giant(phases, steps), None, (), language="nl", density="print")
        bottoms = sorted(
            bounds(one).bottom for one in walk(scene.elements) if isinstance(one, Words) and any(one.lines)
        )
        empty = max(low - high for high, low in pairwise(bottoms[-40:]))
        assert empty < 0.25 * scene.height
        sound(scene)
