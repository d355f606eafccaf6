"""What was measured on the picture of a journey map: the stream, who left, who did otherwise, and what nobody saw."""

from dataclasses import replace

from klantreis.analyses.coverage import Seen
from klantreis.labels import Label, plain
from klantreis.map.path import Exit, Sequence, Visit
from klantreis.map.stages import Scenario
from klantreis.scenes.journey import journey_scene
from klantreis.scenes.model import Area, Box, Curve, Words, walk
from klantreis.scenes.pen import bounds
from klantreis.stats.untold import Untold


def test_small_phases_stay_visible_in_the_stream(ring):
    map_, results, findings = ring
    steps = results.funnel.steps
    few = replace(results, funnel=replace(results.funnel, steps=(*steps[:-1], replace(steps[-1], people=1))))
    parts = walk(journey_scene(map_, few, findings, language="nl").elements)
    stream = [part for part in parts if isinstance(part, (Area, Box)) and part.fill == "stream"]
    assert len(stream) == len(map_.phases)
    assert all(bounds(part).height >= 3 for part in stream)


def test_a_long_stretch_without_measurements_is_not_bridged(ring):
    map_, results, findings = ring
    ends = tuple(f for f in results.emotion.feelings if f.touchpoint in {"t_instagram", "t_tip"})
    scene = journey_scene(
        map_, replace(results, emotion=replace(results.emotion, feelings=ends)), findings, language="nl"
    )
    assert not [c for c in walk(scene.elements) if isinstance(c, Curve) and c.dash == "dotted"]


def test_a_touchpoint_that_no_data_can_tell_of_is_not_measured_rather_than_seen_by_nobody(ring, groups):
    map_, results, findings = ring
    touches = tuple(replace(t, matcher=None, planned=False) if t.id == "t_reviews" else t for t in map_.touchpoints)
    blind = replace(map_, touchpoints=touches)
    seen = tuple(s for s in results.coverage.touchpoints if s.touchpoint != "t_reviews")
    nobody = replace(results.coverage, touchpoints=(*seen, Seen("t_reviews", 0, 0, 0, None)))
    scene = journey_scene(blind, replace(results, coverage=nobody), findings, language="nl")
    told = [g.label for g in groups(scene, "touchpoint") if g.id == "t_reviews"]
    assert told
    assert all(label.endswith("niet gemeten") for label in told)
    row = next(cell for row in scene.table.rows for cell in row if "Beoordelingen (" in cell)
    assert "Beoordelingen (niet gemeten)" in row


def test_the_lane_of_deviations_says_skipped_only_of_those_who_got_further(ring, groups):
    map_, results, findings = ring
    lane = " ".join(g.label for g in groups(journey_scene(map_, results, findings, language="nl"), "deviation"))
    assert "37%" not in lane  # 9,000 of 24,180 never met the reviews; they had left


def test_a_deviation_names_its_touchpoint_where_a_step_has_more_than_one(ring, groups):
    map_, results, findings = ring
    phase, step = next((p, s) for p, s in map_.steps() if "t_product" in s.touchpoints)
    many = replace(step, touchpoints=(*step.touchpoints, "t_ruil"))
    own = replace(phase, steps=tuple(many if one.id == step.id else one for one in phase.steps))
    both = replace(map_, phases=tuple(own if one.id == phase.id else one for one in map_.phases))
    name = next(touch.label.text("nl") for touch in map_.touchpoints if touch.id == "t_product")
    told = [
        {g.id: g.label for g in groups(journey_scene(one, results, findings, language="nl"), "deviation")}[step.id]
        for one in (map_, both)
    ]
    assert name not in told[0]
    assert f"{name}: 12% komt terug" in told[1]


def test_a_proposed_touchpoint_is_not_counted_as_a_step(ring, groups):
    map_, results, findings = ring
    scene = journey_scene(map_, results, findings, language="nl")
    drawn = len(groups(scene, "step"))
    assert "voorstel" in " ".join(" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words))
    assert f"{drawn - 1} stappen" in scene.description


def test_the_note_of_deviations_is_whole_and_says_that_some_are_still_going_on(ring, groups):
    map_, results, findings = ring
    rail = next(g for g in groups(journey_scene(map_, results, findings, language="nl"), "lane") if g.id == "deviation")
    note = " ".join(" ".join(one.lines) for one in rail.children if isinstance(one, Words))
    assert "gaan tot nu toe precies zo" in note
    assert "…" not in note


def test_an_exit_says_how_many_were_seen_last_there_and_is_no_failure(ring, groups):
    # Requirements E8 and E14: an exit is counted and drawn where it branches off; without data it has no number.
    map_, results, findings = ring
    gone = Exit("niets doen", Label(nl="niets doen", en="do nothing"))
    away = Scenario("weg", plain("Weg"), "realistic", Sequence((Visit("t_product"), gone)))
    nodes = tuple(replace(one, ends=91, journeys=350) if one.id == "t_product" else one for one in results.paths.nodes)
    seen = replace(results, paths=replace(results.paths, nodes=nodes))
    for facts, told in ((seen, "→ niets doen laatst gezien: 91 van 350 reizen"), (None, "→ niets doen")):
        scene = journey_scene(replace(map_, scenarios=(away,)), facts, findings, language="nl")
        (exit_,) = groups(scene, "leaving")
        (words,) = exit_.children
        assert " ".join(words.lines).replace("\u00a0", " ") == told
        assert words.role == "muted"
        assert told.removeprefix("→ ").replace(" laatst", "; laatst") in str(scene.table).replace("\u00a0", " ")


def test_an_exit_from_two_touchpoints_of_one_step_does_not_say_of_how_many(ring, groups):
    # Who was at both would stand twice in the sum of the journeys there; a journey ends once, so its ends add up.
    map_, results, findings = ring
    steps = tuple(
        replace(phase, steps=tuple(
            replace(step, touchpoints=("t_product", "t_mandje")) if "t_product" in step.touchpoints
            else replace(step, touchpoints=tuple(one for one in step.touchpoints if one != "t_mandje"))
            for step in phase.steps
        ))
        for phase in map_.phases
    )  # fmt: skip
    ways = [Sequence((Visit(id_), Exit("weg"))) for id_ in ("t_product", "t_mandje")]
    away = tuple(Scenario(f"weg{turn}", plain("Weg"), "realistic", way) for turn, way in enumerate(ways))
    nodes = tuple(replace(one, ends=91 if one.id in {"t_product", "t_mandje"} else 0) for one in results.paths.nodes)
    seen = replace(results, paths=replace(results.paths, nodes=nodes))
    (exit_,) = groups(
        journey_scene(replace(map_, phases=steps, scenarios=away), seen, findings, language="nl"), "leaving"
    )
    assert " ".join(exit_.children[0].lines).replace("\u00a0", " ").endswith("laatst gezien: 182 reizen")


def test_an_exit_of_too_few_to_share_says_a_bound(ring, groups):
    map_, results, findings = ring
    away = Scenario("weg", plain("Weg"), "realistic", Sequence((Visit("t_product"), Exit("weg"))))
    few = tuple(replace(one, ends=Untold(10)) if one.id == "t_product" else one for one in results.paths.nodes)
    seen = replace(results, paths=replace(results.paths, nodes=few))
    (exit_,) = groups(journey_scene(replace(map_, scenarios=(away,)), seen, findings, language="nl"), "leaving")
    assert "laatst gezien: < 10 van" in " ".join(exit_.children[0].lines).replace("\u00a0", " ")


def test_without_a_window_the_stream_says_that_its_shares_are_so_far(ring):
    map_, results, findings = ring
    late = replace(results.funnel, within=None, open_entries=50)
    told = str(journey_scene(map_, replace(results, funnel=late), findings, language="nl"))
    assert "verder tot nu toe" in told
    assert "50 nog bezig" in told.replace("\xa0", " ")
    timed = replace(late, within=1)
    assert "verder tot nu toe" not in str(journey_scene(map_, replace(results, funnel=timed), findings, language="nl"))
