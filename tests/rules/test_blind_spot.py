"""Blind spots: parts of the map that no data tells of."""

from dataclasses import replace

from klantreis.analyses.coverage import Seen
from klantreis.labels import Label
from klantreis.map.model import Barrier, Phase, Step
from klantreis.rules import blind_spot

from .conftest import ABOUT, touch


def seen(*ids):
    return {"touchpoints": tuple(Seen(id_, 5, 5, 5, ABOUT.last) for id_ in ids)}


def test_a_phase_without_any_measured_touchpoint_is_a_blind_spot(shop, changed):
    (found,) = blind_spot.check(shop, changed(coverage=seen("social", "cart", "paid")))
    assert (found.title.text("nl"), found.title.text("en")) == (
        "In Blijven meet je niets",
        "Nothing is measured in Stay",
    )
    assert found.id == "blind_spot/ring/stay"


def test_one_measured_touchpoint_lights_a_phase(shop, results):
    assert list(blind_spot.check(shop, results)) == []


def test_a_place_with_a_barrier_but_no_data_is_named(shop, changed):
    fitting = touch("fitting", "choose", "Paskamer", matcher=None)
    barrier = Barrier("b", Label(nl="Niet te zien"), "fitting")
    drawn = replace(shop, touchpoints=(*shop.touchpoints, fitting), barriers=(barrier,))
    (found,) = blind_spot.check(drawn, changed())
    assert found.title.text("nl") == "Paskamer is belangrijk, maar je meet het niet"
    assert list(blind_spot.check(replace(drawn, barriers=()), changed())) == []


def test_a_planned_touchpoint_is_no_blind_spot(shop, changed):
    later = touch("fitting", "choose", "Paskamer", matcher=None, planned=True)
    drawn = replace(shop, touchpoints=(*shop.touchpoints, later), barriers=(Barrier("b", Label(nl="x"), "fitting"),))
    assert list(blind_spot.check(drawn, changed())) == []


def test_a_phase_that_the_map_leaves_empty_is_no_blind_spot(shop, results):
    empty = replace(shop, phases=(*shop.phases, Phase("praise", Label(nl="Aanbevelen"))))
    assert list(blind_spot.check(empty, results)) == []
    stepped = replace(
        shop, phases=(*shop.phases, Phase("praise", Label(nl="Aanbevelen"), steps=(Step("s9", Label(nl="Ik vertel")),)))
    )
    assert [found.place.id for found in blind_spot.check(stepped, results)] == ["praise"]
