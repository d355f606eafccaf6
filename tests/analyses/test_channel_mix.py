"""The channel mix: which channels are used where, beside those that are drawn; counted by hand, and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import channel_mix
from klantreis.analyses.channel_mix import Options
from klantreis.analyses.fold import fold
from klantreis.labels import Label
from klantreis.map.model import Channel, JourneyMap, Matcher, Phase, Segment, Touchpoint
from klantreis.testing import Touch, Trip, journeys_of, split

ASKED = Options(
    phases=(("ad", "look"), ("page", "look"), ("buy", "pay")),
    drawn=(("look", "social"), ("look", "web"), ("pay", "web")),
    unseen=(("pay", "store"),),
    words=(("Sociale media", "social"), ("Website", "web")),
    segments=("young",),
)
LOG = [
    Trip("a", (Touch("ad", 0, channel="sociale-media"), Touch("buy", 1, channel="web")), segments=("young",)),
    Trip("b", (Touch("page", 0, channel="tiktok"), Touch("page", 1, channel="tiktok"), Touch("buy", 2, channel="WEB"))),
    Trip("b", (Touch(None, 3, channel="phone"), Touch("page", 4))),
    Trip("c", (Touch("page", 0),)),
]


def told(spot):
    return {one.channel: (one.touches, one.journeys, one.people, one.verdict) for one in spot.channels}


def test_channels_are_counted_per_place_beside_what_is_drawn():
    found = fold(channel_mix, journeys_of(LOG), ASKED)
    whole = found.spot("whole")
    assert (whole.touches, whole.journeys, whole.people) == (6, 3, 2)
    assert told(whole) == {
        "tiktok": (2, 1, 1, "seen_only"),
        "web": (2, 2, 2, "both"),
        "phone": (1, 1, 1, "seen_only"),
        "social": (1, 1, 1, "both"),
        "store": (0, 0, 0, "unmeasured"),
    }
    assert told(found.spot("first")) == {
        "phone": (1, 1, 1, "seen_only"),
        "social": (1, 1, 1, "both"),
        "tiktok": (1, 1, 1, "seen_only"),
        "web": (0, 0, 0, "drawn_only"),
    }
    assert told(found.spot("look")) == {
        "tiktok": (2, 1, 1, "seen_only"),
        "social": (1, 1, 1, "both"),
        "web": (0, 0, 0, "drawn_only"),
    }
    assert told(found.spot("pay"))["web"] == (2, 2, 2, "both")
    assert found.nameless == 2
    assert found.recognised == ("social", "web")


def test_a_segment_is_counted_apart():
    found = fold(channel_mix, journeys_of(LOG), ASKED)
    young = found.spot("whole", "young")
    assert (young.touches, young.people) == (2, 1)
    assert young.used("tiktok") is None
    assert young.used("social").reach.value == 1


def test_reach_and_share_are_of_the_place_and_bounded():
    web = fold(channel_mix, journeys_of(LOG), ASKED).spot("whole").used("web")
    assert (web.reach.value, web.reach.n) == (2 / 3, 3)
    assert web.reach.low < 2 / 3 < web.reach.high
    assert (web.share.value, web.share.n) == (2 / 6, 6)
    assert web.share.low is None  # too few touches for an interval


def test_nothing_at_all_and_a_log_without_channels():
    for journeys in (journeys_of([]), journeys_of([Trip("a", (Touch("ad", 0),))])):
        found = fold(channel_mix, journeys, ASKED)
        assert found.recognised == ()
        assert {one.verdict for spot in found.spots for one in spot.channels} == {"drawn_only", "unmeasured"}
        assert found.spot("whole").used("web").reach.value is None
        assert len(found.rows()) == sum(len(spot.channels) for spot in found.spots)
    assert fold(channel_mix, journeys_of(LOG), Options()).spot("whole").touches == 6


def test_a_map_asks_for_its_own_channels_by_all_their_names():
    map_ = JourneyMap(
        id="ring",
        title=Label("Ring"),
        phases=(Phase("look", Label("Kijken")), Phase("pay", Label("Betalen"))),
        segments=(Segment("young", Label("Jong"), ()),),
        channels=(Channel("own", Label("Onze balie", "Our desk")),),
        touchpoints=(
            Touchpoint("ad", Label("Post"), "look", channel="social", matcher=Matcher("ad")),
            Touchpoint("desk", Label("Balie"), "pay", channel="own"),
            Touchpoint("later", Label("Later"), "pay", channel="chat", matcher=Matcher("x"), planned=True),
        ),
    )
    asked = channel_mix.asked_by(map_)
    assert asked.drawn == (("look", "social"),)
    assert asked.unseen == (("pay", "own"),)
    assert {("Sociale media", "social"), ("Social media", "social"), ("Our desk", "own")} <= set(asked.words)
    assert asked.segments == ("young",)
    assert channel_mix.asked_by(JourneyMap(id="bare", title=Label("x"))) is None


touch = st.builds(
    Touch, st.sampled_from(["ad", "page", "buy", None]), st.integers(0, 9).map(float), event=st.just("e"),
    channel=st.sampled_from([None, "web", "Social", "tiktok"]),
)  # fmt: skip
log = st.lists(
    st.builds(
        Trip,
        st.sampled_from("abcdefg"),
        st.lists(touch, min_size=1, max_size=4).map(tuple),
        segments=st.sampled_from([(), ("young",)]),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=50)
@given(log, st.integers(1, 4), st.randoms())
def test_any_split_and_any_order_of_merging_give_the_same_result(trips, buckets, chance):
    whole = journeys_of(trips)
    parts = [channel_mix.measure(bucket, ASKED) for bucket in split(whole, trips, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(channel_mix.merge(parts.pop(), parts.pop()))
    assert channel_mix.finish(parts[0], ASKED, whole.about) == fold(channel_mix, whole, ASKED)


@settings(deadline=None, max_examples=50)
@given(log)
def test_touches_add_up_and_phases_never_hold_more_than_the_whole(trips):
    found = fold(channel_mix, journeys_of(trips), ASKED)
    whole = found.spot("whole")
    assert sum(one.touches for one in whole.channels) == whole.touches
    assert whole.touches + found.nameless == sum(len(trip.touches) for trip in trips)
    assert found.spot("look").touches + found.spot("pay").touches <= whole.touches
    assert found.spot("first").touches == whole.journeys
    for spot in found.spots:
        assert all(one.people <= one.journeys <= one.touches for one in spot.channels)


@pytest.mark.parametrize("kernels", ["compiled"], indirect=True)
def test_compiled_kernels_equal_plain_python(kernels, monkeypatch):
    compiled = fold(channel_mix, journeys_of(LOG), ASKED)
    monkeypatch.delenv("KLANTREIS_KERNELS")
    assert fold(channel_mix, journeys_of(LOG), ASKED) == compiled
