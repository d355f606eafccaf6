"""Dead matchers: events that never come, or come no more."""

from dataclasses import replace

from klantreis.analyses.coverage import Seen
from klantreis.map.model import Condition, Matcher
from klantreis.rules import dead_matcher

from .conftest import ABOUT, NAMES

DAY = 86_400_000_000


def hits(events, days_ago=0, only="product"):
    return {
        "touchpoints": tuple(
            Seen(id_, events, 1, 1, ABOUT.last - days_ago * DAY) if id_ == only else Seen(id_, 500, 9, 9, ABOUT.last)
            for id_ in NAMES.touchpoints
        )
    }


def looking_for(shop, event, where=()):
    touchpoints = tuple(
        replace(touch, matcher=Matcher(event, where)) if touch.id == "product" else touch for touch in shop.touchpoints
    )
    return replace(shop, touchpoints=touchpoints)


def test_an_event_that_never_comes_is_named_with_the_nearest_known_one(shop, changed):
    (found,) = dead_matcher.check(looking_for(shop, "product_veiw"), changed(coverage=hits(0)))
    assert found.title.text("nl") == "Productpagina ziet niets: 'product_veiw' komt niet voor"
    assert found.advice.text("nl") == "Bedoel je 'product_view'? Pas `match` aan."
    assert (found.people, found.id) == (0, "dead_matcher/ring/product")


def test_conditions_that_never_hold_are_told_apart(shop, changed):
    where = (Condition("category", "=", ("ring",)),)
    (found,) = dead_matcher.check(looking_for(shop, "product_view", where), changed(coverage=hits(0)))
    assert found.title.text("en") == "the product sees nothing: the conditions on 'product_view' never hold"
    assert "`where`" in found.advice.text("en")


def test_a_matcher_that_fell_silent_is_reported_after_thirty_days(shop, changed):
    (found,) = dead_matcher.check(shop, changed(coverage=hits(500, days_ago=45)))
    assert found.title.text("nl") == "Productpagina ziet al 45 dagen niets meer"
    assert list(dead_matcher.check(shop, changed(coverage=hits(500, days_ago=29)))) == []


def test_a_rare_contact_or_data_that_stopped_is_no_dead_matcher(shop, changed):
    assert list(dead_matcher.check(shop, changed(coverage=hits(5, days_ago=45)))) == []
    stopped = {"touchpoints": tuple(Seen(id_, 500, 9, 9, ABOUT.last - 45 * DAY) for id_ in NAMES.touchpoints)}
    assert list(dead_matcher.check(shop, changed(coverage=stopped))) == []


def test_planned_touchpoints_and_empty_data_have_no_dead_matchers(shop, changed):
    planned = replace(shop, touchpoints=tuple(replace(touch, planned=True) for touch in shop.touchpoints))
    assert list(dead_matcher.check(planned, changed(coverage=hits(0)))) == []
    assert list(dead_matcher.check(shop, changed(coverage=hits(0) | {"journeys": 0}))) == []
