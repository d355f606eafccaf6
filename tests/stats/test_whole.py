"""Sums that do not begin again at the bottom: against Python's integers, of any size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantreis.errors import SourceError
from klantreis.stats.whole import ROOM, bulk, fitting, runs_fit, total

ALL = st.integers(-(2**63) + 1, 2**63 - 1)


@given(st.lists(ALL, max_size=30))
def test_a_total_is_exact_whatever_its_size(numbers):
    assert total(np.array(numbers, np.int64)) == sum(numbers)
    assert bulk(np.array(numbers, np.int64)) == sum(map(abs, numbers))


@given(st.lists(st.lists(ALL, min_size=1, max_size=5), min_size=1, max_size=8))
def test_runs_that_pass_have_sums_that_64_bits_hold(runs):
    begin = np.cumsum([0, *map(len, runs)])[:-1]
    largest = max(sum(map(abs, run)) for run in runs)
    if largest < 0.999 * ROOM:
        runs_fit(np.concatenate(runs).astype(np.int64), begin)
    elif largest > 1.001 * ROOM:
        with pytest.raises(SourceError):
            runs_fit(np.concatenate(runs).astype(np.int64), begin)


def test_what_may_not_fit_is_refused_with_what_to_do():
    runs_fit(np.empty(0, np.int64), np.empty(0, np.int64))
    assert fitting(ROOM - 1) == ROOM - 1
    with pytest.raises(SourceError, match="461 trillion") as caught:
        fitting(ROOM)
    assert "461 biljoen" in caught.value.told("nl")
    assert "duizendtallen" in caught.value.told("nl")
