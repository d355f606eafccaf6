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
EXACT, ROUGH = Limits(), Limits(whole=8, group=3)


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
