"""The order of touches: it must be that of numpy's plain sort by several columns, on every input."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantreis.journeys import arrange as arranging
from klantreis.journeys.arrange import arrange, bucket_bits, spread

U, I = np.uint64, np.int64  # noqa: E741
FEW = st.integers(0, 6)


def rows(draws: list[tuple[int, int, int, int]]):
    key, name, at, tie = (np.array(column) for column in zip(*draws, strict=True))
    # Persons are hashes: wide apart, top bits in use, some above 2**63 where signed numbers turn negative.
    wide = (key.astype(U) * U(0x9E3779B97F4A7C15)) ^ U(1 << 63)
    return wide, name.astype(U), at.astype(I) - 3, tie.astype(I)


def test_the_order_equals_lexsort_with_and_without_names_and_ties():
    chance = np.random.default_rng(7)
    for size in (1, 2, 31, 33, 1000, 20_000):
        key, name, at, tie = rows([tuple(row) for row in chance.integers(0, max(2, size // 7), (size, 4))])
        assert np.array_equal(arrange(key, at), np.lexsort((at, key)))
        assert np.array_equal(arrange(key, at, tie=tie), np.lexsort((tie, at, key)))
        assert np.array_equal(arrange(key, at, name=name), np.lexsort((at, name, key)))
        assert np.array_equal(arrange(key, at, name=name, tie=tie), np.lexsort((tie, at, name, key)))


def test_one_person_with_all_the_touches_is_sorted_too():
    chance = np.random.default_rng(7)
    at = chance.integers(0, 500, 5_000).astype(I)
    key = np.full(5_000, 3, dtype=U)
    assert np.array_equal(arrange(key, at), np.argsort(at, kind="stable"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(FEW, FEW, FEW, FEW), min_size=1, max_size=80), st.integers(0, 5))
def test_any_number_of_buckets_gives_one_order(draws, bits):
    key, _, at, _ = rows(draws)
    columns = {"key": key, "at": at}
    start = spread(columns, bits)
    assert start[0] == 0
    assert start[-1] == len(key)
    assert len(start) == (1 << bits) + 1
    for low, high in pairwise(start):
        part = {name: column[low:high] for name, column in columns.items()}
        order = arrange(part["key"], part["at"], skip=bits)
        for name, column in part.items():
            columns[name][low:high] = column[order]
    by_time = np.lexsort((at, key))
    assert np.array_equal(columns["key"], key[by_time])
    assert np.array_equal(columns["at"], at[by_time])


@pytest.mark.parametrize("bits", [0, 1, 3, 8, 9])
@pytest.mark.parametrize("at_once", [1, 64, 700, 1 << 20])
def test_rows_are_spread_by_the_top_bits_of_their_key_and_keep_their_order(bits, at_once, monkeypatch):
    monkeypatch.setattr(arranging, "AT_ONCE", at_once)
    key = np.random.default_rng(3).integers(0, 1 << 63, 700).astype(U) * U(2)
    part = (key >> U(64 - bits)).astype(I) if bits else np.zeros(700, I)
    order = np.argsort(part, kind="stable")
    columns = {"key": key, "place": np.arange(700, dtype=np.int32)}
    start = spread(columns, bits, threads=2)
    assert np.array_equal(columns["place"], order)
    assert columns["place"].dtype == np.int32
    assert np.array_equal(columns["key"], key[order])
    assert np.array_equal(np.diff(start), np.bincount(part, minlength=1 << bits))


@pytest.mark.parametrize("bits", [0, 3])
def test_no_rows_are_spread_over_buckets_that_are_empty(bits):
    assert spread({"key": np.zeros(0, U), "at": np.zeros(0, I)}, bits).tolist() == [0] * ((1 << bits) + 1)


def test_keys_that_differ_in_their_last_bits_only_are_told_apart():
    chance = np.random.default_rng(5)
    for size in (2, 500, 70_000):
        key = U(1 << 63) + chance.integers(0, 3, size).astype(U)
        at = chance.integers(-9, 9, size)
        assert np.array_equal(arrange(key, at, skip=1), np.lexsort((at, key)))
        assert np.array_equal(arrange(key, at, name=key[::-1].copy()), np.lexsort((at, key[::-1], key)))


def test_moments_and_ties_as_far_apart_as_numbers_go_keep_their_order():
    least, most = np.iinfo(I).min, np.iinfo(I).max
    at = np.array([most, 0, least, most - 1, least + 1, -1, most, least] * 3, dtype=I)
    key = np.repeat(np.array([2**64 - 1, 0, 7], dtype=U), 8)
    assert np.array_equal(arrange(key, at), np.lexsort((at, key)))
    assert np.array_equal(arrange(key, at % 3, tie=at), np.lexsort((at, at % 3, key)))


@pytest.mark.parametrize("size", [0, 1])
def test_no_row_and_one_row_are_in_order_already(size):
    assert arrange(np.zeros(size, dtype=U), np.zeros(size, dtype=I)).tolist() == list(range(size))


@pytest.mark.parametrize(
    ("touches", "bits"), [(0, 0), (500_000, 0), (500_001, 1), (1_000_001, 2), (10_000_000, 5), (10**10, 10)]
)
def test_buckets_hold_about_half_a_million_touches(touches, bits):
    assert bucket_bits(touches) == bits
