"""All journeys in one phase model: every phase has a place, curves are not drawn against the journey's own order."""

from dataclasses import replace

import pytest

from furnished import furnished
from klantreis.labels import plain
from klantreis.map.model import JourneyMap, Phase, Step
from klantreis.scenes.model import Curve, walk
from klantreis.scenes.portfolio import Entry, portfolio_scene


def repair() -> JourneyMap:
    """Six phases of service, and back in use at the end: against the order of the classes."""
    phases = [
        Phase(
            f"p{n}", plain(f"Herstel {n}"), ("SE",), steps=(Step(f"s{n}", plain(f"Stap {n}"), feel=float(n % 3 - 1)),)
        )
        for n in range(6)
    ]
    last = Phase("weer", plain("Weer in gebruik"), ("US",), steps=(Step("weer1", plain("Ik draag hem weer"), feel=2),))
    return JourneyMap("reparatie", plain("Een ketting laten maken"), "repair", phases=(*phases, last))


@pytest.mark.parametrize("width", [900, 1680])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_journeys_stand_under_each_other_soundly(ring, ikea, width, language, sound, groups):
    map_, results, _ = ring
    entries = [Entry(furnished(map_), results), Entry(ikea), Entry(repair())]
    scene = portfolio_scene(entries, language=language, width=width)
    sound(scene)
    assert [group.id for group in groups(scene, "journey")] == ["sieraden-ring", "ikea-stoel", "reparatie"]
    assert len(scene.table.rows) >= 6 + 5 + 7


def test_a_phase_without_a_class_is_named_not_dropped(ikea, said):
    words = said(portfolio_scene([Entry(ikea), Entry(repair())], language="nl"))
    assert "zonder klasse: Oriëntatie" in words


def test_a_line_never_runs_against_the_order_of_the_journey(groups):
    scene = portfolio_scene([Entry(repair())], language="nl")
    (row,) = groups(scene, "journey")
    lines = [part for part in walk(row.children) if isinstance(part, Curve)]
    assert len(lines) == 5


def test_only_two_measured_points_are_joined_by_a_solid_line(ring, groups):
    map_, results, _ = ring
    assumed = portfolio_scene([Entry(furnished(map_))], language="nl")
    assert not [part for part in walk(assumed.elements) if isinstance(part, Curve) and part.dash == "solid"]
    measured = portfolio_scene([Entry(furnished(map_), results)], language="nl")
    assert [part for part in walk(measured.elements) if isinstance(part, Curve) and part.dash == "solid"]


def test_all_together_counts_what_stands_in_each_class(said):
    two = replace(repair(), id="nog", title=plain("Nog een"))
    words = said(portfolio_scene([Entry(repair()), Entry(two)], language="nl")).replace("\u00a0", " ")
    assert "2 kaarten · 12 stappen" in words


def test_all_together_never_calls_a_measured_point_an_assumption(ring, groups):
    map_, results, _ = ring
    sums = groups(portfolio_scene([Entry(furnished(map_), results)], language="nl"), "class")
    told = {group.id: group.label.replace("\u00a0", " ") for group in sums}
    assert told["AW"].startswith("Bewust: +0,5 (gemeten), 1 kaart")
    assert told["CO"].startswith("Overweging: +0,6 (gemeten, 1 van 2), 0,0 (aanname, 1 van 2), 1 kaart")


def test_no_journeys_say_so(said):
    assert "nog geen kaarten" in said(portfolio_scene([], language="nl"))
