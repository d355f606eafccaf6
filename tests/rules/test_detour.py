"""Detours: contacts out of order, one too many, or not on the road."""

import pytest

from klantreis.rules import detour

from .conftest import fit


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
