"""Segments by behaviour: each test by hand, with a missing thing, at the edge, and mixed with the profile."""

from dataclasses import replace

import numpy as np
import pytest

from klantreis.journeys.behaviour import all_hold, clauses, settled
from klantreis.map.arms import groups
from klantreis.map.behaviour_text import rule
from klantreis.map.read import map_of
from klantreis.testing import Touch, Trip, journeys_of

DAY = 86_400
TRIPS = [
    Trip("a", (Touch("look", 0, channel="web"), Touch("buy", DAY, channel="shop", value=50))),
    Trip("a", (Touch("look", 10 * DAY, channel="web"), Touch("look", 17 * DAY, channel="web"))),
    Trip("b", (Touch("buy", 0, channel="shop", value=20), Touch("back", 7 * DAY, value=-20), Touch(None, 8 * DAY))),
    Trip("c", (Touch("look", 5),)),
]
BUCKET = journeys_of(TRIPS).buckets[0]


def held(text):
    """Which of the four journeys a rule of behaviour alone holds for; any set, all of its tests."""
    sets = [all_hold(BUCKET, tests) for tests in rule(text)]
    return "".join("abcd"[place] for place in np.flatnonzero(np.logical_or.reduce(sets)))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("did buy", "ac"),
        ("did not buy", "bd"),
        ("did back within 7 days", "c"),  # the last moment counts
        ("did back within 6 days", ""),
        ("did not buy within 1 h", "abd"),
        ("count(look) >= 2", "b"),
        ("count(look within 1 day) = 1", "abd"),
        ("count(look) in (0, 2)", "bc"),
        ("journey.touches != 2", "cd"),
        ("journey.days > 1", "bc"),
        ("journey.days <= 1", "ad"),
        ("journey.value >= 50", "a"),
        ("journey.value < 50", "c"),  # sold and brought back: 0; without any value there is none
        ("journey.value != 50", "bcd"),
        ("journey.channels >= 2", "a"),
        ("journey.channels = 0", "d"),
        ("journey.number >= 2", "b"),
        ("journey.channel = shop", "ac"),
        ("journey.first_channel in (shop, phone)", "c"),
        ("journey.last_channel != web", "acd"),
        ("journey.first_channel ~ ^we", "ab"),
        ("did buy and journey.first_channel = web or journey.number = 2", "ab"),
    ],
)
def test_a_rule_holds_for_exactly_these_journeys(text, who):
    assert held(text) == who


def test_profile_and_behaviour_meet_in_one_set():
    map_ = map_of(
        """
        klantreis: 1
        id: shop
        title: Shop
        languages: [en]
        phases: {all: {look: {match: look}, buy: {match: buy}, back: {match: back}}}
        segments:
          member: vip = true
          keen: did buy and vip = true or journey.number >= 2
          everybody_else: did not buy
        """
    )
    # The clauses, asked of the first event: member; keen's two sets (the second asks nothing: true); everybody_else.
    assert len(clauses(map_)) == 4
    assert [one.id for one in groups(map_)] == ["member", "keen", "everybody_else"]
    vip = np.array([1, 0, 0, 1], np.uint64)
    bits = vip | (vip << np.uint64(1)) | np.uint64(0b1100)
    found = settled(replace(BUCKET, segments=bits), map_).segments.tolist()
    assert found == [0b011, 0b110, 0b000, 0b101]


def test_no_journeys_at_all_are_in_no_segment():
    empty = journeys_of([]).buckets[0]
    for text in ("did buy", "journey.value > 1", "journey.channel = web", "journey.number = 1", "journey.channels = 0"):
        assert all_hold(empty, rule(text)[0]).shape == (0,)
