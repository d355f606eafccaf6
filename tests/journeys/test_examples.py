"""Examples: the lowest ranks, each once, whatever the order they come in."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys.examples import EXAMPLES, KEPT, NONE, exchanged, joined, keep, lowest, named, ranks
from klantreis.stats.exchange import NotExchanged
from klantreis.testing import Touch, Trip, journeys_of


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12)))
def test_the_lowest_ranks_are_kept_each_once(seen: list[int]) -> None:
    best = np.full((2, EXAMPLES), NONE, np.int64)
    for rank in seen:
        keep(best, 1, rank)
    assert lowest(best[1]) == tuple(sorted(set(seen))[:EXAMPLES])
    assert lowest(best[0]) == ()


def test_a_rank_gives_back_the_name_of_its_journey() -> None:
    made = [Trip(person, (Touch("a", at),)) for at, person in enumerate("ababac")]
    for bucket in journeys_of(made, buckets=2).buckets:
        names = tuple(bucket.journey_name(journey) for journey in range(bucket.journeys))
        assert named(ranks(bucket).tolist()) == names


some = st.sets(st.integers(0, 60), max_size=40)


def rows(*ranks: set[int]) -> np.ndarray:
    best = np.full((len(ranks), KEPT), NONE, np.int64)
    for row, of_row in enumerate(ranks):
        for rank in of_row:
            keep(best, row, rank)
    return best


@settings(max_examples=100, deadline=None)
@given(some, some)
def test_the_lowest_of_two_are_those_of_all(one: set[int], other: set[int]) -> None:
    assert lowest(joined(rows(one), rows(other))[0]) == lowest(one | other)


@settings(max_examples=200, deadline=None)
@given(st.tuples(some, some, some), st.tuples(some, some))
def test_examples_of_who_changed_make_room_for_others(three: tuple[set[int], ...], again: tuple[set[int], ...]) -> None:
    rest, was, now = (ranks - earlier for ranks, earlier in zip(three, (set(), three[0], three[0]), strict=True))
    try:
        found = exchanged(rows(rest | was), rows(was), rows(now))
        assert lowest(found[0]) == lowest(rest | now)
        gone, come = now & again[0], again[1] - rest - now
        found = exchanged(found, rows(gone), rows(come))
        assert lowest(found[0]) == lowest((rest | now) - gone | come)
        assert lowest(joined(found, rows({1, 3}))[0]) == lowest((rest | now) - gone | come | {1, 3})
    except NotExchanged:
        assert len(was) > KEPT - EXAMPLES or len(now & again[0]) > 0
