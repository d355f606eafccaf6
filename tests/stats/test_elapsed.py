"""Durations that are counted as they are met are those that are laid out and counted."""

from __future__ import annotations

import numpy as np
import pytest

from klantreis.stats.bins import bins
from klantreis.stats.elapsed import HALF, TOGETHER, elapsed


@pytest.fixture(params=["plain", "compiled"])
def kernels(request, monkeypatch):
    if request.param == "compiled":
        monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")


def offsets(lengths):
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


@pytest.mark.parametrize("size", [0, 1, 2, TOGETHER, 5 * TOGETHER + 3])
def test_each_kind_has_its_totals_and_its_bins_or_its_durations(kernels, size):
    chance = np.random.default_rng(size)
    kind = chance.choice(5, size, p=[0.6, 0.2, 0.1, 0.05, 0.05]).astype(np.int16)
    at = np.cumsum(chance.choice([-(10**13), -3, 0, 1, 255, 256, 10**6, 10**15], size))
    took = {one: [int(at[i] - at[i - 1]) for i in range(1, size) if kind[i] == one] for one in range(5)}
    met = np.array([len(took[one]) for one in range(5)])
    binned, whole = np.array([1, 0, 1, 0, 0]), np.array([0, 1, 0, 1, 0])
    totals, codes, values = elapsed(kind, at.astype(np.int64), offsets(met * binned), offsets(met * whole))
    assert values.tolist() == took[1] + took[3]
    assert codes.tolist() == bins(np.array(took[0] + took[2], np.int64)).tolist()
    for one in range(4):
        n, low, high, upper, lower = totals[one].tolist()
        assert (n, (upper << HALF) + lower) == (len(took[one]), sum(took[one]))
        if n:
            assert (low, high) == (min(took[one]), max(took[one]))
    assert totals[4, 0] == 0, "a kind without room is left out"
