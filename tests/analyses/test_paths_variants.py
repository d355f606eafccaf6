"""Routes are told apart by one number each, written out when short and folded when long."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from klantreis.analyses.paths_variants import exchanged, most_taken, routes
from klantreis.analyses.succession import Runs


@pytest.mark.parametrize("touchpoints", [2, 62, 63, 64, 200])
def test_routes_of_any_length_and_code_are_counted_as_python_counts_them(touchpoints: int) -> None:
    chance = np.random.default_rng(touchpoints)
    lengths = chance.choice([1, 2, 9, 10, 11, 19, 20, 21, 22, 40], 600)
    listed = [tuple(chance.integers(max(touchpoints - 2, 0), touchpoints, length).tolist()) for length in lengths]
    listed += [(0,), (0, 0), (touchpoints - 1,) * 20, (touchpoints - 1,) * 21] * 3
    node = np.array([code for route in listed for code in route], np.int32)
    start = np.cumsum([0, *map(len, listed)])
    runs = Runs(node, np.zeros(len(node), np.int64), start, np.arange(len(listed)), touchpoints, touchpoints)
    every, found = most_taken((routes(runs),), len(listed), {code: code for code in range(touchpoints)})
    expected = Counter(listed)
    assert every == len(expected)
    assert {tuple(nodes.tolist()): count for count, nodes in found} == expected


def test_a_bucket_without_routes_may_be_exchanged_with_others() -> None:
    def of(*listed: tuple[int, ...]) -> tuple:
        node = np.array([code for route in listed for code in route], np.int32)
        start = np.cumsum([0, *map(len, listed)])
        return (routes(Runs(node, np.zeros(len(node), np.int64), start, np.arange(len(listed)), 2, 2)),)

    for whole, was, now in ((of(), of(), of((0, 1))), (of((0,)), of((0,)), of((0, 1)))):
        every, found = most_taken(exchanged((*whole, *of()), was, (*of(), *now)), 5, {0: 0, 1: 1})
        assert every == 1
        assert [(count, nodes.tolist()) for count, nodes in found] == [(1, [0, 1])]
