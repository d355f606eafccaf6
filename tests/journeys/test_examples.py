"""Examples: the lowest ranks, each once, whatever the order they come in."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys.examples import EXAMPLES, NONE, keep, lowest, named, ranks
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
