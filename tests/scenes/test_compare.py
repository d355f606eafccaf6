"""Lines side by side: the gap is drawn where both are known, lines differ without colour, routes are listed."""

from dataclasses import replace

import pytest

from furnished import furnished
from klantreis.labels import plain
from klantreis.map.people import Persona
from klantreis.map.read import map_of
from klantreis.scenes.compare import LOOKS, compare_scene
from klantreis.scenes.compare_notes import gaps_of, notes_of
from klantreis.scenes.model import Curve, Mark, Words, walk
from klantreis.scenes.tracks import Spot, Track, usual_tracks


def tracks(count, steps=("a", "b", "c")):
    return tuple(
        Track(f"t{n}", f"Lijn {n}", {id_: Spot(((n + k) % 5) - 2.0, n % 2 * 40) for k, id_ in enumerate(steps)})
        for n in range(count)
    )


def steps_of(map_):
    return tuple(step.id for _, step in map_.steps())


def test_each_ideal_stands_beside_what_was_measured_which_is_called_after_the_real_scenario(ring, sound, groups):
    map_, results, _ = ring
    full = furnished(map_)
    real = [one for one in full.scenarios if one.kind == "realistic"]
    ideal = next(one for one in full.scenarios if one.kind == "ideal")
    other = replace(ideal, id="zacht", label=plain("Zonder haast"), path=real[0].path)
    several = replace(full, scenarios=(*full.scenarios, other))
    found = usual_tracks(several, results, "nl")
    assert [track.id for track in found] == [ideal.id, "measured", "zacht"]
    assert found[1].name == f"{real[0].label.text('nl')} (gemeten)"
    names = {step.id: step.label.text("nl") for _, step in map_.steps()}
    told = dict(notes_of(found, names, several, results, "nl"))
    assert "ongepland: 'site_search'" in told[ideal.label.text("nl")]
    assert "grootste verschil" in told["Zonder haast"]
    scene = compare_scene(several, results, language="nl")
    sound(scene)
    assert groups(scene, "gap")  # between the first ideal and what was measured
    looks = {track.id: next(p for p in track.children if isinstance(p, Curve)) for track in groups(scene, "track")}
    assert looks["measured"].dash == "solid"
    many = replace(full, scenarios=(ideal, *(replace(real[0], id=f"r{n}") for n in range(3))))
    assert usual_tracks(many, results, "en")[1].name == "Measured"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("measured", [True, False])
def test_ideal_beside_real_is_sound_and_has_a_table(ring, language, measured, sound):
    map_, results, _ = ring
    scene = compare_scene(furnished(map_), results if measured else None, language=language)
    sound(scene)
    assert len(scene.table.rows) == len(steps_of(map_))
    assert len(scene.table.header) >= 4


def test_what_is_skipped_and_what_is_extra_is_listed(ring):
    map_, _, _ = ring
    full = furnished(map_)
    names = {step.id: step.label.text("nl") for _, step in map_.steps()}
    told = dict(notes_of(usual_tracks(full, None, "nl"), names, full, None, "nl"))
    assert told["Slaat over"] == "Ik vul mijn gegevens in · Ik betaal met iDEAL"
    assert told["Ongepland"] == "Ik vergelijk met een andere winkel · Ik bekijk de ring"


def test_skipped_steps_beside_what_was_measured_come_from_the_fit(ring):
    map_, results, _ = ring
    pair = usual_tracks(furnished(map_), results, "nl")
    names = {step.id: step.label.text("nl") for _, step in map_.steps()}
    told = dict(notes_of(pair, names, furnished(map_), results, "nl"))
    assert told["Ongepland"].replace("\u00a0", " ") == "'site_search' (35%, niet op de kaart)"
    assert told["Slaat over"] == "niets"  # those without it had left: nobody who got further went without


def test_the_gap_is_hatched_only_where_both_are_known(ikea, groups):
    ids = steps_of(ikea)
    one = Track("een", "Een", {id_: Spot(1.0) for id_ in ids})
    half = Track("half", "Half", {id_: Spot(-1.0) for id_ in (ids[0], ids[1], ids[5])})
    scene = compare_scene(ikea, language="nl", tracks=(one, half))
    (gap,) = groups(scene, "gap")
    points = {point.id: next(p.x for p in point.children if isinstance(p, Mark)) for point in groups(scene, "point")}
    xs = [values[0] for _, values in gap.children[0].path]
    alone = points[f"een-{ids[5]}"]
    between = [x for x in xs if abs(x - alone) > 11]
    assert min(between) == pytest.approx(points[f"een-{ids[0]}"])
    assert max(between) < points[f"een-{ids[1]}"]
    assert len(xs) - len(between) == 8  # four strokes at the step that stands alone
    assert gaps_of((one, half)) == dict.fromkeys((ids[0], ids[1], ids[5]), -2.0)


def test_four_lines_differ_by_dash_or_thickness_and_by_mark(ikea, groups, sound):
    scene = compare_scene(ikea, language="nl", tracks=tracks(4, steps_of(ikea)))
    sound(scene)
    looks = set()
    for track in groups(scene, "track"):
        curve = next(part for part in track.children if isinstance(part, Curve))
        mark = next(part for part in walk(track.children) if isinstance(part, Mark))
        looks.add((curve.dash, curve.width >= 2, mark.shape))
    assert len(looks) == 4
    assert len({shape for *_, shape in LOOKS}) == 4


def test_more_than_four_lines_become_small_pictures_on_one_axis(ikea, groups, sound):
    scene = compare_scene(ikea, language="nl", tracks=tracks(6, steps_of(ikea)))
    sound(scene)
    assert not groups(scene, "gap")
    firsts = [next(p for p in walk(track.children) if isinstance(p, Mark)) for track in groups(scene, "track")]
    assert len({round(mark.x, 3) for mark in firsts}) == 1
    assert len({mark.y for mark in firsts}) == 6


def test_a_long_stretch_without_answers_is_not_bridged(ikea, groups):
    ids = steps_of(ikea)
    ends = Track("m", "Gemeten", {ids[0]: Spot(1.0, 50), ids[8]: Spot(0.0, 50)})
    scene = compare_scene(ikea, language="nl", tracks=(ends,))
    assert not [part for part in walk(groups(scene, "track")[0].children) if isinstance(part, Curve)]


def test_personas_are_compared_when_there_is_one_way_only(ikea, sound):
    map_ = replace(ikea, personas=(*ikea.personas, Persona("oma", plain("Oma"))))
    scene = compare_scene(map_, language="nl")
    sound(scene)
    assert scene.title == "Lisa naast Oma"


def test_nothing_to_compare_says_so(ikea, said):
    bare = replace(ikea, phases=ikea.phases[3:], personas=())
    assert "geen gevoelens" in said(compare_scene(bare, language="nl"))


def test_what_customers_told_is_the_solid_line_and_carries_its_n(ring, groups, said):
    map_, results, _ = ring
    scene = compare_scene(furnished(map_), results, language="nl")
    lines = {track.id: [part for part in track.children if isinstance(part, Curve)] for track in groups(scene, "track")}
    assert {line.dash for line in lines["measured"]} == {"solid"}
    assert {line.dash for id_, own in lines.items() if id_ != "measured" for line in own} == {"dashed"}
    assert "n\u00a0=\u00a0" in said(scene)


def test_routes_are_compared_also_without_a_feeling(groups, sound, said):
    scenario = "{{kind: {0}, path: {1}}}"
    map_ = map_of(
        "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"
        "touchpoints: {a: {phase: aankoop, match: a}, b: {phase: aankoop, match: b}}\n"
        f"scenarios: {{i: {scenario.format('ideal', '[a]')}, r: {scenario.format('realistic', '[a, b]')}}}\n"
    )
    scene = compare_scene(map_, language="nl")
    sound(scene)
    assert [route.id for route in groups(scene, "route")] == ["i", "r"]
    assert "geen gevoelens" in said(scene)


def test_lines_that_never_differ_say_so_and_name_no_step(ikea, said):
    ids = steps_of(ikea)
    same = [Track(id_, id_, {step: Spot(1.0) for step in ids}) for id_ in ("een", "twee")]
    text = said(compare_scene(ikea, language="nl", tracks=same))
    assert "is er geen verschil" in text
    assert "Grootste verschil" in text
    assert "+1,0 → +1,0" not in text


def test_a_touchpoint_that_nothing_measures_has_no_share(ring):
    map_, results, _ = ring
    coverage = results.coverage
    first = coverage.touchpoints[0]
    zero = replace(coverage, touchpoints=(replace(first, events=0, journeys=0, people=0), *coverage.touchpoints[1:]))
    bare = tuple(replace(t, matcher=None) if t.id == first.touchpoint else t for t in map_.touchpoints)
    _, before = usual_tracks(furnished(map_), replace(results, coverage=zero), "nl")
    _, after = usual_tracks(furnished(replace(map_, touchpoints=bare)), replace(results, coverage=zero), "nl")
    assert set(before.shares) - set(after.shares)


def test_one_line_alone_says_what_it_misses(ikea, said):
    lone = replace(ikea, scenarios=())
    scene = compare_scene(lone, language="nl")
    assert scene.title == "Een stoel kopen bij IKEA"
    assert "maar één lijn" in said(scene)
    assert "geen gevoelens" in said(compare_scene(replace(lone, personas=()), language="nl"))


def test_a_scenario_tells_what_it_begins_with_what_for_and_how_soon(said, sound):
    # Requirement E26: a scenario has a goal; E8: a trigger; E9: an urgency.
    map_ = map_of(
        "klantreis: 1\nid: m\ntitle: M\ntemplate: nl-5\n"
        "phases: {orientatie: {a: {do: Ik zoek, feel: 1}, b: {do: Ik bel, feel: -1}}}\n"
        "scenarios:\n"
        "  ideaal: {kind: ideal, path: [a, b], trigger: De zool scheurt, goal: Mijn doelen bespreken, urgency: days}\n"
        "  echt: {kind: realistic, path: [a]}\n"
    )
    scene = compare_scene(map_, language="nl")
    sound(scene)
    drawn = " ".join(said(scene).split())
    assert "begint bij: De zool scheurt · doel: Mijn doelen bespreken · haast: dagen" in drawn
    assert "(1 stap)" in drawn
    assert "urgency: days" in " ".join(said(compare_scene(map_, language="en")).split())


def test_what_was_measured_at_one_step_stands_beside_the_hatching_not_on_it(ikea, groups):
    ids = steps_of(ikea)
    ideal, told = Track("ideaal", "Ideaal", {id_: Spot(2.0) for id_ in ids}), Track("m", "M", {ids[4]: Spot(0.4, 40)})
    scene = compare_scene(ikea, language="nl", tracks=(ideal, told))
    (gap,) = groups(scene, "gap")
    ends = [values for _, values in gap.children[0].path]
    left, right, top, low = *(f(x for x, _ in ends) for f in (min, max)), *(f(y for _, y in ends) for f in (min, max))
    (label,) = [
        one
        for one in walk(scene.elements)
        if isinstance(one, Words) and "n = 40" in " ".join(one.lines).replace("\u00a0", " ")
    ]
    half = max(map(len, label.lines)) * 3.0
    beside = label.x + half <= left or label.x - half >= right
    assert beside or label.y - 12 >= low or label.y + 14 <= top


def test_the_long_names_of_four_lines_stand_whole_at_their_ends(ikea, groups, sound):
    names = ("Zoals wij dachten: de aanschaf zonder omwegen", "Zoals het werkelijk gaat voor nieuwe klanten",
             "Terugkerende klanten met klantenkaart", "Zakelijke bestellers via de accountmanager")  # fmt: skip
    four = [replace(track, name=name) for track, name in zip(tracks(4, steps_of(ikea)), names, strict=True)]
    scene = compare_scene(ikea, language="nl", tracks=four)
    sound(scene)
    told = [text for name in groups(scene, "name") for text in name.children if isinstance(text, Words)]
    assert {" ".join(text.lines) for text in told} == set(names)


def test_of_four_scenarios_all_are_shown_and_each_is_told_from_the_ideal(said, sound):
    # Requirement B5: ideal beside realistic; four of them stood on the map and two in the picture.
    four = map_of(
        "klantreis: 1\nid: vier\ntitle: Vier\ntype: purchase\nphases:\n  f:\n    label: F\n"
        "    a: {do: Eerst, feel: 1, match: a}\n    b: {do: Dan, feel: 2, match: b}\n"
        "    c: {do: Slot, feel: -1, match: c}\n"
        "scenarios:\n  later: {kind: future, label: Later, path: [b, c]}\n"
        "  kort: {kind: realistic, label: Kort, path: [a, c]}\n  goed: {kind: ideal, label: Goed, path: [a, b, c]}\n"
        "  lang: {kind: realistic, label: Lang, path: [a, b, {back: a}, c]}\n"
    )
    scene = compare_scene(four, language="nl")
    sound(scene)
    words = said(scene)
    assert scene.title == "Gevoel van 4 naast elkaar"
    assert all(name in words for name in ("Goed", "Kort", "Lang", "Later"))
    assert "slaat over: Dan" in words
    assert "slaat over: Eerst" in words


def test_between_two_steps_that_feel_the_same_nothing_is_hatched(ikea, groups):
    # Lines bend by what comes after: they parted a little where the text beside them said 'no gap'.
    ids = steps_of(ikea)[:4]
    one = Track("een", "Een", {id_: Spot(v) for id_, v in zip(ids, (-1.0, 0.0, 2.0, 1.0), strict=True)})
    other = Track("ander", "Ander", {id_: Spot(v) for id_, v in zip(ids[:3], (-1.0, 0.0, 2.0), strict=True)})
    assert not groups(compare_scene(ikea, language="nl", tracks=(one, other)), "gap")
