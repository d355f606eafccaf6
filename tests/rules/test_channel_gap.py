"""Channel gap: channels drawn and channels used are not the same."""

from dataclasses import replace

import pytest

from klantreis.analyses.channel_mix import ChannelMix, Spot, Used
from klantreis.labels import Label
from klantreis.map.model import Segment
from klantreis.rules import channel_gap
from klantreis.rules.contract import channel_called
from klantreis.stats.intervals import share

from .conftest import ABOUT


def used(channel, journeys, drawn, of=1240):
    return Used(channel, journeys, journeys, journeys, share(journeys, of), share(journeys, of), drawn)


def spot(place, *channels, segment=None, of=1240):
    return Spot(segment, place, of, of, of, channels)


def mix(*spots, recognised=("social",)):
    return {"channel_mix": ChannelMix(ABOUT, spots, 0, recognised)}


@pytest.fixture
def drawn(shop):
    touches = (replace(shop.touchpoints[0], channel="social"), *shop.touchpoints[1:])
    return replace(shop, touchpoints=touches, segments=(Segment("young", Label("18 tot 25", "18 to 25"), ()),))


def test_a_drawn_channel_that_hardly_anyone_uses_is_named_at_its_touchpoint(drawn, results):
    more = mix(spot("whole", used("social", 3, "drawn"), used("web", 1200, "drawn")))
    (found,) = channel_gap.check(drawn, replace(results, more=more))
    assert found.title.text("nl") == "Sociale media staat op je kaart, maar bijna niemand komt er"
    assert found.id == "channel_gap/ring/social/social"
    assert (found.journeys, found.evidence[0].n) == (3, 1240)


def test_a_channel_that_many_use_and_nobody_drew_is_named_where_it_is_used_most(drawn, results):
    spots = (
        spot("whole", used("instagram", 384, "no"), used("phone", 20, "no")),
        spot("first", used("instagram", 250, "no")),
        spot("look", used("instagram", 30, "no")),
        spot("choose", used("instagram", 300, "no")),
    )
    (found,) = channel_gap.check(drawn, replace(results, more=mix(*spots)))
    assert found.title.text("nl") == "'instagram' staat niet op je kaart, maar 31,0% gebruikt het"
    assert found.place.id == "choose"
    assert "20.2% begin there" in found.detail.text("en")


def test_a_map_whose_touchpoints_name_no_channel_is_told_to_name_it_there_first(drawn, results):
    bare = replace(drawn, touchpoints=tuple(replace(touch, channel=None) for touch in drawn.touchpoints))
    more = mix(spot("whole", used("web", 1240, "no")))
    (found,) = channel_gap.check(bare, replace(results, more=more))
    count = sum(touch.matcher is not None for touch in bare.touchpoints)
    assert count > 1
    assert found.advice.text("nl").startswith(f"{count} contactmomenten op je kaart noemen geen kanaal")
    assert "'channel: web'" in found.advice.text("en")


def test_a_segment_is_told_only_when_everybody_does_not_show_it(drawn, results):
    everybody = spot("whole", used("social", 800, "drawn"), used("instagram", 200, "no"))
    young = spot("whole", used("social", 0, "drawn", 400), used("instagram", 200, "no", 400), segment="young", of=400)
    found = list(channel_gap.check(drawn, replace(results, more=mix(everybody, young))))
    titles = [one.title.text("en") for one in found]
    assert titles == [
        "'instagram' is not drawn, but 16.1% use it",
        "Social media is drawn, but hardly anyone of 18 to 25 uses it",
    ]
    assert len({one.id for one in found}) == 2


def test_channels_of_another_kind_few_journeys_and_no_channels_say_nothing(drawn, results):
    spots = (spot("whole", used("social", 0, "drawn"), used("mobile", 900, "no")),)
    assert list(channel_gap.check(drawn, replace(results, more=mix(*spots, recognised=())))) == []
    few = (spot("whole", used("social", 0, "drawn", 40), used("tiktok", 30, "no", 40), of=40),)
    assert list(channel_gap.check(drawn, replace(results, more=mix(*few)))) == []
    blind = (spot("whole", used("social", 0, "unmeasured")),)
    assert list(channel_gap.check(drawn, replace(results, more=mix(*blind)))) == []
    assert list(channel_gap.check(drawn, results)) == []


def test_a_channel_that_nobody_drew_has_the_name_everybody_knows(shop):
    assert channel_called(shop, "person").text("nl") == "Medewerker"
    assert channel_called(shop, "person").text("en") == "Staff"
    assert channel_called(shop, "kiosk-7").text("nl") == "kiosk-7"
