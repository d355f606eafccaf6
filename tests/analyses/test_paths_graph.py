"""A bucket's graph: two ways of counting, by bits and by marks, tell the same."""

from __future__ import annotations

import numpy as np
import pytest

from klantreis.analyses import paths_graph
from klantreis.analyses.paths_graph import BITS, graph
from klantreis.analyses.succession import Runs


def _runs(size: int) -> Runs:
    chance = np.random.default_rng(size)
    lengths = chance.integers(1, 9, 300)
    node = chance.integers(0, size, lengths.sum()).astype(np.int32)
    node[-1] = size - 1
    person = np.sort(chance.integers(0, 120, 300))
    return Runs(node, np.arange(len(node)), np.cumsum([0, *lengths]), person, size, size)


@pytest.mark.parametrize("kernels", ["plain", "compiled"])
@pytest.mark.parametrize("size", [1, 2, 20, BITS])
def test_bits_and_marks_count_the_same(size: int, kernels: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kernels == "compiled":
        monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    by_bits = graph(_runs(size))
    monkeypatch.setattr(paths_graph, "BITS", 0)
    by_marks = graph(_runs(size))
    for one, other in ((by_bits.edges, by_marks.edges), (by_bits.nodes, by_marks.nodes)):
        np.testing.assert_array_equal(one.keys, other.keys)
        np.testing.assert_array_equal(one.table, other.table)
    np.testing.assert_array_equal(by_bits.taken.edge, by_marks.taken.edge[: len(_runs(size).node)])
    np.testing.assert_array_equal(by_bits.taken.count, by_marks.taken.count)


def test_more_nodes_than_bits_are_counted_too() -> None:
    found = graph(_runs(BITS + 40))
    assert found.edges.table[:, 0].sum() == len(_runs(BITS + 40).node) + 300
    assert found.nodes.keys.max() == BITS + 39
