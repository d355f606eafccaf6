"""Step matrix, Sankey, follows and clusters: any split into buckets and any order of merging give the same Result."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.analyses import clusters, follows, paths, sankey, steps
from klantreis.analyses.fold import fold
from klantreis.testing import Touch, Trip, journeys_of, split

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

CASES = [
    (steps, steps.Options(forward=3)),
    (steps, steps.Options(forward=2, backward=2, anchor=(("a", "b"),), occurrence="every", unmapped=True)),
    (sankey, sankey.Options(forward=2)),
    (sankey, sankey.Options(anchor=(("a",), ("b", "c")), forward=2, backward=1, shown=("a", "b"), collapse=True)),
    (sankey, sankey.Options(anchor=(("b",),), backward=2, occurrence="last", unmapped=True)),
    (follows, follows.Options(order=(("a",), ("b", "c")), between=None)),
    (follows, follows.Options(only=("a", "c"), between=(("a", "c"),), unmapped=True, collapse=True)),
    (clusters, clusters.Options()),
    (clusters, clusters.Options(groups=2, most=3, longest=4, unmapped=True, collapse=False)),
]
ENDED = [(paths, paths.Options()), (steps, steps.Options(forward=2)), (sankey, sankey.Options(forward=2))]
ENDED += [(sankey, sankey.Options(forward=2, shown=("a",), collapse=True)), (paths, paths.Options(unmapped=True))]
NAMES = [f"{analysis.name}-{place}" for place, (analysis, _) in enumerate(CASES)]
touches = st.lists(st.tuples(st.sampled_from([*"abc", None]), st.integers(0, 3)), min_size=1, max_size=6)
logs = st.lists(st.tuples(st.sampled_from("pqrst"), touches), min_size=1, max_size=7)


def made(listed):
    return [Trip(who, tuple(Touch(name, at, event=name or "odd") for name, at in rows)) for who, rows in listed]


@pytest.mark.parametrize(("analysis", "options"), CASES, ids=NAMES)
@settings(max_examples=25, deadline=None)
@given(listed=logs, buckets=st.integers(1, 4), chance=st.randoms())
def test_any_split_and_any_order_give_the_same_result(analysis, options, listed, buckets, chance):
    trips = made(listed)
    whole = journeys_of(trips, touchpoints="abc")
    parts = [analysis.measure(bucket, options) for bucket in split(whole, trips, buckets).buckets]
    while len(parts) > 1:
        chance.shuffle(parts)
        parts.append(analysis.merge(parts.pop(), parts.pop()))
    assert analysis.finish(parts[0], options, whole.about) == fold(analysis, whole, options)


@pytest.mark.parametrize(("analysis", "options"), CASES, ids=NAMES)
def test_compiled_kernels_equal_plain_python(analysis, options, monkeypatch):
    rng = np.random.default_rng(7)
    trips = [
        Trip(str(who % 40), tuple(Touch(str(rng.choice(list("abc"))), int(at)) for at in rng.integers(0, 9, 8)))
        for who in range(60)
    ]
    plain = fold(analysis, journeys_of(trips), options)
    monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    assert fold(analysis, journeys_of(trips), options) == plain


@pytest.mark.parametrize(("analysis", "options"), CASES, ids=NAMES)
def test_nothing_at_all_is_an_answer(analysis, options):
    found = fold(analysis, journeys_of([]), options)
    assert found.rows() == []
    assert found.people == 0


@pytest.mark.parametrize(("analysis", "options"), CASES, ids=NAMES)
def test_only_events_off_the_map_are_left_out_and_counted(analysis, options):
    found = fold(analysis, journeys_of([Trip("u", (Touch(None, 0, event="odd"),))], touchpoints="abc"), options)
    if not options.unmapped:
        assert found.rows() == []
        assert found.transforms[:2] == (1, 1)


def test_the_artificial_ends_have_one_name_on_the_same_data_whatever_is_asked():
    log = journeys_of([Trip("a", (Touch("a", 1), Touch(None, 2, event="end"), Touch("b", 3)))])
    names = {fold(analysis, log, options).end for analysis, options in ENDED}
    assert names == {"(end)"}
    clash = journeys_of([Trip("a", (Touch("end", 1), Touch(None, 2, event="end"), Touch(None, 3, event="start")))])
    for analysis, options in ENDED:
        found = fold(analysis, clash, options)
        assert (found.start, found.end) == ("(start)", "(end)")
    stops = {edge.source for edge in fold(paths, clash, paths.Options(unmapped=True)).edges}
    assert stops == {"(start)", "end", "((end))", "start"}  # the event that the touchpoint of its name is not
