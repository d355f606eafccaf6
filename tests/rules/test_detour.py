"""Detours: contacts out of order, one too many, or not on the road."""

import pytest

from klantreis.analyses.fit import Fit
from klantreis.rules import detour
from klantreis.stats.intervals import share

from .conftest import ABOUT, fit


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("out_of_order", "24,0% komt op een ander moment bij Filter dan je tekende"),
        ("ad_hoc", "Filter hoort niet bij 'Zoals bedacht', toch komt 24,0% er langs"),
        ("repeat", "24,0% komt vaker bij Filter dan je tekende"),
    ],
)
def test_a_deviation_that_many_share_is_a_detour(shop, changed, kind, title):
    (found,) = detour.check(shop, changed(**fit(kind, 240)))
    assert found.title.text("nl") == title
    assert (found.people, found.examples, found.id) == (240, ("p1-1",), "detour/ring/filter")
    assert "'As designed'" in found.advice.text("en")


def test_few_deviations_or_few_journeys_are_no_detour(shop, changed):
    assert list(detour.check(shop, changed(**fit("ad_hoc", 40)))) == []
    assert list(detour.check(shop, changed(**fit("ad_hoc", 50, of=60)))) == []


def whole(conforming, of):
    scored = Fit(
        ABOUT, "ideal", journeys=of, conforming=conforming, share=share(conforming, of), mean_fitness=0.97, cost=9
    )
    return {"fits": {"ideal": scored}}


def test_journeys_that_do_not_go_as_drawn_are_counted_where_most_do(shop, changed):
    (found,) = detour.check(shop, changed(**whole(867, 1000)))
    assert found.title.text("en") == "133 of 1,000 journeys do not go as you drew in 'As designed'"
    assert found.detail.text("nl").startswith("867 van de 1.000 (84,5% tot 88,7%) gaan precies zo.")
    assert (found.people, found.id, found.evidence[1].value) == (133, "detour/ring/ideal", 0.97)


def test_where_few_go_as_drawn_or_nearly_all_do_nothing_is_counted(shop, changed):
    assert list(detour.check(shop, changed(**whole(400, 1000)))) == []
    assert list(detour.check(shop, changed(**whole(950, 1000)))) == []
