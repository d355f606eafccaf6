"""What a finding becomes on its map: words of an opportunity, not of the problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klantreis.findings import Edit, Finding, Place
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.map.turning import may_turn, turned

MAP = """\
klantreis: 1
id: ring
title: Een ring
phases:
  besluit:
    label: Besluit
    product: {do: {nl: Ik bekijk de ring, en: I look at the ring}, match: product_view}
    mandje: {do: {nl: Ik leg hem in mijn mandje, en: Into my basket}, match: add_to_cart}
barriers:
  maat: {at: product, label: {nl: Twijfel over de maat, en: Doubt about the size}}
"""


@pytest.fixture(scope="module")
def ring() -> JourneyMap:
    return map_of(MAP)


def found(place: str, rule: str = "barrier") -> Finding:
    return Finding(
        rule, "warning", Place(map="ring", id=place), Label("63,9% komt niet verder", "63.9% get no further")
    )


def test_what_solves_a_barrier_is_called_after_it(ring: JourneyMap) -> None:
    made = turned(ring, found("product"))
    assert made is not None
    assert (made.label.nl, made.label.en) == ("Wegnemen: Twijfel over de maat", "Take away: Doubt about the size")
    assert made.barrier is not None
    assert made.barrier.id == "maat"


def test_without_a_barrier_it_is_called_after_the_place(ring: JourneyMap) -> None:
    made = turned(ring, found("mandje", "low_emotion"))
    assert made is not None
    assert (made.label.nl, made.barrier, made.id) == (
        "Verbeteren: Ik leg hem in mijn mandje", None, "kans_low_emotion_mandje",
    )  # fmt: skip


def test_what_is_at_no_place_of_the_map_cannot_become_one(ring: JourneyMap) -> None:
    assert turned(ring, found("site_search")) is None
    assert not may_turn(ring, found("site_search"))


def test_what_proposes_an_edit_is_accepted_instead_and_what_is_one_already_is_not_offered_again(
    ring: JourneyMap,
) -> None:
    edit = Edit(("touchpoints", "a"), {"phase": "besluit"}, Label("erbij", "added"))
    assert may_turn(ring, found("product"))
    assert not may_turn(ring, replace(found("product"), edit=edit))
    again = map_of(MAP + "opportunities:\n  kans_barrier_product: {solves: maat}\n")
    assert not may_turn(again, found("product"))
