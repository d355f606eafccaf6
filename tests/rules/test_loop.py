"""Loops: coming back to a place, or to an earlier phase."""

from dataclasses import replace

from klantreis.analyses.paths import Edge
from klantreis.map.path import Repeat, Sequence, Visit
from klantreis.rules import loop

from .conftest import node


def test_a_place_that_many_come_back_to_is_a_loop(shop, changed):
    (found,) = loop.check(shop, changed(paths={"nodes": (node("product", 1000, 0, repeats=420),)}))
    assert found.title.text("nl") == "42,0% komt terug bij Productpagina"
    assert found.people == 420


def test_a_loop_that_was_drawn_is_not_reported(shop, changed):
    path = Sequence((Visit("social"), Repeat(Sequence((Visit("filter"), Visit("product"))))))
    drawn = replace(shop, scenarios=(replace(shop.scenarios[0], path=path),))
    assert list(loop.check(drawn, changed(paths={"nodes": (node("product", 1000, 0, repeats=420),)}))) == []


def test_steps_back_to_an_earlier_phase_are_a_loop_and_steps_on_are_not(shop, changed):
    edges = (Edge("cart", "filter", 400, 390, 0.4), Edge("filter", "cart", 400, 390, 0.4))
    nodes = (node("cart", 1000, 0), node("filter", 1000, 0))
    (found,) = loop.check(shop, changed(paths={"nodes": nodes, "edges": edges}))
    assert found.title.text("en") == "From the cart, 40.0% go back to the filter"
    assert (found.people, found.id) == (390, "loop/ring/cart")


def test_coming_back_now_and_then_is_no_loop(shop, results):
    assert list(loop.check(shop, results)) == []
