"""The smaller pictures: funnel, paths, variants, curves, times; each with its table, each saying so when empty."""

from dataclasses import replace

import pytest

from klantreis.analyses.paths import Edge
from klantreis.scenes.curve import curve_scene
from klantreis.scenes.funnel import funnel_scene
from klantreis.scenes.model import Box, Group, Words, walk
from klantreis.scenes.paths import kept, paths_scene
from klantreis.scenes.times import times_scene
from klantreis.scenes.variants import variants_scene


@pytest.mark.parametrize("width", [640, 960, 1400])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_picture_is_sound_and_has_a_table(ring, width, language, sound):
    map_, results, _ = ring
    results = replace(results, segments={"nieuw": results, "bestaand": results})
    scenes = [
        funnel_scene(results.funnel, language=language, map_=map_, width=width),
        paths_scene(results.paths, language=language, map_=map_, width=width),
        variants_scene(results.paths, language=language, map_=map_, width=width),
        times_scene(results.times, language=language, map_=map_, width=width),
        curve_scene(map_, results, language=language, width=width),
    ]
    for scene in scenes:
        sound(scene)
        assert scene.table.rows
        assert all(len(row) == len(scene.table.header) for row in scene.table.rows)
    assert len({scene.name for scene in scenes}) == 5


def test_nothing_measured_says_so(ring, said, sound):
    map_, results, _ = ring
    empty = (
        funnel_scene(replace(results.funnel, steps=()), language="nl"),
        paths_scene(replace(results.paths, edges=(), nodes=()), language="nl"),
        variants_scene(replace(results.paths, variants=()), language="nl"),
        times_scene(
            replace(results.times, journey=replace(results.times.journey, n=0), phases=(), between=()), language="nl"
        ),
        curve_scene(map_, replace(results, emotion=replace(results.emotion, feelings=())), language="nl"),
    )
    for scene in empty:
        sound(scene)
        assert "Er is niets gemeten" in said(scene)


def test_a_funnel_bar_is_as_long_as_its_share(ring, groups):
    map_, results, _ = ring
    scene = funnel_scene(results.funnel, language="nl", map_=map_)
    for group, step in zip(groups(scene, "bar"), results.funnel.steps, strict=True):
        track, band, bar = [part for part in group.children if isinstance(part, Box)]
        assert bar.width / track.width == pytest.approx(step.share.low)
        assert band.width / track.width == pytest.approx(step.share.high)


def test_hidden_transitions_are_written_in_their_boxes(ring, groups):
    map_, results, _ = ring
    few = paths_scene(results.paths, language="nl", map_=map_, top=5)
    hidden = sum(edge.count for edge in results.paths.edges if edge not in kept(results.paths, 5))
    told = 0
    for node in groups(few, "node"):
        for text in (part for part in node.children if isinstance(part, Words)):
            word, *rest = " ".join(text.lines).replace("●", "").replace("■", "").split()
            told += int(rest[-1].replace(".", "")) if word in {"begint", "stopt", "overig"} else 0
    assert 0 < told <= 2 * hidden


def test_what_goes_in_a_box_also_comes_out(ring, groups):
    # In-flow equals out-flow: every visit has one transition in and one out (semantics.md, 4).
    _, results, _ = ring
    edges = (
        Edge("start", "a", 10, 10, 1.0), Edge("a", "b", 7, 6, 0.7), Edge("a", "end", 3, 3, 0.3),
        Edge("b", "c", 2, 2, 0.28), Edge("b", "end", 5, 5, 0.72), Edge("c", "end", 2, 2, 1.0),
    )  # fmt: skip
    scene = paths_scene(replace(results.paths, edges=edges, nodes=()), language="nl", top=1)
    notes = {node.id: node.label for node in groups(scene, "node")}
    assert notes == {"a": "a. ● begint 10. ■ stopt 3", "b": "b. overig uit 2. ■ stopt 5"}


def test_arrows_back_are_dotted_so_that_colour_is_not_needed(ring, groups):
    map_, results, _ = ring
    scene = paths_scene(results.paths, language="nl", map_=map_)
    dashes = {group.id: group.children[0].dash for group in groups(scene, "edge")}
    assert dashes["t_reviews>t_product"] == "dotted"
    assert dashes["t_product>t_reviews"] == "solid"


def test_repeats_in_a_route_stand_once_with_how_often(ring, said):
    _, results, _ = ring
    one = replace(results.paths.variants[0], path=("a", "a", "a", "b"))
    scene = variants_scene(replace(results.paths, variants=(one,)), language="nl")
    assert "a ×3" in said(scene)


def test_groups_are_stops_in_reading_order(ring):
    map_, results, _ = ring
    scene = funnel_scene(results.funnel, language="nl", map_=map_)
    stops = [part.id for part in walk(scene.elements) if isinstance(part, Group) and part.focus]
    assert stops == [step.step for step in results.funnel.steps]


def test_curves_of_segments_stand_in_the_order_of_the_map_and_an_empty_one_says_so(ring, said, groups):
    # Requirement B6.
    map_, results, _ = ring
    silent = replace(results, emotion=replace(results.emotion, feelings=()))
    own = {segment.id: results for segment in map_.segments}
    scene = curve_scene(map_, replace(results, segments=dict(sorted(own.items())) | {"aan": silent}), language="nl")
    names = [segment.label.text("nl") or segment.id for segment in map_.segments]
    assert [group.id for group in groups(scene, "curve")] == ["Iedereen", *names, "aan"]
    assert said(scene).count("Nog geen punt met genoeg antwoorden") == 1
