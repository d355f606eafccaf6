"""Whole persons taken out of arrays: the same as when each is looked for by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from klantreis.journeys.woven import LAST, Arrays, of, rows_of

PERSONS = st.dictionaries(
    st.integers(0, 40), st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=3), max_size=12
)
"""Per key the journeys of a person, each with the moments of its touches."""


def laid(persons: dict[int, list[list[int]]]) -> Arrays:
    keys = sorted(persons)
    journeys = [(place, journey) for place, key in enumerate(keys) for journey in persons[key]]
    lengths = [len(journey) for _, journey in journeys]
    return {
        "keys": np.array(keys, np.uint64),
        "person": np.array([place for place, _ in journeys], np.int64),
        "start": np.cumsum([0, *lengths]).astype(np.int64),
        "at": np.array([at for _, journey in journeys for at in journey], np.int64),
        "state": np.array([sum(journey) % 5 for _, journey in journeys], np.int8),
        LAST: np.array([max(journey, default=-1) for _, journey in journeys], np.int64),
    }


@given(PERSONS, st.sets(st.integers(0, 45)))
def test_some_persons_are_as_if_nobody_else_was_there(persons: dict[int, list[list[int]]], some: set[int]) -> None:
    found = of(laid(persons), np.array(sorted(some), np.uint64))
    wanted = laid({key: journeys for key, journeys in persons.items() if key in some})
    assert found.keys() == wanted.keys()
    for name, array in wanted.items():
        assert found[name].tolist() == array.tolist(), name


@given(PERSONS, st.randoms(use_true_random=False))
def test_rows_of_journeys_stand_in_their_order(persons: dict[int, list[list[int]]], chance) -> None:
    arrays = laid(persons)
    chosen = list(range(len(arrays["person"])))
    chance.shuffle(chosen)
    start = arrays["start"]
    wanted = [row for one in chosen for row in range(start[one], start[one + 1])]
    assert rows_of(start, np.array(chosen, np.int64)).tolist() == wanted
