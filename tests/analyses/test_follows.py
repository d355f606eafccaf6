"""What follows what, against pm4py, the first-entry funnel, and logs small enough to check by eye."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import follows, funnel, paths
from klantreis.analyses.fold import fold
from klantreis.analyses.follows.kernel import passed, returned
from klantreis.analyses.follows.narrow import counted
from klantreis.errors import OptionError
from klantreis.testing import Touch, Trip, journeys_of, trips

SCHEMA = Path(follows.__file__).parents[2] / "schemas/follows.schema.json"
LOGS = ["running_example", "receipt", "roadtraffic_variants", "bpi2013_closed", "greps", "olist_sample_3k", "ecom"]
SHOP = {
    "ann": [("home", 0), ("look", 10), ("look", 20), ("home", 30), ("pay", 100)],
    "bob": [("home", 0), ("pay", 5), ("look", 6)],
}


def run(log, **options):
    made = log if isinstance(log, list) else trips(log)
    return fold(follows, journeys_of(made), follows.Options(**options))


@pytest.mark.parametrize("name", LOGS)
def test_the_counts_are_those_of_pm4py(name, shared, log, place, monkeypatch):
    # pm4py 2.7.23: rework, minimum self-distances, eventually-follows, directly-follows
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    file = "ecom_sessions/ecom_session_id" if name == "ecom" else f"{name}/{name}"
    told = json.loads((shared / f"oracles/process/{file}_pm4py.json").read_text())
    found = fold(follows, place(log(name), buckets=3), follows.Options())
    met = found.touchpoints
    assert {one.id: one.rework_journeys for one in met if one.rework_journeys} == told["rework_cases_per_activity"]
    assert {one.id: one.least_distance for one in met if one.rework_journeys} == told["minimum_self_distances"]
    later = {(one.source, one.target): one.later for one in found.pairs if one.later}
    assert later == {(a, b): count for a, b, count in told["eventually_follows"]}
    direct = {(one.source, one.target): one.direct for one in found.pairs if one.direct}
    assert direct == {(a, b): count for a, b, count in told["dfg"]}


def test_returns_are_repeats_or_loops():
    found = run(SHOP)
    home, look, pay = (next(one for one in found.touchpoints if one.id == name) for name in ("home", "look", "pay"))
    assert (home.count, home.journeys, home.repeats, home.loops, home.loop_journeys, home.least_distance) == (
        3, 2, 0, 1, 1, 2,
    )  # fmt: skip
    assert (look.repeats, look.loops, look.least_distance, look.rework_journeys) == (1, 0, 0, 1)
    assert (pay.rework_journeys, pay.least_distance, pay.rework.value) == (0, None, 0.0)
    assert (found.returns.count, found.returns.journeys, found.returns.people) == (2, 1, 1)
    assert (found.loops.count, found.loops.journeys, found.loops.share.value) == (1, 1, 0.5)


def test_a_step_back_is_against_the_order_that_was_given():
    found = run(SHOP, order=(("home",), ("look",), ("pay",)))
    assert (found.backs.count, found.backs.journeys, found.backs.people) == (2, 2, 2)
    back = {(one.source, one.target): one.back for one in found.pairs if one.back}
    assert back == {("look", "home"): 1, ("pay", "look"): 1}
    assert run(SHOP).backs is None


def test_touchpoints_of_one_rank_or_of_none_make_no_step_back():
    found = run(SHOP, order=(("home", "look"), ("pay",)))
    assert {(one.source, one.target) for one in found.pairs if one.back} == {("pay", "look")}
    passed_over = run({"u": [("b", 0), ("odd", 1), ("a", 2)]}, order=(("a",), ("b",)))
    assert {(one.source, one.target): (one.back, one.direct) for one in passed_over.pairs if one.back} == {
        ("b", "a"): (1, 0)
    }


def test_times_run_from_the_first_to_the_first_after_it():
    found = run(SHOP, between=(("home", "pay"), ("look", "pay"), ("look", "nowhere")))
    pair = found.pair("home", "pay")
    assert (pair.n, pair.median_seconds, pair.reached.value) == (2, 52.5, 1.0)
    assert (found.pair("look", "pay").n, found.pair("look", "pay").median_seconds) == (1, 90.0)
    assert found.pair("home", "look").n == 0
    assert found.unknown == ("nowhere",)
    assert run(SHOP, between=None).pair("look", "look").median_seconds == 10.0


touches = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(touches, min_size=1, max_size=5), st.sampled_from("abc"), st.sampled_from("abc"))
def test_times_and_reach_equal_the_funnel_of_the_first_entry(listed, one, other):
    log = [Trip(str(number), tuple(Touch(name, at) for name, at in rows)) for number, rows in enumerate(listed)]
    options = funnel.Options((("1", (one,)), ("2", (other,))), ties="file", entry="first")
    told = fold(funnel, journeys_of(log, touchpoints="abc"), options)
    pair = run(log, between=((one, other),)).pair(one, other)
    assert (pair.later_journeys if pair else 0) == told.steps[1].people
    assert (pair.n if pair else 0) == told.steps[1].people
    assert (pair.median_seconds if pair else None) == told.steps[1].median_seconds


def test_a_scope_leaves_the_rest_out():
    found = run(SHOP, only=("home", "pay"))
    assert {one.id for one in found.touchpoints} == {"home", "pay"}
    assert found.pair("home", "home").direct == 1
    assert found.transforms[0] == 3


def test_people_are_counted_once_over_their_journeys():
    log = [Trip("u", (Touch("a", 0), Touch("b", 1))), Trip("u", (Touch("a", 5), Touch("b", 6)))]
    pair = run(log).pair("a", "b")
    assert (pair.direct, pair.direct_journeys, pair.direct_people) == (2, 2, 1)
    assert (pair.later, pair.later_journeys, pair.later_people) == (2, 2, 1)


def test_more_kinds_than_a_table_can_hold_are_refused():
    with pytest.raises(OptionError, match="more than can be counted"):
        run({"u": [(f"t{number}", number) for number in range(1100)]})


def test_the_shape_is_the_published_one():
    for found in (run(SHOP, order=(("home",), ("look",)), between=None), run({})):
        jsonschema.validate(found.to_dict(), json.loads(SCHEMA.read_text()))
    assert {"from", "to", "direct", "later", "back", "reached", "reached_low"} <= set(run(SHOP).rows()[0])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("pq"), touches), min_size=1, max_size=5),
    st.sampled_from("abc"),
    st.sampled_from("abc"),
)
def test_people_on_a_way_of_the_process_map_equal_its_strict_funnel(listed, one, other):
    # the journeys are those of the strict funnel of the pair, per journey, in file order; people are their persons
    log = [Trip(who, tuple(Touch(name, at) for name, at in rows)) for who, rows in listed]
    options = funnel.Options((("1", (one,)), ("2", (other,))), ties="file", order="strict", grain="journey")

    def strict(trips_):
        return fold(funnel, journeys_of(trips_, touchpoints="abc"), options).steps[1].people

    pair = run(log).pair(one, other)
    persons = sum(strict([trip for trip in log if trip.person == who]) > 0 for who in "pq")
    assert (pair.direct_journeys if pair else 0) == strict(log)
    assert (pair.direct_people if pair else 0) == persons
    graph = fold(paths, journeys_of(log, touchpoints="abc"), paths.Options())
    edge = next((edge for edge in graph.edges if (edge.source, edge.target) == (one, other)), None)
    assert (edge.people if edge else 0) == persons


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=9), min_size=1, max_size=3), max_size=6))
def test_the_quick_way_for_few_kinds_counts_the_same(people):
    rows = [row for trips_ in people for row in trips_]
    node = np.array([one for row in rows for one in row], np.int32)
    start = np.cumsum([0, *map(len, rows)])
    person = np.array([who for who, trips_ in enumerate(people) for _ in trips_], np.int64)
    nodes, least, sums = returned(node, start, person, 7)
    pairs = passed(node, start, person, 7)
    for plain, quick in zip((nodes, least, sums, pairs), counted.__wrapped__(node, start, person, 7), strict=True):
        assert (plain == quick).all()


def test_the_quick_way_has_room_for_more_pairs_than_a_narrow_count_holds(monkeypatch):
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    long = 70_000  # 70,000 * 69,999 / 2 pairs are more than 2**31
    *_, pairs = counted(np.zeros(long, np.int32), np.array([0, long]), np.zeros(1, np.int64), 1)
    assert pairs[0, 3] == long * (long - 1) // 2
