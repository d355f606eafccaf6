"""Row B14: reports of every segment beside each other tell nothing of a group that is too small to share."""

from __future__ import annotations

import pytest

from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of
from klantreis.testing import Touch, Trip, journeys_of
from klantreis.workspace.each_segment import unshared_of

NAMES = ("a", "b", "c", "d")


def shop(*segments: str) -> JourneyMap:
    rules = ", ".join(f"{name}: kind = {name}" for name in segments)
    return map_of(f"klantreis: 1\nid: x\ntitle: X\nphases: {{all: {{look: {{match: look}}}}}}\nsegments: {{{rules}}}\n")


def people(**sizes: int) -> list[Trip]:
    """People by the segments they are in: ab=3 is three people who are in a and in b; none=3 in no segment."""
    found = []
    for kind, many in sizes.items():
        own = () if kind == "none" else tuple(kind)
        found += [Trip(f"{kind}{n}", (Touch("look", n),), segments=own) for n in range(many)]
    return found


def unshared(trips: list[Trip], least: int = 10) -> dict[str, str]:
    journeys = journeys_of(trips)
    return {
        one.segment: one.why.text("nl") for one in unshared_of(shop(*journeys.about.names.segments), journeys, least)
    }


def test_large_segments_that_leave_nobody_are_all_shared() -> None:
    assert unshared(people(a=40, b=40)) == {}


def test_a_small_segment_is_not_shared_nor_the_one_that_would_give_it_away() -> None:
    # 83 people, a 40, b 40, c 3: everybody less a and b would be the three of c.
    assert unshared(people(a=40, b=40, c=3)) == {
        "c": "minder dan 10 personen",
        "b": "samen met de andere blijven er minder dan 10 over",
    }


def test_a_segment_that_all_but_a_few_are_in_is_not_shared() -> None:
    assert unshared(people(a=40, none=4)) == {"a": "minder dan 10 personen erbuiten"}


def test_a_segment_within_another_but_for_a_few_is_not_shared_beside_it() -> None:
    # a holds all of b and four more: the report of a less that of b is about four people.
    assert unshared(people(ab=40, a=4, none=40)) == {"b": "scheelt minder dan 10 personen met a"}


def test_segments_that_overlap_without_holding_each_other_are_shared() -> None:
    assert unshared(people(ab=20, a=20, b=20, none=20)) == {}


@pytest.mark.parametrize("least", [0, 1])
def test_with_no_least_size_everything_is_shared(least: int) -> None:
    assert unshared(people(a=1, b=2, ab=1, none=1), least) == {}


def test_nobody_at_all_leaves_every_segment_out_for_being_too_small() -> None:
    assert next(unshared_of(shop("a"), journeys_of(people(b=20, a=1)), 10)).segment == "a"
