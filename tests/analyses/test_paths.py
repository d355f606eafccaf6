"""What the graph and the variants mean, on logs small enough to check by eye; and the laws of a fold."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import paths, paths_variants, succession
from klantreis.analyses.fold import fold
from klantreis.testing import Touch, Trip, journeys_of, split, trips

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

SCHEMA = Path(paths.__file__).parents[1] / "schemas/paths.schema.json"
SHOP = {
    "ann": [("home", 0), ("product", 10), ("product", 40), ("pay", 100)],
    "bob": [("home", 0), ("product", 30)],
    "cas": [("product", 0), ("home", 5)],
}


def run(log, *, buckets=1, **options):
    made = log if isinstance(log, list) else trips(log)
    return fold(paths, journeys_of(made, buckets=buckets), paths.Options(**options))


def edges(found):
    return {(edge.source, edge.target): edge.count for edge in found.edges}


def test_every_succession_is_counted_with_start_and_end(kernels):
    found = run(SHOP)
    assert edges(found) == {
        ("start", "home"): 2, ("start", "product"): 1, ("home", "product"): 2, ("product", "product"): 1,
        ("product", "pay"): 1, ("product", "home"): 1, ("pay", "end"): 1, ("product", "end"): 1, ("home", "end"): 1,
    }  # fmt: skip
    assert (found.journeys, found.people, found.events) == (3, 3, 8)


def test_edges_are_listed_by_count_then_by_name():
    order = [(-edge.count, edge.source, edge.target) for edge in run(SHOP).edges]
    assert order == sorted(order)


def test_the_share_is_of_all_that_leave_the_end_included():
    shares = {(edge.source, edge.target): edge.share for edge in run(SHOP).edges}
    assert shares["product", "pay"] == 1 / 4
    assert shares["start", "home"] == 2 / 3
    assert shares["pay", "end"] == 1


def test_seconds_stand_on_edges_between_touchpoints_only():
    found = {(edge.source, edge.target): edge for edge in run(SHOP).edges}
    edge = found["home", "product"]
    assert (edge.mean_seconds, edge.median_seconds, edge.p90_seconds, edge.min_seconds, edge.exact) == (
        20, 20, 28, 10, True,
    )  # fmt: skip
    assert found["start", "home"].median_seconds is None
    assert found["pay", "end"].median_seconds is None


def test_people_are_counted_once_over_their_journeys(kernels):
    log = [
        Trip("u", (Touch("a", 0), Touch("b", 1))),
        Trip("u", (Touch("a", 5), Touch("b", 9))),
        Trip("v", (Touch("a", 0),)),
    ]
    found = run(log)
    edge = next(edge for edge in found.edges if edge.target == "b")
    assert (edge.count, edge.people, found.people, found.journeys) == (2, 1, 2, 3)
    node = next(node for node in found.nodes if node.id == "a")
    assert node == paths.Node("a", count=3, journeys=3, people=2, starts=3, ends=1, repeats=0)


def test_coming_back_to_a_touchpoint_is_a_repeat():
    found = {
        node.id: node.repeats for node in run({"u": [("a", 0), ("b", 1), ("a", 2), ("a", 3)], "v": [("a", 0)]}).nodes
    }
    assert found == {"a": 1, "b": 0}


def test_variants_are_whole_routes_with_their_coverage():
    log = {"1": [("a", 0), ("b", 1)], "2": [("a", 0), ("b", 9)], "3": [("b", 0)], "4": [("a", 0)]}
    found = run(log)
    assert [(v.path, v.count, v.share.value, v.coverage) for v in found.variants] == [
        (("a", "b"), 2, 0.5, 0.5), (("a",), 1, 0.25, 0.75), (("b",), 1, 0.25, 1.0),
    ]  # fmt: skip
    assert found.variants_all == 3


@pytest.mark.parametrize("top", [0, 1, 2, 3, 5, 9])
def test_only_the_top_variants_are_kept_but_all_are_counted(top, kernels):
    words = ["ab", "ab", "b", "a", "aa", "aab", "ba", "abc"]
    log = {str(place): [(letter, at) for at, letter in enumerate(word)] for place, word in enumerate(words)}
    found = run(log, buckets=3, top=top)
    every = ["ab", "a", "aa", "aab", "abc", "b", "ba"]
    assert ["".join(variant.path) for variant in found.variants] == every[:top]
    assert found.variants_all == 7


UNKNOWN = {"u": [Touch("a", 0), Touch(None, 1, "x"), Touch("a", 3), Touch("b", 4)], "v": [Touch(None, 0, "a")]}
OFF_MAP = [Trip(who, tuple(rows)) for who, rows in UNKNOWN.items()]


def test_events_off_the_map_are_left_out_and_counted():
    found = run(OFF_MAP)
    assert edges(found) == {("start", "a"): 1, ("a", "a"): 1, ("a", "b"): 1, ("b", "end"): 1}
    assert (found.journeys, found.people, found.events) == (1, 1, 3)
    assert (found.unmapped_left_out, found.journeys_left_out, found.collapsed) == (2, 1, 0)


def test_events_off_the_map_can_be_drawn_under_their_own_name(kernels):
    found = run(OFF_MAP, unmapped=True)
    assert edges(found)["a", "x"] == 1
    assert edges(found)["start", "(a)"] == 1
    assert (found.journeys, found.events, found.unmapped_left_out) == (2, 5, 0)


def test_collapsing_counts_repeats_in_a_row_once_and_says_how_many():
    found = run(OFF_MAP, collapse=True)
    assert edges(found) == {("start", "a"): 1, ("a", "b"): 1, ("b", "end"): 1}
    assert (found.events, found.collapsed, found.unmapped_left_out) == (2, 1, 2)
    assert next(edge for edge in found.edges if edge.target == "b").mean_seconds == 4
    assert run([Trip("u", (Touch("a", 0),)), Trip("v", (Touch("a", 1),))], collapse=True).collapsed == 0


def test_an_event_named_start_leaves_the_artificial_start_in_brackets():
    found = run({"u": [("start", 0), ("end", 1)]})
    assert (found.start, found.end) == ("(start)", "(end)")
    assert edges(found) == {("(start)", "start"): 1, ("start", "end"): 1, ("end", "(end)"): 1}


def test_nothing_gives_empty_lists():
    found = run({})
    assert (found.journeys, found.edges, found.variants, found.nodes, found.variants_all) == (0, (), (), (), 0)


def test_many_names_give_the_same_graph_as_few(monkeypatch):
    monkeypatch.setattr("klantreis.analyses.succession.DENSE", 1)
    sorted_first = run(SHOP)
    monkeypatch.undo()
    assert sorted_first == run(SHOP)


def test_the_dictionary_keeps_its_published_shape():
    found = run(SHOP)
    told = json.loads(json.dumps(found.to_dict()))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
    assert told["edges"][0] == {
        "from": "home", "to": "product", "count": 2, "people": 2, "share": 2 / 3, "median_seconds": 20.0,
        "mean_seconds": 20.0, "p90_seconds": 28.0, "min_seconds": 10.0, "max_seconds": 30.0, "exact": True,
    }  # fmt: skip
    assert set(told["variants"][0]) == {"path", "count", "share", "share_low", "share_high", "coverage"}
    assert (told["start"], told["end"], len(found.rows())) == ("start", "end", 9)


touches = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), st.integers(0, 9), st.sampled_from("axy")), min_size=1, max_size=6
)
logs = st.lists(st.tuples(st.sampled_from("pqrst"), touches), min_size=1, max_size=9)
asked = st.builds(paths.Options, st.booleans(), st.booleans(), st.integers(0, 6))


def made_of(listed):
    return [Trip(who, tuple(Touch(name, at, name or event) for name, at, event in rows)) for who, rows in listed]


@settings(max_examples=80, deadline=None)
@given(logs, asked, st.integers(1, 5), st.randoms())
def test_any_split_and_any_order_give_the_same_paths(listed, options, buckets, chance):
    made = made_of(listed)
    whole = journeys_of(made, touchpoints="abc")
    parts = [paths.measure(bucket, options) for bucket in split(whole, made, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(paths.merge(parts.pop(), parts.pop()))
    assert paths.finish(parts[0], options, whole.about) == fold(paths, whole, options)


@settings(max_examples=80, deadline=None)
@given(logs, asked)
def test_the_edges_add_up_to_events_and_journeys(listed, options):
    found = fold(paths, journeys_of(made_of(listed)), options)
    assert sum(edge.count for edge in found.edges) == found.events + found.journeys
    assert sum(node.count for node in found.nodes) == found.events
    for node in found.nodes:
        assert sum(edge.count for edge in found.edges if edge.target == node.id) == node.count
        assert sum(edge.count for edge in found.edges if edge.source == node.id) == node.count


@settings(deadline=None)
@given(logs, asked, st.integers(1, 4), st.sampled_from([0.0, 0.3]))
def test_durations_and_routes_counted_as_in_large_logs_are_the_same(listed, options, buckets, few):
    plain = fold(paths, journeys_of(made_of(listed), buckets=buckets), options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(succession, "MANY", 0)
        patch.setattr(succession, "FEW", few)
        patch.setattr(paths_variants, "SOME", 1)
        assert fold(paths, journeys_of(made_of(listed), buckets=buckets), options) == plain


def test_chunks_of_routes_are_joined_before_they_become_many(monkeypatch):
    log = {str(place): [("a", 0), ("bc"[place % 2], 1)] for place in range(40)}
    monkeypatch.setattr(paths_variants, "MOST_CHUNKS", 2)
    assert run(log, buckets=9).variants == run(log).variants
    options = paths.Options()
    parts = [paths.measure(bucket, options) for bucket in journeys_of(trips(log), buckets=9).buckets]
    part = parts[0]
    for other in parts[1:]:
        part = paths.merge(part, other)
    assert len(part.routes) <= 2


def test_compiled_kernels_equal_plain_python(monkeypatch):
    rng = np.random.default_rng(5)
    made = [
        Trip(str(who % 40), tuple(Touch(str(rng.choice(list("abcd"))), float(at)) for at in rng.integers(0, 99, 6)))
        for who in range(60)
    ]
    plain = fold(paths, journeys_of(made), paths.Options(collapse=True))
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(paths, journeys_of(made), paths.Options(collapse=True)) == plain
