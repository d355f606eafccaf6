"""Spreads of durations: exact while small, close while large, and the same whatever way they are added up."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys.encoded import decoded, encoded
from klantreis.stats import counted
from klantreis.stats import spread as spreads
from klantreis.stats.exchange import exchanged
from klantreis.stats.spread import LIMITS, SECOND, Limits, bins, collect, empty, merge, middles, summaries, told

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

QUANTILES = (0.25, 0.5, 0.75, 0.9)
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(-(10**12), 10**13)), max_size=60)


def spread(listed, limits=LIMITS):
    group = np.array([key for key, _ in listed], np.int64)
    value = np.array([value for _, value in listed], np.int64)
    return collect(group, value, np.arange(4) * 10, limits)


@pytest.fixture(params=["plain", "compiled"])
def kernels(request, monkeypatch):
    if request.param == "compiled":
        monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    return request.param


def test_quantiles_are_those_of_numpy_while_exact(kernels):
    rng = np.random.default_rng(1)
    group, value = rng.integers(-1, 5, 900), rng.integers(-(10**9), 10**12, 900)
    found = summaries(collect(group, value, np.arange(5)))
    for key in range(5):
        own = value[group == key] / SECOND
        seen = found[key]
        np.testing.assert_allclose((seen.q25, seen.median, seen.q75, seen.p90), np.quantile(own, QUANTILES), rtol=1e-12)
        assert (seen.n, seen.min, seen.max, seen.exact) == (len(own), own.min(), own.max(), True)
        assert seen.mean == pytest.approx(own.mean(), rel=1e-12)


def test_no_durations_have_no_summary():
    assert summaries(empty()) == {}
    assert summaries(merge(empty(), spread([]))) == {}


def test_beyond_the_limits_quantiles_stay_within_four_in_a_thousand(kernels):
    rng = np.random.default_rng(2)
    value = np.exp(rng.uniform(0, 35, 40_000)).astype(np.int64)
    seen = summaries(collect(np.zeros(len(value), np.int64), value, np.arange(1), Limits(100, 50)))[0]
    np.testing.assert_allclose(
        (seen.q25, seen.median, seen.q75, seen.p90), np.quantile(value / SECOND, QUANTILES), rtol=0.004
    )
    assert not seen.exact
    assert seen.mean == pytest.approx(value.mean() / SECOND, rel=1e-12)


def test_sums_do_not_overflow_where_int64_would():
    years = np.full(400_000, 10**15, np.int64)
    assert summaries(collect(np.zeros(len(years), np.int64), years, np.arange(1)))[0].mean == 1e9


@given(st.integers(-(2**52), 2**52))
def test_the_middle_of_a_bin_is_near_every_value_in_it(value):
    code = bins(np.array([value]))
    assert abs(middles(code)[0] - value) <= abs(value) / 256


@given(st.lists(st.integers(-(10**15), 10**15), min_size=2))
def test_bins_stand_in_the_order_of_their_values(values):
    assert (np.diff(bins(np.sort(np.array(values)))) >= 0).all()


@settings(deadline=None)
@given(rows, st.permutations(range(5)), st.sampled_from([Limits(10, 3), Limits(30, 8), LIMITS]))
def test_any_split_and_any_order_of_adding_give_the_same(listed, order, limits):
    parts = [spread(listed[k::5], limits) for k in range(5)]
    left = empty(limits)
    for place in order:
        left = merge(left, parts[place])
    tree = merge(merge(parts[0], parts[1]), merge(parts[2], merge(parts[3], parts[4])))
    whole = summaries(spread(listed, limits))
    assert summaries(left) == whole
    assert summaries(tree) == whole


@settings(deadline=None)
@given(rows, st.sampled_from([(0, 1), (5, 256), (20, 2)]), st.sampled_from([Limits(10, 3), Limits(30, 8), LIMITS]))
def test_it_makes_no_difference_when_pieces_become_one(listed, when, limits):
    left = empty(limits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreads, "WAITING", when[0])
        patch.setattr(spreads, "MOST_PIECES", when[1])
        for place in range(7):
            left = merge(left, spread(listed[place::7], limits))
    assert len(left.pieces) <= when[1]
    assert summaries(left) == summaries(spread(listed, limits))


@pytest.mark.parametrize("most", [1, 3])
def test_histograms_of_pieces_add_up_where_they_stand(most, kernels, monkeypatch):
    monkeypatch.setattr(spreads, "MOST_PIECES", most)
    limits, rng = Limits(100, 40), np.random.default_rng(3)
    listed = [
        (int(key), int(value)) for key, value in zip(rng.integers(0, 4, 900), rng.normal(0, 1e9, 900), strict=True)
    ]
    left = empty(limits)
    for place in range(9):
        left = merge(left, spread(listed[100 * place : 100 * place + 100], limits))
    assert summaries(left) == summaries(spread(listed, limits))


def test_many_durations_do_not_wait_as_they_are(monkeypatch):
    monkeypatch.setattr(spreads, "WAITING", 1000)
    left = empty(Limits(100, 50))
    for seed in range(20):
        values = np.random.default_rng(seed).integers(1, 10**9, 400)
        left = merge(left, collect(np.zeros(400, np.int64), values, np.arange(1), Limits(100, 50)))
    assert sum(len(piece.values) for piece in left.pieces) <= 1000


@settings(deadline=None)
@given(rows)
def test_a_group_is_exact_by_the_whole_alone(listed):
    found = summaries(spread(listed, Limits(20, 4)))
    assert all(seen.exact == (len(listed) <= 20 or seen.n <= 4) for seen in found.values())


class Log:
    """Durations that stand group by group, and are handed out when they are asked for."""

    def __init__(self, values, raw):
        self.values, self.raw, self.bins, self.asked = values, raw, bins(values).astype(np.int16), 0

    def laid(self, first):
        self.asked += 1
        spans = [self.values[a:b] for a, b, n in zip(self.raw, self.raw[1:], np.diff(first), strict=False) if n]
        return np.concatenate([np.empty(0, np.int64), *spans])


def found_in_a_log(listed, limits):
    """The same as `spread`, the durations not laid out; and the log they are in."""
    (piece,) = spread(listed, limits).pieces or (None,)
    if piece is None:
        return empty(limits), None
    log = Log(piece.values, piece.raw)
    totals = np.column_stack([piece.n, piece.low, piece.high, piece.upper, piece.lower])
    return told(totals, piece.keys, piece.values[:0], log, limits), log


@settings(deadline=None)
@given(rows, st.permutations(range(5)), st.sampled_from([Limits(10, 3), Limits(30, 8), LIMITS]), st.integers(0, 9))
def test_durations_found_in_a_log_are_those_that_are_laid_out(listed, order, limits, waiting):
    parts = [found_in_a_log(listed[k::5], limits)[0] if k % 2 else spread(listed[k::5], limits) for k in range(5)]
    whole = summaries(spread(listed, limits))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreads, "WAITING_BINS", waiting)
        patch.setattr(counted, "SHARED", 1)
        left = empty(limits)
        for place in order:
            left = merge(left, parts[place])
        assert summaries(left) == whole
    tree = merge(merge(parts[0], parts[1]), merge(parts[2], merge(parts[3], parts[4])))
    assert summaries(tree) == whole


def test_a_large_group_is_never_laid_out():
    found, log = found_in_a_log([(0, 10**6 * i) for i in range(50)], Limits(10, 3))
    assert not summaries(found)[0].exact
    assert log.asked == 0


def test_durations_found_in_a_log_travel_and_are_kept_without_it():
    listed = [(i % 3, 10**6 * i) for i in range(20)]
    found, _ = found_in_a_log(listed, LIMITS)
    for other in (pickle.loads(pickle.dumps(found)), decoded(encoded(found, "k"), "k", ("klantreis",))):
        assert all(piece.origin is None for piece in other.pieces)
        assert summaries(other) == summaries(spread(listed)) == summaries(found)


def test_durations_found_in_a_log_are_exchanged_for_others():
    was, now, rest = [(0, 5), (1, 7)], [(0, 9), (2, 1)], [(0, 1), (0, 30), (1, 4)]
    whole = merge(spread(rest), spread(was))
    found = exchanged(whole, found_in_a_log(was, LIMITS)[0], found_in_a_log(now, LIMITS)[0])
    assert summaries(found) == summaries(spread(rest + now))
