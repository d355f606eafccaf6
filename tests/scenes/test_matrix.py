"""Opportunities: where they stand, how they rank, and what is left out, with the reason."""

from dataclasses import replace

import pytest

from klantreis.labels import plain
from klantreis.map.work import Opportunity
from klantreis.scenes.matrix import CELL, ROW, matrix_scene
from klantreis.scenes.model import Box
from klantreis.scenes.pen import bounds


def with_ideas(map_, *more):
    return replace(map_, opportunities=(*map_.opportunities, *more))


def crowd(count, impact=4, effort=2):
    return tuple(
        Opportunity(f"i{n}", plain(f"Idee {n}"), ("past",), "content", impact, effort, 3) for n in range(count)
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 12, 25])
def test_a_cell_holds_any_number_of_ideas(ring, count, language, sound, groups):
    map_, results, _ = ring
    scene = matrix_scene(with_ideas(map_, *crowd(count)), results, language=language)
    sound(scene)
    circles = [bounds(box) for g in groups(scene, "idea") for box in g.children if isinstance(box, Box)]
    assert len(circles) == count + 5
    for spot, one in enumerate(circles):
        assert not any(one.meets(other, -0.5) for other in circles[spot + 1 :])


def test_more_impact_stands_higher_and_more_effort_further_right(ring, groups):
    map_, results, _ = ring
    places = {
        g.id: bounds(next(b for b in g.children if isinstance(b, Box)))
        for g in groups(matrix_scene(map_, results, language="nl"), "idea")
    }
    assert places["maathulp"].y + ROW / 2 < places["maatblog"].y
    assert places["maathulp"].x > places["tabel"].x + CELL / 2


def test_a_circle_grows_with_the_people_it_reaches(ring, groups):
    map_, results, _ = ring
    wide = {
        g.id: bounds(next(b for b in g.children if isinstance(b, Box))).width
        for g in groups(matrix_scene(map_, results, language="nl"), "idea")
    }
    assert wide["maathulp"] > wide["tabel"] > wide["bericht"]


def test_the_rank_is_the_score_with_reach(ring):
    # By hand: 5*4/2 * 9120/21344 = 4.27; 4*3/1 * 6905/21344 = 3.88; 4*4/2 * 3105/21344 = 1.16.
    map_, results, _ = ring
    rows = matrix_scene(map_, results, language="nl").table.rows
    told = {row[1]: row[-2] for row in rows}
    assert told["Maathulp op productpagina"].endswith("= 4,3")
    assert told["Maattabel vindbaar in zoeken"].endswith("= 3,9")
    assert told["Afrekenen als gast"].endswith("= 1,2")
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]


def test_what_cannot_be_ranked_says_why(ring, said, sound):
    map_, results, _ = ring
    bare, no = (
        Opportunity("kaal", plain("Kaal"), ("past",)),
        Opportunity("nee", plain("Nee"), (), "page", 3, 3, 3, "rejected"),
    )
    scene = matrix_scene(with_ideas(map_, bare, no), results, language="nl")
    sound(scene)
    assert "Kaal (impact, moeite of zekerheid ontbreekt)" in said(scene)
    assert "Nee (afgewezen)" in said(scene)
    assert len(scene.table.rows) == 7


def test_without_data_all_circles_are_alike_and_it_is_said(ring, said, groups):
    map_, _, _ = ring
    scene = matrix_scene(map_, None, language="en")
    assert "reach not measured yet" in said(scene)
    sizes = {bounds(next(b for b in g.children if isinstance(b, Box))).width for g in groups(scene, "idea")}
    assert len(sizes) == 1


def test_a_map_without_opportunities_says_so(ikea, said):
    assert "nog geen kansen" in said(matrix_scene(ikea, language="nl"))
