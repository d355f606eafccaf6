"""Pictures of where people go: they add up, need no colour, stay in their frame, and say when there is nothing."""

import pytest

from klantreis.analyses import paths
from klantreis.analyses.fold import fold
from klantreis.exporters.svg import svg
from klantreis.scenes.clusters import clusters_scene
from klantreis.scenes.contrast import contrast_scene
from klantreis.scenes.follows import follows_scene
from klantreis.scenes.model import Area, Box, Curve, Group, Words, walk
from klantreis.scenes.paths import paths_scene
from klantreis.scenes.pen import bounds
from klantreis.scenes.pictured import result_scene
from klantreis.scenes.points import points, within
from klantreis.scenes.sankey import sankey_scene
from klantreis.scenes.steps import steps_scene
from klantreis.stats.intervals import Estimate
from klantreis.testing import Touch, Trip, journeys_of, trips
from klantreis.verbs.clusters import clusters
from klantreis.verbs.contrast import contrast
from klantreis.verbs.follows import follows
from klantreis.verbs.sankey import sankey
from klantreis.verbs.steps import steps

LONG = "arbeidsongeschiktheidsverzekeringsaanvraagformulier_" * 3
NEW = {f"n{n}": [("home", 0), ("look", 1), *([("pay", 2)] if n < 8 else [(LONG, 3)])] for n in range(40)}
OLD = {f"o{n}": [("look", 0), *([("pay", 1), ("look", 2)] if n < 20 else [])] for n in range(30)}
MANY = {f"m{n}": [(f"touch {(n * step) % 60}", step) for step in range(40)] for n in range(30)}


def log(made):
    return journeys_of(trips(made))


def all_of(made, language="nl"):
    shop = log(made)
    yield steps_scene(steps(shop), language=language)
    yield steps_scene(steps(shop, "look", forward=30, backward=30), language=language)
    yield sankey_scene(sankey(shop, "look", backward=2, top=4), language=language)
    yield sankey_scene(sankey(shop, forward=6, top=30), language=language)
    yield follows_scene(follows(shop), language=language)
    yield clusters_scene(clusters(shop), language=language)
    yield contrast_scene(contrast(steps(shop), steps(log(OLD))), language=language)
    yield contrast_scene(contrast(follows(shop), follows(log(OLD))), language=language)


@pytest.mark.filterwarnings("ignore:No event in the data")
@pytest.mark.parametrize("made", [NEW, MANY, {}], ids=["long words", "much", "nothing"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_picture_stays_in_its_frame_and_can_be_written(made, language):
    for scene in all_of(made, language):
        for element in walk(scene.elements):
            if isinstance(element, Words | Box):
                room = bounds(element)
                assert room.x >= -1, (scene.name, element)
                assert room.right <= scene.width + 1, (scene.name, element)
                assert room.bottom <= scene.height + 1, (scene.name, element)
        assert "<svg" in svg(scene)
        assert scene.table.header


@pytest.mark.filterwarnings("ignore:No event in the data")
def test_nothing_is_said_in_words():
    for scene in all_of({}):
        told = " ".join(" ".join(one.lines) for one in walk(scene.elements) if isinstance(one, Words))
        assert any(word in told for word in ("niets", "Niemand")), told


def test_ids_are_unique_in_a_scene():
    for scene in all_of(NEW):
        named = [(one.kind, one.id) for one in walk(scene.elements) if isinstance(one, Group) and one.id]
        assert len(named) == len(set(named)), scene.name


def test_bands_are_as_thick_as_what_goes_there():
    found = sankey(log(NEW), "home", forward=1)
    scene = sankey_scene(found, language="nl")
    block = next(one for one in walk(scene.elements) if isinstance(one, Group) and one.id == "0:home").children[0]
    bands = [one for one in walk(scene.elements) if isinstance(one, Area)]
    thick = sum(band.path[2][1][1] - band.path[1][1][-1] for band in bands)
    assert thick == pytest.approx(block.height)


def test_more_in_the_second_group_is_hatched_or_dashed():
    scene = contrast_scene(contrast(steps(log(NEW)), steps(log(OLD))), language="nl")
    tiles = {one.id: one.children[0] for one in walk(scene.elements) if isinstance(one, Group) and one.kind == "cell"}
    assert tiles["home@0"].pattern == "plain"
    assert tiles["home@0"].fill == "stream"
    assert tiles["look@0"].pattern == "hatch"
    graph = contrast_scene(contrast(follows(log(NEW)), follows(log(OLD))), language="nl")
    ways = {one.id: one.children[0] for one in walk(graph.elements) if isinstance(one, Group) and one.kind == "edge"}
    assert (ways["home>look"].dash, ways["look>pay"].dash) == ("solid", "dashed")
    assert all(isinstance(way, Curve) for way in ways.values())


def test_every_answer_has_its_picture_by_name():
    shop = log(NEW)
    for answer in (steps(shop), sankey(shop), follows(shop), clusters(shop), contrast(steps(shop), steps(shop))):
        assert result_scene(answer, language="en").table.rows


def test_points_have_their_sign_and_never_read_as_nothing():
    assert [points(one, "nl") for one in (0.041, -0.3, 0.004, 0.0, -0.0001)] == ["+4", "−30", "+0,4", "0", "0,0"]
    assert within(Estimate(0.04, 10, 0.01, 0.07), "en") == "+4 percentage points (+1 to +7)"
    assert within(Estimate(None, 0), "en") == "–"


def test_an_event_called_end_is_never_taken_for_the_end_of_a_journey():
    log = journeys_of([Trip("a", (Touch("look", 1), Touch("end", 2), Touch("pay", 3)))])
    scene = paths_scene(fold(paths, log, paths.Options()), language="nl")
    told = {row[0]: row[1] for row in scene.table.rows}
    assert told["look"] == "end"
    assert told["end"] == "pay"
    assert told["pay"] == "Einde"
