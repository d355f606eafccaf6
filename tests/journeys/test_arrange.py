"""The order of touches: the compiled sort and numpy's must agree on every input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys import arrange as module
from klantreis.journeys.arrange import arrange, bucket_bits, spread

U, I = np.uint64, np.int64  # noqa: E741
FEW = st.integers(0, 6)


def rows(draws: list[tuple[int, int, int, int]]):
    key, name, at, tie = (np.array(column) for column in zip(*draws, strict=True))
    # Persons are hashes: wide apart, top bits in use, some above 2**63 where signed numbers turn negative.
    wide = (key.astype(U) * U(0x9E3779B97F4A7C15)) ^ U(1 << 63)
    return wide, name.astype(U), at.astype(I) - 3, tie.astype(I)


@pytest.fixture
def compiled_always(monkeypatch):
    monkeypatch.setattr(module, "SMALL_SORT", 0)


@pytest.mark.usefixtures("compiled_always")
def test_compiled_order_equals_lexsort_with_and_without_names_and_ties():
    chance = np.random.default_rng(7)
    for size in (1, 2, 31, 33, 1000, 20_000):
        key, name, at, tie = rows([tuple(row) for row in chance.integers(0, max(2, size // 7), (size, 4))])
        assert np.array_equal(arrange(key, at), np.lexsort((at, key)))
        assert np.array_equal(arrange(key, at, tie=tie), np.lexsort((tie, at, key)))
        assert np.array_equal(arrange(key, at, name=name), np.lexsort((at, name, key)))
        assert np.array_equal(arrange(key, at, name=name, tie=tie), np.lexsort((tie, at, name, key)))


@pytest.mark.usefixtures("compiled_always")
def test_one_person_with_all_the_touches_is_sorted_too():
    chance = np.random.default_rng(7)
    at = chance.integers(0, 500, 5_000).astype(I)
    key = np.full(5_000, 3, dtype=U)
    assert np.array_equal(arrange(key, at), np.argsort(at, kind="stable"))


@pytest.mark.usefixtures("compiled_always")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(FEW, FEW, FEW, FEW), min_size=1, max_size=80), st.integers(0, 5))
def test_any_number_of_buckets_gives_one_order(draws, bits):
    key, _, at, _ = rows(draws)
    order, start = spread(key, bits)
    assert start[0] == 0
    assert start[-1] == len(key)
    assert len(start) == (1 << bits) + 1
    parts = []
    for bucket in range(1 << bits):
        part = order[start[bucket] : start[bucket + 1]]
        assert np.all(np.diff(part) > 0), "a bucket keeps the order the rows came in"
        parts.append(part[arrange(key[part], at[part], skip=bits)])
    assert np.array_equal(np.concatenate(parts), np.lexsort((at, key)))


def test_numpy_and_compiled_spread_agree(monkeypatch):
    key = np.random.default_rng(3).integers(0, 1 << 63, 500).astype(U) * U(2)
    slow = spread(key, 3)
    monkeypatch.setattr(module, "SMALL_SORT", 0)
    fast = spread(key, 3)
    assert np.array_equal(slow[0], fast[0])
    assert np.array_equal(slow[1], fast[1])


@pytest.mark.parametrize(
    ("touches", "bits"), [(0, 0), (500_000, 0), (500_001, 1), (1_000_001, 2), (10_000_000, 5), (10**10, 10)]
)
def test_buckets_hold_about_half_a_million_touches(touches, bits):
    assert bucket_bits(touches) == bits
