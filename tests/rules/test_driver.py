"""Driver: what surely goes with leaving is told with its shares and an upper bound; the rest is not."""

from dataclasses import replace

from klantreis.analyses import drivers
from klantreis.analyses.fold import fold
from klantreis.labels import Label
from klantreis.map.model import Channel
from klantreis.rules import driver
from klantreis.scenes.names import names_of
from klantreis.scenes.words_barriers import driver_name
from klantreis.testing import Touch, Trip, journeys_of

PAID = drivers.Options(outcome=("paid",), drawn=())


def compared(a, b, c, d, options=PAID):
    """With filter: reached, not; with product: reached, not."""
    cells = (("a", a, "filter", True), ("b", b, "filter", False), ("c", c, "product", True), ("d", d, "product", False))
    trips = [
        Trip(f"{cell}{n}", (Touch(name, 0), *((Touch("paid", 9, value=50),) if paid else ())))
        for cell, size, name, paid in cells
        for n in range(size)
    ]
    return {"drivers": fold(drivers, journeys_of(trips), options)}


def test_what_goes_with_leaving_is_told_and_never_as_a_cause(shop, changed):
    (found,) = driver.check(shop, replace(changed(), more=compared(40, 160, 120, 80)))
    assert found.title.text("nl") == "Hangt samen met afhaken: Filter (20,0% haalt het doel, anders 60,0%)"
    assert (found.people, found.place.id, found.part) == (200, "filter", "touchpoint")
    assert found.money == 200 * (0.6 - 0.2) * 50
    assert "bovengrens" in found.detail.text("nl")
    assert "geen oorzaak" in found.detail.text("nl")
    assert (found.evidence[0].unit, len(found.examples)) == ("share", 5)


def test_what_goes_with_reaching_few_people_and_another_goal_say_nothing(shop, changed):
    for more in (
        compared(120, 80, 120, 80),
        compared(2, 26, 120, 80),
        compared(40, 160, 120, 80, replace(PAID, outcome=("product",))),
        {},
    ):
        assert list(driver.check(shop, replace(changed(), more=more))) == []


def test_a_channel_with_the_id_of_a_touchpoint_is_called_as_the_channel_it_is(shop, changed):
    touches = tuple(replace(touch, channel="filter") if touch.id == "product" else touch for touch in shop.touchpoints)
    named = replace(shop, channels=(Channel("filter", Label("Filterzuil", "Filter kiosk")),), touchpoints=touches)
    found = compared(40, 160, 120, 80)["drivers"]
    drawn = tuple(replace(one, kind="channel") if one.name == "filter" else one for one in found.drivers)
    barred = tuple(replace(one, kind="channel") if one.at == "filter" else one for one in found.barriers)
    more = {"drivers": replace(found, drivers=drawn, barriers=barred)}
    (told,) = driver.check(named, replace(changed(), more=more))
    assert told.title.text("nl").startswith("Hangt samen met afhaken: kanaal Filterzuil (")
    assert told.place.id == "product"
    names = names_of(named, "nl")
    assert driver_name("channel", "filter", "nl", names) == "kanaal Filterzuil"
    assert driver_name("touchpoint", "filter", "nl", names) == "Filter"
