"""What some were is taken out of a whole, what they are is put in: the same as counting all anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.stats.exchange import NotExchanged, exchanged
from klantreis.stats.means import Moments
from klantreis.stats.spread import Limits, Spreads, as_one, collect, merge, summaries

durations = st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 400) | st.integers(0, 10**9)), max_size=30)
EXACT, ROUGH, LATER = Limits(), Limits(whole=8, group=3), Limits(whole=20, group=10)


def spread(pairs: list[tuple[int, int]], limits: Limits) -> Spreads:
    group, value = (np.array([pair[place] for pair in pairs], np.int64) for place in (0, 1))
    return collect(group, value, np.arange(4), limits)


@settings(max_examples=100, deadline=None)
@given(durations, durations, durations)
def test_durations_are_as_if_all_were_collected_anew(rest, was, now):
    whole = merge(spread(rest, EXACT), spread(was, EXACT))
    found = exchanged(whole, spread(was, EXACT), spread(now, EXACT))
    assert summaries(found) == summaries(merge(spread(rest, EXACT), spread(now, EXACT)))


@settings(max_examples=60, deadline=None)
@given(durations, durations, durations)
def test_durations_of_histograms_are_told_exactly_or_not_at_all(rest, was, now):
    pieces = merge(spread(rest, ROUGH), spread(was, ROUGH)).pieces
    whole = Spreads((as_one(pieces, ROUGH),), ROUGH) if pieces else Spreads((), ROUGH)
    try:
        found = exchanged(whole, spread(was, ROUGH), spread(now, ROUGH))
    except NotExchanged:
        return
    assert summaries(found) == summaries(merge(spread(rest, ROUGH), spread(now, ROUGH)))


def test_a_histogram_that_loses_its_highest_is_not_exchanged():
    pairs = [(0, 1000 * number) for number in range(1, 20)]
    whole = spread(pairs, ROUGH)
    as_histogram = merge(Spreads((), ROUGH), whole)
    as_histogram = Spreads((as_one(as_histogram.pieces, ROUGH),), ROUGH)
    with pytest.raises(NotExchanged):
        exchanged(as_histogram, spread(pairs[-1:], ROUGH), spread([], ROUGH))
    found = exchanged(as_histogram, spread(pairs[5:6], ROUGH), spread([], ROUGH))
    assert summaries(found) == summaries(spread(pairs[:5] + pairs[6:], ROUGH))


def test_who_is_the_highest_then_is_known_from_another_piece():
    pairs = [(0, 1_000_000 + 10_000 * number) for number in range(40)]
    halves = pairs[::2], pairs[1::2]
    pieces = merge(spread(halves[0], ROUGH), spread(halves[1], ROUGH)).pieces
    whole = Spreads((as_one(pieces, ROUGH),), ROUGH)
    gone = [pairs[0], pairs[-1]]
    found = exchanged(whole, spread(gone, ROUGH), spread([(0, 5_000_000)], ROUGH))
    told = summaries(found)[0]
    assert (told.n, told.min, told.max) == (39, 1.01, 5.0)
    assert summaries(found) == summaries(spread([*pairs[1:-1], (0, 5_000_000)], ROUGH))
    with pytest.raises(NotExchanged):
        exchanged(whole, spread([pairs[-1], pairs[-2]], ROUGH), spread([], ROUGH))


def test_a_duration_is_known_once_however_pieces_came_together():
    pairs = [(0, 1_000_000 + 100 * number) for number in range(24)]  # all in one bin
    first, *others = [spread(pairs[turn::6], LATER).pieces for turn in range(6)]
    exact = as_one((*first, *others[0]), LATER)
    whole = Spreads((as_one((exact, *(piece for one in others[1:] for piece in one)), LATER),), LATER)
    with pytest.raises(NotExchanged):
        exchanged(whole, spread(pairs[:1], LATER), spread([], LATER))


some_durations = st.integers(-5, 400) | st.integers(10**6, 10**6 + 10**4) | st.integers(0, 10**9)


@settings(max_examples=150, deadline=None)
@given(st.lists(some_durations, min_size=24, max_size=60), st.integers(2, 6), st.data())
def test_however_often_some_are_exchanged_the_least_and_the_most_are_right(values, many, data):
    pieces = [spread([(0, value) for value in values[turn::many]], LATER) for turn in range(many)]
    # First a few together, which may still be exact, and then all.
    some, others = (tuple(piece for one in part for piece in one.pieces) for part in (pieces[:2], pieces[2:]))
    whole = Spreads((as_one((as_one(some, LATER), *others), LATER),), LATER)
    for _ in range(4):
        gone = data.draw(st.lists(st.sampled_from([min(values), max(values), *values]), max_size=2))
        come = data.draw(st.lists(some_durations, max_size=2))
        gone = [value for value in set(gone) for _ in range(min(gone.count(value), values.count(value)))]
        try:
            whole = exchanged(whole, spread([(0, v) for v in gone], LATER), spread([(0, v) for v in come], LATER))
        except NotExchanged:
            return
        for value in gone:
            values.remove(value)
        values = [*values, *come]
        assert summaries(whole) == summaries(spread([(0, value) for value in values], LATER))


@dataclass(frozen=True)
class Some:
    number: int
    often: Counter[str]
    by: dict[str, tuple[int, int]]
    rows: np.ndarray
    means: Moments
    name: str = "some"


def test_numbers_tables_and_names_change_as_they_should():
    def some(number, often, by):
        return Some(number, Counter(often), by, np.full(2, number), Moments(number, number, number))

    found = exchanged(
        some(9, {"a": 2, "b": 1}, {"x": (2, 1), "y": (1, 1)}), some(2, {"b": 1}, {"y": (1, 1)}), some(3, {"c": 1}, {})
    )
    assert (found.number, found.often, found.by) == (10, Counter(a=2, c=1), {"x": (2, 1)})
    assert found.rows.tolist() == [10, 10]
    assert found.means == Moments(10, 10, 10)
    assert found.name == "some"


@pytest.mark.parametrize("three", [(1.5, 1.0, 0.5), ("a", "b", "a"), ((1, 2), (1,), ()), ({}, {"a": 1}, {})])
def test_what_cannot_be_told_says_so(three):
    with pytest.raises(NotExchanged):
        exchanged(*three)


def test_an_array_with_empty_places_is_no_count():
    three = [np.array([number, np.iinfo(np.int64).max]) for number in (9, 2, 3)]
    with pytest.raises(NotExchanged):
        exchanged(*three)
