"""Routes sort as Python sorts rows of names, and the first of them are found without sorting all."""

from __future__ import annotations

import numpy as np
import pytest

from klantreis.analyses.paths_mixed import mixed_bits, weights
from klantreis.analyses.paths_order import WIDEST, in_order, lowest, order_of
from klantreis.analyses.succession import EVENT


def _routes(codes: list[int], seed: int) -> list[tuple[int, ...]]:
    """Returns different routes, many of which begin alike."""
    chance = np.random.default_rng(seed)
    found = {tuple(chance.choice(codes, chance.choice([1, 2, 7, 13, 31])).tolist()) for _ in range(300)}
    alike = tuple(codes[:1] * 40)
    return sorted(found | {alike[:size] for size in range(1, 41)}, key=lambda route: (len(route), route))


@pytest.mark.parametrize("kernels", ["plain", "compiled"])
@pytest.mark.parametrize("codes", [[0], [0, 3], list(range(70)), [0, 1, EVENT, EVENT + 5], [EVENT + 2]])
def test_routes_sort_by_name_as_rows_of_names_do(
    codes: list[int], kernels: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kernels == "compiled":
        monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    routes = _routes(codes, len(codes))
    rank = {code: place for place, code in enumerate(reversed(codes))}
    order = order_of(rank)
    assert order.depth == WIDEST // order.bits
    nodes = np.array([code for route in routes for code in route], np.int32)
    first = np.cumsum([0, *map(len, routes)])

    def numbers(rows: np.ndarray, turn: int) -> np.ndarray:
        return order.numbers(nodes, first[rows] + turn * order.depth, first[rows + 1])

    lead = np.arange(len(routes)) % 3
    expected = sorted(range(len(routes)), key=lambda row: (lead[row], [rank[code] for code in routes[row]]))
    assert in_order(lead, numbers).tolist() == expected
    by_name = sorted(range(len(routes)), key=lambda row: [rank[code] for code in routes[row]])
    for wanted in (0, 1, 25, len(routes) - 1, len(routes)):
        assert sorted(lowest(wanted, numbers, np.arange(len(routes))).tolist()) == sorted(by_name[:wanted])


@pytest.mark.parametrize("kernels", ["plain", "compiled"])
def test_nodes_are_counted_and_found_by_rank_but_for_some(kernels: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kernels == "compiled":
        monkeypatch.setenv("KLANTREIS_KERNELS", "compiled")
    order = order_of({0: 2, 4: 0, EVENT: 3, EVENT + 7: 1})  # their ranks: 3, 1, 4 and 2
    nodes = np.array([0, 4, EVENT, EVENT + 7, 4, 0, 4], np.int32)
    none, some = np.empty(0, np.int64), np.array([0, 4, 6])
    assert order.met(nodes, none).tolist()[:5] == [0, 3, 1, 2, 1]
    assert order.met(nodes, some).tolist()[:5] == [0, 1, 1, 1, 1]
    assert [order.until(border, nodes, none).tolist() for border in (0, 2, 4)] == [
        [],
        [1, 3, 4, 6],
        [0, 1, 2, 3, 4, 5, 6],
    ]
    assert [order.until(border, nodes, some).tolist() for border in (0, 2, 4)] == [[], [1, 3], [1, 2, 3, 5]]


def test_mixed_bits_go_by_lasting_codes_and_by_the_order_of_nodes() -> None:
    start = np.array([0, 3, 6, 9])
    few = mixed_bits(np.array([0, 1, 2, 0, 2, 1, 0, 1, 2], np.int32), start, weights(2, 3))
    many = mixed_bits(np.array([0, 1, 4, 0, 4, 1, 0, 1, 4], np.int32), start, weights(4, 5))
    assert few.tolist() == many.tolist(), "the same event, whatever the number of touchpoints"
    assert few[0] == few[2] != few[1]
