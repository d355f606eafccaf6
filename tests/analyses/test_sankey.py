"""Streams add up, and equal the strict funnel of the same pair or row."""

import json
from collections import defaultdict
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import funnel, sankey
from klantreis.analyses.fold import fold
from klantreis.errors import OptionError
from klantreis.testing import Touch, Trip, journeys_of, trips

SCHEMA = Path(sankey.__file__).parents[2] / "schemas/sankey.schema.json"
SHOP = {
    "ann": [("home", 0), ("look", 1), ("look", 2), ("pay", 3)],
    "bob": [("home", 0), ("look", 1)],
    "cas": [("look", 0), ("help", 1), ("look", 2)],
}
touches = st.lists(st.tuples(st.sampled_from([*"abcd", None]), st.integers(0, 4)), min_size=1, max_size=8)
logs = st.lists(st.tuples(st.sampled_from("pqrs"), touches), min_size=1, max_size=6)


def made(listed):
    return [Trip(who, tuple(Touch(name, at, event=name or "odd") for name, at in rows)) for who, rows in listed]


def run(log, **options):
    listed = log if isinstance(log, list) else trips(log)
    return fold(
        sankey, journeys_of(listed, touchpoints="abcd" if isinstance(log, list) else ()), sankey.Options(**options)
    )


def links(found, step):
    return {(one.source, one.target): one.count for one in found.links if one.step == step}


def strict(trips_, row):
    """Journeys that reach the last step of a strict funnel, file order, what is off the map out of scope."""
    options = funnel.Options(
        tuple((str(place), (name,)) for place, name in enumerate(row)),
        ties="file", order="strict", grain="journey", scope=tuple("abcd"),
    )  # fmt: skip
    return fold(funnel, journeys_of(trips_, touchpoints="abcd"), options).steps[-1].people


def strict_people(trips_, row):
    """The persons of those journeys: each person's journeys on their own."""
    mine = defaultdict(list)
    for trip in trips_:
        mine[trip.person].append(trip)
    return sum(strict(listed, row) > 0 for listed in mine.values())


def test_streams_forward_show_who_drops_out():
    found = run(SHOP, anchor=(("look",),), forward=2)
    assert (found.count, found.journeys, found.people, found.all_people) == (5, 3, 3, 3)
    assert links(found, 0) == {("look", "look"): 1, ("look", "pay"): 1, ("look", "end"): 2, ("look", "help"): 1}
    assert links(found, 1) == {("look", "pay"): 1, ("pay", "end"): 1, ("help", "look"): 1}
    assert [one.people for one in found.links if (one.step, one.target) == (0, "end")] == [2]


def test_streams_back_show_where_people_came_from():
    found = run(SHOP, anchor=(("look",),), forward=0, backward=2)
    assert links(found, -1) == {("home", "look"): 2, ("look", "look"): 1, ("help", "look"): 1, ("start", "look"): 1}
    assert links(found, -2) == {("start", "home"): 2, ("home", "look"): 1, ("look", "help"): 1}


def test_without_an_anchor_the_streams_begin_where_journeys_do():
    found = run(SHOP, forward=1, backward=3)
    assert links(found, 0) == {("start", "home"): 2, ("start", "look"): 1}
    assert (found.anchor, found.count, found.backward) == ("start", 3, 0)


def test_what_is_not_shown_goes_together_as_other():
    found = run(SHOP, anchor=(("home",),), forward=3, shown=("pay",))
    assert links(found, 0) == {("home", "other"): 2}
    assert links(found, 1) == {("other", "other"): 1, ("other", "end"): 1}
    assert links(found, 2) == {("other", "pay"): 1}


def test_occurrences_journeys_and_people_are_counted_apart():
    log = [
        Trip("u", (Touch("a", 0), Touch("b", 1), Touch("a", 2), Touch("b", 3))),
        Trip("u", (Touch("a", 9), Touch("b", 10))),
    ]
    (link,) = run(log, anchor=(("a",),), forward=1).links
    assert (link.count, link.journeys, link.people, link.share) == (3, 2, 1, 1.0)
    assert run(log, anchor=(("a",),), forward=1, occurrence="first").count == 2


@settings(max_examples=60, deadline=None)
@given(logs, st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_the_stream_of_a_pair_equals_its_strict_funnel(listed, one, other):
    log = made(listed)
    found = run(log, anchor=((one,),), forward=1)
    link = next((way for way in found.links if way.target == other), None)
    assert (link.journeys if link else 0) == strict(log, [one, other])
    assert (link.people if link else 0) == strict_people(log, [one, other])
    assert (found.journeys, found.people) == (strict(log, [one]), strict_people(log, [one]))
    back = run(log, anchor=((other,),), forward=0, backward=1)
    way = next((way for way in back.links if way.source == one), None)
    assert (way.journeys if way else 0) == strict(log, [one, other])


@settings(max_examples=60, deadline=None)
@given(logs, st.lists(st.sampled_from("abcd"), min_size=2, max_size=4))
def test_a_row_of_touchpoints_equals_its_strict_funnel_when_repeats_are_collapsed(listed, row):
    row = [name for place, name in enumerate(row) if not place or name != row[place - 1]]
    log = made(listed)
    found = run(log, anchor=tuple((name,) for name in row), forward=1, collapse=True)
    assert (found.journeys, found.people) == (strict(log, row), strict_people(log, row))
    for link in found.links:
        if link.target != "end":
            assert link.journeys == strict(log, [*row, link.target])


@settings(max_examples=60, deadline=None)
@given(logs, st.sampled_from([None, ("a",), ("b", "d"), ()]), st.sampled_from(["every", "first", "last"]))
def test_what_comes_in_goes_out(listed, shown, occurrence):
    found = run(made(listed), anchor=(("a", "b"),), forward=3, backward=2, shown=shown, occurrence=occurrence)
    for stop in found.stops:
        into = sum(one.count for one in found.links if (one.step + 1, one.target) == (stop.step, stop.id))
        out = sum(one.count for one in found.links if (one.step, one.source) == (stop.step, stop.id))
        assert into == stop.count or stop.id == found.start or stop.step == -2
        assert out == stop.count or stop.id == found.end or stop.step == 3
        assert stop.people <= stop.journeys <= stop.count
    assert {stop.count for stop in found.stops if stop.step == 0} <= {found.count}


def test_the_edges_of_a_graph_equal_pm4py(shared, log, place, monkeypatch):
    # Every directly-follows count of pm4py is the stream of that pair.
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    told = json.loads((shared / "oracles/process/ecom_sessions/ecom_session_id_pm4py.json").read_text())
    journeys = place(log("ecom"), buckets=2)
    for name in ("cart", "catalog"):
        found = fold(sankey, journeys, sankey.Options(anchor=((name,),), forward=1))
        mine = {link.target: link.count for link in found.links if link.target != "end"}
        assert mine == {b: count for a, b, count in told["dfg"] if a == name}


def test_too_many_streams_are_refused_with_what_to_do():
    log = {"u": [(f"t{number}", number) for number in range(2100)]}
    with pytest.raises(OptionError, match="more streams than can be counted") as refused:
        run(log)
    assert "which touchpoints to show" in refused.value.mend
    assert run(log, shown=("t1",)).links[0].target == "other"


def test_the_shape_is_the_published_one():
    found = run(SHOP, anchor=(("look",), ("look", "pay")), backward=1, shown=("pay",))
    jsonschema.validate(found.to_dict(), json.loads(SCHEMA.read_text()))
    assert list(found.rows()[0]) == ["step", "from", "to", "count", "journeys", "people", "share"]
