"""Barriers: what was drawn, held against how many really stop there."""

from dataclasses import replace

import pytest

from klantreis.labels import Label
from klantreis.map.model import Barrier, JourneyRule, Opportunity
from klantreis.rules import barrier

from .conftest import node

DOUBT = Barrier("size", Label(nl="Twijfel over de maat", en="Doubt about size"), "product", "doubt", "abandon")


def nodes(product, others=140):
    return {
        "nodes": tuple(
            node(id_, 700, product if id_ == "product" else others)
            for id_ in ("social", "filter", "product", "cart", "paid")
        )
    }


def test_a_drawn_barrier_where_more_stop_than_elsewhere_has_its_count(shop, changed):
    ideas = (Opportunity("help", Label(nl="Maathulp", en="Size help"), solves=("size",)),)
    (found,) = barrier.check(replace(shop, barriers=(DOUBT,), opportunities=ideas), changed(paths=nodes(420)))
    assert found.title.text("nl") == "Twijfel bij Productpagina: 60,0% komt niet verder"
    assert found.title.text("en") == "Doubt at the product: 60.0% get no further"
    assert "Je tekende hier: Twijfel over de maat. Van de 700 klantreizen" in found.detail.text("nl")
    assert (
        "Bij de andere contactmomenten vóór het doel is dat 20,0%: een verschil van 40,0 procentpunt ("
        in found.detail.text("nl")
    )
    assert "dit bewijst niet dat zij de oorzaak is" in found.detail.text("nl")
    assert found.advice.text("en").endswith("Opportunities on your map: Size help.")
    assert (found.people, found.journeys, found.place.id, found.evidence[0].value) == (0, 420, "size", 0.6)
    assert found.evidence[1].low > 0.3
    # 40 % of 700 stop beyond what is usual; 250 of the 490 in the next phase bought; 80 each.
    assert found.money == pytest.approx(0.4 * 700 * 250 / 490 * 80)


def test_a_barrier_where_no_more_stop_than_elsewhere_is_not_confirmed(shop, changed):
    assert list(barrier.check(replace(shop, barriers=(DOUBT,)), changed(paths=nodes(140)))) == []


def test_a_place_where_many_stop_but_nothing_was_drawn_is_no_barrier(shop, changed):
    assert list(barrier.check(shop, changed(paths=nodes(420)))) == []


def test_journeys_that_end_after_the_goal_are_done_and_not_stopped(shop, changed):
    drawn = replace(shop, barriers=(replace(DOUBT, at="paid"),))
    everywhere = {
        "nodes": tuple(node(id_, 700, 600 if id_ == "paid" else 70) for id_ in ("social", "product", "paid", "card"))
    }
    assert list(barrier.check(drawn, changed(paths=everywhere))) == []
    assert list(barrier.check(replace(drawn, journey=JourneyRule(), scenarios=()), changed(paths=everywhere)))


def test_a_barrier_may_be_drawn_at_a_step_and_the_most_severe_speaks(shop, changed):
    drawn = (replace(DOUBT, id="mild", at="s2", severity="trivial", kind="price"), DOUBT)
    (found,) = barrier.check(replace(shop, barriers=drawn), changed(paths=nodes(420)))
    assert (found.place.id, found.title.text("en")) == ("size", "Doubt at the product: 60.0% get no further")


def test_a_barrier_that_few_people_met_says_nothing(shop, changed):
    few = {"nodes": (node("social", 700, 70), node("product", 12, 11))}
    assert list(barrier.check(replace(shop, barriers=(DOUBT,)), changed(paths=few))) == []


def test_where_nothing_measured_can_follow_nobody_is_said_to_stop(shop, changed):
    endless = replace(shop, barriers=(replace(DOUBT, at="cart"),), journey=JourneyRule(), scenarios=())
    last = {"nodes": (node("social", 700, 70), node("cart", 700, 700))}
    followed = {"nodes": (*last["nodes"], node("paid", 300, 300))}
    assert list(barrier.check(endless, changed(paths=last))) == []
    assert [found.place.id for found in barrier.check(endless, changed(paths=followed))] == ["size"]
